"""One channel on its way into the session: sound where there is a device, silence where not."""

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import soxr

from copilot.audio.blocks import SAMPLE_RATE_HZ, Waveform
from copilot.audio.capture.feeder import Feed
from copilot.audio.capture.tap import Packet
from copilot.audio.capture.timeline import BELIEVED, Timeline
from copilot.audio.notices import Attached, Gap, Lost, Notice
from copilot.events import Channel, GapCause
from copilot.i18n import N_

#: A device that delivers nothing for so long is lost, in seconds.
STALLED_S = 1.0
#: The same where its tap shows no sign of life either: then it is the machine that is busy.
_STARVED_S = 5.0
#: A device is given so long to deliver its first sound before the session goes on without, in s.
_OPENING_S = 3.0
#: While there is no device, silence follows the clock at this distance, so that a device that
#: comes back finds its place still free; in seconds.
_BEHIND_S = 0.25
#: The first block of a device may be held up; the earliest of so many tells when it was heard.
_FIRST_BLOCKS = 5
#: So long after the machine woke, what is missing is put down to its sleep, in seconds.
_WAKING_S = 10.0
#: A shorter interruption is not worth telling, in seconds.
_TOLD_S = 0.1


class Feeding(Protocol):
    """What a lane needs of a feeder."""

    feed: Feed | None
    trouble: str

    @property
    def suspended(self) -> bool:
        """Whether it is to open nothing."""

    def give_up(self, feed: Feed) -> None:
        """This feed delivers nothing any more."""


@dataclass
class LaneStats:
    """What became of a channel's sound.

    Attributes:
        overflows: How often the device's own buffer overflowed.
        dropped_s: Seconds that found no room in the tap's ring.
        silence_s: Seconds of silence that stand for sound that never came.
        corrected_s: Seconds added, or where negative taken away, to stay on the clock.
        off_s: How far the sound is off the clock now, in seconds.
    """

    overflows: int = 0
    dropped_s: float = 0.0
    silence_s: float = 0.0
    corrected_s: float = 0.0
    off_s: float = 0.0


class _Parts:
    """Sound and silence waiting to be taken; silence is a count, so that hours of it are cheap."""

    def __init__(self) -> None:
        self._parts: deque[Waveform | int] = deque()
        self.length = 0

    def add(self, part: Waveform | int) -> None:
        count = part if isinstance(part, int) else len(part)
        if count:
            self._parts.append(part)
            self.length += count

    def silent_ahead(self) -> int:
        """How much silence stands first."""
        first = self._parts[0] if self._parts else 0
        return first if isinstance(first, int) else 0

    def take(self, count: int) -> Waveform:
        taken = np.zeros(count, np.float32)
        filled = 0
        while filled < count:
            part = self._parts.popleft()
            size = part if isinstance(part, int) else len(part)
            used = min(size, count - filled)
            if isinstance(part, int):
                rest: Waveform | int = part - used
            else:
                taken[filled : filled + used] = part[:used]
                rest = part[used:]
            if size > used:
                self._parts.appendleft(rest)
            filled += used
        self.length -= count
        return taken


@dataclass
class Lane:
    """Takes what a feeder's taps deliver and lays it on the session's clock.

    Attributes:
        channel: Whose sound it is.
        feeder: Where taps come from.
        begin: Samples that the session holds already.
        origin_s: The capture clock's time at which the session began.
        notices: What is to be told, in order; the source takes them away.
    """

    channel: Channel
    feeder: Feeding
    begin: int = 0
    origin_s: float = 0.0
    notices: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._timeline = Timeline(self.begin)
        self._parts = _Parts()
        self._feed: Feed | None = None
        self._heard = False  # whether the present feed has delivered
        self._idle = False  # whether it delivers nothing because nothing is played
        self._resampler: soxr.ResampleStream | None = None
        self._last_s = 0.0  # when the feed delivered last, or began
        self._device = ""
        self._gap_from_s: float | None = None
        self._cause = GapCause.DEVICE
        self._woke_s = -_WAKING_S
        self._not_before_s = 0.0
        self._lost = False
        self._paused = False
        self._waits_until_s: float | None = None
        self._stats = LaneStats()
        self._first: list[Packet] = []  # what came first, until it is known when it was heard
        self._held_back = 0.0  # what the resampler has taken and not yet given, in our samples
        self._dropped_told = self._overflows_told = self._overflows_seen = 0
        self._digital_silence: deque[bool] = deque(maxlen=BELIEVED + 1)

    # -- what the source calls ------------------------------------------------------------------

    @property
    def waiting(self) -> int:
        """Samples that can be taken now."""
        return self._parts.length

    @property
    def silent_ahead(self) -> int:
        """How many of them, from the first, are silence for want of sound."""
        return self._parts.silent_ahead()

    def take(self, count: int) -> Waveform:
        """The next ``count`` samples, of those that are waiting."""
        return self._parts.take(count)

    @property
    def stats(self) -> LaneStats:
        """What became of its sound until now."""
        self._stats.corrected_s = self._timeline.corrected / SAMPLE_RATE_HZ
        self._stats.off_s = self._timeline.off_s if self._heard else 0.0
        return self._stats

    def pause(self) -> None:
        """Off the record: what was heard until now is kept, and silence follows."""
        self._let_go()
        self._paused = True
        self._lost = False
        self._change_gap(GapCause.OFF_RECORD)

    def go_on(self, now_s: float) -> None:
        """On the record again."""
        self._paused = False
        self._not_before_s = now_s
        self._fill(now_s)
        self._waits_until_s = now_s + _OPENING_S

    def woke(self, now_s: float) -> None:
        """The machine slept until now: what is missing is nobody's fault."""
        self._last_s = self._woke_s = now_s
        if self._waits_until_s is not None:
            self._waits_until_s = now_s + _OPENING_S

    def pull(self, now_s: float) -> None:
        """Take in what has come until ``now_s``."""
        if self._paused:
            self._fill(now_s - _BEHIND_S)
            return
        if self._waits_until_s is None:
            self._waits_until_s = now_s + _OPENING_S
        self._pull_sound(now_s)
        self._look_after(now_s)
        if self._lost:
            self._fill(now_s - _BEHIND_S)

    def finish(self, now_s: float) -> None:
        """The session ends: a gap that is still open ends with it."""
        self._let_go()
        if self._gap_from_s is not None:
            self._fill(now_s)
            self._end_gap()

    @property
    def end(self) -> int:
        """The sample of the session up to which there is something to take, or was."""
        return self._timeline.end

    def pad(self, end: int) -> None:
        """Be silent until sample ``end``."""
        self._fill(end / SAMPLE_RATE_HZ)

    # -- inside ---------------------------------------------------------------------------------

    def _pull_sound(self, now_s: float) -> None:
        feed = self.feeder.feed
        if self._feed is not None and feed is not self._feed:
            self._leave(feed)
        if self._feed is None and feed is not None:
            self._begin_feed(feed, now_s)
        if self._feed is not None and self._pull_packets(self._feed):
            self._last_s = now_s

    def _leave(self, feed: Feed | None) -> None:
        """The feeder has ended our feed, or moved its tap to another device."""
        if feed is not None and self._feed is not None and feed.tap is self._feed.tap:
            self._feed = feed
            if self._heard:
                self._attach()
            return
        if self._let_go() and not self.feeder.suspended:
            self._lose(self.feeder.trouble or N_("it went away"))

    def _let_go(self) -> bool:
        """Take the rest of what the feed delivered and forget it; whether it had delivered."""
        if self._feed is not None:
            self._pull_packets(self._feed)
            if self._first:
                self._begin_sound(self._feed)
        heard = self._heard
        self._feed = None
        self._heard = False
        return heard

    def _begin_feed(self, feed: Feed, now_s: float) -> None:
        self._feed = feed
        self._heard = False
        self._idle = feed.tap.plan.idle_is_silence
        self._last_s = now_s
        self._first = []
        self._held_back = 0.0
        self._dropped_told = self._overflows_told = self._overflows_seen = 0
        rate_hz = feed.tap.plan.rate_hz
        self._resampler = (
            None
            if rate_hz == SAMPLE_RATE_HZ
            else soxr.ResampleStream(rate_hz, SAMPLE_RATE_HZ, 1, "float32", "MQ")
        )

    def _pull_packets(self, feed: Feed) -> bool:
        packets = feed.tap.fetch()
        for packet in packets:
            on_record = packet.stamp - self.origin_s > self._not_before_s - 0.001
            if on_record and packet.stamp < feed.distrusted_from:
                self._take_in(feed, packet)
        self._stats.overflows += feed.tap.overflows - self._overflows_seen
        self._overflows_seen = feed.tap.overflows
        return bool(packets)

    def _take_in(self, feed: Feed, packet: Packet) -> None:
        if self._heard and not self._idle:
            self._place(feed, packet)
            return
        self._first.append(packet)
        if len(self._first) >= _FIRST_BLOCKS:
            self._begin_sound(feed)

    def _begin_sound(self, feed: Feed) -> None:
        """The device delivers: its first blocks begin when the earliest of them says."""
        first, self._first = self._first, []
        bytes_per_s = 2 * feed.tap.plan.channels * feed.tap.plan.rate_hz
        began_s, before_s = math.inf, 0.0
        for packet in first:
            began_s = min(began_s, packet.stamp - self.origin_s - before_s)
            before_s += len(packet.data) / bytes_per_s
        self._fill(began_s)
        self._idle = False
        if not self._heard:
            self._heard = True
            self._attach()
            self._end_gap()
        for packet in first:
            self._place(feed, packet)

    def _place(self, feed: Feed, packet: Packet) -> None:
        stamp_s = packet.stamp - self.origin_s - self._held_back / SAMPLE_RATE_HZ
        samples = self._samples(feed, packet)
        self._digital_silence.append(not samples.any())
        silence, placed = self._timeline.place(stamp_s, samples)
        # A sound server that begins to play after a silence may step in time; nothing is lost then.
        if silence and not self._digital_silence[0]:
            self._tell_missing(feed, silence, len(placed))
        self._parts.add(silence)
        self._parts.add(placed)

    def _samples(self, feed: Feed, packet: Packet) -> Waveform:
        samples = np.frombuffer(packet.data, np.int16).astype(np.float32) / 32768.0
        channels = feed.tap.plan.channels
        if channels > 1:
            samples = samples.reshape(-1, channels).mean(axis=1)
        if self._resampler is not None:
            taken = len(samples) * SAMPLE_RATE_HZ / feed.tap.plan.rate_hz
            samples = self._resampler.resample_chunk(samples)
            self._held_back += taken - len(samples)
        return samples

    def _tell_missing(self, feed: Feed, silence: int, after: int) -> None:
        end = self._timeline.end - after
        dropped = feed.tap.dropped_frames - self._dropped_told
        overflows = feed.tap.overflows - self._overflows_told
        self._dropped_told, self._overflows_told = feed.tap.dropped_frames, feed.tap.overflows
        self._stats.dropped_s += dropped / feed.tap.plan.rate_hz
        self._stats.silence_s += silence / SAMPLE_RATE_HZ
        cause = GapCause.OVERFLOW if dropped or overflows else GapCause.DEVICE
        if self._last_s - self._woke_s < _WAKING_S:
            cause = GapCause.ASLEEP
        self.notices.append(
            Gap(self.channel, (end - silence) / SAMPLE_RATE_HZ, end / SAMPLE_RATE_HZ, cause)
        )

    def _look_after(self, now_s: float) -> None:
        """Whether the device delivers as it should."""
        feed = self._feed
        if feed is None:
            if self._waits_until_s is not None and now_s > self._waits_until_s:
                self._lose(self.feeder.trouble or N_("it does not open"))
            return
        quiet_s = now_s - self._last_s
        if not self._stalled(feed, quiet_s):
            return
        if feed.tap.plan.idle_is_silence and not feed.tap.ended.is_set():
            self._idle = True
            if not self._heard:
                self._heard = True
                self._attach()
                self._end_gap()
            self._fill(now_s - _BEHIND_S)
            return
        self.feeder.give_up(feed)
        self._let_go()
        self._lose(
            N_("it delivers nothing any more") if self._device else N_("it delivers nothing")
        )

    def _stalled(self, feed: Feed, quiet_s: float) -> bool:
        if not self._heard:
            return quiet_s >= _OPENING_S
        alive_s = feed.tap.alive_at - self.origin_s
        device_is_quiet = alive_s - self._last_s >= STALLED_S * 0.8
        return quiet_s >= (STALLED_S if device_is_quiet else _STARVED_S)

    def _attach(self) -> None:
        if self._feed is None:
            return
        device = self._feed.device.name
        if self._lost or device != self._device:
            self.notices.append(Attached(self.channel, device))
        self._device = device
        self._lost = False

    def _lose(self, reason: str) -> None:
        if self._lost:
            return
        since_s = self._timeline.end / SAMPLE_RATE_HZ
        self._lost = True
        self.notices.append(Lost(self.channel, self._device, reason, since_s))
        slept = self._last_s - self._woke_s < _WAKING_S
        self._change_gap(GapCause.ASLEEP if slept else GapCause.DEVICE)

    def _change_gap(self, cause: GapCause) -> None:
        """From the timeline's present end on, silence has this cause."""
        if self._gap_from_s is not None and self._cause is not cause:
            self._end_gap()
        if self._gap_from_s is None:
            self._gap_from_s, self._cause = self._timeline.end / SAMPLE_RATE_HZ, cause

    def _end_gap(self) -> None:
        """Sound is there again from the timeline's present end on."""
        start_s, self._gap_from_s = self._gap_from_s, None
        if start_s is None:
            return  # the very first sound; before it, nothing was expected
        end_s = self._timeline.end / SAMPLE_RATE_HZ
        self._stats.silence_s += end_s - start_s
        if end_s - start_s >= _TOLD_S:
            self.notices.append(Gap(self.channel, start_s, end_s, self._cause))

    def _fill(self, until_s: float) -> None:
        self._parts.add(self._timeline.anchor(until_s))
