"""A prompt as the parts that may be changed, and what a changed one must not do."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from copilot.lab.cases import Case
from copilot.lab.grid import PromptText
from copilot.llm.prompt_file import Prompt, parse_prompt
from copilot.llm.prompt_front import PromptError

#: The parts of a prompt file that are changed; the front matter stays as it is.
PARTS: Final[tuple[Literal["system", "user"], ...]] = ("system", "user")
#: So many words in a row that a case holds may not stand in a proposal: prompts are shared, and
#: what a candidate said is not.
_IN_A_ROW = 8
_WORD = re.compile(r"\w+")


def parts_of(text: str) -> dict[str, str]:
    """The system and the user part of a prompt file that is in order."""
    _head, system, user = _cut(text)
    return {"system": "\n".join(system).strip("\n"), "user": "\n".join(user).strip("\n")}


def with_parts(text: str, parts: Mapping[str, str]) -> str:
    """A prompt file with other parts.

    Args:
        text: The file, in order.
        parts: The new parts, ``system`` and ``user``.
    """
    head, _system, _user = _cut(text)
    system, user = (parts[name].strip("\n") for name in PARTS)
    return "\n".join([*head, "system:", system, "", "user:", user, ""])


def as_prompt(start: PromptText, parts: Mapping[str, str]) -> PromptText:
    """The start's file with other parts, as a run takes it in."""
    text = with_parts(start.text, parts)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return start.model_copy(update={"text": text, "sha256": digest})


class Rules:
    """What holds of every proposal for one prompt."""

    def __init__(self, start: PromptText, cases: Iterable[Case]) -> None:
        """Look at what there is.

        Args:
            start: The prompt that is to become better.
            cases: Whose words may not stand in a proposal.

        Raises:
            PromptError: The start has errors itself.
        """
        self._start = start
        self._prompt = _parsed(start)
        known = set(_rows(start.text))
        self._said = {
            row for case in cases for text in _texts(case.vars) for row in _rows(text)
        } - known

    @property
    def prompt(self) -> Prompt:
        """The start, as it was read."""
        return self._prompt

    def broken_by(self, proposed: PromptText) -> str:
        """Why a proposal cannot be used; empty where it can. It repeats nothing of a case."""
        if not all(sign.isprintable() or sign in "\n\t" for sign in proposed.text):
            return "it holds signs that nobody can see"
        try:
            prompt = _parsed(proposed)
        except PromptError as error:
            return error.message.replace(f"{proposed.path}:", "line ")
        for part in PARTS:
            missing = sorted(self._prompt.used_in(part) - prompt.used_in(part))
            if missing:
                return f"the {part} part does not use {missing[0]!r} any more, which it has to"
            added = sorted(prompt.used_in(part) - self._prompt.used_in(part))
            if added:
                return f"the {part} part uses {added[0]!r}, which belongs into another part"
        if self._said & set(_rows(proposed.text)):
            return f"it repeats {_IN_A_ROW} words or more of a case; state a rule instead"
        return ""


def _parsed(text: PromptText) -> Prompt:
    return parse_prompt(Path(text.path), text.text.encode())


def _cut(text: str) -> tuple[list[str], list[str], list[str]]:
    """What stands before the parts, and the lines of each."""
    lines = text.replace("\r\n", "\n").split("\n")
    named = [line.strip().lower().replace(" ", "") for line in lines]
    system = named.index("system:")
    user = named.index("user:", system)
    return lines[:system], lines[system + 1 : user], lines[user + 1 :]


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return zip(*(words[start:] for start in range(_IN_A_ROW)), strict=False)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, Iterable):
        for each in value:
            yield from _texts(each)
