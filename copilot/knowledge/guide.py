"""A guide: what one role's interview asks, expects and watches for."""

import enum
import hashlib
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from copilot.errors import UsageError, nearest
from copilot.knowledge.sentence import Text

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=48)]
Label = Annotated[str, Field(min_length=1, max_length=30)]
Minutes = Annotated[float, Field(strict=True, gt=0, le=120)]

#: The languages guides, transcription and matching are made for.
LANGUAGES = ("en", "fr")
Language = Literal["en", "fr"]


class Model(BaseModel):
    """Base of everything in a guide: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class NotSays(Model):
    """Sentences on a point's subject that must not count as the point."""

    denials: tuple[Text, ...] = ()
    """The candidate says it was not done, stopped, or is rejected."""
    near_misses: tuple[Text, ...] = ()
    """Wishes, credit to others, general talk, the same word in another sense."""


class Listened(Model):
    """Anything the matcher listens for: an expected point, a competency, a red flag."""

    id: Identifier
    label: Label
    """A noun phrase short enough for a narrow screen; never a verdict."""
    description: Text
    origin: Text
    """Where it comes from; see ``copilot.knowledge.origins``."""
    says: tuple[Text, ...] = ()
    """Sentences as candidates really put it."""
    not_says: NotSays = NotSays()


class Point(Listened):
    """Something a good answer to a question contains."""

    weight: Annotated[int, Field(ge=1, le=3, strict=True)] = 2
    """1 nice to hear, 2 expected, 3 what the question is really about."""
    probes: tuple[Text, ...] = ()
    """Follow-up questions for when it was not heard: open, not leading, not giving it away."""


class Anchors(Model):
    """What each rating looks like in an interview."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, coerce_numbers_to_str=False
    )

    one: Text = Field(alias="1")
    two: Text = Field(alias="2")
    three: Text = Field(alias="3")
    four: Text = Field(alias="4")

    @model_validator(mode="before")
    @classmethod
    def _string_keys(cls, data: Any) -> Any:
        # YAML reads the keys 1 to 4 as numbers.
        return {str(key): value for key, value in data.items()} if isinstance(data, dict) else data

    def in_order(self) -> tuple[str, str, str, str]:
        """For ratings 1 to 4."""
        return (self.one, self.two, self.three, self.four)


class Competency(Point):
    """What the human rates after the interview, 1 to 4.

    Where a question lists no points of its own, answers are matched against the competencies.
    """

    anchors: Anchors | None = None
    """Without them the human rates 1 to 4 by the label and description alone."""


class ShowsBy(enum.StrEnum):
    """How a red flag shows itself."""

    PRESENCE = "presence"  # the candidate says it
    ABSENCE = "absence"  # something the question called for never came


class RedFlag(Listened):
    """Something worth a clarifying question before anyone draws a conclusion."""

    why: Text = ""
    """Why it matters for the job."""
    benign_reading: Text = ""
    """What else it may mean."""
    probe: Text = ""
    """A clarifying question, open and not accusing."""
    shows_by: tuple[ShowsBy, ...] = (ShowsBy.PRESENCE,)


class QuestionKind(enum.StrEnum):
    """What a question asks for."""

    OPINION = "opinion"
    BEHAVIOURAL = "behavioural"
    SITUATIONAL = "situational"
    KNOWLEDGE = "knowledge"


class Question(Model):
    """A question of the guide and what its answer is listened for."""

    id: Identifier
    label: Label
    kind: QuestionKind
    text: Text
    phrasings: tuple[Text, ...] = ()
    """Other ways in which interviewers ask it aloud."""
    minutes: Minutes = 5
    competencies: tuple[Identifier, ...] = ()
    """Ids of the competencies it sheds light on."""
    origin: Text
    points: tuple[Point, ...] = ()
    tips: tuple[Text, ...] = ()
    """For whoever asks it."""


class Skill(Model):
    """A skill the role asks for."""

    id: Identifier
    label: Label
    description: Text
    origin: Text


class Stage(Model):
    """A stage of the hiring process."""

    id: Identifier
    label: Label
    description: Text
    minutes: Minutes | None = None
    origin: Text
    questions: tuple[Identifier, ...] = ()
    tips: tuple[Text, ...] = ()


class Source(Model):
    """Where facts of the guide come from."""

    id: Identifier
    title: Text
    file: Annotated[str, Field(max_length=200)] = ""
    """The name of the document it was imported from, which origins within it begin with."""
    note: str = ""


class Guide(Model):
    """A role's knowledge file, in one language."""

    id: Identifier
    language: Language
    title: Text
    summary: Text
    sources: tuple[Source, ...] = ()
    terms: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = ()
    """Names and acronyms the transcriber should expect."""
    competencies: tuple[Competency, ...] = ()
    skills: tuple[Skill, ...] = ()
    stages: tuple[Stage, ...] = ()
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    red_flags: tuple[RedFlag, ...] = ()
    off_limits: tuple[Text, ...] = ()
    """Topics an interviewer must not ask about."""
    tips: tuple[Text, ...] = ()
    """For whoever holds the interview."""

    def question(self, question_id: str) -> Question:
        """The question of that id.

        Raises:
            UsageError: The guide has none; the message names the nearest.
        """
        for question in self.questions:
            if question.id == question_id:
                return question
        known = nearest(question_id, [question.id for question in self.questions])
        raise UsageError(f"the guide {self.id!r} has no question {question_id!r}.", known)

    def points_for(self, question_id: str) -> tuple[Point, ...]:
        """What an answer to that question is matched against: its points, else competencies.

        Raises:
            UsageError: The guide has no such question.
        """
        return self.question(question_id).points or self.competencies

    def flag(self, flag_id: str) -> RedFlag:
        """The red flag of that id.

        Raises:
            KeyError: The guide has none.
        """
        for flag in self.red_flags:
            if flag.id == flag_id:
                return flag
        raise KeyError(flag_id)

    def data(self) -> dict[str, Any]:
        """The guide as ``model_validate`` takes it; what may be left out and is, is left out."""
        return self.model_dump(by_alias=True, exclude=self._left_out())

    def content(self) -> str:
        """The content as JSON: what ``content_hash`` is the hash of.

        What guides could not say at first, or had to, is left out where this one does not say it:
        a guide that says no more than it did keeps the hash that it had.
        """
        return self.model_dump_json(by_alias=True, exclude=self._left_out())

    def content_hash(self) -> str:
        """SHA-256 of the content, hexadecimal; the same however the YAML was laid out."""
        return hashlib.sha256(self.content().encode()).hexdigest()

    def _left_out(self) -> dict[str, Any]:
        """What is empty of the keys that came later, as pydantic's ``exclude`` wants it."""
        groups = {
            "sources": (self.sources, ("file",)),
            "competencies": (self.competencies, ("anchors",)),
            "questions": (self.questions, ("tips",)),
            "stages": (self.stages, ("minutes",)),
            "red_flags": (self.red_flags, ("why", "benign_reading", "probe")),
        }
        empty: dict[str, Any] = {} if self.tips else {"tips": True}
        for group, (items, keys) in groups.items():
            empty[group] = {
                index: {key for key in keys if not getattr(item, key)}
                for index, item in enumerate(items)
            }
        return empty
