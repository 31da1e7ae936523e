"""What a recap holds; it states what was heard and has no score, rank or verdict."""

import enum
from dataclasses import dataclass

from copilot.events import (
    Actor,
    AlarmKind,
    AnsweredBy,
    Channel,
    DroppedSentences,
    Evidence,
    GapCause,
    RecapSentence,
    SuggestionFate,
    SuggestionKind,
)
from copilot.events.values import Value
from copilot.review.summary_parts import TalkSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class RecappedPoint(Value):
    """A point that something was heard of.

    Attributes:
        id: The point's id.
        label: Its label.
        quote: The best quote for it, see ``copilot.review.recap.quoting``; None where a human set
            the point without one, or where nothing was quoted.
        others: How many more quotes there are for it.
        by: Who decided.
        corrected: Whether the quote's text has been corrected since.
    """

    id: str
    label: str
    quote: Evidence | None
    others: int
    by: Actor
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecappedFlag(Value):
    """A red flag that was raised.

    Attributes:
        id: The flag's id.
        label: Its label.
        benign_reading: What else it may mean.
        quote: The best quote for it; None where a human raised it without one.
        by: Who decided.
        corrected: Whether the quote's text has been corrected since.
    """

    id: str
    label: str
    benign_reading: str
    quote: Evidence | None
    by: Actor
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecappedFollowUp(Value):
    """A suggestion that the interviewer took, or was heard asking.

    Attributes:
        text: The question.
        kind: What it was after.
        fate: Whether it was taken by key or heard asked.
        at_s: Session time, in seconds.
    """

    text: str
    kind: SuggestionKind
    fate: SuggestionFate
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RecappedQuestion(Value):
    """One planned question and what was heard of it.

    Attributes:
        id: The question's id.
        label: A few words for it.
        text: How the guide asks it.
        asked: Whether it was asked; its points may have been made under another question.
        seconds: Session seconds spent on it.
        minutes_planned: Minutes planned.
        evidenced: The points that were heard.
        unclear: The points that stayed unclear, with what there is of a quote.
        denied: The points that the candidate denied.
        not_heard: Labels of the points that were not heard. Unheard is not a weakness.
        flags: The red flags raised.
        follow_ups: The follow-ups asked, in order.
        sentences: The answer in a language model's prose; empty where none was written.
        unread: Whether the model gave nothing usable for the answer, or for a part of it.
    """

    id: str
    label: str
    text: str
    asked: bool
    seconds: float
    minutes_planned: float
    evidenced: tuple[RecappedPoint, ...]
    unclear: tuple[RecappedPoint, ...]
    denied: tuple[RecappedPoint, ...]
    not_heard: tuple[str, ...]
    flags: tuple[RecappedFlag, ...]
    follow_ups: tuple[RecappedFollowUp, ...]
    sentences: tuple[RecapSentence, ...] = ()
    unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenQuestion(Value):
    """A question left out of a recap because nobody has judged its answer yet.

    Attributes:
        id: The question's id.
        label: A few words for it.
        text: How the guide asks it.
    """

    id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTime(Value):
    """How long a planned question took; nothing that was found is in it.

    Attributes:
        question: The question's id.
        label: A few words for it.
        asked: Whether it was asked.
        seconds: Session seconds spent on it.
        minutes_planned: Minutes planned.
    """

    question: str
    label: str
    asked: bool
    seconds: float
    minutes_planned: float


class RowKind(enum.StrEnum):
    """What a row of the timeline is about."""

    QUESTION = "question"  # it was the current question
    FOLLOW_UP = "follow_up"  # a suggestion was taken or heard asked
    GAP = "gap"  # there is no sound
    ALARM = "alarm"  # something was wrong with the sound of a side
    NOTE = "note"  # the interviewer wrote a line
    MARK = "mark"  # the interviewer marked the moment


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow(Value):
    """Something that happened, for the timeline.

    Attributes:
        kind: What.
        start_s: Session time, in seconds.
        end_s: When it was over; None for a moment, and for what never ended.
        text: The question's label, the follow-up or the note; else empty.
        channel: The side it concerns; None for both or neither.
        cause: Why there is no sound; None for all but gaps.
        alarm: What was wrong; None for all but alarms.
    """

    kind: RowKind
    start_s: float
    end_s: float | None = None
    text: str = ""
    channel: Channel | None = None
    cause: GapCause | None = None
    alarm: AlarmKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseGap(Value):
    """All that was not heard for one reason on one side.

    Attributes:
        cause: Why.
        channel: The side; None for both.
        count: How many stretches.
        seconds: Their length together.
    """

    cause: GapCause
    channel: Channel | None
    count: int
    seconds: float


class LimitKind(enum.StrEnum):
    """What limits what can be said of a session."""

    DECLINED = "declined"  # the candidate did not consent, so that nobody listened
    NOTHING_HEARD = "nothing_heard"  # no utterance at all
    GAP = "gap"  # no sound for a while
    ALARM = "alarm"  # the sound of a side was no use for a while
    DOUBTFUL = "doubtful"  # utterances whose text is doubtful
    DISCARDED = "discarded"  # speech-like sound that gave no text
    REFUSED = "refused"  # findings dropped because their quote did not stand
    CORRECTED = "corrected"  # text or speakers that a reviewer corrected
    INTERRUPTED = "interrupted"  # it was broken off, or gone on with after a break
    NOT_ASKED = "not_asked"  # planned questions that were never asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Value):
    """One thing that limits what can be said of a session.

    Attributes:
        kind: What it is.
        channel: The side it concerns; None for both or neither.
        cause: Why there is no sound; None for all but gaps.
        alarm: What was wrong; None for all but alarms.
        count: How many; 0 where it is not about a number.
        total: Of how many; 0 where it is not about a part.
        seconds: How long; 0 where it is not about a time.
    """

    kind: LimitKind
    channel: Channel | None = None
    cause: GapCause | None = None
    alarm: AlarmKind | None = None
    count: int = 0
    total: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBy(Value):
    """Which language model wrote a recap's prose, and what became of its sentences.

    Attributes:
        answered_by: The model, and the prompt with its hash.
        goes_to: The host that the text was sent to; empty where it is this machine.
        proposed: How many sentences the model wrote.
        kept: How many of them are shown.
        dropped: What the checks left out, by check.
        unread: The questions whose answers, or parts of them, it gave nothing usable for.
    """

    answered_by: AnsweredBy
    goes_to: str
    proposed: int
    kept: int
    dropped: tuple[DroppedSentences, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractiveRecap(Value):
    """A whole recap: quotes from the transcript, and a language model's prose where there is some.

    Attributes:
        session_id: The session's id.
        language: The recap's language, ``en`` or ``fr``.
        title: The guide's title.
        started_at: Wall-clock start, ISO 8601.
        duration_s: Length in seconds.
        questions: What was heard, in the order of the plan.
        hidden: The questions left out because nobody has judged them yet.
        times: Time per question against plan, of the whole plan.
        talk: Who spoke how long, with the candidate's longest monologue.
        timeline: What happened, in order.
        gaps: What was not heard, by cause and side.
        limits: What limits what can be said.
        written: Who wrote the prose; None where there is none.
    """

    session_id: str
    language: str
    title: str
    started_at: str
    duration_s: float
    questions: tuple[RecappedQuestion, ...]
    hidden: tuple[HiddenQuestion, ...]
    times: tuple[QuestionTime, ...]
    talk: TalkSummary
    timeline: tuple[TimelineRow, ...]
    gaps: tuple[CauseGap, ...]
    limits: tuple[Limit, ...]
    written: WrittenBy | None
