"""Texts and numbers as YAML writes them: plain where that is safe, quoted or folded where not."""

from collections.abc import Mapping
from typing import Any
from unicodedata import category

import yaml

from copilot.knowledge.sentence import Sentence

#: Long new texts are folded at this column.
WIDTH = 120
_LEAST_WIDTH = 40
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNFOLDED = 1_000_000


def plain(value: Any) -> Any:
    """A value as loading would give it back: sentences with an origin as mappings, no tuples."""
    if isinstance(value, Sentence):
        return {"text": str(value), "origin": value.origin}
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def on_one_line(value: Any, style: str = "", *, flow: bool = False) -> str:
    """A text or number on one line.

    Args:
        value: It; nothing stands for no value.
        style: The quote to prefer: ``'``, ``"``, or none.
        flow: Whether it stands in brackets or braces, where more has to be quoted.
    """
    if value is None:
        return "null" if flow else ""
    if not isinstance(value, str):
        return str(yaml.safe_dump(value, width=_UNFOLDED)).partition("\n")[0]
    if style not in ("'", '"') and _reads_back(value, value, flow=flow):
        return value
    single = "'" + value.replace("'", "''") + "'"
    if style != '"' and _reads_back(single, value, flow=flow):
        return single
    if style == '"' and value.isprintable():
        double = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if _reads_back(double, value, flow=flow):
            return double
    dumped = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=_UNFOLDED)
    return str(dumped).rstrip("\n")


def in_flow(value: Any) -> str:
    """A value in brackets and braces, on one line."""
    value = plain(value)
    if isinstance(value, dict):
        inner = (f"{on_one_line(key, flow=True)}: {in_flow(each)}" for key, each in value.items())
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_flow, value)) + "]"
    return on_one_line(value, flow=True)


def folded(text: str, indent: int, *, width: int = WIDTH) -> list[str] | None:
    """The lines of a text that is folded, without the ``>-`` above them.

    Args:
        text: What it says.
        indent: Column at which its lines begin.
        width: Column at which they end, where words allow.

    Returns:
        The lines; None where folding would change the text.
    """
    room = max(_LEAST_WIDTH, width - indent)
    lines: list[str] = []
    for word in text.split(" "):
        if not word:
            return None
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    made = [" " * indent + line for line in lines]
    return made if _loaded("k: >-\n" + "\n".join(made) + "\n") == {"k": text} else None


def _reads_back(written: str, value: str, *, flow: bool) -> bool:
    if any(category(character) == "Cc" for character in written):
        return False
    if _loaded(f"k: {written}") != {"k": value} or _loaded(f"- {written}") != [value]:
        return False
    return not flow or _loaded(f"[{written}, {{k: {written}}}]") == [value, {"k": value}]


def _loaded(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - the safe loader
    except (yaml.YAMLError, ValueError):
        return yaml.YAMLError
