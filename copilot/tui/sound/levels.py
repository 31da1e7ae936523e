"""How loud the chosen inputs are, heard on a thread of its own; nothing is kept."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from copilot.audio.blocks import SAMPLE_RATE_HZ, Source
from copilot.audio.capture.report import SideReport, SideState
from copilot.audio.levels import SILENCE_DBFS, level_dbfs
from copilot.audio.notices import Attached, Lost
from copilot.errors import CopilotError
from copilot.events import Channel

if TYPE_CHECKING:
    from copilot.audio import Block

#: Louder than this, somebody is heard.
_HEARD_DBFS = -50.0
_TOO_LOUD_DBFS = -3.0
_REPORT_S = 0.1
_PEAK_FALLS_DB = 1.0  # a report

_ATTACHED = {Attached: SideState.OPENING, Lost: SideState.FAILED}

#: Opens the source of the chosen inputs; called on the thread.
OpenSource = Callable[[], Source]


class LevelsHeard(Message):
    """How loud each side is; only the newest counts.

    Attributes:
        run: Which run it comes from.
        sides: By channel; with one microphone the interviewer's alone.
    """

    def __init__(self, run: "LevelRun", sides: dict[Channel, SideReport]) -> None:
        self.run = run
        self.sides = sides
        super().__init__()

    def can_replace(self, message: Message) -> bool:
        """A newer report covers an older one."""
        return isinstance(message, LevelsHeard)


class LevelsFailed(Message):
    """The inputs cannot be opened."""

    def __init__(self, run: "LevelRun", error: CopilotError) -> None:
        self.run = run
        self.error = error
        super().__init__()


class LevelRun:
    """Hears until it is stopped."""

    def __init__(self, open_source: OpenSource, screen: MessagePump, *, room: bool) -> None:
        """Prepare; nothing is opened before ``start``.

        Args:
            open_source: Opens the inputs.
            screen: Is told.
            room: Whether one microphone hears both.
        """
        self._open = open_source
        self._screen = screen
        self._room = room
        self._source: Source | None = None
        self._stopped = threading.Event()
        channels = [Channel.INTERVIEWER] if room else list(Channel)
        self._sides = {channel: SideReport(device="") for channel in channels}
        self._since = 0

    def start(self) -> None:
        """Open them."""
        # A daemon: leaving does not wait for a device that hangs.
        threading.Thread(target=self._run, name="levels", daemon=True).start()

    def stop(self) -> None:
        """Let go of them; never waits."""
        self._stopped.set()
        if self._source is not None:
            self._source.stop()

    def _run(self) -> None:
        try:
            source = self._source = self._open()
            if self._stopped.is_set():
                source.stop()
                return
            for block in source.blocks():
                self._hear(block)
        except CopilotError as error:
            self._screen.post_message(LevelsFailed(self, error))

    def _hear(self, block: "Block") -> None:
        for notice in block.notices:
            if isinstance(notice, Attached | Lost) and notice.channel in self._sides:
                self._sides[notice.channel] = SideReport(notice.device, _ATTACHED[type(notice)])
        for channel, side in self._sides.items():
            if not side.device or side.state is SideState.FAILED:
                continue
            level = level_dbfs(block.samples[channel])
            peak = max(level, side.peak_dbfs - _PEAK_FALLS_DB, SILENCE_DBFS)
            self._sides[channel] = SideReport(side.device, _state(level, peak), level, peak)
        self._since += len(block.samples[Channel.INTERVIEWER])
        if self._since >= _REPORT_S * SAMPLE_RATE_HZ and not self._stopped.is_set():
            self._since = 0
            self._screen.post_message(LevelsHeard(self, dict(self._sides)))


def _state(level: float, peak: float) -> SideState:
    if level > _TOO_LOUD_DBFS:
        return SideState.CLIPPING
    return SideState.HEARD if peak > _HEARD_DBFS else SideState.SILENT
