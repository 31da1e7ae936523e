"""What a comparison says of one question in one session."""

from dataclasses import dataclass

from copilot.events import AlarmKind, Evidence, FindingState, GapCause
from copilot.events.values import Value
from copilot.review.opinions import Opinion


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Value):
    """How well a candidate was heard, over a session or one answer.

    Attributes:
        lost_s: Seconds of which there is no sound of the candidate.
        causes: Why, each once.
        alarms: What was wrong with the candidate's sound meanwhile, each once.
        alarm_s: Seconds for which something was.
        utterances: How many of the candidate's utterances have text.
        doubtful: How many of them are doubtful.
        discarded_s: Seconds of the candidate's speech-like sound that gave no text.
    """

    lost_s: float
    causes: tuple[GapCause, ...]
    alarms: tuple[AlarmKind, ...]
    alarm_s: float
    utterances: int
    doubtful: int
    discarded_s: float

    @property
    def is_troubled(self) -> bool:
        """Whether what was not heard may have been said all the same."""
        return bool(self.lost_s or self.alarm_s or self.doubtful or self.discarded_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(Value):
    """What people judged in one session of a question, a competency or the whole.

    Attributes:
        opinions: Each person's, by name; without those the reader may not see yet.
        withheld: How many others judged it, shown once the reader has.
        after_findings: Whether it was first judged when the machine's findings had been shown.
    """

    opinions: tuple[Opinion, ...]
    withheld: int
    after_findings: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPoint(Value):
    """A point under a question in one session.

    Attributes:
        id: The point's id.
        label: Its label in that session.
        state: ``evidenced``, ``not_heard``, ``unclear`` or ``denied``.
        by_human: Whether a human decided.
        evidence: Where it was said; ``[…]`` stands for what was told unasked about a protected
            matter.
        corrected: Whether a reviewer has corrected the text under a quote since.
    """

    id: str
    label: str
    state: FindingState
    by_human: bool
    evidence: tuple[Evidence, ...]
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFlag(Value):
    """A red flag raised under a question in one session.

    Attributes:
        id: The flag's id.
        label: Its label.
        benign_reading: What else it may mean.
        evidence: Where it was said.
    """

    id: str
    label: str
    benign_reading: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedProbe(Value):
    """A follow-up that was put to a candidate.

    Attributes:
        text: In which words it was suggested.
        target: Id of the point or flag it was after; None where there was none.
        at_s: When it was taken or heard asked, in seconds of session time.
        heard: Whether it was heard asked, and not only taken by key.
    """

    text: str
    target: str | None
    at_s: float
    heard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Value):
    """A question in one session.

    Attributes:
        session_id: The session's id.
        planned: Whether it was in the plan.
        asked: Whether it was asked.
        minutes_planned: Minutes planned; None where it was not.
        seconds: Session seconds spent on it.
        judged: What humans judged.
        hidden: Whether the machine's findings are hidden because nobody has judged it yet, or
            others have and the reader has not.
        points: The points listened for; empty where hidden.
        flags: The flags raised; empty where hidden.
        probes: The follow-ups put to the candidate.
        heard: How well the answer was heard.
    """

    session_id: str
    planned: bool
    asked: bool
    minutes_planned: float | None
    seconds: float
    judged: Judged
    hidden: bool
    points: tuple[ComparedPoint, ...]
    flags: tuple[ComparedFlag, ...]
    probes: tuple[AskedProbe, ...]
    heard: Heard
