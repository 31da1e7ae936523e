"""What cases give the tasks that ask a language model, and what they may know to be right."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from copilot.events import Channel
from copilot.knowledge.guide import Language
from copilot.lab.cases import LabModel

_Text = Annotated[str, Field(min_length=1)]


class Said(LabModel):
    """One utterance.

    Attributes:
        id: By which outputs name it; unique in the case.
        text: Verbatim.
        channel: Whose it is.
    """

    id: Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\s|]+$")]
    text: _Text
    channel: Channel = Channel.CANDIDATE


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
    """

    role: _Text
    language: Language
    question: _Text
    answer: Answer

    @model_validator(mode="after")
    def _ids_are_unique(self) -> "AnsweredVars":
        check_ids(self.answer)
        return self


class FollowUpVars(AnsweredVars):
    """A moment at which a follow-up may be worth asking.

    Attributes:
        targets: Ids of the points or flags it may be after, the most valuable first; by default
            every point of the question.
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
        ids: Which; by default every point of the question, or every flag of the guide.
        near: By id, the candidate's words in which matching found something near. Where given,
            only the utterances they stand in are shown, and a quote has to lie in them for the most
            part, as it has to while an interview goes on.
    """

    ids: tuple[str, ...] = ()
    near: Mapping[str, _Text] = Field(default_factory=dict)


class PointLabel(LabModel):
    """What an answer says about a point.

    Attributes:
        state: ``explicit`` and ``implicit`` are two ways in which it is said.
        quote: The words that show it; None or empty where there are none.
    """

    state: Literal["said", "explicit", "implicit", "denied", "absent"]
    quote: str | None = None


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

    question: _Text
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
    def _ids_are_unique(self) -> "RecapVars":
        for section in self.sections:
            check_ids(section.answer)
        return self


class RecapExpected(LabModel):
    """What a recap should and must not tell.

    Attributes:
        must: Facts that should come up, each a regular expression; case does not matter.
        must_not: What must not, written the same way.
    """

    must: tuple[_Text, ...] = ()
    must_not: tuple[_Text, ...] = ()


def check_ids(answer: Answer) -> None:
    """See that an answer's ids can be told apart.

    Raises:
        ValueError: Two are the same; for pydantic to tell.
    """
    if isinstance(answer, str):
        return
    seen: set[str] = set()
    for said in answer:
        if said.id in seen:
            message = f"two utterances have the id {said.id!r}"
            raise ValueError(message)
        seen.add(said.id)
