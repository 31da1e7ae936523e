"""What a case is made of, and what whoever makes it says themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """What whoever makes the case says of it themselves.

    Attributes:
        question: The planned question that an interviewer's utterance asks, or ``none``; empty for
            what was chosen during the session.
        silent: Whether no follow-up must be asked here; None for what became of the suggestion.
    """

    question: str = ""
    silent: bool | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a case is made of.

    Attributes:
        given: Its ``vars``.
        expected: What the human said of it; empty where they said nothing.
        question: The question it belongs to; empty for none.
        notices: What a human said that does not go into the case, and why.
    """

    given: Mapping[str, Any]
    expected: Mapping[str, Any] = field(default_factory=dict)
    question: str = ""
    notices: tuple[str, ...] = ()
