"""What a front can ask of a running session."""

from dataclasses import dataclass


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

    What the candidate has said since the machine's last decision moves along.
    """

    question: str | None


@dataclass(frozen=True, slots=True)
class EndSession:
    """End the session now; what was heard is still worked off."""


Command = TakeSuggestion | SkipSuggestion | DismissSuggestion | SetQuestion | EndSession
