"""Between a session and what asks a language model for it.

Everything is called on the conducting thread and waits for nothing. Calls go on elsewhere; what
comes of one arrives as a ``Reply`` among the runner's other messages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from copilot.coach import Moment
from copilot.interview import Interview

if TYPE_CHECKING:
    from copilot.llm.client import Call


@dataclass(frozen=True, slots=True)
class Reply:
    """A call has come to its end, whichever.

    Attributes:
        number: Of the call; each has another one.
        call: Where its answer, or why there is none, is to be had at once.
    """

    number: int
    call: "Call[Any]"


class Asking(Protocol):
    """Asks about one interview."""

    @property
    def waiting(self) -> bool:
        """Whether a reply is still to come."""

    def look(self, moment: Moment) -> None:
        """Ask what is worth asking now, and break off what nobody wants any more."""

    def take(self, reply: Reply) -> None:
        """Make of a reply what follows from it."""

    def stop(self) -> None:
        """Break off every call; nothing is asked any more."""


#: Publishes an event, given its type and its values.
Emit = Callable[..., None]
#: Makes what asks about an interview, which nobody but the conductor changes.
MakeAsking = Callable[[Interview, Emit], Asking]


class Nobody:
    """Asks nothing: there is no language model."""

    waiting = False

    def look(self, moment: Moment) -> None:
        """Nothing is worth asking."""

    def take(self, reply: Reply) -> None:
        """No reply comes."""

    def stop(self) -> None:
        """There is nothing to break off."""


def nobody(_interview: Interview, _emit: Emit) -> Asking:
    """For a session without a language model."""
    return Nobody()
