"""Keeps one channel supplied with a tap on the right device, for as long as it is wanted.

All talk with the sound system happens on this thread, because a sound server can hang; the capture
thread only ever looks at what stands here.
"""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

from copilot.audio.capture.clock import capture_clock
from copilot.audio.capture.devices import AUTOMATIC, Input, SoundSystem, find_input
from copilot.audio.capture.tap import Tap
from copilot.errors import DeviceError
from copilot.i18n import N_

_LOOK_S = 0.25  # how often it is looked whether the stream is still where it should be
_RETRY_S = (0.2, 0.5, 1.0, 1.0, 2.0)  # waits between attempts; the last one goes on


#: A tap that has not opened its device by then is started anew, in seconds.
_OPENS_S = 10.0
#: A device that goes away sooner than this is not opened again at once, in seconds.
_LASTING_S = 2.0
#: How soon the end of a tap is noticed.
_GLANCE_S = 0.05
#: A stream that is found elsewhere may have been there for so long, in seconds.
_UNNOTICED_S = 0.1


@dataclass(slots=True, eq=False)
class Feed:
    """A tap and the device it is on.

    Attributes:
        device: The device.
        tap: The tap.
        distrusted_from: Time on the capture clock from which on it may have heard another device.
    """

    device: Input
    tap: Tap
    distrusted_from: float = math.inf


class Feeder:
    """Opens, watches and re-opens one input."""

    def __init__(
        self,
        system: SoundSystem,
        wanted: str,
        *,
        call: bool,
        start_tap: Callable[[SoundSystem, Input], Tap] | None = None,
    ) -> None:
        """Prepare; ``start`` begins.

        Args:
            system: Where the inputs are.
            wanted: The input's id or name, or ``auto`` to follow the system's default.
            call: Whether it is to hear the call rather than the room.
            start_tap: Starts a tap; for tests.
        """
        self._system = system
        self._wanted = wanted
        self._call = call
        self._start_tap = start_tap or (lambda system, device: Tap(system.plan(device)))
        self._pinned: str | None = None  # the id of an input that was chosen by name
        self._stopped = threading.Event()
        self._changed = threading.Event()
        self._wake = threading.Event()
        self._suspended = False
        self._thread = threading.Thread(target=self._run, name="feeder", daemon=True)
        self.feed: Feed | None = None
        self.trouble = ""

    def start(self) -> None:
        """Begin to open it."""
        self._thread.start()

    @property
    def suspended(self) -> bool:
        """Whether it is to open nothing."""
        return self._suspended

    def suspend(self) -> None:
        """Take nothing more, until ``resume``."""
        self._suspended = True
        self._drop_feed()
        self._wake.set()

    def resume(self) -> None:
        """Open it again."""
        self._suspended = False
        self._wake.set()

    def give_up(self, feed: Feed) -> None:
        """This feed delivers nothing any more; open it anew."""
        feed.tap.stop()
        if self.feed is feed:
            self.feed = None
        self._wake.set()

    def stop(self) -> None:
        """End for good."""
        self._stopped.set()
        self._suspended = True
        self._wake.set()
        self._drop_feed()

    def _drop_feed(self) -> None:
        feed, self.feed = self.feed, None
        if feed is not None:
            feed.tap.stop()

    # -- on the thread --------------------------------------------------------------------------

    def _run(self) -> None:
        end_watch = self._system.watch(self._changed.set)
        failures = 0
        while not self._stopped.is_set():
            if self._suspended:
                failures = 0
                self._wait(1.0)
                continue
            feed = self._open()
            if feed is None:
                self._wait(_RETRY_S[min(failures, len(_RETRY_S) - 1)])
                failures += 1
                continue
            opened_at = capture_clock()
            self._watch(feed)
            if capture_clock() - opened_at >= _LASTING_S:
                failures = 0
            elif not self._suspended:
                self._wait(_RETRY_S[min(failures, len(_RETRY_S) - 1)])
                failures += 1
        end_watch()

    def _wait(self, seconds: float) -> None:
        self._wake.wait(seconds)
        self._wake.clear()

    def _find(self) -> Input:
        """The device to be on now.

        Raises:
            DeviceError: It is not there, or the system does not answer.
        """
        if self._wanted == AUTOMATIC:
            return find_input(self._system.inputs(), AUTOMATIC, call=self._call)
        if self._pinned is None:
            device = find_input(self._system.inputs(), self._wanted, call=self._call)
            # From now on this one: while it is away, part of its name may fit another.
            self._pinned = device.id
            return device
        for device in self._system.inputs():
            if device.id == self._pinned:
                return device
        raise DeviceError(f"there is no input {self._pinned!r}.")

    def _open(self) -> Feed | None:
        try:
            device = self._find()
            tap = self._start_tap(self._system, device)
        except (DeviceError, OSError) as error:
            self.trouble = error.message if isinstance(error, DeviceError) else str(error)
            return None
        feed = Feed(device, tap)
        started_at = capture_clock()
        while not tap.opened.wait(_GLANCE_S):
            late = capture_clock() - started_at > _OPENS_S
            if late or tap.ended.is_set() or self._stopped.is_set() or self._suspended:
                self.trouble = tap.failure or N_("it does not open")
                tap.stop()
                return None
        self.feed = feed
        if self._suspended:  # in the meantime, by another thread
            self._drop_feed()
            return None
        return feed

    def _watch(self, feed: Feed) -> None:
        """Return when the feed has ended or strayed for good."""
        looked_at = -math.inf
        while self.feed is feed and not feed.tap.ended.is_set():
            changed = self._changed.wait(_GLANCE_S)
            self._changed.clear()
            now = capture_clock()
            if not changed and now - looked_at < _LOOK_S:
                continue
            looked_at = now
            try:
                feed = self._kept_on_course(feed)
            except DeviceError as error:
                self.trouble = error.message
                break
        if feed.tap.ended.is_set():
            self.trouble = feed.tap.failure
        if self.feed is feed:
            self.feed = None
        feed.tap.stop()

    def _kept_on_course(self, feed: Feed) -> Feed:
        """The feed, moved along to the new default if it follows that.

        Raises:
            DeviceError: It was moved elsewhere, its device is gone, or the system does not answer.
        """
        if (actual := self._system.input_of(feed.tap.pid)) is None:
            return feed
        if actual == feed.device.id and self._wanted != AUTOMATIC:
            return feed
        if actual != feed.device.id:
            # Whatever comes of it, what it has just heard may be another speaker.
            feed.distrusted_from = capture_clock() - _UNNOTICED_S
        device = self._find()
        if actual not in (feed.device.id, device.id):
            raise DeviceError(f"the sound system connected it to {actual}")
        if device.id == feed.device.id:
            return feed
        if actual != device.id:
            self._system.move(feed.tap.pid, device)
        followed = Feed(device, feed.tap)
        if self.feed is feed:
            self.feed = followed
        return followed
