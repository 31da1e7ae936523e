"""What the coach is told of the moment, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from copilot.events import Evidence, Suggestion, SuggestionFate, Utterance
from copilot.interview import Interview
from copilot.knowledge.plan import DEFAULT_PROBES


@dataclass(frozen=True, slots=True)
class CoachPolicy:
    """When and how often to suggest.

    Attributes:
        pause_s: The candidate has been silent this long before anything is offered, in seconds.
        probes_a_question: Follow-ups taken or asked under one question before moving on.
        stale_s: A suggestion nobody acted on goes away after this many seconds, once the
            candidate speaks again.
        enough_words: An answer shorter than this has hardly begun.
        story_words: A story shorter than this, in words, may still be on its way to what it lacks.
        at_once_s: So soon after one was skipped, the next is shown without waiting for a pause.
    """

    pause_s: float = 0.9
    probes_a_question: int = DEFAULT_PROBES
    stale_s: float = 45.0
    enough_words: int = 12
    story_words: int = 60
    at_once_s: float = 0.5


@dataclass(frozen=True, slots=True)
class Moment:
    """What the coach needs to know of right now.

    Attributes:
        now_s: Session time, in seconds.
        candidate_silent_s: How long ago the candidate's last words ended; 0 while something is
            heard of them, be it a cough.
        interviewer_speaking: Whether the interviewer is speaking.
        text_pending: Whether either side has said something whose text is still to come.
    """

    now_s: float
    candidate_silent_s: float
    interviewer_speaking: bool
    text_pending: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Show this suggestion."""

    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class Close:
    """Take the open suggestion away."""

    suggestion_id: str
    fate: SuggestionFate


class ClaimReader(Protocol):
    """Finds a result that an answer claims without a figure for any."""

    def __call__(self, answer: Sequence[Utterance], language: str, /) -> Evidence | None:
        """The strongest such claim, verbatim; None where there is none or it is in doubt.

        Args:
            answer: What the candidate has said under one question so far, in order.
            language: ``en`` or ``fr``.
        """


class MayShow(Protocol):
    """Decides whether a suggestion may be shown."""

    def __call__(self, suggestion: Suggestion, interview: Interview, /) -> bool:
        """Whether it may; called before every offer but a move to the next question."""


class MayQuote(Protocol):
    """Decides whether a suggestion may take up words of an utterance."""

    def __call__(self, utterance: Utterance, /) -> bool:
        """Whether it may; not where something was told that an interview leaves alone."""


def no_claims(answer: Sequence[Utterance], language: str, /) -> Evidence | None:
    """A reader of claims that finds none."""
    del answer, language
    return None


def all_quotable(utterance: Utterance, /) -> bool:
    """Lets every utterance be taken up."""
    del utterance
    return True


def all_pass(suggestion: Suggestion, interview: Interview, /) -> bool:
    """A gate that lets everything through."""
    del suggestion, interview
    return True
