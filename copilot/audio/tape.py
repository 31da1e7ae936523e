"""Both channels' recordings behind one hand-over in memory, so that no disk holds up capture.

``Tape.write`` puts sound into memory and returns. One thread of the tape's own writes it to disk
and forgets it only once the disk has it for good; another tells what is wrong with the disk,
because the first may be stuck in it.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from copilot.audio.blocks import SAMPLE_RATE_HZ, Block
from copilot.audio.recorder import Recorder, to_pcm
from copilot.audio.reels import Memory, Reels, Stretch
from copilot.errors import CopilotError, StorageError
from copilot.events import Channel
from copilot.i18n import _

#: How much sound may wait for the disk: two channels for 2 h 19 min (64 kB a second).
MEMORY_BYTES = 512 << 20

_SYNC_EVERY_S = 0.75  # so that no second passes without
_RETRY_EVERY_S = 1.0
_SLOW_AFTER_S = 3.0
_KEEPS_UP_S = 1.0  # sound that waits while all is well
_TELL_EVERY_S = 10.0


@dataclass(frozen=True, slots=True)
class DiskTrouble:
    """What is wrong with the disk under a recording, in words for people.

    Attributes:
        reason: The file or folder and what is wrong with it.
        waiting_s: Sound that is held in memory, in seconds.
        lost_s: Sound that is lost since the tape began, in seconds; silence stands in its place.
        over: Whether the trouble is over: nothing waits any more.
    """

    reason: str
    waiting_s: float
    lost_s: float
    over: bool = False


class Tape:
    """Keeps both channels' sound, whatever the disk does.

    Sound waits in memory while the disk is full, read-only, away or slow, and the disk is tried
    again about every second. Where memory is full too, the newest sound is dropped and becomes
    silence of the same length, so that times stay true.
    """

    def __init__(
        self,
        paths: Mapping[Channel, Path],
        *,
        on_trouble: Callable[[DiskTrouble], None] | None = None,
        memory_bytes: int = MEMORY_BYTES,
        resume: bool = False,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], object] | None = None,
        recorder: type[Recorder] = Recorder,
    ) -> None:
        """Create one recording a channel; or, to ``resume``, go on with those there are.

        Args:
            paths: The channels' files, in one folder.
            on_trouble: Told on a thread of the tape's own when trouble with the disk begins, when
                it changes (another reason, every ten seconds of sound more that wait, or are
                lost), and when it is over.
            memory_bytes: How much sound may wait; by default 512 MiB, which is 2 h 19 min of two
                channels.
            resume: Whether to go on with earlier recordings, of which one may be missing.
            clock: Seconds on a monotonic clock.
            pause: Waits for a number of seconds before the disk is tried again; by default until
                then or until ``close``.
            recorder: What writes a file.

        Raises:
            StorageError: A file cannot be created or opened.
            SessionError: A file to go on with is no recording of ours.
        """
        self._reels = Reels(paths, recorder)
        self._reels.start(resume=resume)
        self._channels = tuple(paths)
        self._clock = clock
        self._closing = threading.Event()
        self._pause = pause or self._closing.wait
        self._on_trouble = on_trouble or (lambda _: None)
        lock = threading.Lock()
        self._handed = threading.Condition(lock)
        self._changed = threading.Condition(lock)
        self._memory = Memory(memory_bytes)
        self._length = self._reels.length
        self._synced_at = clock()
        self._refusal: str | None = None
        self._told: DiskTrouble | None = None
        self._lost_earlier_s = 0.0
        self._watching = True
        self._writer = threading.Thread(target=self._write_out, name="tape", daemon=True)
        self._watcher = threading.Thread(target=self._watch, name="tape-watch", daemon=True)
        self._writer.start()
        self._watcher.start()

    @classmethod
    def resume(
        cls,
        paths: Mapping[Channel, Path],
        *,
        on_trouble: Callable[[DiskTrouble], None] | None = None,
        memory_bytes: int = MEMORY_BYTES,
    ) -> Self:
        """Go on with the recordings of an interrupted session; ``length`` tells from where.

        The shorter one is padded with silence, and one that is missing begins as silence.

        Raises:
            StorageError: A file cannot be opened or padded.
            SessionError: A file is no recording of ours.
        """
        return cls(paths, on_trouble=on_trouble, memory_bytes=memory_bytes, resume=True)

    # -- what capture sees ------------------------------------------------------------------------

    @property
    def length(self) -> int:
        """How many samples a channel has, those that still wait included."""
        return self._length

    @property
    def waiting_s(self) -> float:
        """Sound that is not on disk for good yet, in seconds."""
        return self._memory.count / SAMPLE_RATE_HZ

    @property
    def lost_s(self) -> float:
        """Sound that is lost, in seconds; silence stands in its place."""
        return (self._memory.lost + self._reels.replaced) / SAMPLE_RATE_HZ

    @property
    def trouble(self) -> DiskTrouble | None:
        """What was told last, unless it is over."""
        return self._told

    def write(self, block: Block) -> None:
        """Keep one block; returns at once, whatever the disk does.

        A channel the block lacks is silent for its length. Where the block starts later than the
        last one ended, as after a pause, silence fills the gap.
        """
        count = max(len(samples) for samples in block.samples.values())
        pcm = {
            channel: to_pcm(block.samples[channel]).ljust(2 * count, b"\0")
            for channel in self._channels
            if channel in block.samples
        }
        gap = max(0, block.start - self._length)
        self._hand_over((gap, None), (count, pcm))

    def write_silence(self, count: int) -> None:
        """Keep ``count`` silent samples, such as while the machine slept; cheap for hours."""
        self._hand_over((count, None))

    def _hand_over(self, *stretches: tuple[int, Mapping[Channel, bytes] | None]) -> None:
        now = self._clock()
        with self._handed:
            if self._closing.is_set():
                raise ValueError("the tape is closed")
            for count, pcm in stretches:
                self._memory.add(count, pcm, now)
                self._length += count
            self._handed.notify()
            if self._news() is not None:
                self._changed.notify()

    # -- the thread that writes -------------------------------------------------------------------

    def _write_out(self) -> None:
        gave_up_at: int | None = None
        while (stretches := self._next()) is not None:
            try:
                self._put(stretches)
            except Exception as error:  # noqa: BLE001 - capture goes on, and the user is told
                self._refuse(error)
                if self._closing.is_set():
                    if gave_up_at == self._reels.length:
                        return
                    gave_up_at = self._reels.length
                self._pause(_RETRY_EVERY_S)

    def _next(self) -> list[Stretch] | None:
        """What to write; nothing when it is only time to sync; None when all is done."""
        with self._handed:
            while not self._memory.is_waiting:
                if not self._memory.count and self._closing.is_set():
                    return None
                if self._memory.count and (self._is_sync_due() or self._told is not None):
                    return []  # what was told of is over the sooner
                self._handed.wait(_SYNC_EVERY_S if self._memory.count else None)
            return self._memory.take()

    def _is_sync_due(self) -> bool:
        return (
            self._refusal is not None
            or self._closing.is_set()
            or self._clock() - self._synced_at >= _SYNC_EVERY_S
        )

    def _put(self, stretches: list[Stretch]) -> None:
        if self._refusal is not None:
            self._reels.reopen()
        self._reels.write(stretches)
        if not stretches or self._is_sync_due():
            self._reels.sync()
            self._synced_at = self._clock()
            with self._changed:
                self._memory.forget_written()
                self._refusal = None
                self._changed.notify()

    def _refuse(self, error: Exception) -> None:
        message = error.message if isinstance(error, CopilotError) else f"{error!r}."
        with self._changed:
            self._memory.take_back()
            self._refusal = message
            self._changed.notify()
        self._reels.abandon()

    # -- the thread that tells --------------------------------------------------------------------

    def _watch(self) -> None:
        while (news := self._next_news()) is not None:
            self._on_trouble(news)

    def _next_news(self) -> DiskTrouble | None:
        with self._changed:
            while (news := self._news()) is None:
                if not self._watching:
                    return None
                self._changed.wait()
            self._told = None if news.over else news
            if news.over:
                self._lost_earlier_s = news.lost_s
            return news

    def _news(self) -> DiskTrouble | None:
        """What has not been told yet; the lock is held."""
        told = self._told
        waiting_s, lost_s = self.waiting_s, self.lost_s
        if self._refusal is not None:
            reason = self._refusal
        elif told is not None:
            if waiting_s <= _KEEPS_UP_S:
                return DiskTrouble(told.reason, waiting_s, lost_s, over=True)
            reason = told.reason
        elif self._clock() - self._memory.oldest_at > _SLOW_AFTER_S:
            reason = _("{folder}: the disk is too slow.", folder=self._reels.folder)
        else:
            return None
        now = DiskTrouble(reason, waiting_s, lost_s)
        return now if told is None or self._differs(told, now) else None

    def _differs(self, told: DiskTrouble, now: DiskTrouble) -> bool:
        loses_first = told.lost_s == self._lost_earlier_s < now.lost_s
        return (
            now.reason != told.reason
            or loses_first
            or now.waiting_s - told.waiting_s >= _TELL_EVERY_S
            or now.lost_s - told.lost_s >= _TELL_EVERY_S
        )

    # -- the end ----------------------------------------------------------------------------------

    def close(self) -> None:
        """Write what waits and close the files; safe to call again.

        Raises:
            StorageError: The disk refused to the last; what it took is readable.
        """
        with self._handed:
            if self._closing.is_set():
                return
            self._closing.set()
            self._handed.notify()
        self._writer.join()
        with self._changed:
            self._watching = False
            self._changed.notify()
        self._watcher.join()
        self._reels.abandon()
        if self._memory.count:
            raise StorageError(
                _(
                    "{refusal} The last {waiting_s} s of sound could not be written.",
                    refusal=self._refusal,
                    waiting_s=f"{self.waiting_s:.0f}",
                ),
                _("What was recorded before is kept. Free space, or mend the disk."),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
