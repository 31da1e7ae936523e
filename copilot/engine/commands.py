"""What a front can ask of a running session."""

from dataclasses import dataclass

from copilot.events import Channel, FindingKind, FindingState, Unrated


@dataclass(frozen=True, slots=True)
class TakeSuggestion:
    """The interviewer will ask the suggestion that was on the screen."""

    suggestion_id: str


@dataclass(frozen=True, slots=True)
class SkipSuggestion:
    """Not this suggestion; show the next one."""

    suggestion_id: str


@dataclass(frozen=True, slots=True)
class DismissSuggestion:
    """Neither this suggestion nor another one under this question."""

    suggestion_id: str


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """The current question is this one; None for talk outside the plan.

    Attributes:
        question: Its id.
        moving_on: Whether it is only being asked now, so that what the candidate has said stays
            with the question before. Otherwise this corrects which one was being answered, and
            what was said since the interviewer's last turn moves along.
    """

    question: str | None
    moving_on: bool = False


@dataclass(frozen=True, slots=True)
class TakeNote:
    """Keep this line of the interviewer's, tied to the moment.

    Attributes:
        text: The line; one without any letter is dropped.
        at_s: Session time at which writing it began; None for now.
    """

    text: str
    at_s: float | None = None


@dataclass(frozen=True, slots=True)
class MarkMoment:
    """Mark this moment, to come back to it later.

    Attributes:
        at_s: The session time that is marked; None for now.
    """

    at_s: float | None = None


@dataclass(frozen=True, slots=True)
class SetFinding:
    """The interviewer's word on a point or flag: it wins over what the machine finds.

    A state that the machine found as well is confirmed, and keeps the quote it rests on.

    Attributes:
        question: The planned question.
        kind: Point or flag.
        id: The point's or flag's id.
        state: The state; None takes the interviewer's word back, and the machine's counts again.
    """

    question: str
    kind: FindingKind
    id: str
    state: FindingState | None


@dataclass(frozen=True, slots=True)
class RateQuestion:
    """The interviewer's rating of an answer.

    Attributes:
        question: The planned question.
        rating: 1 to 4; None for none.
        unrated: Why there is none; None takes back what stands.
        reason: Why, in the interviewer's words; None leaves the reason of the same rating as it is.
    """

    question: str
    rating: int | None
    unrated: Unrated | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PauseCapture:
    """Off the record, or on it again.

    Attributes:
        paused: True to capture nothing from now on, False to go on.
    """

    paused: bool


@dataclass(frozen=True, slots=True)
class SwapChannels:
    """The two sides are mixed up: exchange them, for what was heard and for what comes."""


@dataclass(frozen=True, slots=True)
class ChooseSpeaker:
    """With one microphone for both: this one speaks now."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """From now on this language is spoken.

    Attributes:
        language: ISO 639-1 code.
    """

    language: str


@dataclass(frozen=True, slots=True)
class EndSession:
    """End the session now; what was heard is still worked off."""


Command = (
    TakeSuggestion
    | SkipSuggestion
    | DismissSuggestion
    | SetQuestion
    | TakeNote
    | MarkMoment
    | SetFinding
    | RateQuestion
    | PauseCapture
    | SwapChannels
    | ChooseLanguage
    | ChooseSpeaker
    | EndSession
)
