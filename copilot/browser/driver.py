"""Drives the app for a page: what Textual's own driver does, and what a page that comes back needs.

Named to the app by its environment, see ``copilot.browser.app_run``.
"""

import asyncio
import contextlib
import signal
import sys

from textual import messages
from textual.drivers.web_driver import WebDriver

from copilot.browser.terminal import give_up_terminal


class PageDriver(WebDriver):
    """A page may go and come back, and whoever serves the app may be killed."""

    def start_application_mode(self) -> None:
        """Begin; where the terminal goes from which the app is served, end it as a key would."""
        super().start_application_mode()
        if sys.platform != "win32":
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._hang_up)

    def _hang_up(self) -> None:
        give_up_terminal(sys.__stderr__)
        self._app.post_message(messages.ExitApp())

    def write(self, data: str) -> None:
        """Write to the page; nobody minds where nothing is served any more."""
        with contextlib.suppress(BrokenPipeError):
            super().write(data)

    def write_meta(self, data: dict[str, object]) -> None:
        """Tell whoever serves the app; nobody minds where nothing is served any more."""
        with contextlib.suppress(BrokenPipeError):
            super().write_meta(data)

    def run_input_thread(self) -> None:
        """Read what the page sends; when its end has gone for good, end the app as a key would."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(messages.ExitApp())

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Beside what Textual knows, ``repaint`` draws everything for a page that is new."""
        if packet_type == "repaint":
            self._app.call_later(self._repaint)
        else:
            super().on_meta(packet_type, payload)

    def _repaint(self) -> None:
        self.write("\x1b[?1049h\x1b[?25l")
        self._enable_mouse_support()
        self._enable_bracketed_paste()
        self._request_terminal_sync_mode_support()
        self._app.screen.refresh(layout=True)
