"""Asking for the key of an encrypted session."""

import contextlib
import threading
from pathlib import Path
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from copilot.errors import CopilotError, InputError
from copilot.i18n import _
from copilot.store import SessionFolder
from copilot.store.encryption.chosen import chosen_key_file
from copilot.store.encryption.keys import Key, Passphrase, read_key_file
from copilot.tui.unlocking.unlocked import Unlocked


class _Opened(Message):
    """The key fits."""

    def __init__(self, unlocked: Unlocked) -> None:
        self.unlocked = unlocked
        super().__init__()


class _NotOpened(Message):
    """It does not, or something else is wrong."""

    def __init__(self, error: CopilotError) -> None:
        self.error = error
        super().__init__()


class UnlockDialog(ModalScreen[Unlocked | None]):
    """Gives back the opened session; None where it was left.

    Where the settings or the environment name the key file, nothing is asked, unless it does
    not fit.
    """

    BINDINGS: ClassVar = [("escape", "cancel", "Cancel")]

    def __init__(self, folder: SessionFolder, opens: Literal["passphrase", "key file"]) -> None:
        """Prepare.

        Args:
            folder: The encrypted session.
            opens: What opens it.
        """
        super().__init__()
        self._folder = folder
        self._opens = opens
        self._opening = False
        self._thread: threading.Thread | None = None
        self._unlocked: Unlocked | None = None

    def compose(self) -> ComposeResult:
        """One line to write in, or to wait at."""
        by_passphrase = self._opens == "passphrase"
        with Vertical(classes="dialog"):
            yield Label(_("This interview is encrypted"), classes="title", markup=False)
            yield Label(self._folder.id, classes="quiet", markup=False)
            yield Label(_("Its passphrase:") if by_passphrase else _("Its key file:"), markup=False)
            yield Input(password=by_passphrase, compact=True)
            yield Label("", id="unlock-line", markup=False)
            yield Label(_("Enter opens it   Esc goes back"), classes="keys", markup=False)

    def on_mount(self) -> None:
        """Begin at once where the key file is known."""
        line = self.query_one(Input)
        line.focus()
        if self._opens == "key file":
            with contextlib.suppress(InputError):  # the app says what is wrong with the settings
                chosen = chosen_key_file()
                if chosen is not None:
                    line.value = str(chosen)
                    self._open(line.value)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Try what was written."""
        message.stop()
        if message.value and not self._opening:
            self._open(message.value)

    def _open(self, written: str) -> None:
        self._opening = True
        self.query_one(Input).disabled = True
        self._say(_("Opening …"))
        # Making a key of a passphrase takes its time on purpose.
        # No daemon: one cut off by the end of the app would leave readable what it has written.
        self._thread = threading.Thread(target=self._try, args=(written,), name="unlock")
        self._thread.start()

    def _try(self, written: str) -> None:
        try:
            unlocked = Unlocked(self._folder, self._key(written))
        except CopilotError as error:
            self.post_message(_NotOpened(error))
            return
        self._unlocked = unlocked
        with contextlib.suppress(
            RuntimeError
        ):  # the app was left meanwhile, and its loop is closed
            self.post_message(_Opened(unlocked))

    def let_go(self) -> None:
        """Close what was opened, also where the app was left before it could be given back.

        Raises:
            StorageError: The disk refused; the next opening takes over what is left.
        """
        if self._thread is not None:
            self._thread.join()
        if self._unlocked is not None:
            self._unlocked.close()

    def _key(self, written: str) -> Key:
        if self._opens == "passphrase":
            return Passphrase(written)
        return read_key_file(Path(written).expanduser())

    def on__opened(self, message: _Opened) -> None:
        """Give it back."""
        self.dismiss(message.unlocked)

    def on__not_opened(self, message: _NotOpened) -> None:
        """Say why, and let it be tried again."""
        self._opening = False
        self._say(f"{message.error.message}\n→ {message.error.remedy}")
        line = self.query_one(Input)
        line.disabled = False
        if self._opens == "passphrase":
            line.value = ""
        line.focus()

    def action_cancel(self) -> None:
        """Leave it closed; not in the middle of opening it."""
        if not self._opening:
            self.dismiss(None)

    def _say(self, text: str) -> None:
        self.query_one("#unlock-line", Label).update(text)
