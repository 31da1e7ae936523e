"""The speech model is not here: how to get it, and getting it from here."""

import threading
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from copilot.errors import CopilotError
from copilot.i18n import _
from copilot.tui.keys.action import bindings
from copilot.tui.keys.start import FETCH_ACTIONS
from copilot.tui.rows.dialogs import DIALOG_CSS
from copilot.tui.rows.screen import in_words

if TYPE_CHECKING:
    from copilot.speech.models.fetching import Progress


class FetchTold(Message):
    """How far it is; only the newest counts."""

    def __init__(self, done: int, total: int, pause: str) -> None:
        self.done = done
        self.total = total
        self.pause = pause
        super().__init__()

    def can_replace(self, message: Message) -> bool:
        """Newer covers older."""
        return isinstance(message, FetchTold)


class FetchOver(Message):
    """It is here, or why it is not."""

    def __init__(self, error: CopilotError | None = None) -> None:
        self.error = error
        super().__init__()


class FetchDialog(ModalScreen[bool]):
    """Gives back whether the model is here now."""

    CSS_PATH = DIALOG_CSS
    BINDINGS: ClassVar = bindings(FETCH_ACTIONS)

    def __init__(self, name: str) -> None:
        """Prepare.

        Args:
            name: The speech model.
        """
        super().__init__()
        self._model = name
        self._fetching = False

    def compose(self) -> ComposeResult:
        """What is missing and what can be done."""
        with Vertical(classes="box"):
            yield Label(_("The speech model is not here"), classes="title")
            yield Static(
                _(
                    "{model} writes down what is said, on this machine. It has to be fetched once:"
                    " here, or with the command interview-copilot models fetch {model}",
                    model=self._model,
                ),
                classes="about",
                markup=False,
            )
            yield Static("", id="fetch-line", classes="about", markup=False)
            yield Label(_("Enter fetches it   Esc goes back"), classes="keys", markup=False)

    def action_fetch(self) -> None:
        """Fetch it, on a thread."""
        if self._fetching:
            return
        self._fetching = True
        self._say(_("Fetching …"))
        threading.Thread(target=self._fetch, name="fetch", daemon=True).start()

    def _fetch(self) -> None:
        from copilot.speech.models import speech_model  # noqa: PLC0415 - only where it is used
        from copilot.speech.models.fetching import fetch  # noqa: PLC0415

        try:
            fetch(speech_model(self._model), self._watch)
        except CopilotError as error:
            self.post_message(FetchOver(error))
        else:
            self.post_message(FetchOver())

    def _watch(self, progress: "Progress") -> None:
        self.post_message(FetchTold(progress.done, progress.total, progress.pause))

    def on_fetch_told(self, message: FetchTold) -> None:
        """Say how far it is."""
        if message.pause:
            self._say(message.pause)
            return
        self._say(
            _(
                "{percent} % of {size} MB",
                percent=100 * message.done // max(message.total, 1),
                size=round(message.total / 1e6),
            )
        )

    def on_fetch_over(self, message: FetchOver) -> None:
        """Go on, or say why not."""
        self._fetching = False
        if message.error is None:
            self.dismiss(True)
        else:
            self._say(in_words(message.error))

    def action_back(self) -> None:
        """Not now; what has come is kept and goes on next time."""
        self.dismiss(False)

    def _say(self, text: str) -> None:
        self.query_one("#fetch-line", Static).update(text)
