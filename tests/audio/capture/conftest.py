"""What the tests of live capture share: fakes, a listener on a source, and sound to recognise."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pytest

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.audio.capture.devices import Choice, Input, InputKind, TapPlan
from copilot.audio.capture.feeder import Feed
from copilot.audio.capture.lane import Lane
from copilot.audio.capture.pulse import PulseSystem
from copilot.audio.capture.source import DeviceSource
from copilot.audio.capture.system import open_source
from copilot.audio.capture.tap import Packet, Tap
from copilot.audio.notices import Attached, Gap, Lost, Notice
from copilot.events import Channel
from tests.builders import noise, spoken, write_sound
from tests.sound_server import CALL, MISSING, ROOM, SoundServer

#: After so long a condition will never come true; generous, because machines are shared.
PATIENCE_S = 20.0

ROOM_SIDE, CALL_SIDE = Channel.INTERVIEWER, Channel.CANDIDATE

BLOCK = 800
BLOCK_S = BLOCK / SAMPLE_RATE_HZ
#: The capture clock's time at which the session on a bench began.
ORIGIN_S = 5000.0


class FakeTap:
    """A tap that delivers what a test puts into it, and breathes as the test says."""

    def __init__(self, plan: TapPlan) -> None:
        self.plan = plan
        self.pid = id(self)
        self.opened, self.ended = threading.Event(), threading.Event()
        self.failure = ""
        self.alive_at = 0.0
        self.dropped_frames = self.overflows = 0
        self.packets: list[Packet] = []

    def fetch(self) -> list[Packet]:
        packets, self.packets = self.packets, []
        return packets

    def stop(self) -> None:
        self.ended.set()


class FakeFeeder:
    """A feeder whose devices come and go by a test's word."""

    def __init__(self) -> None:
        self.feed: Feed | None = None
        self.trouble = ""
        self.suspended = False
        self.started = self.stopped = False

    def attach(self, device: str = "Mic", tap: FakeTap | None = None, **plan: Any) -> FakeTap:
        """Deliver from a device from now on."""
        tap = tap or FakeTap(TapPlan(device, **{"rate_hz": SAMPLE_RATE_HZ, **plan}))
        self.feed = Feed(Input(device, device, InputKind.MICROPHONE), cast("Tap", tap))
        return tap

    def give_up(self, feed: Feed) -> None:
        feed.tap.stop()
        self.feed = None

    def start(self) -> None:
        self.started = True

    def suspend(self) -> None:
        self.suspended, self.feed = True, None

    def resume(self) -> None:
        self.suspended = False

    def stop(self) -> None:
        self.stopped, self.feed = True, None


def marked(start: int, count: int) -> npt.NDArray[np.int16]:
    """Samples that tell their own place in the session; none of them is zero."""
    places: npt.NDArray[np.int64] = np.arange(start, start + count, dtype=np.int64)
    return (places % 32_000 + 1).astype(np.int16)


def as_heard(start: int, count: int) -> Waveform:
    """What marked samples sound like in the session."""
    return np.asarray(marked(start, count) / 32768, np.float32)


@dataclass
class Bench:
    """A lane, its feeder, and a clock that stands at sample ``now`` of the session."""

    begin: int = 0
    now: int = 0
    feeder: FakeFeeder = field(default_factory=FakeFeeder)
    expected: list[Waveform] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lane = Lane(CALL_SIDE, self.feeder, self.begin, ORIGIN_S)
        self.now = self.begin

    @property
    def now_s(self) -> float:
        return self.now / SAMPLE_RATE_HZ

    @property
    def tap(self) -> FakeTap:
        assert self.feeder.feed is not None
        return self.feeder.feed.tap  # type: ignore[return-value]

    def put(self, samples: np.ndarray | None = None, *, at: int | None = None) -> None:
        """Have the tap deliver a block that was heard from sample ``at`` on."""
        start = self.now if at is None else at
        data = marked(start, BLOCK) if samples is None else samples
        self.tap.packets.append(
            Packet(ORIGIN_S + start / SAMPLE_RATE_HZ, data.astype(np.int16).tobytes())
        )

    def pass_by(self, seconds: float, *, sound: bool = False, alive: bool = True) -> None:
        """Let time pass, in looks of 50 ms, with a device that delivers or not."""
        for _ in range(round(seconds / BLOCK_S)):
            if sound:
                self.put()
                self.expected.append(as_heard(self.now, BLOCK))
            else:
                self.expected.append(np.zeros(BLOCK, np.float32))
            self.now += BLOCK
            if alive and self.feeder.feed is not None:
                self.tap.alive_at = ORIGIN_S + self.now_s
            self.lane.pull(self.now_s)

    def told(self) -> list[Notice]:
        """What was told since it was last asked."""
        told, self.lane.notices = self.lane.notices, []
        return told

    def heard(self) -> Waveform:
        """All that can be taken."""
        return self.lane.take(self.lane.waiting)

    def check(self) -> None:
        """Every sample that can be taken stands where it belongs."""
        heard = self.heard()
        np.testing.assert_array_equal(heard, np.concatenate(self.expected)[: len(heard)])


class LookedAt(PulseSystem):
    """A sound system that tells when a feeder has just looked where its stream is."""

    def __init__(self) -> None:
        super().__init__()
        self.looked: dict[str | None, threading.Event] = defaultdict(threading.Event)

    def input_of(self, pid: int) -> str | None:
        found = super().input_of(pid)
        self.looked[found].set()
        return found

    def until_looked_at(self, source: str) -> None:
        """Wait until the stream on ``source`` has been found there; no longer than is usual."""
        self.looked[source].clear()
        self.looked[source].wait(1.0)


class Listener:
    """Takes the blocks of a source, checks that they join, and keeps them and the notices."""

    def __init__(self, source: DeviceSource, system: LookedAt | None = None) -> None:
        self.source = source
        self.system = system
        self.notices: list[Notice] = []
        self.told_at: list[float] = []  # session time at which each notice was told
        self.end = 0
        self._blocks = source.blocks()
        self._heard: dict[Channel, list[Waveform]] = {channel: [] for channel in Channel}

    def hear(self) -> bool:
        """Take one block; whether there was one."""
        block = next(self._blocks, None)
        if block is None:
            return False
        assert block.start == self.end
        assert {len(samples) for samples in block.samples.values()} == {len(block)}
        self.end += len(block)
        for channel, samples in block.samples.items():
            self._heard[channel].append(samples)
        for notice in block.notices:
            self.notices.append(notice)
            self.told_at.append(block.end_s)
        return True

    def until(self, condition: Callable[[], bool]) -> None:
        """Listen until it holds."""
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < deadline, f"never came true; told: {self.notices}"
            assert self.hear(), "the source ended"

    def listen(self, seconds: float) -> None:
        """Listen to so much more sound."""
        end = self.end + round(seconds * SAMPLE_RATE_HZ)
        self.until(lambda: self.end >= end)

    def until_attached(self, *channels: Channel) -> None:
        """Listen until these channels' devices deliver, after all that was told of them."""
        self.until(lambda: all(self.is_attached(channel) for channel in channels or Channel))

    def is_attached(self, channel: Channel) -> bool:
        """Whether the last that was told of it is that it delivers."""
        told = [n for n in self.notices if isinstance(n, Attached | Lost) and n.channel is channel]
        return bool(told) and isinstance(told[-1], Attached)

    def told(self, kind: type[Notice], channel: Channel | None = None) -> list[Notice]:
        """Notices of a kind, of one channel if given."""
        return [
            notice
            for notice in self.notices
            if isinstance(notice, kind)
            and (channel is None or getattr(notice, "channel", None) is channel)
        ]

    def gaps(self, channel: Channel) -> list[Gap]:
        """The gaps told of a channel."""
        return [n for n in self.notices if isinstance(n, Gap) and n.channel is channel]

    def losses(self, channel: Channel) -> list[Lost]:
        """The losses told of a channel."""
        return [n for n in self.notices if isinstance(n, Lost) and n.channel is channel]

    def hears(self, channel: Channel) -> bool:
        """Whether the last 50 ms of a channel are loud."""
        return loudness(self.sound(channel, self.end - 800)) > 0.02

    def until_tone(self, channel: Channel, hz: float) -> None:
        """Listen until a tone of this pitch, of 0.25, is heard, alone or among others."""
        self.until(lambda: self.tone(channel, hz) > 0.15)

    def tone(self, channel: Channel, hz: float) -> float:
        """How much of a tone of this pitch is in the last 100 ms; the height of its wave."""
        samples = self.sound(channel)[-1600:]
        turns = np.exp(-2j * np.pi * hz * np.arange(len(samples)) / SAMPLE_RATE_HZ)
        return 2 * float(np.abs(np.mean(samples * turns))) if len(samples) else 0.0

    def in_gaps(self, channel: Channel) -> Waveform:
        """All samples that stand where a gap was told."""
        gaps = [
            self.sound(
                channel, round(gap.start_s * SAMPLE_RATE_HZ), round(gap.end_s * SAMPLE_RATE_HZ)
            )
            for gap in self.gaps(channel)
        ]
        return np.concatenate(gaps) if gaps else np.zeros(0, np.float32)

    def sound(self, channel: Channel, start: int = 0, end: int | None = None) -> Waveform:
        """What was heard on a channel, from one sample of the session to another."""
        heard = self._heard[channel]
        self._heard[channel] = [np.concatenate(heard)] if heard else []
        whole = self._heard[channel][0] if heard else np.zeros(0, np.float32)
        return whole[start:end]

    def close(self) -> None:
        """Stop the source and take what remains."""
        self.source.stop()
        while self.hear():
            pass


def loud_speech(name: str, seconds: float) -> Waveform:
    """The beginning of a clip of real speech, made as loud as it can be."""
    speech = spoken(name)
    first = int(np.argmax(np.abs(speech) > 0.1 * np.abs(speech).max()))
    clip = speech[first : first + round(seconds * SAMPLE_RATE_HZ)]
    return np.asarray(0.9 * clip / np.abs(clip).max(), np.float32)


def rumble(seconds: float, *, seed: int) -> Waveform:
    """Low noise, to be found again by ``shifts`` though it be stretched a little on the way."""
    low = np.convolve(noise(seconds, seed=seed), np.ones(32, np.float32), "same")
    return np.asarray(0.15 * low / np.std(low), np.float32)


def envelope(samples: Waveform) -> Waveform:
    """How loud each 5 ms are, around their mean; keeps its form where sound is stretched a little."""
    frames = samples[: len(samples) // 80 * 80].reshape(-1, 80)
    level = np.sqrt(np.mean(np.square(frames), axis=1))
    return np.asarray(level - level.mean(), np.float32)


def shifts(played: Waveform, heard: Waveform, *, window_s: float = 0.25) -> Waveform:
    """How far into ``heard`` each window of ``played`` begins later than it should, in samples."""
    size = round(window_s * SAMPLE_RATE_HZ)
    about, _ = found_at(played[: 4 * size], heard)
    found = []
    for start in range(0, len(played) - size, size):
        near = max(0, about + start - size)
        at, alike = found_at(played[start : start + size], heard[near : near + 3 * size])
        assert alike > 0.4, f"what was played at {start / SAMPLE_RATE_HZ} s is not there"
        found.append(near + at - start)
    return np.array(found, np.float32)


def loudness(samples: Waveform) -> float:
    """Root of the mean square; 0 for nothing."""
    return float(np.sqrt(np.mean(np.square(samples)))) if len(samples) else 0.0


def found_at(needle: Waveform, haystack: Waveform) -> tuple[int, float]:
    """Where a piece of sound is in another, and how alike the two are there, up to 1."""
    size = len(needle) + len(haystack)
    spectrum = np.fft.rfft(haystack, size) * np.conj(np.fft.rfft(needle, size))
    products = np.fft.irfft(spectrum, size)[: max(1, len(haystack) - len(needle) + 1)]
    at = int(np.argmax(products))
    there = haystack[at : at + len(needle)]
    silent = len(there) < len(needle) or not there.any()
    return at, 0.0 if silent else float(np.corrcoef(needle, there)[0, 1])


@pytest.fixture(scope="package")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    """One server for all tests that leave it running."""
    if MISSING:
        pytest.skip("no PulseAudio: apt-get install pulseaudio pulseaudio-utils libportaudio2")
    server = SoundServer(tmp_path_factory.mktemp("hall"))
    server.start()
    yield server
    server.close()


@pytest.fixture
def server(hall: SoundServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """The server, with all its outputs awake and nothing playing; what a test does is undone."""
    for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, hall.environment[name])
    hall.awaken()
    yield hall
    hall.silence()
    hall.restore()


@pytest.fixture
def listening(server: SoundServer) -> Iterator[Callable[..., Listener]]:
    """Opens a listener on two inputs of the server, and closes it at the end."""
    opened: list[Listener] = []

    def listen(microphone: str = f"{ROOM}.monitor", call: str = f"{CALL}.monitor") -> Listener:
        system = LookedAt()
        source = open_source(system, Choice(microphone=microphone, call=call))
        opened.append(Listener(source, system))
        return opened[-1]

    yield listen
    for listener in opened:
        listener.close()


@pytest.fixture
def wav(tmp_path: Path) -> Callable[..., Path]:
    """Writes a waveform, with a murmur before it that wakes the output up."""

    def write(name: str, samples: Waveform, *, murmur_s: float = 1.0) -> Path:
        murmur = noise(murmur_s, seed=99, loudness=0.001)
        return write_sound(tmp_path / f"{name}.wav", np.concatenate([murmur, samples]))

    return write


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.feeder.attach()
    bench.pass_by(1, sound=True)
    return bench
