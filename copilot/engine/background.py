"""A session on a thread of its own, for a front that must go on answering its user."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from copilot.engine.commands import Command, EndSession
from copilot.engine.vitals import Vitals
from copilot.errors import CopilotError
from copilot.events import Event
from copilot.i18n import _

if TYPE_CHECKING:
    from copilot.audio import Source
    from copilot.engine.session import Session
    from copilot.engine.setup import SessionSetup
    from copilot.speech.streaming import Partial

#: Makes what a session needs; called on the session's thread, because it loads a lot.
Prepare = Callable[[], "tuple[SessionSetup, Source]"]


class BackgroundSession(ABC):
    """Runs one session and takes commands from any thread.

    What it tells comes through the ``on_`` methods, on the session's thread: a front carries it
    over to its own.
    """

    def __init__(self, prepare: Prepare) -> None:
        self._prepare = prepare
        self._session: Session | None = None
        self._thread: threading.Thread | None = None
        self._ending = False
        self._early: list[Command] = []
        self._sending = threading.Lock()

    def begin(self) -> None:
        """Start the session."""
        # A daemon: a program that dies of an error does not wait for the transcriber.
        self._thread = threading.Thread(target=self._run, name="session", daemon=True)
        self._thread.start()

    @property
    def was_started(self) -> bool:
        """Whether there has been a session at all."""
        return self._thread is not None

    @property
    def is_running(self) -> bool:
        """Whether the session is still at work."""
        return self._thread is not None and self._thread.is_alive()

    def finish(self) -> None:
        """End the session if nobody has, and wait until all it heard is worked off."""
        self.send(EndSession())
        if self._thread is not None:
            self._thread.join()

    def send(self, command: Command) -> None:
        """Hand a command to the session, or keep it until there is one.

        Raises:
            UsageError: The session cannot do that at all.
        """
        with self._sending:
            self._ending = self._ending or isinstance(command, EndSession)
            if self._session is None:
                self._early.append(command)
            else:
                self._session.send(command)

    # -- on the session's thread ------------------------------------------------------------------

    @abstractmethod
    def on_event(self, event: Event) -> None:
        """Something happened."""

    @abstractmethod
    def on_vitals(self, vitals: Vitals) -> None:
        """How the session is doing, some ten times a second."""

    @abstractmethod
    def on_partials(self, partials: "tuple[Partial, ...]") -> None:
        """What is being said, in text that may still change."""

    @abstractmethod
    def on_ready(self, duration_s: float | None, *, kept: bool) -> None:
        """It is set up; sound is being heard from now on.

        Args:
            duration_s: Length of what will be heard, in seconds, where it is known.
            kept: Whether it is stored.
        """

    @abstractmethod
    def on_over(self, stored_as: tuple[str, str] | None) -> None:
        """It has ended and everything is on disk.

        Args:
            stored_as: Its id and folder, where it was stored.
        """

    @abstractmethod
    def on_failed(self, error: CopilotError) -> None:
        """It could not start, or a part of it failed."""

    def _run(self) -> None:
        try:
            self._run_session()
        except CopilotError as error:
            self.on_failed(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user must be told
            self.on_failed(_defect(error))

    def _run_session(self) -> None:
        from copilot.engine.session import Session  # noqa: PLC0415 - loads a lot: first paint first

        setup, source = self._prepare()
        session = Session(setup, source, [self])
        with self._sending:
            self._session = session
            for command in self._early:
                session.send(command)
        self.on_ready(source.duration_s, kept=setup.store is not None or bool(setup.resume))
        if not self._ending:
            session.run()
        folder = session.folder
        self.on_over(None if folder is None else (folder.id, str(folder.path)))


def _defect(error: Exception) -> CopilotError:
    """A failure that nobody foresaw, as one that can be told."""
    defect = CopilotError(
        f"{type(error).__name__}: {error}",
        _("This is a defect of ours. What was heard until now is kept."),
        title=_("The session failed"),
    )
    defect.__cause__ = error
    return defect
