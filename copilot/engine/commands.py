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

    Attributes:
        question: Its id.
        moving_on: Whether it is only being asked now, so that what the candidate has said stays
            with the question before. Otherwise this corrects which one was being answered, and
            what was said since the interviewer's last turn moves along.
    """

    question: str | None
    moving_on: bool = False


@dataclass(frozen=True, slots=True)
class EndSession:
    """End the session now; what was heard is still worked off."""


Command = TakeSuggestion | SkipSuggestion | DismissSuggestion | SetQuestion | EndSession
