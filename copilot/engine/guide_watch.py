"""Noticing that the guide of a running session is being edited, and saying so once.

The session itself goes on with the version that it began with and keeps.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from copilot.engine.vitals import Vitals
from copilot.errors import CopilotError
from copilot.i18n import _
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from copilot.knowledge.shelf import stamp_of

#: How often the files are looked at, without reading them, in seconds.
_EVERY_S = 2.0


class GuideWatch:
    """Watches the files of one guide for as long as a session runs with it."""

    def __init__(self, guide: Guide, clock: Callable[[], float] = time.monotonic) -> None:
        """Remember what the files look like.

        Args:
            guide: What the session runs with.
            clock: Seconds that only go on.
        """
        self._role, self._language = guide.id, guide.language
        self._sha256 = guide.content_hash()
        self._clock = clock
        self._stamp = stamp_of(guide.id)
        self._looked_at = clock()
        self._reader: threading.Thread | None = None
        self._notice = ""

    def told(self, vitals: Vitals) -> Vitals:
        """A sign of life, with what is to be said of the guide."""
        self._look()
        return replace(vitals, guide_notice=self._notice) if self._notice else vitals

    def _look(self) -> None:
        now = self._clock()
        if self._notice or now - self._looked_at < _EVERY_S:
            return
        self._looked_at = now
        if self._reader is not None and self._reader.is_alive():
            return
        stamp = stamp_of(self._role)
        if stamp in ((), self._stamp):
            return
        self._stamp = stamp
        # Reading a long guide takes longer than a sign of life may.
        self._reader = threading.Thread(target=self._read, name="guide", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        try:
            guide = load_guide(self._role, self._language)
        except CopilotError:
            return  # half written as yet; when it is whole, its files have changed once more
        if guide.content_hash() != self._sha256:
            self._notice = _(
                "The guide {title} was changed. This interview goes on with the version it began "
                "with; the next one takes the new one.",
                title=guide.title,
            )
