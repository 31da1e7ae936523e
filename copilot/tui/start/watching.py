"""Screens that notice when somebody edits a guide beside the app."""

from collections.abc import Callable
from functools import partial

from textual.message_pump import MessagePump

#: How often the files are looked at, without reading them, in seconds.
_EVERY_S = 2.0


class WatchesGuides(MessagePump):
    """A screen that goes by the guides' files."""

    _guides_seen: object = None
    _is_watching = False

    def watch_guides(self, changed: Callable[[], None]) -> None:
        """Have the files looked at from now on; a second call changes nothing.

        Args:
            changed: Called when one is other than before, comes or goes.
        """
        if self._is_watching:
            return
        self._is_watching = True
        self.set_interval(_EVERY_S, partial(self.look_at_guides, changed))
        self.call_after_refresh(self.look_at_guides, changed)

    def look_at_guides(self, changed: Callable[[], None]) -> None:
        """Look once; the first look only remembers."""
        from copilot.tui.start.guides import guides_stamp  # noqa: PLC0415 - after the first picture

        before, self._guides_seen = self._guides_seen, guides_stamp()
        if before is not None and before != self._guides_seen:
            changed()
