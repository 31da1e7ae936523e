"""Reviewing sessions, whether encrypted or not."""

import contextlib
from collections.abc import Callable

from textual.app import App

from copilot.errors import CopilotError
from copilot.i18n import _
from copilot.store import SessionFolder
from copilot.tui.dialogs.message import MessageDialog
from copilot.tui.review.screen import ReviewScreen
from copilot.tui.unlocking.unlocked import Unlocked

_TOLD_S = 8.0  # how long a toast stays


class Reviews:
    """Opens the reviews of an app, and closes what it had to unlock for them."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._closing = contextlib.ExitStack()

    def open(self, folder: SessionFolder, left: Callable[[], None]) -> None:
        """Show the review of a session; an encrypted one once its key was given.

        Args:
            folder: The session.
            left: Called when the review was left, or never began.
        """
        try:
            encrypted = folder.is_encrypted
            if encrypted:
                self._ask(folder, left)
        except CopilotError as error:
            self._tell(error)
            return
        if not encrypted:
            self._app.push_screen(ReviewScreen(folder), lambda _nothing: left())

    def _ask(self, folder: SessionFolder, left: Callable[[], None]) -> None:
        # Not before they are needed: ordinary sessions are opened without.
        from copilot.store.encryption.ending import leaving_in_order  # noqa: PLC0415
        from copilot.store.encryption.vault import opened_by  # noqa: PLC0415
        from copilot.tui.unlocking.dialog import UnlockDialog  # noqa: PLC0415

        def answered(unlocked: Unlocked | None) -> None:
            if unlocked is None:
                self._close(left)
                return
            if not unlocked.is_in_memory:
                said = _(
                    "No memory is free for it: while it is open, it lies readable on disk in"
                    " {path}.",
                    path=unlocked.folder.path,
                )
                self._app.notify(said, severity="warning", timeout=_TOLD_S, markup=False)
            screen = ReviewScreen(unlocked.folder)

            def reviewed(_nothing: object) -> None:
                screen.let_go()  # the screen itself goes a little later
                self._close(left)

            self._app.push_screen(screen, reviewed)

        dialog = UnlockDialog(folder, opened_by(folder.path))
        self._closing.enter_context(leaving_in_order())
        self._closing.callback(dialog.let_go)
        self._app.push_screen(dialog, answered)

    def _close(self, left: Callable[[], None]) -> None:
        try:
            self.close()
        except CopilotError as error:
            self._tell(error)
        left()

    def close(self) -> None:
        """Close what is still unlocked, as after the app was left in the middle.

        Raises:
            SessionError: It was changed elsewhere meanwhile.
            StorageError: The disk refused what was changed; the next opening takes it over.
        """
        self._closing.close()

    def _tell(self, error: CopilotError) -> None:
        self._app.push_screen(MessageDialog(error.title, error.message, error.remedy))
