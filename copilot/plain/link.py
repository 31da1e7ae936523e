"""Runs the session on a thread of its own; what it tells goes to the console, commands to it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from copilot.engine.background import BackgroundSession, Prepare
from copilot.engine.vitals import Vitals
from copilot.errors import CopilotError
from copilot.events import Event
from copilot.plain.happenings import Alive, Failed, Happening, Over, Ready, Told

if TYPE_CHECKING:
    from copilot.speech.streaming import Partial


class Link(BackgroundSession):
    """One session and its thread."""

    def __init__(self, prepare: Prepare, put: Callable[[Happening], None]) -> None:
        """Prepare to run a session.

        Args:
            prepare: Makes what it needs.
            put: Takes in what it tells; called on the session's thread.
        """
        super().__init__(prepare)
        self._put = put

    def on_event(self, event: Event) -> None:
        """Carry an event over."""
        self._put(Told(event))

    def on_vitals(self, vitals: Vitals) -> None:
        """Carry a sign of life over."""
        self._put(Alive(vitals))

    def on_partials(self, partials: "tuple[Partial, ...]") -> None:
        """What may still change is never spoken."""

    def on_ready(self, duration_s: float | None, *, kept: bool) -> None:
        """Say that sound is being heard."""
        self._put(Ready(duration_s, kept=kept))

    def on_over(self, stored_as: tuple[str, str] | None) -> None:
        """Say that all is on disk."""
        self._put(Over(stored_as))

    def on_failed(self, error: CopilotError) -> None:
        """Say what went wrong."""
        self._put(Failed(error))
