"""What cases give the tasks that ask a language model, and what they may know to be right."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from copilot.events import Channel
from copilot.knowledge.guide import Language
from copilot.lab.cases import LabModel

_Text = Annotated[str, Field(min_length=1)]


def _compiles(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        message = f"is no regular expression: {error}"
        raise ValueError(message) from None
    return text


_Pattern = Annotated[str, Field(min_length=1), AfterValidator(_compiles)]
#: Id of a question of the guide, or a question in words.
_Question = Annotated[str, Field(min_length=1, max_length=600)]


class Said(LabModel):
    """One utterance.

    Attributes:
        id: By which outputs name it; unique in the case.
        text: Verbatim.
        channel: Whose it is.
        uncertain: Whether the text is doubtful; it can then never be evidence by itself.
    """

    id: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\s|]+$")]
    text: _Text
    channel: Channel = Channel.CANDIDATE
    uncertain: bool = False


#: Utterances in order, or a text: then each few sentences of it are an utterance of the
#: candidate's, ``u1``, ``u2`` and so on.
Answer = tuple[Said, ...] | str


class AnsweredVars(LabModel):
    """Base of cases about one answer.

    Attributes:
        role: Id of the guide.
        language: Of the interview.
        question: Id of a question of the guide, or a question in words; that one has the points of
            no other, so that the competencies take their place.
        answer: What was said under it.
        near: By id of a point or flag, the candidate's words in which matching found something
            near, verbatim; as while an interview goes on, such a point is unclear, and its
            utterances are among those shown.
    """

    role: _Text
    language: Language
    question: _Question
    answer: Answer
    near: Mapping[str, _Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        _check_ids((self.answer,))
        return self


class FollowUpVars(AnsweredVars):
    """A moment at which a follow-up may be worth asking.

    Attributes:
        targets: Ids of the points or flags it may be after, the most valuable first. With exactly
            one, the model is told what it is told while an interview goes on. By default the two
            points of the question that weigh most.
        asked: What was asked or offered under this question already.
        terms: Words of the candidate's worth taking up.
        off_limits: Topics no question may touch, as the guide says them; None for the guide's.
        most_words: The longest question that is taken.
        ended_s: When the candidate stopped, in seconds of the session; None without time.
        useful_until_s: When somebody spoke again; None without time.
    """

    targets: tuple[str, ...] = ()
    asked: tuple[_Text, ...] = ()
    terms: tuple[_Text, ...] = ()
    off_limits: tuple[_Text, ...] | None = None
    most_words: Annotated[int, Field(ge=5, le=60)] = 30
    ended_s: Annotated[float, Field(ge=0)] | None = None
    useful_until_s: Annotated[float, Field(ge=0)] | None = None


class FollowUpExpected(LabModel):
    """What is right at that moment.

    Attributes:
        silent: Whether nothing must be asked.
        target: Ids of the points or flags of which it has to be after one; empty for any.
        asked: What a human really asked, for the eyes of whoever reads results.
    """

    silent: bool = False
    target: tuple[str, ...] = ()
    asked: str = ""


class JudgeVars(AnsweredVars):
    """An answer in which some points or flags are unclear.

    Attributes:
        ids: Which; by default those of ``near``, and without it every point of the question, or
            every flag of the guide. Where ``near`` has them all, only its utterances are shown, and
            a quote has to lie in its words for the most part, as while an interview goes on.
    """

    ids: tuple[str, ...] = ()


class PointLabel(LabModel):
    """What an answer says about a point; the state alone may be written instead.

    Attributes:
        state: ``explicit`` and ``implicit`` are two ways in which it is said.
        quote: The words that show it; None or empty where there are none.
    """

    state: Literal["said", "explicit", "implicit", "denied", "absent"]
    quote: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _state_alone(cls, data: Any) -> Any:
        return {"state": data} if isinstance(data, str) else data


class JudgePointsExpected(LabModel):
    """What the answer says.

    Attributes:
        points: By id; points without a label are not counted.
    """

    points: Mapping[str, PointLabel] = Field(default_factory=dict)


class JudgeFlagsExpected(LabModel):
    """What the answer shows.

    Attributes:
        flags: By id, the words that raise it, or None where it does not show; flags without a
            label are not counted.
    """

    flags: Mapping[str, str | None] = Field(default_factory=dict)


class Recapped(LabModel):
    """A question and the answer to it.

    Attributes:
        question: Id of a question of the guide, or a question in words.
        answer: What was said under it.
    """

    question: _Question
    answer: Answer


class RecapVars(LabModel):
    """Answers to put into prose.

    Attributes:
        role: Id of the guide.
        language: Of the recap.
        spoken: Language of the answers; by default the recap's.
        sections: In order.
    """

    role: _Text
    language: Language
    spoken: Language | None = None
    sections: Annotated[tuple[Recapped, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        _check_ids(section.answer for section in self.sections)
        return self


class RecapExpected(LabModel):
    """What a recap should and must not tell.

    Attributes:
        must: Facts that should come up, each a regular expression; case does not matter.
        must_not: What must not, written the same way.
    """

    must: tuple[_Pattern, ...] = ()
    must_not: tuple[_Pattern, ...] = ()


def _check_ids(answers: Iterable[Answer]) -> None:
    """See that utterances can be told apart."""
    seen: set[str] = set()
    for answer in answers:
        for said in answer if not isinstance(answer, str) else ():
            if said.id in seen:
                message = f"two utterances have the id {said.id!r}"
                raise ValueError(message)
            seen.add(said.id)
