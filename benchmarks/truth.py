"""What is really said in the demo interview, from the script it was spoken from."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Label:
    """A point or flag that the script has the candidate say.

    Attributes:
        question: The planned question it belongs to.
        target: The point's or flag's id.
        state: ``evidenced``, ``denied`` or ``raised``.
        start_s: When the sentence with the quote begins, in seconds.
        end_s: When the last such sentence ends.
    """

    question: str
    target: str
    state: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the script; times in seconds.

    Attributes:
        speaker: ``interviewer`` or ``candidate``.
        kind: ``planned`` for a planned question, ``answer`` and others.
        question: The planned question under which it is spoken, or None.
        start_s: When it begins.
        end_s: When its voice stops.
        text: What is said.
        sentences: When each of its sentences begins and ends.
        labels: What it evidences, denies or raises.
    """

    speaker: str
    kind: str
    question: str | None
    start_s: float
    end_s: float
    text: str
    sentences: tuple[tuple[float, float], ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Interview:
    """A recorded interview and its script.

    Attributes:
        role: The guide's id.
        language: ISO 639-1 code.
        duration_s: Length of the recording.
        channels: Who speaks on which channel.
        turns: The turns by their start.
        traps: Question and point of near misses and of what is never mentioned.
    """

    role: str
    language: str
    duration_s: float
    channels: tuple[str, ...]
    turns: tuple[Turn, ...]
    traps: frozenset[tuple[str, str]]


def read_interview(path: Path) -> Interview:
    """Read a script as ``copilot/demo/synthesise.py`` writes it."""
    script = json.loads(path.read_text(encoding="utf-8"))
    turns = sorted((_turn(turn) for turn in script["turns"]), key=lambda turn: turn.start_s)
    never = {
        (question, point)
        for question, points in script["never_mentioned"].items()
        for point in points
    }
    near = {
        (str(turn["question"]), near["point"])
        for turn in script["turns"]
        for near in turn.get("labels", {}).get("near_misses", ())
    }
    return Interview(
        role=script["role"],
        language=script["language"],
        duration_s=script["duration_s"],
        channels=tuple(script["channels"]),
        turns=tuple(turns),
        traps=frozenset(never | near),
    )


def _turn(turn: dict[str, Any]) -> Turn:
    labels = turn.get("labels", {})
    found = [
        *((label["point"], label["state"], label["quote"]) for label in labels.get("points", ())),
        *((label["flag"], "raised", label["quote"]) for label in labels.get("red_flags", ())),
    ]
    return Turn(
        speaker=turn["speaker"],
        kind=turn["kind"],
        question=turn["question"],
        start_s=turn["start_s"],
        end_s=turn["end_s"],
        text=turn["text"],
        sentences=tuple((said["start_s"], said["end_s"]) for said in turn["sentences"]),
        labels=tuple(
            Label(str(turn["question"]), target, state, *_when(turn, quote))
            for target, state, quote in found
        ),
    )


def _when(turn: dict[str, Any], quote: str) -> tuple[float, float]:
    """Begin and end of the sentences that ``quote`` runs through."""
    first = turn["text"].index(quote)
    last = first + len(quote)
    position, times = 0, []
    for sentence in turn["sentences"]:
        begin = turn["text"].index(sentence["text"], position)
        position = begin + len(sentence["text"])
        if begin < last and position > first:
            times.append((sentence["start_s"], sentence["end_s"]))
    return times[0][0], times[-1][1]
