"""Everything that is held about a candidate, as data."""

from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from copilot.events import (
    Actor,
    Channel,
    ConsentDecision,
    FindingKind,
    FindingState,
    ModelRef,
    Recommendation,
    Unrated,
)
from copilot.events.values import Value
from copilot.review.summary_parts import GapSummary, MarkSummary, NoteSummary, SittingSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping(Value):
    """How long it is kept.

    Attributes:
        until: The day on which it is past its date, ISO 8601; None where none is set.
        on_hold: Whether it is kept beyond that for now.
    """

    until: str | None = None
    on_hold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldConsent(Value):
    """What was recorded about consent.

    Attributes:
        decision: What was decided.
        by: Who recorded it.
        wording: The notice that was read out, or what stands in for it.
    """

    decision: ConsentDecision
    by: str
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldUtterance(Value):
    """One stretch of speech.

    Attributes:
        id: By which findings refer to it.
        speaker: Who said it, as corrected.
        start_s: Session time at which it begins, in seconds.
        end_s: Session time at which it ends, in seconds.
        text: What was said, as corrected.
        heard: What the machine wrote down, where a reviewer corrected it; else None.
        heard_as: Whose words the machine took it for, where a reviewer corrected that; else None.
        uncertain: Whether the machine was unsure of the text.
    """

    id: str
    speaker: Channel
    start_s: float
    end_s: float
    text: str
    heard: str | None
    heard_as: Channel | None
    uncertain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFinding(Value):
    """What was found in an answer.

    Attributes:
        question: The question, in a few words.
        kind: Whether it was expected of an answer (point) or is worth a second look (flag).
        label: What it is about.
        benign_reading: For a flag, what else it may mean.
        state: What stands.
        by: Found by the machine or set by a human.
        model: The language model that judged it; None where none did.
        quotes: The candidate's own words under it.
    """

    question: str
    kind: FindingKind
    label: str
    benign_reading: str
    state: FindingState
    by: Actor
    model: str | None
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldJudgement(Value):
    """How a human rated an answer or a competency.

    Attributes:
        about: The question or competency, in a few words.
        rating: 1 to 4; None where there is none.
        unrated: Why there is none; None where nothing was said.
        reason: Their reason; may be empty.
        earlier: How many times they judged otherwise before.
        after_findings: Whether it was given after the machine's findings were seen.
    """

    about: str
    rating: int | None
    unrated: Unrated | None
    reason: str
    earlier: int
    after_findings: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecommendation(Value):
    """What a human recommended on the whole, and why."""

    recommendation: Recommendation
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecap(Value):
    """What a language model made of the answers.

    Attributes:
        language: The recap's language.
        model: The model's name.
        goes_to: The host that the text was sent to; empty where it stayed on the machine.
        sentences: The sentences that were kept.
    """

    language: str
    model: str
    goes_to: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Value):
    """Everything held about the candidate of one interview.

    Attributes:
        format: Version of this form.
        session_id: The interview's id.
        role: The role's name.
        alias: What the interviewer calls the candidate instead of a name; None where nothing.
        started_at: When it began, ISO 8601.
        duration_s: Its length in seconds.
        language: The language it was held in.
        source: Where the sound came from.
        app_version: Version of Interview Copilot that recorded it.
        consent: What was recorded about consent; None where it never came to that.
        keeping: How long it is kept.
        recordings: Names of the recordings held; they are copied only where that was asked for.
        sound_went_to: Hosts that sound was sent to, to be written down.
        text_went_to: Hosts that text was sent to, for a language model.
        models: The models that took part.
        utterances: What was said, in order.
        gaps: What was not heard, or was off the record.
        findings: What was found in the answers.
        suggestions: What the machine proposed that the interviewer ask next.
        recaps: What a language model made of the answers.
        marks: Moments of the interview that the interviewer marked.
        notes: What the interviewer wrote; empty where withheld.
        ratings: How answers and competencies were rated; empty where withheld.
        recommendation: What was recommended; None where nothing was, or where withheld.
        reviews: Who reviewed it, and when.
        withheld: What is held and not in here: ``notes``, ``ratings``.
    """

    format: Literal[1] = 1
    session_id: str
    role: str
    alias: str | None
    started_at: str
    duration_s: float
    language: str
    source: str
    app_version: str
    consent: HeldConsent | None
    keeping: Keeping
    recordings: tuple[str, ...]
    sound_went_to: tuple[str, ...]
    text_went_to: tuple[str, ...]
    models: tuple[ModelRef, ...]
    utterances: tuple[HeldUtterance, ...]
    gaps: tuple[GapSummary, ...]
    findings: tuple[HeldFinding, ...]
    suggestions: tuple[str, ...]
    recaps: tuple[HeldRecap, ...]
    marks: tuple[MarkSummary, ...]
    notes: tuple[NoteSummary, ...]
    ratings: tuple[HeldJudgement, ...]
    recommendation: HeldRecommendation | None
    reviews: tuple[SittingSummary, ...]
    withheld: tuple[Literal["notes", "ratings"], ...] = ()


_adapter: TypeAdapter[Held] = TypeAdapter(Held)


def held_to_json(held: Held) -> bytes:
    """As indented UTF-8 JSON with a final newline."""
    return _adapter.dump_json(held, indent=2) + b"\n"
