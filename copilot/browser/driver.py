"""Drives the app for a page: what Textual's own driver does, and what a page that comes back needs.

Named to the app by its environment, see ``copilot.browser.app_run``.
"""

import contextlib

from textual import messages
from textual.drivers.web_driver import WebDriver


class PageDriver(WebDriver):
    """A page may go and come back, and whoever serves the app may be killed."""

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
