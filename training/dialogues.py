"""What interviewers say in written dialogues, and who learns from which of them."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["planned", "return", "follow-up", "chat"]
Key = tuple[str, str]  # role and language

_FOLDER = Path(__file__).parent / "data" / "turns"
_READ_OF_TEN = 7
#: Dialogues whose ids begin so are for the recogniser alone.
_NEVER_READ = "kept-"
_ORDINARY = ("ordinary-", _NEVER_READ)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn of a written dialogue; ``question`` is the one it belongs to, None for chat."""

    text: str
    kind: Kind
    question: str | None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The interviewer's side of an interview. Those of one ``id`` resemble each other."""

    id: str
    role: str
    language: str
    planned: tuple[str, ...]
    turns: tuple[Spoken, ...]

    @property
    def key(self) -> Key:
        """Which guide it is about."""
        return self.role, self.language

    @property
    def ordinary(self) -> bool:
        """Whether it goes as interviews do; the others were written to be hard."""
        return self.id.startswith(_ORDINARY)


def read_dialogues() -> list[Dialogue]:
    """Those of ``data/turns``, by file name."""
    found = []
    for path in sorted(_FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            stored = json.loads(line)
            turns = tuple(Spoken(**turn) for turn in stored.pop("turns"))
            found.append(Dialogue(**{**stored, "planned": tuple(stored["planned"])}, turns=turns))
    return found


def is_read(text: str) -> bool:
    """Whether the cross-encoder learns from a dialogue, by its id, or from a phrasing.

    The others are for the recogniser, which has to learn how far the cross-encoder can be trusted
    with what it has not read.
    """
    if text.startswith(_NEVER_READ):
        return False
    return hashlib.sha256(text.encode()).digest()[0] * 10 // 256 < _READ_OF_TEN
