"""JSON values as lines that people read: what a case is given, what came out."""

from collections.abc import Mapping, Sequence
from typing import Any

from copilot.tui.transcript.entry import clean

_STEP = "  "


def value_text(value: Any) -> str:
    """A value over as many lines as it takes; without quotation marks and brackets."""
    return "\n".join(_lines(value))


def _lines(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [line for key, each in value.items() for line in _entry(f"{clean(str(key))}:", each)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [line for each in value for line in _entry("-", each)]
    return [clean(line) for line in _plain(value).splitlines()] or [""]


def _entry(lead: str, value: Any) -> list[str]:
    """What stands under a name or a dash; on its line where there is but one."""
    if isinstance(value, Mapping | list | tuple) and not value:
        return [f"{lead} -"]
    inner = _lines(value)
    is_list_item = lead == "-"
    if len(inner) == 1 and not isinstance(value, Mapping | list | tuple):
        return [f"{lead} {inner[0]}".rstrip()]
    if is_list_item:
        return [f"- {inner[0]}", *(f"{_STEP}{line}" for line in inner[1:])]
    return [lead, *(f"{_STEP}{line}" for line in inner)]


def _plain(value: Any) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.4g}"
        case _:
            return str(value)
