"""The events of an interview. Everything that happens is one of these, and nothing else happens.

An event is a small frozen dataclass with a sequence number and a session time. The engine makes
them, ``Interview.apply`` consumes them, the journal keeps them, fronts listen to them.
"""

from dataclasses import dataclass
from typing import Literal

from copilot.events.by_hand import (
    CompetencyRated,
    FindingReleased,
    MomentMarked,
    NoteTaken,
    QuestionRated,
    Recommended,
)
from copilot.events.capture import (
    AlarmCleared,
    AlarmRaised,
    AudioGap,
    CaptureContinued,
    CapturePaused,
    ChannelAttached,
    ChannelLost,
    ChannelsSwapped,
    DiskTroubled,
    LanguageChosen,
    SessionResumed,
    SpeakerChosen,
    TranscriberChanged,
)
from copilot.events.known import GuideRef, KnownCompetency, KnownFlag, KnownTopic, PlannedQuestion
from copilot.events.review import (
    BlindingLifted,
    RecapWritten,
    ReviewOpened,
    ReviewSubmitted,
    SpeakerCorrected,
    TextCorrected,
)
from copilot.events.values import (
    Actor,
    AnsweredBy,
    AskOutcome,
    AskPurpose,
    CaptureKind,
    Channel,
    ConsentDecision,
    EventBase,
    Evidence,
    FindingKind,
    FindingState,
    ModelRef,
    Suggestion,
    SuggestionFate,
    Utterance,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted(EventBase):
    """A session began; always the first event.

    Attributes:
        session_id: The id under which it is stored.
        started_at: Wall-clock start, ISO 8601 with offset.
        app_version: Version of Interview Copilot.
        language: Language of the interview, ``en`` or ``fr``.
        guide: Which guide is in use.
        plan: The questions chosen, in order.
        flags: The red flags watched for.
        source: Where the sound comes from, in words for people.
        models: The models in use.
        text_goes_to: Hosts that text or audio is sent to; empty when nothing leaves the machine.
        sound_goes_to: Those of them that are sent sound, to transcribe it.
        llm_goes_to: Those of them that are sent text, for a language model.
        capture: How it hears.
        probes: Follow-ups under one question before the next is suggested.
        laws: The packs of off-limits topics that apply.
        topics: The off-limits topics that the interviewer is warned of.
        competencies: What the human rates over the whole interview.
    """

    type: Literal["session_started"] = "session_started"
    session_id: str
    started_at: str
    app_version: str
    language: str
    guide: GuideRef
    plan: tuple[PlannedQuestion, ...]
    flags: tuple[KnownFlag, ...]
    source: str
    models: tuple[ModelRef, ...] = ()
    text_goes_to: tuple[str, ...] = ()
    sound_goes_to: tuple[str, ...] = ()
    llm_goes_to: tuple[str, ...] = ()
    capture: CaptureKind = CaptureKind.RECORDING
    probes: int = 2
    laws: tuple[str, ...] = ()
    topics: tuple[KnownTopic, ...] = ()
    competencies: tuple[KnownCompetency, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRecorded(EventBase):
    """The candidate's decision about recording; nothing is stored or transcribed before it.

    Attributes:
        decision: What was decided.
        by: Who recorded it.
        wording: The notice that was read out, or what stands in for it.
    """

    type: Literal["consent_recorded"] = "consent_recorded"
    decision: ConsentDecision
    by: str
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceHeard(EventBase):
    """One stretch of speech has its final text."""

    type: Literal["utterance_heard"] = "utterance_heard"
    utterance: Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechDiscarded(EventBase):
    """Sound that looked like speech gave no text that can be trusted.

    Attributes:
        channel: The channel it came from.
        start_s: Session time at which it began, in seconds.
        end_s: Session time at which it ended, in seconds.
        reason: Why it was discarded, in words for people.
    """

    type: Literal["speech_discarded"] = "speech_discarded"
    channel: Channel
    start_s: float
    end_s: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(EventBase):
    """The current question changed.

    Attributes:
        question: The planned question now being answered; None for talk outside the plan.
        since_s: Session time from which what the candidate said belongs to it.
        by: Recognised by the machine or set by the human.
        utterance_id: The interviewer's utterance it was recognised in, or None.
        confidence: 0 to 1; 1 where a human set it.
    """

    type: Literal["question_asked"] = "question_asked"
    question: str | None
    since_s: float
    by: Actor
    utterance_id: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingMade(EventBase):
    """The state of a point or flag under a question changed.

    Attributes:
        question: The planned question whose answer it was found in.
        kind: Point or flag.
        id: The point's or flag's id.
        state: The new state.
        confidence: How sure the matcher is of the state, 0 to 1.
        evidence: Where it was said; never empty for evidenced, denied and raised.
        by: Found by the machine or set by the human.
        answered_by: The language model that judged what matching had left unclear; None for all
            other findings. The confidence is then no probability.
    """

    type: Literal["finding_made"] = "finding_made"
    question: str
    kind: FindingKind
    id: str
    state: FindingState
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    by: Actor = Actor.MACHINE
    answered_by: AnsweredBy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRefused(EventBase):
    """A finding was dropped because its quote does not stand in the transcript.

    Attributes:
        question: The question it was proposed for.
        kind: Point or flag.
        id: The point's or flag's id.
        reason: What the check found; never the quote itself.
    """

    type: Literal["finding_refused"] = "finding_refused"
    question: str
    kind: FindingKind
    id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionOffered(EventBase):
    """A suggestion appeared; there is never more than one open."""

    type: Literal["suggestion_offered"] = "suggestion_offered"
    suggestion: Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionSharpened(EventBase):
    """The open suggestion has another wording; it is the same one, after the same thing.

    Attributes:
        suggestion_id: Which one.
        text: The question to ask, word for word.
        reason: Why it is offered.
        answered_by: The language model that worded it.
    """

    type: Literal["suggestion_sharpened"] = "suggestion_sharpened"
    suggestion_id: str
    text: str
    reason: str
    answered_by: AnsweredBy


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionClosed(EventBase):
    """The open suggestion went away.

    Attributes:
        suggestion_id: Which one.
        fate: What became of it.
        by: Closed by the machine or the human.
    """

    type: Literal["suggestion_closed"] = "suggestion_closed"
    suggestion_id: str
    fate: SuggestionFate
    by: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAsked(EventBase):
    """A call to a language model has come to its end; neither request nor answer is kept.

    Attributes:
        purpose: What it was for.
        answered_by: The model and the prompt; where none answered, those that were meant.
        tokens_in: Tokens sent; counted high where the endpoint does not say.
        tokens_out: Tokens answered.
        took_ms: From asking to the end, in milliseconds.
        outcome: What became of it.
        detail: For ``refused`` the rules it breaks, for ``failed`` the kind of failure, for
            ``judged`` how many findings were made; never what was said.
    """

    type: Literal["model_asked"] = "model_asked"
    purpose: AskPurpose
    answered_by: AnsweredBy
    tokens_in: int
    tokens_out: int
    took_ms: int
    outcome: AskOutcome
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTouched(EventBase):
    """The interviewer's own words touched an off-limits topic; for their eyes alone.

    Once per topic and session, unless the sides turn out to have been mixed up: then it was
    somebody else's words.

    Attributes:
        topic: The topic's id.
        packs: The packs it stands in, of those that apply.
        utterance_id: The interviewer's utterance.
    """

    type: Literal["topic_touched"] = "topic_touched"
    topic: str
    packs: tuple[str, ...]
    utterance_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(EventBase):
    """The session is over; always the last event of a journal that was closed cleanly.

    Attributes:
        reason: ``finished`` (the source ran out), ``user`` or ``failed``.
        duration_s: Length of the session in seconds.
        detail: For ``failed``, what went wrong.
    """

    type: Literal["session_ended"] = "session_ended"
    reason: Literal["finished", "user", "failed"]
    duration_s: float
    detail: str = ""


Event = (
    SessionStarted
    | ConsentRecorded
    | UtteranceHeard
    | SpeechDiscarded
    | QuestionAsked
    | FindingMade
    | FindingRefused
    | FindingReleased
    | SuggestionOffered
    | SuggestionSharpened
    | SuggestionClosed
    | ModelAsked
    | TopicTouched
    | NoteTaken
    | MomentMarked
    | QuestionRated
    | CompetencyRated
    | Recommended
    | ChannelAttached
    | ChannelLost
    | AudioGap
    | CapturePaused
    | CaptureContinued
    | AlarmRaised
    | AlarmCleared
    | DiskTroubled
    | ChannelsSwapped
    | LanguageChosen
    | SpeakerChosen
    | TranscriberChanged
    | SessionResumed
    | SessionEnded
    | ReviewOpened
    | TextCorrected
    | SpeakerCorrected
    | BlindingLifted
    | RecapWritten
    | ReviewSubmitted
)
