"""The parts of a summary: questions, points, flags, and what else there is to tell."""

from dataclasses import dataclass

from copilot.events import (
    Actor,
    AlarmKind,
    Channel,
    Evidence,
    FindingState,
    GapCause,
    Recommendation,
    SuggestionFate,
    SuggestionKind,
    Unrated,
)
from copilot.events.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementSummary(Value):
    """A human's judgement at one time.

    Attributes:
        rating: 1 to 4; None where there is none.
        unrated: Why there is none; None where an earlier judgement was taken back.
        reason: In the human's words; may be empty.
        at_s: When, in seconds since the session's start.
        by: Who, where it was given in a review; else empty.
    """

    rating: int | None
    unrated: Unrated | None
    reason: str
    at_s: float
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSummary(Value):
    """A point of a question at the end.

    Attributes:
        id: The point's id.
        label: Its label.
        state: ``evidenced``, ``not_heard``, ``unclear`` or ``denied``.
        confidence: How sure the matcher was, 0 to 1; None where it never decided.
        by: Who decided.
        evidence: Where it was said: utterance ids, quote, start and end; ``[…]`` stands in the
            quote for what was told unasked about a protected matter.
        corrected: Those of the utterances quoted whose text a reviewer has corrected since.
        misattributed: Whether a quote was taken away because it is not the candidate's.
    """

    id: str
    label: str
    state: FindingState
    confidence: float | None
    by: Actor
    evidence: tuple[Evidence, ...]
    corrected: tuple[str, ...] = ()
    misattributed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanSummary(Value):
    """A stretch of session time, in seconds."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSummary(Value):
    """A planned question at the end.

    Attributes:
        id: The question's id.
        label: A few words for it.
        text: How the guide asks it.
        asked: Whether it was asked; its points may have been made under another question.
        minutes_planned: Minutes planned.
        seconds: Session seconds spent on it, without those off the record.
        spans: When it was the current question.
        points: Its points.
        competencies: Ids of the competencies it sheds light on.
        rating: The interviewer's own rating, 1 to 4; None where there is none.
        unrated: Why the interviewer gave none; None where they said nothing.
        reason: Their reason for it; may be empty.
        earlier: Their judgements before the one that stands, in order.
        rated_in_review: Whether it was given after the interview.
        rated_after_findings: Whether it was given after the machine's findings were shown; False
            where there is none.
    """

    id: str
    label: str
    text: str
    asked: bool
    minutes_planned: float
    seconds: float
    spans: tuple[SpanSummary, ...]
    points: tuple[PointSummary, ...]
    competencies: tuple[str, ...]
    rating: int | None
    unrated: Unrated | None = None
    reason: str = ""
    earlier: tuple[JudgementSummary, ...] = ()
    rated_in_review: bool = False
    rated_after_findings: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencySummary(Value):
    """A competency at the end, as the human judged it; the machine rates none.

    Attributes:
        id: The competency's id.
        label: A few words for it.
        questions: Ids of the planned questions that shed light on it.
        rating: The human's rating, 1 to 4; None where there is none.
        unrated: Why there is none; None where nothing was said.
        reason: Their reason; may be empty.
        earlier: Their judgements before the one that stands, in order.
        rated_after_findings: Whether it was judged after all that the machine found was shown.
    """

    id: str
    label: str
    questions: tuple[str, ...]
    rating: int | None
    unrated: Unrated | None
    reason: str
    earlier: tuple[JudgementSummary, ...]
    rated_after_findings: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationSummary(Value):
    """What the human recommends on the whole.

    Attributes:
        recommendation: What stands.
        reason: In their words; may be empty.
        at_s: When it was given, in seconds since the session's start.
        by: Who, where it was given in a review; else empty.
        earlier: How many times they said something else before.
    """

    recommendation: Recommendation
    reason: str
    at_s: float
    by: str
    earlier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagSummary(Value):
    """A red flag that was raised.

    Attributes:
        id: The flag's id.
        label: Its label.
        benign_reading: What else it may mean.
        question: The question under which it was raised.
        confidence: How sure the matcher was, 0 to 1.
        by: Who decided.
        evidence: Where it was said, as with points.
        corrected: Which quoted utterances were corrected since, as with points.
        misattributed: Whether a quote was taken away, as with points.
    """

    id: str
    label: str
    benign_reading: str
    question: str
    confidence: float
    by: Actor
    evidence: tuple[Evidence, ...]
    corrected: tuple[str, ...] = ()
    misattributed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionSummary(Value):
    """A suggestion and its fate.

    Attributes:
        id: The suggestion's id.
        kind: What it was after.
        text: The question suggested.
        reason: Why it was offered.
        question: The planned question it belongs to.
        target: The point or flag it was after.
        offered_at_s: Session time at which it appeared.
        fate: What became of it; None only while the session runs.
        closed_at_s: Session time at which it went away.
    """

    id: str
    kind: SuggestionKind
    text: str
    reason: str
    question: str
    target: str | None
    offered_at_s: float
    fate: SuggestionFate | None
    closed_at_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkSummary(Value):
    """Who spoke how long.

    Attributes:
        interviewer_s: Seconds of recognised speech of the interviewer.
        candidate_s: The same of the candidate.
        candidate_share: The candidate's part of both, 0 to 1; None where nobody spoke.
        longest_s: The longest the candidate spoke without the interviewer saying more than a word
            or two, first word to last; 0 where they said nothing.
        longest_start_s: Session time at which that began; None where they said nothing.
    """

    interviewer_s: float
    candidate_s: float
    candidate_share: float | None
    longest_s: float
    longest_start_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSummary(Value):
    """A note of the interviewer's.

    Attributes:
        id: The note's id.
        moment_s: Session time it is about, in seconds.
        text: What they wrote.
        question: The question that was current, or None.
    """

    id: str
    moment_s: float
    text: str
    question: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkSummary(Value):
    """A moment that the interviewer marked.

    Attributes:
        id: The mark's id.
        moment_s: The session time, in seconds.
        question: The question that was current, or None.
    """

    id: str
    moment_s: float
    question: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmSummary(Value):
    """Something was wrong with the sound of one side for a while.

    Attributes:
        channel: The side.
        kind: What was wrong.
        start_s: Session time at which it was noticed, in seconds.
        end_s: When it was over; None where it never was.
    """

    channel: Channel
    kind: AlarmKind
    start_s: float
    end_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapSummary(Value):
    """A stretch of session time of which there is no sound.

    Attributes:
        channel: The channel that misses it, or None for both.
        start_s: Session time at which it begins, in seconds.
        end_s: Session time at which it ends, in seconds.
        cause: Why.
    """

    channel: Channel | None
    start_s: float
    end_s: float
    cause: GapCause


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionSummary(Value):
    """What a reviewer corrected of an utterance; the original stays in the session's journal.

    Attributes:
        utterance_id: The utterance.
        channel: Who was heard saying it.
        speaker: Who really said it, as the reviewer has it.
        start_s: Session time at which it begins, in seconds.
        heard: What was transcribed.
        text: What was really said, as the reviewer has it.
    """

    utterance_id: str
    channel: Channel
    speaker: Channel
    start_s: float
    heard: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingSummary(Value):
    """That someone reviewed the session and changed something.

    Attributes:
        by: Who.
        opened_at: Wall-clock time, ISO 8601.
    """

    by: str
    opened_at: str
