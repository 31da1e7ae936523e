"""What a Pulse server tells by itself: that streams, inputs or defaults have changed."""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pulsectl

_LISTEN_S = 1.0
_RECONNECT_S = 0.5


class PulseEvents:
    """Tells everyone who watches, from a thread that lives as long as somebody does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watchers: dict[int, Callable[[], None]] = {}
        self._next = 0
        self._thread: threading.Thread | None = None

    def watch(self, on_change: Callable[[], None]) -> Callable[[], None]:
        """Call ``on_change`` whenever something has changed; the result ends that."""
        with self._lock:
            number, self._next = self._next, self._next + 1
            self._watchers[number] = on_change
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="pulse events", daemon=True)
                self._thread.start()
        return lambda: self._forget(number)

    def _forget(self, number: int) -> None:
        with self._lock:
            self._watchers.pop(number, None)

    def _run(self) -> None:
        while self._is_wanted():
            with contextlib.suppress(pulsectl.PulseError, pulsectl.PulseDisconnected, OSError):
                self._listen()
            # The server went away, or is not there yet; either is news.
            self._tell()
            threading.Event().wait(_RECONNECT_S)

    def _is_wanted(self) -> bool:
        with self._lock:
            if not self._watchers:
                self._thread = None
            return self._thread is not None

    def _listen(self) -> None:
        with pulsectl.Pulse("interview-copilot events", connect=False) as pulse:
            pulse.connect(autospawn=False)
            pulse.event_mask_set("source", "source_output", "server")
            pulse.event_callback_set(self._on_event)
            self._tell()  # of whatever happened before
            while self._watchers:
                pulse.event_listen(timeout=_LISTEN_S)

    def _on_event(self, event: Any) -> None:
        del event
        self._tell()

    def _tell(self) -> None:
        with self._lock:
            watchers = list(self._watchers.values())
        for on_change in watchers:
            on_change()
