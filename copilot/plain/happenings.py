"""What can happen to the plain front; all of it comes through one queue to one thread."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from copilot.engine.vitals import Vitals
from copilot.errors import CopilotError
from copilot.events import Event

if TYPE_CHECKING:
    from copilot.audio.capture.report import CheckReport


@dataclass(frozen=True, slots=True)
class Typed:
    """The user typed a line."""

    text: str


@dataclass(frozen=True, slots=True)
class InputOver:
    """Nothing more is typed.

    Attributes:
        for_good: False where somebody pressed Ctrl-D at a terminal and may type on.
    """

    for_good: bool


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Ctrl-C was pressed."""


@dataclass(frozen=True, slots=True)
class Told:
    """The session told an event."""

    event: Event


@dataclass(frozen=True, slots=True)
class Alive:
    """The session told how it is doing."""

    vitals: Vitals


@dataclass(frozen=True, slots=True)
class Ready:
    """The session is set up; sound is being heard from now on.

    Attributes:
        duration_s: Length of what will be heard, in seconds, where it is known.
        kept: Whether the session is stored.
    """

    duration_s: float | None
    kept: bool


@dataclass(frozen=True, slots=True)
class Over:
    """The session has ended and everything is on disk.

    Attributes:
        stored_as: The session's id and folder, where it was stored.
    """

    stored_as: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Failed:
    """The session, or the check, could not be done."""

    error: CopilotError


@dataclass(frozen=True, slots=True)
class Checked:
    """How the check of the sound stands.

    Attributes:
        report: What it found until now.
        over: Whether it has returned.
    """

    report: "CheckReport"
    over: bool = False


Happening = Typed | InputOver | Interrupted | Told | Alive | Ready | Over | Failed | Checked
