"""What cases of the tasks look like that the program does by itself: what they give and know."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from copilot.coach.gate import Refusal
from copilot.events import Channel
from copilot.knowledge.guide import Language
from copilot.lab.cases import LabModel

Text = Annotated[str, Field(min_length=1)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


# -- match ----------------------------------------------------------------------------------------


class Said(LabModel):
    """One utterance of an answer.

    Attributes:
        id: As quotes name it.
        text: The words.
        start_s: When it begins, in session seconds; None where nobody knows.
        end_s: When it ends.
        uncertain: Whether the transcription is in doubt.
    """

    id: Text
    text: str
    start_s: Seconds | None = None
    end_s: Seconds | None = None
    uncertain: bool = False


class MatchVars(LabModel):
    """An answer to be matched; either as one text or as utterances.

    Attributes:
        role: The guide's id.
        question: The question that is answered.
        language: ``en`` or ``fr``.
        answer: The answer as one text.
        utterances: The answer as it was heard.
        over: Whether nothing more is said to it; only then can a flag show by what is absent.
    """

    role: Text
    question: Text
    language: Language
    answer: str = ""
    utterances: tuple[Said, ...] = ()
    over: bool = False

    @model_validator(mode="after")
    def _one_answer(self) -> Self:
        if bool(self.answer.strip()) == bool(self.utterances):
            raise ValueError("give either answer or utterances")
        ids = [said.id for said in self.utterances]
        if len(set(ids)) < len(ids):
            raise ValueError("two utterances have the same id")
        return self


class PointLabel(LabModel):
    """What is right about a point; the state alone may be written instead.

    Attributes:
        state: ``explicit`` and ``implicit`` both count as said.
        quote: The words that show it; None where they are not known, or there are none.
    """

    state: Literal["explicit", "implicit", "denied", "absent"]
    quote: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _state_alone(cls, data: Any) -> Any:
        return {"state": data} if isinstance(data, str) else data


class MatchExpected(LabModel):
    """What is right about an answer; what is not named is not judged.

    Attributes:
        points: By the point's id.
        flags: By the flag's id, the words that raise it; None where it must not be raised.
    """

    points: Mapping[str, PointLabel] = Field(default_factory=dict)
    flags: Mapping[str, str | None] = Field(default_factory=dict)


# -- recognise ------------------------------------------------------------------------------------


class AskedTurn(LabModel):
    """One utterance of an interview whose questions are to be recognised.

    Attributes:
        speaker: Who speaks.
        text: The words.
        question: The planned question that an interviewer's utterance asks; None for none.
        known: Whether that is known; otherwise it is heard but not judged.
    """

    speaker: Channel
    text: str
    question: str | None = None
    known: bool = True


class RecogniseVars(LabModel):
    """An interview as it was spoken.

    Attributes:
        role: The guide's id.
        language: ``en`` or ``fr``.
        plan: Ids of the planned questions, in order; all of the guide's where empty.
        turns: What was said; the labels stand beside it.
    """

    role: Text
    language: Language
    plan: tuple[str, ...] = ()
    turns: Annotated[tuple[AskedTurn, ...], Field(min_length=1)]


class RecogniseExpected(LabModel):
    """Nothing: what is right stands beside each turn."""


# -- gate -----------------------------------------------------------------------------------------


class GateExpectation(LabModel):
    """The answer that a follow-up must not give away.

    Attributes:
        label: The point's or flag's label.
        description: Its description.
        says: Sentences as candidates put it.
    """

    label: Text
    description: str = ""
    says: tuple[str, ...] = ()


class GatePlace(LabModel):
    """What a follow-up is checked against.

    Attributes:
        language: ``en`` or ``fr``.
        question: The question that the answer is to; it counts as asked.
        answer: What was said under it so far.
        asked: Other questions that were asked, in any order.
        expected: What the follow-up is after.
        local: Whether it is the guide's own or a rule's; those need no tie to the answer.
    """

    language: Language
    question: str = ""
    answer: str = ""
    asked: tuple[str, ...] = ()
    expected: GateExpectation | None = None
    local: bool = False


class GateVars(LabModel):
    """A follow-up in its place.

    Attributes:
        context: The place.
        text: The follow-up.
    """

    context: GatePlace
    text: str


class GateExpected(LabModel):
    """Whether the follow-up must be refused.

    Attributes:
        refused: By any rule.
        rule: A rule that must be among those it breaks; empty where it does not matter.
    """

    refused: bool | None = None
    rule: Refusal | Literal[""] = ""

    @model_validator(mode="after")
    def _rule_of_what_is_refused(self) -> Self:
        if self.rule and self.refused is False:
            raise ValueError("a rule is given for a follow-up that must pass")
        return self


# -- recap_checks ---------------------------------------------------------------------------------


class RecapChecksVars(LabModel):
    """A sentence of a recap and what it says it rests on.

    Attributes:
        language: Of the sentence.
        said_language: Of what was said.
        said: The utterances, in order.
        sentence: The sentence.
    """

    language: Language
    said_language: Language
    said: Annotated[tuple[str, ...], Field(min_length=1)]
    sentence: Text


class RecapChecksExpected(LabModel):
    """Whether the sentence is right.

    Attributes:
        right: Whether it may stand; None where nobody knows.
        kind: What is wrong with it, for people; empty or ``ok`` for nothing.
    """

    right: bool | None = None
    kind: str = ""
