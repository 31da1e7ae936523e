"""What a check finds, as messages to a screen."""

from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from copilot.engine.background_check import BackgroundCheck, MakeCheck
from copilot.errors import CopilotError

if TYPE_CHECKING:
    from copilot.audio.capture.report import CheckReport


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


def check_for(screen: MessagePump, make: MakeCheck) -> BackgroundCheck:
    """A check that tells ``screen``, not started yet."""
    return BackgroundCheck(
        make,
        on_report=lambda report: _post(screen, CheckReported(report)),
        on_over=lambda report: _post(screen, CheckOver(report)),
        on_failed=lambda error: _post(screen, CheckFailed(error)),
    )


def _post(screen: MessagePump, message: Message) -> None:
    screen.post_message(message)
