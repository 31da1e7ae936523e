"""Runs the session on a thread of its own; what it tells goes to the console, commands to it."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from copilot.engine.commands import Command, EndSession
from copilot.engine.vitals import Vitals
from copilot.errors import CopilotError
from copilot.events import Event
from copilot.plain.happenings import Alive, Failed, Happening, Over, Ready, Told

if TYPE_CHECKING:
    from copilot.audio import Source
    from copilot.engine.session import Session
    from copilot.engine.setup import SessionSetup
    from copilot.speech.streaming import Partial

#: Makes what a session needs; called on the session's thread, because it loads a lot.
Prepare = Callable[[], "tuple[SessionSetup, Source]"]


class Link:
    """One session and its thread."""

    def __init__(self, prepare: Prepare, put: Callable[[Happening], None]) -> None:
        """Prepare to run a session.

        Args:
            prepare: Makes what it needs.
            put: Takes in what it tells; called on the session's thread.
        """
        self._prepare = prepare
        self._put = put
        self._session: Session | None = None
        self._early: list[Command] = []
        self._ending = False
        self._sending = threading.Lock()
        # A daemon: a program that dies of an error does not wait for the transcriber.
        self._thread = threading.Thread(target=self._run, name="session", daemon=True)

    def start(self) -> None:
        """Start the session."""
        self._thread.start()

    def finish(self) -> None:
        """End the session if nobody has, and wait until all it heard is worked off."""
        self.send(EndSession())
        if self._thread.is_alive():
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

    def on_event(self, event: Event) -> None:
        """Carry an event over."""
        self._put(Told(event))

    def on_vitals(self, vitals: Vitals) -> None:
        """Carry a sign of life over."""
        self._put(Alive(vitals))

    def on_partials(self, partials: "tuple[Partial, ...]") -> None:
        """What may still change is never spoken."""

    def _run(self) -> None:
        try:
            self._run_session()
        except CopilotError as error:
            self._put(Failed(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, the user must be told
            self._put(Failed(defect(error)))

    def _run_session(self) -> None:
        from copilot.engine.session import Session  # noqa: PLC0415 - loads a lot

        setup, source = self._prepare()
        session = Session(setup, source, [self])
        with self._sending:
            self._session = session
            for command in self._early:
                session.send(command)
        self._put(Ready(source.duration_s, kept=setup.store is not None or bool(setup.resume)))
        if not self._ending:
            session.run()
        folder = session.folder
        self._put(Over(None if folder is None else (folder.id, str(folder.path))))


def defect(error: Exception) -> CopilotError:
    """A failure that nobody foresaw, as one that can be told."""
    told = CopilotError(
        f"{type(error).__name__}: {error}",
        "This is a defect of ours. What was heard until now is kept.",
        title="The session failed",
    )
    told.__cause__ = error
    return told
