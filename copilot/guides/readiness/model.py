"""How ready a guide is: plain values, as ``knowledge check --json`` prints them."""

import enum
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from copilot.guides.readiness.asking import Asked, BadlyPut
from copilot.knowledge.yaml_file import Problem


class Verdict(enum.StrEnum):
    """What can be expected of a point or flag in an interview."""

    READY = "ready"
    THIN = "thin"  # heard now and then
    BLIND = "blind"  # nothing to hear it by but label and description
    MIXED_UP = "mixed up"  # heard, and taken for another


class ItemKind(enum.StrEnum):
    """What is listened for."""

    POINT = "point"
    COMPETENCY = "competency"  # where a question has no points of its own
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Another point or flag that sentences of this one count for.

    Attributes:
        id: Its id.
        label: What it is called.
        times: How many of the sentences tried.
        instead: How many of these do not count for their own.
    """

    id: str
    label: str
    times: int
    instead: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What the matcher made of the sentences of a point or flag, each without itself.

    Attributes:
        tried: How many of its says were tried; where there are many, some are.
        heard: How many of these count for it.
        taken_for: The others that some of them count for, the most frequent first.
        against_tried: How many of its denials and near misses were tried.
        against_heard: Those of them that count for it all the same.
        raised_by: Of a flag: sentences of points that raise it.
    """

    tried: int
    heard: int
    taken_for: tuple[Taken, ...] = ()
    against_tried: int = 0
    against_heard: tuple[str, ...] = ()
    raised_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """How ready a point, a competency or a flag is.

    Attributes:
        kind: Which of these.
        question: The id of its question; empty for competencies and flags.
        id: Its id.
        label: What it is called.
        weight: 1 to 3; of a flag 2.
        verdict: In a word.
        mixed_up_with: Ids of those it cannot be told from.
        why: What the verdict rests on, in a few words.
        says: How many sentences it is heard by.
        distinct: How many of these differ by more than a word or two.
        doubles: Pairs of them that are nearly the same.
        beginning: The words that more than half of them begin with; else empty.
        same_length: Whether they are all about as long.
        denials: How many it has.
        near_misses: How many it has.
        probes: How many it has.
        hearing: What was measured; None where nothing was.
    """

    kind: ItemKind
    question: str
    id: str
    label: str
    weight: int
    verdict: Verdict
    mixed_up_with: tuple[str, ...]
    why: str
    says: int
    distinct: int
    doubles: tuple[tuple[str, str], ...]
    beginning: str
    same_length: bool
    denials: int
    near_misses: int
    probes: int
    hearing: Hearing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Colliding:
    """A sentence of one point that counts for another and not for its own.

    Attributes:
        text: The sentence.
        of: The id it belongs to.
        counts_for: The id it counts for.
    """

    text: str
    of: str
    counts_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collision:
    """Two that a listener cannot tell apart.

    Attributes:
        kind: What they are.
        question: The id of their question; empty for competencies and flags.
        one: The id of the first in the guide's order.
        other: The id of the other.
        tried: How many sentences of both were tried.
        sentences: Those that collide.
    """

    kind: ItemKind
    question: str
    one: str
    other: str
    tried: int
    sentences: tuple[Colliding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long it takes.

    Attributes:
        questions: Minutes of all questions; a session plans all of them unless told otherwise.
        stages: Minutes of the stages that name them.
        stages_without: How many stages name none.
    """

    questions: float
    stages: float
    stages_without: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLanguage:
    """The guide in another language.

    Attributes:
        language: Which.
        there: Whether there is an overlay at all.
        missing: How many things the overlay leaves untranslated or without sentences.
    """

    language: str
    there: bool
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something worth doing.

    Attributes:
        what: In a sentence.
        command: What to run for it.
    """

    what: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How ready a guide is for an interview in one language.

    Attributes:
        role: The guide's id.
        language: Which of its languages.
        title: The role.
        sha256: The guide's content hash.
        measured: Whether the matcher was asked; else verdicts rest on counts alone.
        points: Points in the guide's order, then competencies where questions have no points.
        flags: Red flags.
        collisions: Pairs that a listener cannot tell apart, the worst first.
        questions: How each question is asked.
        badly_put: Questions, phrasings and probes that should be put otherwise.
        times: How long it takes.
        other_languages: What is missing elsewhere; of an overlay, what it leaves out itself.
        steps: What to do next, the most useful first.
    """

    role: str
    language: str
    title: str
    sha256: str
    measured: bool
    points: tuple[Item, ...]
    flags: tuple[Item, ...]
    collisions: tuple[Collision, ...]
    questions: tuple[Asked, ...]
    badly_put: tuple[BadlyPut, ...]
    times: Times
    other_languages: tuple[OtherLanguage, ...]
    steps: tuple[Step, ...]

    def count(self, verdict: Verdict) -> int:
        """How many points have that verdict."""
        return sum(point.verdict is verdict for point in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """What checking a file found.

    Attributes:
        path: Of the file.
        error: Why it cannot be used; empty where it can.
        warnings: What could be better.
    """

    path: str
    error: str
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What ``knowledge check --json`` prints.

    Attributes:
        files: Every file checked.
        guides: The guides among them that can be used, language by language.
    """

    files: tuple[CheckedFile, ...]
    guides: tuple[Readiness, ...]


_checked = TypeAdapter(Checked)


def readiness_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what ``knowledge check --json`` prints."""
    return _checked.json_schema(mode="serialization")


def as_json(checked: Checked) -> dict[str, Any]:
    """As JSON values."""
    values: dict[str, Any] = _checked.dump_python(checked, mode="json")
    return values
