"""Runs a check on a thread of its own and carries what it finds to a screen."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from textual.message import Message
from textual.message_pump import MessagePump

from copilot.errors import CopilotError
from copilot.i18n import _

if TYPE_CHECKING:
    from copilot.audio.capture.report import CheckReport


class Check(Protocol):
    """One check of the set-up; used once."""

    def run(self, on_report: "Callable[[CheckReport], None]") -> "CheckReport":
        """Check, telling again and again how it stands.

        Args:
            on_report: Called on the same thread, some ten times a second.

        Returns:
            The last report. Every device has been closed again.

        Raises:
            CopilotError: It could not be done.
        """

    def stop(self) -> None:
        """Let ``run`` return soon. Never waits.

        Called from another thread, maybe before ``run``, which then returns at once.
        """


#: Makes a check; called on the thread it will run on.
MakeCheck = Callable[[], Check]


class CheckReported(Message):
    """How the check stands; only the newest counts."""

    def __init__(self, report: "CheckReport") -> None:
        self.report = report
        super().__init__()

    def can_replace(self, message: Message) -> bool:
        """A newer report covers an older one."""
        return isinstance(message, CheckReported)


class CheckOver(Message):
    """The check has returned.

    Attributes:
        report: What it found.
    """

    def __init__(self, report: "CheckReport") -> None:
        self.report = report
        super().__init__()


class CheckFailed(Message):
    """The check could not be done."""

    def __init__(self, error: CopilotError) -> None:
        self.error = error
        super().__init__()


class CheckRun:
    """One check on its thread."""

    def __init__(self, make: MakeCheck, screen: MessagePump) -> None:
        self._make = make
        self._screen = screen
        self._check: Check | None = None
        self._stopping = False

    def start(self) -> None:
        """Start it; messages go to the screen."""
        # A daemon: leaving the app does not wait for a device that hangs.
        threading.Thread(target=self._run, name="check", daemon=True).start()

    def stop(self) -> None:
        """Let it end soon; the screen is still told when it has."""
        self._stopping = True
        if self._check is not None:
            self._check.stop()

    def _run(self) -> None:
        try:
            self._check = check = self._make()
            # Asked to stop before there was anything to stop.
            if self._stopping:
                check.stop()
            report = check.run(self._report)
        except CopilotError as error:
            self._screen.post_message(CheckFailed(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, the screen must say so
            self._screen.post_message(CheckFailed(_defect(error)))
        else:
            self._screen.post_message(CheckOver(report))

    def _report(self, report: "CheckReport") -> None:
        self._screen.post_message(CheckReported(report))


def _defect(error: Exception) -> CopilotError:
    defect = CopilotError(
        _("the check failed: {error}", error=f"{type(error).__name__}: {error}"),
        _("This is a defect of ours. The call can be started without the check."),
    )
    defect.__cause__ = error
    return defect
