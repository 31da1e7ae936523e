"""Hears both inputs of a check on a thread of its own, as the check must go on when this hangs."""

import dataclasses
import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from copilot.audio.blocks import Block
from copilot.audio.capture.check_players import Player, players
from copilot.audio.capture.devices import Choice, Input, SoundSystem, find_input
from copilot.audio.capture.lane import LaneStats
from copilot.audio.capture.source import DeviceSource
from copilot.audio.capture.system import open_source
from copilot.errors import DeviceError
from copilot.events import Channel

_PATIENCE_S = 2.0


@dataclass(frozen=True, slots=True)
class Devices:
    """What is about to be opened.

    Attributes:
        chosen: Each channel's input; with one microphone in a room, the interviewer's alone.
        inputs: All there are.
        players: Programs that play something, and where.
    """

    chosen: Mapping[Channel, Input]
    inputs: tuple[Input, ...]
    players: tuple[Player, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """A block, and what had become of each channel's sound by then."""

    block: Block
    stats: Mapping[Channel, LaneStats]


class Hearing:
    """Opens the inputs and hands on what they deliver."""

    def __init__(self, system: SoundSystem, choice: Choice, *, wants_players: bool = False) -> None:
        self._system = system
        self._choice = choice
        self._wants_players = wants_players and not choice.room
        self._queue: queue.SimpleQueue[Devices | Heard | Exception] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._source: DeviceSource | None = None
        self._thread = threading.Thread(target=self._run, name="check hearing", daemon=True)

    def start(self) -> None:
        """Begin to open them."""
        self._thread.start()

    def next(self, timeout_s: float) -> Devices | Heard | None:
        """What came next: once the devices, then block after block; None where nothing came.

        Raises:
            DeviceError: The sound system does not answer, or a chosen input does not exist.
        """
        try:
            came = self._queue.get(timeout=timeout_s)
        except queue.Empty:
            return None
        if isinstance(came, Exception):
            raise came
        return came

    def stop(self) -> None:
        """Let go of the devices; never waits."""
        self._stopped.set()
        if self._source is not None:
            self._source.stop()

    def end(self) -> None:
        """Let go of them and wait until that is done, unless the system hangs."""
        self.stop()
        self._thread.join(_PATIENCE_S)

    def _run(self) -> None:
        try:
            self._hear()
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            self._queue.put(error)

    def _hear(self) -> None:
        devices = self._devices()
        source = self._source = open_source(self._system, self._choice)
        if self._stopped.is_set():
            return
        self._queue.put(devices)
        for block in source.blocks():
            # Copied here: the thread that pulls the sound is the one that may look at it.
            stats = {channel: dataclasses.replace(now) for channel, now in source.stats.items()}
            self._queue.put(Heard(block, stats))

    def _devices(self) -> Devices:
        inputs = tuple(self._system.inputs())
        chosen = {Channel.INTERVIEWER: find_input(inputs, self._choice.microphone, call=False)}
        if not self._choice.room:
            chosen[Channel.CANDIDATE] = find_input(inputs, self._choice.call, call=True)
        return Devices(chosen, inputs, self.players())

    def players(self) -> tuple[Player, ...]:
        """Programs that play something now; none where the system does not tell."""
        if not self._wants_players:
            return ()
        try:
            return players(self._system)
        except DeviceError:
            return ()  # what it does not tell is not held against anyone
