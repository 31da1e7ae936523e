"""Texts that attack whoever shows them, put everywhere into a report that text can come from."""

import dataclasses
from typing import Any

from copilot.review.report import Report
from tests.review.html.reports import a_full_report

_RUN = "window.ran=1;document.title=1"

#: Each sets a trap of its own: it runs, loads, or leaves the element or attribute it stands in.
HOSTILE = (
    f"<script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f"</style><script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>",
    f'"><img src=x onerror="{_RUN}">',
    f"'><img src=x onerror='{_RUN}'>",
    f"<svg onload='{_RUN}'></svg>",
    f"</desc></svg><svg><script>{_RUN}</script></svg>",
    f"<svg><a xlink:href='javascript:{_RUN}'><text>x</text></a></svg>",
    f'" onmouseover="{_RUN}" onfocus="{_RUN}" autofocus="',
    f"javascript:{_RUN}",
    f"<a href='javascript:{_RUN}'>click</a>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'></iframe>",
    "<link rel=stylesheet href=http://192.0.2.1/x.css>",
    "<img src=http://192.0.2.1/p.png>",
    "<meta http-equiv=refresh content='0;url=http://192.0.2.1/'>",
    "<base href=http://192.0.2.1/>",
    "<style>@import url(http://192.0.2.1/x.css); * {display: none}</style>",
    "]]>",
    "<!--",
    "-->",
    "&lt;script&gt;",
    "{{7*7}} {% include 'page.js' %} {0} %s ${7*7}",
    "abc\u202edef\u2066ghi",
    "bell\x07null\x00escape\x1b[31m",
    "\u2028\u2029",
)
ALL = " ".join(HOSTILE)

#: Where free text stands; what else is text has few values that the program itself chooses.
_FREE = {
    "app_version",
    "benign_reading",
    "by",
    "check",
    "goes_to",
    "heard",
    "label",
    "model",
    "name",
    "opened_at",
    "prompt",
    "prompt_sha256",
    "purpose",
    "quote",
    "reason",
    "role",
    "session_id",
    "sha256",
    "source",
    "started_at",
    "text",
    "title",
    "version",
}


def a_hostile_report() -> Report:
    """A report in which every free text is hostile, and the ids of utterances and notes are too."""
    report = a_full_report()
    told = _poisoned(report)
    assert isinstance(told, Report)
    summary = dataclasses.replace(told.summary, text_goes_to=(ALL, "example.org"))
    return dataclasses.replace(told, summary=summary)


def _poisoned(value: Any, name: str = "") -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _poisoned(getattr(value, field.name), field.name)
            for field in dataclasses.fields(value)
            if field.init
        }
        return dataclasses.replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_poisoned(each, name) for each in value)
    if name in ("utterance_id", "utterance_ids"):
        return f"{value}{ALL}"
    return ALL if name in _FREE and type(value) is str else value
