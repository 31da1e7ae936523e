"""Between the session's threads and the screen: messages one way, commands the other."""

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from copilot.engine.background import BackgroundSession, Prepare
from copilot.engine.vitals import Vitals
from copilot.errors import CopilotError
from copilot.events import Channel, Event

if TYPE_CHECKING:
    from copilot.speech.streaming import Partial


class EventsArrived(Message):
    """Events wait in the link; several arrivals are worked off as one."""

    def can_replace(self, message: Message) -> bool:
        """A newer arrival covers an older one."""
        return isinstance(message, EventsArrived)


class VitalsArrived(Message):
    """How the session is doing; only the newest counts."""

    def __init__(self, vitals: Vitals) -> None:
        self.vitals = vitals
        super().__init__()

    def can_replace(self, message: Message) -> bool:
        """A newer sign of life covers an older one."""
        return isinstance(message, VitalsArrived)


class PartialsArrived(Message):
    """The text that is on its way; only the newest counts."""

    def __init__(self, partials: "tuple[Partial, ...]") -> None:
        self.partials = partials
        super().__init__()

    def can_replace(self, message: Message) -> bool:
        """Newer text covers older."""
        return isinstance(message, PartialsArrived)


class SessionReady(Message):
    """The session is set up; sound is being heard from now on.

    Attributes:
        duration_s: Length of what will be heard, in seconds, where it is known.
        kept: Whether the session is stored.
    """

    def __init__(self, duration_s: float | None, kept: bool) -> None:
        self.duration_s = duration_s
        self.kept = kept
        super().__init__()


class SessionOver(Message):
    """The session has ended and everything is on disk.

    Attributes:
        stored_as: The session's id and folder, where it was stored.
    """

    def __init__(self, stored_as: tuple[str, str] | None) -> None:
        self.stored_as = stored_as
        super().__init__()


class SessionLeft(Message):
    """The user leaves the session's screen; the app knows where to.

    Attributes:
        return_code: What the command is to return where it ends with that.
    """

    def __init__(self, return_code: int = 0) -> None:
        self.return_code = return_code
        super().__init__()


class SessionFailed(Message):
    """The session could not start, or a part of it failed."""

    def __init__(self, error: CopilotError) -> None:
        self.error = error
        super().__init__()


class Link(BackgroundSession):
    """Runs a session on a thread of its own and carries what happens to a screen."""

    def __init__(self, prepare: Prepare) -> None:
        super().__init__(prepare)
        self._events: deque[Event] = deque()
        self._screen: MessagePump | None = None
        self.stored_as: tuple[str, str] | None = None
        self.failure: CopilotError | None = None

    def start(self, screen: MessagePump) -> None:
        """Start the session; messages go to ``screen``."""
        self._screen = screen
        self.begin()

    def recording(self, channel: Channel) -> Path | None:
        """The file in which a channel is recorded, while the session runs and afterwards.

        None where no sound is stored, or not yet. While it runs, it is named after the side on
        which the device was at first, whatever was exchanged since.

        Raises:
            StorageError: The disk refused to finish an exchange of the sides.
        """
        session = self._session
        folder = None if session is None else session.folder
        return None if folder is None else folder.recording(channel)

    def drain(self) -> list[Event]:
        """The events that have arrived since the last call."""
        events: list[Event] = []
        while self._events:
            events.append(self._events.popleft())
        return events

    # -- on the session's thread ----------------------------------------------------------------

    def on_event(self, event: Event) -> None:
        """Carry an event over."""
        self._events.append(event)
        self._post(EventsArrived())

    def on_vitals(self, vitals: Vitals) -> None:
        """Carry a sign of life over."""
        self._post(VitalsArrived(vitals))

    def on_partials(self, partials: "tuple[Partial, ...]") -> None:
        """Carry over what is being said."""
        self._post(PartialsArrived(partials))

    def on_ready(self, duration_s: float | None, *, kept: bool) -> None:
        """Say that sound is being heard."""
        self._post(SessionReady(duration_s, kept=kept))

    def on_over(self, stored_as: tuple[str, str] | None) -> None:
        """Say that all is on disk."""
        self.stored_as = stored_as
        self._post(SessionOver(stored_as))

    def on_failed(self, error: CopilotError) -> None:
        """Say what went wrong."""
        self.failure = error
        self._post(SessionFailed(error))

    def _post(self, message: Message) -> None:
        if self._screen is not None:
            self._screen.post_message(message)
