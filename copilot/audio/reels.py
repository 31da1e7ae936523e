"""What stands behind a tape: the memory sound waits in, and the files it goes to."""

import math
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from copilot.audio.blocks import SAMPLE_RATE_HZ
from copilot.audio.recorder import Recorder
from copilot.events import Channel

#: Samples written to one channel before the other has its turn: what a kill may leave one short.
_STEP = SAMPLE_RATE_HZ // 2


@dataclass(slots=True)
class Stretch:
    """Sound on its way to disk.

    Attributes:
        count: Its length in samples.
        pcm: 16-bit samples a channel, a channel that is missing being silent; None for silence on
            all of them.
        handed_at: When it was handed over, in seconds on the tape's clock.
    """

    count: int
    pcm: Mapping[Channel, bytes] | None
    handed_at: float


class Memory:
    """What was handed over and is not on disk for good; whoever uses it holds the tape's lock.

    Attributes:
        count: How many samples a channel it holds.
        lost: How many found no room.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._bytes = 0
        self._waiting: deque[Stretch] = deque()
        self._written: deque[Stretch] = deque()
        self.count = 0
        self.lost = 0

    def add(self, count: int, pcm: Mapping[Channel, bytes] | None, now: float) -> None:
        """Keep a stretch, or silence of its length where memory is full."""
        if count <= 0:
            return
        size = 0 if pcm is None else sum(map(len, pcm.values()))
        if self._bytes + size > self._limit_bytes:
            self.lost += count
            pcm, size = None, 0
        self._bytes += size
        self.count += count
        if pcm is None and self._waiting and self._waiting[-1].pcm is None:
            self._waiting[-1].count += count
        else:
            self._waiting.append(Stretch(count, pcm, now))

    @property
    def is_waiting(self) -> bool:
        """Whether anything has yet to be written."""
        return bool(self._waiting)

    @property
    def oldest_at(self) -> float:
        """When what is held longest was handed over; infinity where nothing is."""
        held = self._written or self._waiting
        return held[0].handed_at if held else math.inf

    def take(self) -> list[Stretch]:
        """What to write next."""
        taken: list[Stretch] = []
        count = 0
        while self._waiting and count < _STEP:
            taken.append(self._waiting.popleft())
            count += taken[-1].count
        self._written.extend(taken)
        return taken

    def take_back(self) -> None:
        """What was written did not reach the disk: write it again."""
        self._waiting.extendleft(reversed(self._written))
        self._written.clear()

    def forget_written(self) -> None:
        """What was written is on disk for good."""
        for stretch in self._written:
            self.count -= stretch.count
            self._bytes -= sum(map(len, (stretch.pcm or {}).values()))
        self._written.clear()


class Reels:
    """The channels' recorders, brought back to a common length after trouble.

    Every method raises StorageError where the disk refuses.

    Attributes:
        folder: Where the files are.
        length: How many samples a channel are on disk for good.
    """

    def __init__(self, paths: Mapping[Channel, Path], recorder: type[Recorder]) -> None:
        self._paths = dict(paths)
        self._recorder = recorder
        self._recorders: dict[Channel, Recorder] = {}
        self._replaced = dict.fromkeys(paths, 0)
        self.length = 0
        self.folder = next(iter(self._paths.values())).parent

    def start(self, *, resume: bool) -> None:
        """Create the files; to resume, open those there are, and pad the shorter ones."""
        try:
            for channel, path in self._paths.items():
                self._recorders[channel] = self._open(path, resume=resume and path.exists())
            self.length = max(recorder.length for recorder in self._recorders.values())
            for recorder in self._recorders.values():
                recorder.write_silence(self.length - recorder.length)
                recorder.sync()
            self._folder_id = _identity(self.folder)
        except BaseException:
            self.abandon()
            raise

    def _open(self, path: Path, *, resume: bool) -> Recorder:
        return self._recorder(path, sync_every_s=math.inf, resume=resume)

    @property
    def replaced(self) -> int:
        """Samples on disk that vanished, so that silence stands in their place."""
        return max(self._replaced.values())

    def write(self, stretches: list[Stretch]) -> None:
        """Append to every channel; on disk for good after ``sync``."""
        for channel, recorder in self._recorders.items():
            for piece in _pieces(stretches, channel):
                if isinstance(piece, int):
                    recorder.write_silence(piece)
                else:
                    recorder.write_pcm(piece)

    def sync(self) -> None:
        """Force every channel to disk."""
        for recorder in self._recorders.values():
            recorder.sync()
        self.length = max(recorder.length for recorder in self._recorders.values())

    def reopen(self) -> None:
        """Look at files that were let go afresh, and go back to what was on disk for good.

        After a refusal nothing is known of what was written since the last sync, and a disk that
        went away and came back is only found again by its path.
        """
        for channel, path in self._paths.items():
            recorder = self._found_again(path)
            self._recorders[channel] = recorder
            missing = self.length - recorder.length
            if missing < 0:
                recorder.cut(self.length)
            elif missing > 0:
                recorder.write_silence(missing)
                self._replaced[channel] += missing

    def _found_again(self, path: Path) -> Recorder:
        # Where only the file is gone, a new one begins; where its folder is, the disk is gone.
        deleted = not path.exists() and _identity(self.folder) == self._folder_id
        return self._open(path, resume=not deleted)

    def abandon(self) -> None:
        """Let go of the files, so that their disk can be mended; safe to call again."""
        for recorder in self._recorders.values():
            recorder.abandon()


def _pieces(stretches: list[Stretch], channel: Channel) -> Iterator[bytes | int]:
    """One channel of several stretches: samples to write, or how many silent ones."""
    held: list[bytes] = []
    for stretch in stretches:
        if stretch.pcm is not None:
            held.append(stretch.pcm.get(channel) or bytes(2 * stretch.count))
            continue
        yield b"".join(held)
        held = []
        yield stretch.count
    yield b"".join(held)


def _identity(folder: Path) -> tuple[int, int] | None:
    """Which folder it is, whatever its name leads to now; None where there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
