"""Making a page: one file with its style, its data and its script, and nothing loaded.

The template engine escapes what stands in the page itself, the script shows what stands in the data
as text, and the page's own policy lets the browser run nothing but what is named by its hash.
"""

import base64
import functools
import hashlib
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from copilot.lab.comparing.inputs import commit_text
from copilot.lab.comparing.verdict import p_text, percent, points
from copilot.review.html.typography import harmless

_SCRIPTS = ("diff.js", "detail.js", "page.js")


def render(template: str, *, data: str, **values: Any) -> str:
    """A page as HTML5, to be stored as UTF-8.

    Args:
        template: Its file.
        data: What its script draws from; JSON without ``<``.
        values: What the template names.
    """
    style = _source("page.css")
    script = '"use strict";\n' + "\n".join(map(_source, _SCRIPTS))
    return (
        _environment()
        .get_template(template)
        .render(
            policy=_policy(style, script),
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            data=Markup(data),  # noqa: S704 - JSON in which no tag can end
            **values,
        )
    )


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("copilot.lab.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters |= {
        "percent": percent,
        "points": points,
        "p": p_text,
        "number": _number,
        "commit": _commit,
        "moment": moment,
    }
    return environment


def _finalize(value: Any) -> Any:
    """What is put out: text without harmful characters; escaping follows."""
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


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


@functools.cache
def _source(name: str) -> str:
    return resources.files("copilot.lab.report").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """The page's Content Security Policy: nothing is loaded, and nothing runs that is not ours."""
    rules = ["default-src 'none'", f"style-src {_hash(style)}", f"script-src {_hash(script)}"]
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
