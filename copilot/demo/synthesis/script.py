"""The script: who says what, with which pauses, and what a careful listener would note."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copilot.errors import GuideError, InputError
from copilot.events import Channel
from copilot.knowledge.yaml_file import Loc, Problem, YamlFile

#: Silence before the first turn, in seconds. No turn starts further than this before the end of
#: the one it follows, so that none can start before the recording does.
LEAD_IN_S = 0.8


class Part(BaseModel):
    """Base of everything in a script: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PointLabel(Part):
    """An expected point that the candidate shows or denies, with the words that do it."""

    point: str
    state: Literal["evidenced", "denied"]
    quote: str


class FlagLabel(Part):
    """A red flag, with the candidate's words that raise it."""

    flag: str
    quote: str


class NearMiss(Part):
    """Words that sound like a point without being one, and why they are not."""

    point: str
    quote: str
    why: str


class Labels(Part):
    """What a careful human would note in one turn of the candidate."""

    points: tuple[PointLabel, ...] = ()
    red_flags: tuple[FlagLabel, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()

    def quotes(self) -> Iterator[tuple[Loc, str]]:
        """Every quote, and where it stands within the labels."""
        for group in ("points", "red_flags", "near_misses"):
            for index, label in enumerate(getattr(self, group)):
                yield (group, index, "quote"), label.quote


class Overlap(Part):
    """Where a backchannel lies over the turn before it."""

    after_sentence: Annotated[int, Field(ge=1)]
    """The sentence of that turn, counted from 1, around whose end the remark falls."""
    lead_s: Annotated[float, Field(ge=0, le=LEAD_IN_S)] = 0.2
    """How long before the end of that sentence the remark starts, in seconds."""


class VoiceChoice(Part):
    """Which voice speaks on a channel, and how fast."""

    voice: str
    speed: Annotated[float, Field(ge=0.5, le=2)] = 1.0
    """1 is the voice's own pace, more is faster."""


class Turn(Part):
    """One person's words until the other one speaks."""

    speaker: Channel
    kind: Literal["chat", "planned", "follow-up", "answer", "backchannel"]
    text: Annotated[str, Field(pattern=r"\S")]
    question: str | None = None
    """The id of the question that is asked or answered."""
    pause_after_s: Annotated[float, Field(ge=-LEAD_IN_S, le=30)] = 0.5
    """Silence after the turn, in seconds; below zero, the next turn starts before this one ends."""
    overlap: Overlap | None = None
    """Only of a backchannel, a short remark that does not take the turn from the other one."""
    labels: Labels = Labels()

    def sentences(self) -> list[str]:
        """The text, split at full stops, question and exclamation marks that a space follows."""
        return re.split(r"(?<=[.?!])\s+", self.text.strip())


class Script(Part):
    """The whole interview as written."""

    title: str
    role: str
    language: Literal["en", "fr"]
    seed: int
    """Decides the room tones and how long the pauses between sentences are."""
    voices: dict[Channel, VoiceChoice]
    turns: Annotated[tuple[Turn, ...], Field(min_length=1)]
    never_mentioned: dict[str, tuple[str, ...]] = {}
    """The points of each question that the candidate neither shows nor denies."""


def read_script(path: Path) -> Script:
    """Read and check a script.

    Raises:
        InputError: It cannot be read or breaks a rule; every problem names its line and key.
    """
    try:
        file = YamlFile(path)
    except GuideError as error:
        raise InputError(error.message, "Mend the script.") from error
    try:
        script = Script.model_validate(file.data)
    except ValidationError as error:
        raise _script_error(file.problems_of(error, Script)) from error
    problems = [file.problem(loc, message) for loc, message in _broken_rules(script)]
    if problems:
        raise _script_error(problems)
    return script


def _script_error(problems: list[Problem]) -> InputError:
    listed = "\n".join(f"  {problem}" for problem in problems)
    return InputError(f"the script breaks its rules:\n{listed}", "Mend the lines named above.")


def _broken_rules(script: Script) -> Iterator[tuple[Loc, str]]:
    for channel in Channel:
        if channel not in script.voices:
            yield ("voices",), f"no voice is given for the {channel}."
    for index, turn in enumerate(script.turns):
        for loc, message in _broken_by_labels(turn):
            yield ("turns", index, "labels", *loc), message
    yield from _broken_by_overlaps(script)


def _broken_by_labels(turn: Turn) -> Iterator[tuple[Loc, str]]:
    quotes = list(turn.labels.quotes())
    if quotes and (turn.speaker is not Channel.CANDIDATE or turn.question is None):
        yield (), "only what the candidate says under a question has labels."
    for loc, quote in quotes:
        if quote not in turn.text:
            yield loc, f"the turn does not say {quote!r}."


def _broken_by_overlaps(script: Script) -> Iterator[tuple[Loc, str]]:
    before: Turn | None = None
    for index, turn in enumerate(script.turns):
        loc: Loc = ("turns", index, "overlap")
        if (turn.kind == "backchannel") != (turn.overlap is not None):
            yield loc, "a backchannel, and nothing else, has an overlap."
        elif turn.overlap is None:
            before = turn
        elif before is None:
            yield loc, "there is no turn before this one to lie over."
        elif turn.overlap.after_sentence > (count := len(before.sentences())):
            yield (
                (*loc, "after_sentence"),
                f"the turn before has only {count} of the {turn.overlap.after_sentence} sentences.",
            )
