"""Making a page: one file with its style, its data and its script.

The template engine escapes what stands in the page itself, and the script shows what stands in the
data as text.
"""

from typing import Any

from markupsafe import Markup

from copilot.html.standalone import Pages
from copilot.lab.comparing.inputs import commit_text
from copilot.lab.comparing.verdict import p_text, percent, points


def render(template: str, *, data: str, **values: Any) -> str:
    """A page as HTML5, to be stored as UTF-8.

    Args:
        template: Its file.
        data: What its script draws from; JSON without ``<``.
        values: What the template names.
    """
    return _PAGES.render(
        template,
        scripts=("diff.js", "detail.js", "page.js"),
        data=Markup(data),  # noqa: S704 - no tag can end in it
        **values,
    )


def _number(value: float | None, digits: int = 2) -> str:
    return "-" if value is None or value != value else f"{value:,.{digits}f}"  # noqa: PLR0124 - NaN


def _commit(commit: str) -> str:
    return commit_text(commit).replace("+", ", with changes in no commit")


def moment(at: str) -> str:
    """A point in time, as ISO 8601 has it, for people: ``2026-11-23 01:28 UTC``."""
    day, sign, rest = at.partition("T")
    if not sign:
        return at
    clock, zone = rest[:5], rest[-6:] if rest[-6:-5] in ("+", "-") else ""
    return f"{day} {clock} {'UTC' if zone == '+00:00' else zone}".strip()


_PAGES = Pages(
    "copilot.lab.report",
    {
        "percent": percent,
        "points": points,
        "p": p_text,
        "number": _number,
        "commit": _commit,
        "moment": moment,
    },
)
