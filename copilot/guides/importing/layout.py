"""An outline as YAML, laid out as the guides that ship are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from copilot.guides.importing.outline import GROUPS
from copilot.knowledge.sentence import Sentence

_WIDTH = 120
#: Characters that end or open something where a mapping or list stands on one line.
_OPENING = frozenset("[]{},")
#: Keys of items whose values are lists of ids.
_OF_IDS = ("competencies", "questions")


def yaml_of(data: Mapping[str, Any], comments: Sequence[str]) -> str:
    """``data`` as the text of a YAML file; ``GuideFile`` gives it back to the byte.

    Args:
        data: Mappings, lists, texts on one line, numbers.
        comments: What stands above it, a line each.
    """
    lines = [f"# {comment}" for comment in comments]
    for key, value in data.items():
        if key in GROUPS or key == "tips":
            lines.append("")
        lines += _entry(key, value, 0)
    return "\n".join(lines) + "\n"


def _entry(key: str | int, value: Any, indent: int) -> Iterator[str]:
    """A key with its value."""
    lead = f"{' ' * indent}{key if isinstance(key, int) else _quoted(key)}:"
    short = _ids(value) if key in _OF_IDS else _on_one_line(value)
    if short and len(lead) + 1 + len(short) <= _WIDTH:
        yield f"{lead} {short}"
    elif isinstance(value, str) and not isinstance(value, Sentence):
        yield f"{lead} >-"
        yield from _folded(value, indent + 2)
    elif isinstance(value, Mapping | Sentence):
        yield lead
        for name, each in _parts(value).items():
            yield from _entry(name, each, indent + 2)
    else:
        yield lead
        for each in value:
            yield from _item(each, indent + 2)


def _item(value: Any, indent: int) -> Iterator[str]:
    """An item of a list."""
    lead = f"{' ' * indent}-"
    short = "" if isinstance(value, Mapping) else _on_one_line(value)
    if short and len(lead) + 1 + len(short) <= _WIDTH:
        yield f"{lead} {short}"
    elif isinstance(value, Mapping | Sentence):
        below = (
            line for name, each in _parts(value).items() for line in _entry(name, each, indent + 2)
        )
        yield f"{lead} {next(below).lstrip(' ')}"
        yield from below
    else:
        yield f"{lead} >-"
        yield from _folded(value, indent + 2)


def _parts(value: Any) -> Mapping[str | int, Any]:
    if isinstance(value, Sentence):
        return {"text": str(value), "origin": value.origin}
    parts: Mapping[str | int, Any] = value
    return parts


def _on_one_line(value: Any) -> str:
    """A value as it stands behind its key; empty for what takes lines of its own."""
    if isinstance(value, Sentence):
        return f"{{text: {_quoted(str(value), flow=True)}, origin: {_quoted(value.origin, flow=True)}}}"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else str(value)
    return ""


def _ids(value: Any) -> str:
    """Ids as they stand behind their key; empty for what is no list of them."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return f"[{', '.join(_quoted(each, flow=True) for each in value)}]"
    return ""


def _quoted(text: str, *, flow: bool = False) -> str:
    """A text on one line, between quotes where YAML would read it otherwise."""
    if _reads_as_it_stands(text, flow=flow):
        return text
    return "'" + text.replace("'", "''") + "'"


def _reads_as_it_stands(text: str, *, flow: bool) -> bool:
    if not text or ": " in text or " #" in text or text.endswith(":"):
        return False
    if flow and (_OPENING & set(text) or text.startswith(":")):
        return False
    if not (text[0].isalpha() or text[0] in "«“("):
        return False
    if len(text) > 40 and " " in text:
        return True  # no number, date or word of YAML's own is like that
    try:
        return bool(yaml.safe_load(f"- {text}") == [text])
    except yaml.YAMLError:
        return False


def _folded(text: str, indent: int) -> Iterator[str]:
    """The lines of a text below ``>-``, which joins them with spaces again."""
    line = ""
    for word in text.split(" "):
        if line and indent + len(line) + 1 + len(word) > _WIDTH:
            yield " " * indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield " " * indent + line
