"""The devices of a call as a session's source: both channels on one clock."""

import dataclasses
import threading
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from copilot.audio.blocks import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.capture.clock import capture_clock
from copilot.audio.capture.feeder import Feeder
from copilot.audio.capture.lane import Lane, LaneStats
from copilot.audio.notices import Attached, Continued, Gap, Lost, Notice, Paused
from copilot.events import Channel

_BLOCK = 800  # samples, 50 ms
_LONG_SILENCE = 60 * SAMPLE_RATE_HZ  # the most silence in one block, after the machine slept
_LOOK_S = 0.02
_SLEPT_S = 5.0  # between two looks: the machine slept


class DeviceSource:
    """Two inputs, or one for both, heard until ``stop``.

    Never waits for anyone but the clock. What a device delivers is placed where it belongs; where a
    device is away, silence of the right length stands in, and the other channel goes on.
    """

    duration_s: float | None = None

    def __init__(
        self,
        feeders: Mapping[Channel, Feeder],
        description: str,
        *,
        room: bool = False,
        clock: Callable[[], float] = capture_clock,
    ) -> None:
        """Prepare; ``begin`` opens the devices, or else the first look at ``blocks``.

        Args:
            feeders: What supplies each channel; with ``room``, one for both.
            description: The devices, in words for people.
            room: Whether one microphone hears both speakers, and a key says who speaks.
            clock: Seconds on the capture clock.
        """
        self.description = description
        self._feeders = dict(feeders)
        self._lanes: list[Lane] = []
        self._room = room
        self._speaker = Channel.INTERVIEWER
        self._cursor = 0
        self._clock = clock
        self._origin_s = 0.0
        self._stopped = threading.Event()
        self._heard = False
        self._paused = False
        self._pause_wanted = False
        self._pauses_wanted = self._pauses_seen = 0
        self._pausing = threading.RLock()
        self._notices: list[Notice] = []

    def pause(self, paused: bool) -> None:
        """Capture nothing from now on, or go on; devices are let go at once."""
        with self._pausing:
            self._pause_wanted = paused
            if paused:
                self._pauses_wanted += 1
                for feeder in self._feeders.values():
                    feeder.suspend()

    def choose_speaker(self, channel: Channel) -> None:
        """With one microphone: whose words come now."""
        self._speaker = channel

    def stop(self) -> None:
        """Make ``blocks`` end within a few hundredths of a second, and let the devices go."""
        self._stopped.set()
        if not self._heard:
            for feeder in self._feeders.values():
                feeder.stop()

    @property
    def stats(self) -> dict[Channel, LaneStats]:
        """What became of each channel's sound until now."""
        return {lane.channel: lane.stats for lane in self._lanes}

    def begin(self, at: int) -> None:
        """Open the devices now; their sound is the session's from sample ``at`` on."""
        self._cursor = at
        self._origin_s = self._clock() - at / SAMPLE_RATE_HZ
        for channel, feeder in self._feeders.items():
            self._lanes.append(Lane(channel, feeder, at, self._origin_s))
            feeder.start()

    def blocks(self) -> Iterator[Block]:
        """The sound from now on, or from when it began."""
        self._heard = True
        if not self._lanes:
            self.begin(0)
        now_s = self._cursor / SAMPLE_RATE_HZ
        try:
            while not self._stopped.wait(_LOOK_S):
                before_s, now_s = now_s, self._clock() - self._origin_s
                self._pause_or_go_on(now_s)
                for lane in self._lanes:
                    if now_s - before_s > _SLEPT_S:
                        lane.woke(now_s)
                    lane.pull(now_s)
                yield from self._complete()
        finally:
            for feeder in self._feeders.values():
                feeder.stop()
        yield from self._rest(now_s)

    def _pause_or_go_on(self, now_s: float) -> None:
        with self._pausing:
            # A pause that was over before anybody looked was one all the same.
            if not self._paused and self._pauses_seen != self._pauses_wanted:
                self._pause()
            self._pauses_seen = self._pauses_wanted
            if self._paused and not self._pause_wanted:
                self._go_on(now_s)

    def _pause(self) -> None:
        self._paused = True
        self._notices.append(Paused())
        for lane, feeder in zip(self._lanes, self._feeders.values(), strict=True):
            feeder.suspend()
            lane.pause()

    def _go_on(self, now_s: float) -> None:
        self._paused = False
        self._notices.append(Continued())
        for lane, feeder in zip(self._lanes, self._feeders.values(), strict=True):
            lane.go_on(now_s)
            feeder.resume()

    def _complete(self) -> Iterator[Block]:
        """Blocks of what every channel has."""
        while (size := self._next_size()) > 0:
            yield self._block(size)

    def _rest(self, now_s: float) -> Iterator[Block]:
        """What was heard last, too little for a block, and what remains to be told."""
        for lane in self._lanes:
            lane.finish(now_s)
        end = max(lane.end for lane in self._lanes)
        for lane in self._lanes:
            lane.pad(end)
        size = min(lane.waiting for lane in self._lanes)
        if size or any(lane.notices for lane in self._lanes):
            yield self._block(size)

    def _block(self, size: int) -> Block:
        block = Block(self._cursor, self._samples(size), self._told())
        self._cursor += size
        return block

    def _told(self) -> tuple[Notice, ...]:
        told = self._notices
        for lane in self._lanes:
            told += lane.notices
            lane.notices = []
        self._notices = []
        return tuple(self._in_room(told))

    def _next_size(self) -> int:
        silent = min(lane.silent_ahead for lane in self._lanes)
        if silent > SAMPLE_RATE_HZ:
            return min(silent, _LONG_SILENCE)
        return _BLOCK if min(lane.waiting for lane in self._lanes) >= _BLOCK else 0

    def _samples(self, size: int) -> dict[Channel, Waveform]:
        taken = {lane.channel: lane.take(size) for lane in self._lanes}
        if not self._room:
            return taken
        (heard,) = taken.values()
        speaker = self._speaker
        return {speaker: heard, speaker.other: np.zeros(size, np.float32)}

    def _in_room(self, notices: list[Notice]) -> Iterator[Notice]:
        """With one microphone, what happens to it happens to both channels."""
        for notice in notices:
            if self._room and isinstance(notice, Gap):
                yield dataclasses.replace(notice, channel=None)
                continue
            yield notice
            if self._room and isinstance(notice, Attached | Lost):
                yield _for_other(notice)


def _for_other(notice: Attached | Lost) -> Notice:
    if isinstance(notice, Attached):
        return Attached(notice.channel.other, notice.device)
    return Lost(notice.channel.other, notice.device, notice.reason, notice.since_s)
