"""What the interview remembers beside the events themselves."""

from dataclasses import dataclass

from copilot.events import Actor, Suggestion, SuggestionFate


@dataclass(slots=True)
class SuggestionRecord:
    """A suggestion and what became of it; ``fate`` is None while it is open.

    ``offered_under`` is the question that was current when it was offered; ``first_text`` is its
    wording then, where a language model has sharpened it since.
    """

    suggestion: Suggestion
    offered_at_s: float
    offered_under: str | None = None
    fate: SuggestionFate | None = None
    closed_at_s: float | None = None
    closed_by: Actor | None = None
    first_text: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of session time spent on one question, in seconds."""

    question: str | None
    start_s: float
    end_s: float
