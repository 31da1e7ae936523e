"""A check of the set-up on a thread of its own, for a front that must go on answering its user."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

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


class BackgroundCheck:
    """One check; what it finds is told on its thread."""

    def __init__(
        self,
        make: MakeCheck,
        *,
        on_report: "Callable[[CheckReport], None]",
        on_over: "Callable[[CheckReport], None]",
        on_failed: Callable[[CopilotError], None],
    ) -> None:
        """Prepare.

        Args:
            make: Makes the check.
            on_report: Told how it stands, some ten times a second.
            on_over: Told what it found, once it has returned.
            on_failed: Told why it could not be done.
        """
        self._make = make
        self._on_report = on_report
        self._on_over = on_over
        self._on_failed = on_failed
        self._check: Check | None = None
        self._stopping = False

    def start(self) -> None:
        """Start it."""
        # A daemon: leaving does not wait for a device that hangs.
        threading.Thread(target=self._run, name="check", daemon=True).start()

    def stop(self) -> None:
        """Let it end soon; its end is still told."""
        self._stopping = True
        if self._check is not None:
            self._check.stop()

    def _run(self) -> None:
        try:
            self._check = check = self._make()
            if self._stopping:  # asked to stop before there was anything to stop
                check.stop()
            report = check.run(self._on_report)
        except CopilotError as error:
            self._on_failed(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user must be told
            self._on_failed(_defect(error))
        else:
            self._on_over(report)


def _defect(error: Exception) -> CopilotError:
    defect = CopilotError(
        _("the check failed: {error}", error=f"{type(error).__name__}: {error}"),
        _("This is a defect of ours. The call can be started without the check."),
    )
    defect.__cause__ = error
    return defect
