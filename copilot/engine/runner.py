"""Running a session: the threads and queues around the conductor.

Capture comes first: one thread takes blocks from the source, writes them to disk and looks for
speech, and waits for nobody. One worker transcribes, in the order in which speech ended. One
thread, the caller's, conducts. When nobody waits in real time (``lockstep``), the three take
turns on one thread instead, so that the same recording always gives the same events.
"""

import contextlib
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from copilot.audio import Block, Source
from copilot.coach import Moment
from copilot.engine.commands import Command, EndSession
from copilot.engine.conductor import Conductor
from copilot.engine.vitals import Vitals
from copilot.events import Channel
from copilot.speech.context import InContext
from copilot.speech.endpoints import Stretch
from copilot.speech.hearing import Heard, Hearing
from copilot.speech.transcriber import Transcriber, Transcription

#: How often the coach looks up and fronts hear how the session is doing, in seconds.
_TICK_S = 0.1


class Tape(Protocol):
    """Where sound is kept while it comes in."""

    def write(self, block: Block) -> None:
        """Keep one block."""


@dataclass(frozen=True, slots=True)
class _Said:
    """The worker's answer."""

    stretch: Stretch
    heard: Transcription


@dataclass(frozen=True, slots=True)
class _Failed:
    """A thread met an error, after which it can do nothing more."""

    error: BaseException


@dataclass(frozen=True, slots=True)
class _BrokeOff:
    """Capture met an error; what came before it is still being worked on."""

    error: Exception


@dataclass(frozen=True, slots=True)
class _Quiet:
    """The source has ended and everything it held has been handed on."""


_Message = Heard | _Said | _Failed | _BrokeOff | _Quiet | Command


class Runner:
    """Drives one conductor from one source until the source or the user ends it."""

    def __init__(
        self,
        *,
        conductor: Callable[[], Conductor],
        source: Source,
        transcriber: Callable[[], Transcriber],
        hearing: Hearing,
        language: str,
        tape: Tape | None = None,
        on_vitals: Callable[[Vitals], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Put the parts together.

        Args:
            conductor: Makes the conductor and starts its session; called when capture is already
                running, because it loads a model too.
            source: Where the sound comes from.
            transcriber: Makes the transcriber; called on the worker's thread, because loading a
                model takes a while and capture does not wait for it.
            hearing: Finds speech.
            language: Language to transcribe in.
            tape: Keeps the sound, if it is to be kept.
            on_vitals: Told about ten times a second how the session is doing.
            clock: Seconds on a monotonic clock, for the pace of ticks.
        """
        self._make_conductor = conductor
        self._source = source
        self._make_transcriber = transcriber
        self._hearing = hearing
        self._language = language
        self._tape = tape
        self._on_vitals = on_vitals or (lambda _: None)
        self._clock = clock
        self._inbox: queue.SimpleQueue[_Message] = queue.SimpleQueue()
        self._stretches: queue.SimpleQueue[Stretch | None] = queue.SimpleQueue()
        self._waiting: deque[Stretch] = deque()
        self._silent_since: dict[Channel, float] = {}
        self._last_heard: Heard | None = None
        self._next_tick = 0.0
        self._stopped_by_user = False
        self._broke_off: Exception | None = None
        self._state = "starting"

    def send(self, command: Command) -> None:
        """Hand over a command; may be called from any thread."""
        if isinstance(command, EndSession):
            self._stopped_by_user = True
            self._source.stop()
        self._inbox.put(command)

    # -- real time ------------------------------------------------------------------------------

    def run(self) -> None:
        """Run at the source's own pace, on three threads; returns when the session has ended.

        Raises:
            CopilotError: A part failed; the session has been ended as failed before.
        """
        capture = threading.Thread(target=self._guarded, args=(self._capture,), name="capture")
        worker = threading.Thread(target=self._guarded, args=(self._transcribe,), name="worker")
        capture.start()
        worker.start()
        try:
            conductor = self._make_conductor()
            with self._failing_cleanly(conductor):
                self._state = "listening"
                self._conduct(conductor)
        finally:
            self._source.stop()
            self._stretches.put(None)
            capture.join()
            worker.join()

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - handed to the conducting thread, which raises it
            self._inbox.put(_Failed(error))

    def _capture(self) -> None:
        try:
            for heard in self._heard_blocks():
                # The conducting thread must know of a stretch before the worker can answer.
                self._inbox.put(heard)
                for stretch in heard.stretches:
                    self._stretches.put(stretch)
        except Exception as error:  # noqa: BLE001 - handed to the conducting thread, which raises it
            self._inbox.put(_BrokeOff(error))
        finally:
            self._stretches.put(None)

    def _heard_blocks(self) -> Iterator[Heard]:
        """What is heard in each block; with the last, or before an error, what was still open."""
        end_s = 0.0
        broke_off: Exception | None = None
        try:
            for block in self._source.blocks():
                if self._tape is not None:
                    self._tape.write(block)
                end_s = block.end_s
                yield self._hearing.hear(block)
        except Exception as error:  # noqa: BLE001 - raised below
            broke_off = error
        yield Heard(end_s, self._hearing.flush(), frozenset(), {})
        if broke_off is not None:
            raise broke_off

    def _transcribe(self) -> None:
        transcriber = InContext(self._make_transcriber(), self._language)
        while (stretch := self._stretches.get()) is not None:
            self._inbox.put(_Said(stretch, _words(transcriber, stretch)))
        self._inbox.put(_Quiet())

    def _conduct(self, conductor: Conductor) -> None:
        while True:
            message = self._next_message()
            match message:
                case Heard():
                    self._take_in(message)
                    self._tick(conductor)
                case _Said():
                    self._waiting.popleft()
                    conductor.hear(message.stretch, message.heard, self._now_s)
                    self._tick(conductor, at_once=True)
                case _Failed():
                    raise message.error
                case _BrokeOff():
                    self._broke_off = message.error
                case _Quiet():
                    if self._broke_off is not None:
                        raise self._broke_off
                    self._finish(conductor)
                    return
                case None:
                    self._tick(conductor)
                case _:
                    conductor.obey(message, self._now_s)
                    self._tick(conductor, at_once=True)

    def _next_message(self) -> _Message | None:
        with contextlib.suppress(queue.Empty):
            return self._inbox.get(timeout=_TICK_S)
        return None

    # -- as fast as the machine can -------------------------------------------------------------

    def run_lockstep(self) -> None:
        """Run without a clock: each stretch is transcribed before the next block is heard.

        Raises:
            CopilotError: A part failed; the session has been ended as failed before.
        """
        conductor = self._make_conductor()
        with self._failing_cleanly(conductor):
            transcriber = InContext(self._make_transcriber(), self._language)
            self._state = "listening"
            for heard in self._heard_blocks():
                self._take_in(heard)
                while self._waiting:
                    stretch = self._waiting.popleft()
                    conductor.hear(stretch, _words(transcriber, stretch), self._now_s)
                self._obey_waiting_commands(conductor)
                self._tick(conductor, at_once=True)
            self._finish(conductor)

    def _obey_waiting_commands(self, conductor: Conductor) -> None:
        while not self._inbox.empty():
            message = self._inbox.get()
            if not isinstance(message, Heard | _Said | _Failed | _BrokeOff | _Quiet):
                conductor.obey(message, self._now_s)

    # -- both -----------------------------------------------------------------------------------

    @property
    def _now_s(self) -> float:
        return 0.0 if self._last_heard is None else self._last_heard.end_s

    def _take_in(self, heard: Heard) -> None:
        for stretch in heard.stretches:
            self._waiting.append(stretch)
            self._silent_since[stretch.channel] = stretch.speech_end_s
        self._last_heard = heard

    def _tick(self, conductor: Conductor, *, at_once: bool = False) -> None:
        now = self._clock()
        if not at_once and now < self._next_tick:
            return
        self._next_tick = now + _TICK_S
        heard = self._last_heard
        if heard is None:
            return
        conductor.tick(self._moment(heard))
        self._on_vitals(self._vitals(heard))

    def _moment(self, heard: Heard) -> Moment:
        silent_since = self._silent_since.get(Channel.CANDIDATE, 0.0)
        speaking = Channel.CANDIDATE in heard.speaking
        return Moment(
            now_s=heard.end_s,
            candidate_silent_s=0.0 if speaking else heard.end_s - silent_since,
            interviewer_speaking=Channel.INTERVIEWER in heard.speaking,
            text_pending=any(s.channel is Channel.CANDIDATE for s in self._waiting),
        )

    def _vitals(self, heard: Heard) -> Vitals:
        lag_s = heard.end_s - self._waiting[0].speech_end_s if self._waiting else 0.0
        return Vitals(
            now_s=heard.end_s,
            levels_dbfs=heard.levels_dbfs,
            speaking=heard.speaking,
            lag_s=lag_s,
            waiting=len(self._waiting),
            state="finishing" if self._stopped_by_user else self._state,
        )

    def _finish(self, conductor: Conductor) -> None:
        conductor.end("user" if self._stopped_by_user else "finished", self._now_s)
        self._tell_ended()

    def _tell_ended(self) -> None:
        self._state = "ended"
        self._on_vitals(Vitals(now_s=self._now_s, state="ended"))

    @contextlib.contextmanager
    def _failing_cleanly(self, conductor: Conductor) -> Iterator[None]:
        """A session that fails still ends: its journal says why."""
        try:
            yield
        except BaseException as error:
            conductor.fail(error, self._now_s)
            self._tell_ended()
            raise


def _words(transcriber: InContext, stretch: Stretch) -> Transcription:
    try:
        return transcriber.transcribe(stretch)
    except (RuntimeError, ValueError, MemoryError) as error:
        # One stretch that the model chokes on must not end an interview.
        return Transcription((), reason=f"the recogniser failed ({type(error).__name__})")
