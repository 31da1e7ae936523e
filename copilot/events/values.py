"""The values events are made of: channels, states, utterances, evidence, suggestions."""

import enum
from dataclasses import dataclass


class Channel(enum.StrEnum):
    """Whose voice a channel carries."""

    INTERVIEWER = "interviewer"
    CANDIDATE = "candidate"

    @property
    def other(self) -> "Channel":
        """The channel that is not this one."""
        return Channel.CANDIDATE if self is Channel.INTERVIEWER else Channel.INTERVIEWER


class Actor(enum.StrEnum):
    """Who decided: the machine proposes, the human's word is final."""

    MACHINE = "machine"
    HUMAN = "human"


class FindingKind(enum.StrEnum):
    """What a finding is about."""

    POINT = "point"
    FLAG = "flag"


class FindingState(enum.StrEnum):
    """What the answer says about a point or a flag.

    Points are ``evidenced``, ``not_heard``, ``unclear`` or ``denied``; flags are ``raised``,
    ``not_raised`` or ``unclear``.
    """

    EVIDENCED = "evidenced"
    NOT_HEARD = "not_heard"
    UNCLEAR = "unclear"
    DENIED = "denied"
    RAISED = "raised"
    NOT_RAISED = "not_raised"


POINT_STATES = frozenset(
    {
        FindingState.EVIDENCED,
        FindingState.NOT_HEARD,
        FindingState.UNCLEAR,
        FindingState.DENIED,
    }
)
FLAG_STATES = frozenset({FindingState.RAISED, FindingState.NOT_RAISED, FindingState.UNCLEAR})

#: States that assert something about what the candidate said: a quote must stand under them.
QUOTED_STATES = frozenset({FindingState.EVIDENCED, FindingState.DENIED, FindingState.RAISED})


class SuggestionKind(enum.StrEnum):
    """What a suggestion is after."""

    PROBE = "probe"  # a point not heard yet, or unclear
    CLARIFY = "clarify"  # a red flag that deserves a benign reading
    STAR = "star"  # what a story lacks: situation, task, own action or result
    FIGURE = "figure"  # a result that was claimed without a figure
    NEXT_QUESTION = "next_question"


class SuggestionFate(enum.StrEnum):
    """What became of a suggestion."""

    TAKEN = "taken"  # the interviewer took it by key
    ASKED = "asked"  # the interviewer was heard asking it
    SKIPPED = "skipped"  # not this one; show the next
    DISMISSED = "dismissed"  # nothing more for this question
    ANSWERED = "answered"  # the candidate said it before it was asked
    SUPERSEDED = "superseded"  # the interview moved on to another question
    EXPIRED = "expired"  # it went stale on the screen
    UNUSED = "unused"  # still open when the session ended


class AskPurpose(enum.StrEnum):
    """What a language model was asked for."""

    FOLLOW_UP = "follow_up"  # a sharper wording of the open suggestion
    JUDGE_POINTS = "judge_points"  # points that matching left unclear
    JUDGE_FLAGS = "judge_flags"  # red flags that matching left unclear


class AskOutcome(enum.StrEnum):
    """What became of a call to a language model."""

    SHARPENED = "sharpened"  # the open suggestion has its wording now
    JUDGED = "judged"  # it was read; the findings that follow from it were made
    LATE = "late"  # what it was about was over
    REFUSED = "refused"  # the answer breaks a rule
    FAILED = "failed"  # there was no answer that can be used
    CANCELLED = "cancelled"  # it was broken off, because nobody wanted it any more


class GapCause(enum.StrEnum):
    """Why a stretch of session time has no sound."""

    DEVICE = "device"  # the device was away or delivered nothing
    OVERFLOW = "overflow"  # the machine was too busy to take it
    OFF_RECORD = "off_record"  # the interviewer paused the capture
    ASLEEP = "asleep"  # the machine slept
    DISK = "disk"  # the disk refused until memory was full


class AlarmKind(enum.StrEnum):
    """What about a channel wants looking at."""

    NO_SIGNAL = "no_signal"  # nothing but digital zeros
    SILENT = "silent"  # no voice while the other side clearly waits
    CLIPPING = "clipping"  # too loud to be understood


class Unrated(enum.StrEnum):
    """Why a human gives no rating."""

    NOT_ASKED = "not_asked"  # the interview never came to it
    NOT_ENOUGH = "not_enough"  # what was said is not enough to tell


class Recommendation(enum.StrEnum):
    """What a human recommends on the whole."""

    STRONG_NO = "strong_no"
    NO = "no"
    YES = "yes"
    STRONG_YES = "strong_yes"
    UNDECIDED = "undecided"


class CaptureKind(enum.StrEnum):
    """How a session hears."""

    RECORDING = "recording"  # a file
    CALL = "call"  # two devices, one a side
    ROOM = "room"  # one microphone for both; a key says who speaks
    NONE = "none"  # nothing is heard, because consent was declined


class ConsentDecision(enum.StrEnum):
    """Whether this session may be recorded and transcribed."""

    GIVEN = "given"
    DECLINED = "declined"
    NOT_NEEDED = "not_needed"  # synthetic voices, such as the demo's


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Base of the values: read back strictly, so that a journal is never half understood."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - the name and form pydantic looks for


@dataclass(frozen=True, slots=True, kw_only=True)
class EventBase(Value):
    """What every event carries.

    Attributes:
        seq: 1 for the first event of a session, then one more each.
        at_s: Session time at which it happened, in seconds since the session's start.
    """

    seq: int
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Value):
    """One recognised word.

    Attributes:
        text: As it stands in the utterance, punctuation included, no spaces around it.
        start_s: Session time at which it begins, in seconds.
        end_s: Session time at which it ends, in seconds.
        probability: The recogniser's own estimate, 0 to 1.
    """

    text: str
    start_s: float
    end_s: float
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance(Value):
    """The final text of one stretch of speech on one channel.

    Attributes:
        id: ``u1``, ``u2``, … in the order in which texts became final.
        channel: Who spoke.
        start_s: Session time of the first word, in seconds.
        end_s: Session time at which the last word ends, in seconds.
        text: What was said; never empty.
        words: The words with their times; joined by spaces they give ``text``.
        confidence: Mean word probability, 0 to 1.
        uncertain: True where the text is doubtful; it can then never be evidence by itself.
        language: ISO 639-1 code of the language it was decoded in.
    """

    id: str
    channel: Channel
    start_s: float
    end_s: float
    text: str
    words: tuple[Word, ...] = ()
    confidence: float = 1.0
    uncertain: bool = False
    language: str = "en"

    @property
    def spoken(self) -> bool:
        """Whether it was said, and recognised; what was typed took no time."""
        return self.end_s > self.start_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Value):
    """A verbatim quote and where it stands.

    Attributes:
        utterance_ids: The utterances the quote runs through, in order; usually one.
        quote: A verbatim span of their texts joined by single spaces.
        start_s: Session time at which the quote begins, in seconds.
        end_s: Session time at which it ends, in seconds.
    """

    utterance_ids: tuple[str, ...]
    quote: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredBy(Value):
    """Which language model answered, and to which prompt.

    Attributes:
        model: What the endpoint calls the model.
        prompt: The prompt's name.
        prompt_sha256: Hash of the prompt file's content, hexadecimal.
    """

    model: str
    prompt: str
    prompt_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion(Value):
    """One thing the interviewer could say next.

    Attributes:
        id: ``s1``, ``s2``, … in the order in which they were offered.
        kind: What it is after.
        text: The question to ask, word for word.
        reason: Why it is offered now, in a few words.
        question: The planned question it belongs to (for ``next_question``, the one to move to).
        target: The point or flag it is after; for ``star`` the part that is missing,
            ``situation``, ``task``, ``action`` or ``result``; else None.
    """

    id: str
    kind: SuggestionKind
    text: str
    reason: str
    question: str
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRef(Value):
    """A model that took part in a session.

    Attributes:
        purpose: ``transcription``, ``voice activity``, ``matching`` or ``language``.
        name: The model's usual name.
        version: A version or revision.
        sha256: Hash of its main file, hexadecimal.
    """

    purpose: str
    name: str
    version: str
    sha256: str
