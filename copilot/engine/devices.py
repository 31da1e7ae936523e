"""The inputs of a call as somebody chose them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copilot.audio.capture.devices import Choice


@dataclass(frozen=True, slots=True)
class Devices:
    """Which inputs somebody chose, before anything that hears is loaded.

    Attributes:
        microphone: What hears the interviewer; None for the system's default.
        call: What hears the call; None for what the default output plays.
        room: Whether one microphone hears both.
    """

    microphone: str | None = None
    call: str | None = None
    room: bool = False

    def choice(self) -> "Choice":
        """The same in the words of the capture."""
        # Loads numpy, which help and a first screen do not need.
        from copilot.audio.capture.devices import AUTOMATIC, Choice  # noqa: PLC0415

        return Choice(self.microphone or AUTOMATIC, self.call or AUTOMATIC, room=self.room)
