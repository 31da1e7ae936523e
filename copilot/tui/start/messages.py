"""What the screens of the start ask of the app, and what its workers find."""

from typing import TYPE_CHECKING

from textual.message import Message

from copilot.errors import CopilotError

if TYPE_CHECKING:
    from copilot.store import SessionFolder
    from copilot.tui.call import LiveCall
    from copilot.tui.start.choices import Choices
    from copilot.tui.start.desk import Desk
    from copilot.tui.start.rehearsing import Rehearsal


class DeskReady(Message):
    """What the start screen shows has been read.

    Attributes:
        desk: Guides, sessions, what was chosen last.
    """

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        super().__init__()


class InterviewWanted(Message):
    """An interview is to begin.

    Attributes:
        choices: As it was prepared.
    """

    def __init__(self, choices: "Choices") -> None:
        self.choices = choices
        super().__init__()


class ResumeWanted(Message):
    """An interrupted interview is to go on."""

    def __init__(self, folder: "SessionFolder") -> None:
        self.folder = folder
        super().__init__()


class ReviewWanted(Message):
    """A stored interview is to be opened."""

    def __init__(self, folder: "SessionFolder") -> None:
        self.folder = folder
        super().__init__()


class RehearsalWanted(Message):
    """A recording is to be heard as if it were a call."""

    def __init__(self, rehearsal: "Rehearsal") -> None:
        self.rehearsal = rehearsal
        super().__init__()


class CallReady(Message):
    """The call can begin with its notice."""

    def __init__(self, call: "LiveCall") -> None:
        self.call = call
        super().__init__()


class ModelMissing(Message):
    """The speech model is not on this machine.

    Attributes:
        name: Its name.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__()


class CannotBegin(Message):
    """It cannot begin, and why."""

    def __init__(self, error: CopilotError) -> None:
        self.error = error
        super().__init__()


class NotRemembered(Message):
    """What was chosen could not be kept for the next time."""

    def __init__(self, error: CopilotError) -> None:
        self.error = error
        super().__init__()


class AlreadyEnded(Message):
    """The session that was to go on had come to its end; its record says so now."""

    def __init__(self, session_id: str) -> None:
        self.session_id = session_id
        super().__init__()
