"""What each prompt is told: one class a prompt, with the answer it asks for.

A template sees the fields by their names. ``Material`` is what people said and is printed whole;
texts of the guide are plain strings. Nothing here holds a name, a rating or a note.
"""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Generic

from copilot.llm.guide_outputs import (
    EnrichedCompetency,
    EnrichedFlag,
    EnrichedPoint,
    EnrichedQuestion,
    ImportedGuide,
    TranslatedItem,
)
from copilot.llm.material import Block, Material, number_for
from copilot.llm.outputs import FollowUp, JudgedFlags, JudgedPoints, Opinion, Recap
from copilot.llm.request import Output, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A point or flag of the guide.

    Attributes:
        id: Its id.
        label: A noun phrase.
        description: What would be heard; for a flag also what else it may mean.
        state: ``not heard``, ``unclear`` or ``raised``, in the language of the prompt.
        probe: The guide's own follow-up for it; empty where there is none.
    """

    id: str
    label: str
    description: str
    state: str = ""
    probe: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A question and its answer, for a recap.

    Attributes:
        id: The question's id.
        question: How the guide asks it.
        answer: The candidate's utterances under it.
    """

    id: str
    question: str
    answer: Material


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs(ABC, Generic[Output]):
    """Base of what prompts are told.

    Attributes:
        language: Of the interview, ``en`` or ``fr``; it also decides which prompt file is used.
    """

    purpose: ClassVar[Purpose] = Purpose.REVIEW

    language: str

    @classmethod
    @abstractmethod
    def output(cls) -> type[Output]:
        """What is asked for."""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names a template may use."""
        return tuple(field.name for field in dataclasses.fields(cls))

    def number(self) -> str:
        """The number in the tags around this material."""
        return number_for(_materials(self))

    def for_template(self, number: str) -> dict[str, Any]:
        """The fields as a template sees them, with that number in the tags."""
        return {name: _seen(getattr(self, name), number, self.language) for name in self.names()}


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpInputs(Inputs[FollowUp]):
    """For the next follow-up. It is sent while people wait, so that it has to be small.

    Attributes:
        role: The role's name.
        question: The planned question being answered.
        targets: Two or three points or flags worth asking about, the most valuable first.
        answer: The newest of the answer, and the passages nearest to the targets.
        left_out: How many earlier utterances of the answer are not in it.
        terms: Words of the candidate's worth taking up.
        asked: What the interviewer was offered or asked under this question already.
        off_limits: Topics no question may touch, as the guide says them.
        most_words: The longest question that is taken.
    """

    purpose: ClassVar[Purpose] = Purpose.LIVE

    role: str
    question: str
    targets: tuple[Target, ...]
    answer: Material
    left_out: int = 0
    terms: Material = dataclasses.field(default_factory=Material)
    asked: Material = dataclasses.field(default_factory=Material)
    off_limits: tuple[str, ...] = ()
    most_words: int = 30

    @classmethod
    def output(cls) -> type[FollowUp]:
        """One follow-up."""
        return FollowUp


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgePointsInputs(Inputs[JudgedPoints]):
    """For points the matcher left unclear.

    Attributes:
        question: The question that was answered.
        points: Those points.
        passages: The candidate's utterances most like them.
    """

    purpose: ClassVar[Purpose] = Purpose.LIVE

    question: str
    points: tuple[Target, ...]
    passages: Material

    @classmethod
    def output(cls) -> type[JudgedPoints]:
        """A state and a quote for each point."""
        return JudgedPoints


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeFlagsInputs(Inputs[JudgedFlags]):
    """For flags the matcher left unclear.

    Attributes:
        question: The question that was answered.
        flags: Those flags.
        passages: The candidate's utterances most like them.
    """

    purpose: ClassVar[Purpose] = Purpose.LIVE

    question: str
    flags: tuple[Target, ...]
    passages: Material

    @classmethod
    def output(cls) -> type[JudgedFlags]:
        """A state and a quote for each flag."""
        return JudgedFlags


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapInputs(Inputs[Recap]):
    """For the recap of some answers.

    Attributes:
        role: The role's name.
        sections: Questions with their answers, or with a part of a long one.
    """

    role: str
    sections: tuple[Section, ...]

    @classmethod
    def output(cls) -> type[Recap]:
        """Sentences that each name the utterances they rest on."""
        return Recap


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportGuideInputs(Inputs[ImportedGuide]):
    """For what a document holds that belongs in a guide.

    Attributes:
        document: Its lines with their numbers as ids, or a part of them.
        known: Questions that were found before these lines, with their numbers as ids.
    """

    document: Material
    known: Material = dataclasses.field(default_factory=Material)

    @classmethod
    def output(cls) -> type[ImportedGuide]:
        """Questions, points, flags and others with the lines they come from."""
        return ImportedGuide


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrichPointInputs(Inputs[EnrichedPoint]):
    """For what a point of a guide, or a competency, lacks to be heard and asked for.

    Attributes:
        role: The role's name.
        question: The question it belongs to; empty for a competency.
        label: Of the point.
        description: Of the point.
        rivals: The other points of the question, from which it has to be told apart.
        there: Sentences and probes that it has already.
        says: How many more sentences are wanted that make it.
        denials: How many that deny it.
        near_misses: How many that come close without making it.
        probes: How many follow-up questions.
        most_words: The longest follow-up that is taken.
    """

    role: str
    question: str
    label: str
    description: str
    rivals: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    says: int = 0
    denials: int = 0
    near_misses: int = 0
    probes: int = 0
    most_words: int = 30

    @classmethod
    def output(cls) -> type[EnrichedPoint]:
        """Sentences and probes."""
        return EnrichedPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrichQuestionInputs(Inputs[EnrichedQuestion]):
    """For other ways of asking a question.

    Attributes:
        role: The role's name.
        question: How the guide asks it.
        there: Phrasings that it has already.
        phrasings: How many more are wanted.
    """

    role: str
    question: str
    there: tuple[str, ...] = ()
    phrasings: int = 0

    @classmethod
    def output(cls) -> type[EnrichedQuestion]:
        """Phrasings."""
        return EnrichedQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrichFlagInputs(Inputs[EnrichedFlag]):
    """For what a red flag lacks. A number of 0 says that something is not wanted.

    Attributes:
        role: The role's name.
        label: Of the flag.
        description: Of the flag.
        there: Sentences that it has already.
        by_absence: Whether it shows by what an answer leaves out.
        why: 1 where it is to be said why it matters for the job.
        benign_reading: 1 where it is to be said what else it may mean.
        probe: 1 where a clarifying question is wanted.
        says: How many more sentences are wanted that show it.
        denials: How many that show its opposite.
        near_misses: How many that come close without showing it.
        most_words: The longest clarifying question that is taken.
    """

    role: str
    label: str
    description: str
    there: tuple[str, ...] = ()
    by_absence: bool = False
    why: int = 0
    benign_reading: int = 0
    probe: int = 0
    says: int = 0
    denials: int = 0
    near_misses: int = 0
    most_words: int = 30

    @classmethod
    def output(cls) -> type[EnrichedFlag]:
        """Texts and sentences."""
        return EnrichedFlag


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrichCompetencyInputs(Inputs[EnrichedCompetency]):
    """For what each rating of a competency looks like.

    Attributes:
        role: The role's name.
        label: Of the competency.
        description: Of the competency.
    """

    role: str
    label: str
    description: str

    @classmethod
    def output(cls) -> type[EnrichedCompetency]:
        """A text for each of 1 to 4."""
        return EnrichedCompetency


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslateItemInputs(Inputs[TranslatedItem]):
    """For the texts of an item of a guide in another language, which is ``language``.

    Attributes:
        role: The role's name.
        texts: The texts in the original language, with their numbers as ids.
        label_letters: The longest translation of a label, in characters.
    """

    role: str
    texts: Material
    label_letters: int = 30

    @classmethod
    def output(cls) -> type[TranslatedItem]:
        """Translations with the numbers of what they translate."""
        return TranslatedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionInputs(Inputs[Opinion]):
    """For an opinion on an output that is being tried out. Nothing tells where it comes from.

    Attributes:
        criterion: What has to hold of it, as whoever tests it put it.
        question: The question that was asked in the interview; empty where there is none.
        answer: What was said.
        judged: The output.
    """

    criterion: str
    question: Material
    answer: Material
    judged: Material

    @classmethod
    def output(cls) -> type[Opinion]:
        """A reason and a verdict."""
        return Opinion


AnyInputs = Inputs[Any]

#: The kinds of prompts there are, by the name of the answer a prompt file asks for.
KINDS: dict[str, type[AnyInputs]] = {
    kind.output().__name__: kind
    for kind in (
        FollowUpInputs,
        JudgePointsInputs,
        JudgeFlagsInputs,
        RecapInputs,
        ImportGuideInputs,
        EnrichPointInputs,
        EnrichQuestionInputs,
        EnrichFlagInputs,
        EnrichCompetencyInputs,
        TranslateItemInputs,
        OpinionInputs,
    )
}


def _materials(value: Any) -> Iterator[Material]:
    if isinstance(value, Material):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _materials(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _materials(getattr(value, field.name))


def _seen(value: Any, number: str, language: str) -> Any:
    if isinstance(value, Material):
        return Block(value, number, language)
    if isinstance(value, tuple):
        return [_seen(item, number, language) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _seen(getattr(value, field.name), number, language)
            for field in dataclasses.fields(value)
        }
    return value
