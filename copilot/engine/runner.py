"""Running a session: the threads and queues around the conductor.

Capture comes first: one thread takes blocks from the source, hands them to the tape and looks for
speech, and waits for nobody. Workers transcribe (``copilot.engine.transcribing``). One thread,
the caller's, conducts. When nobody waits in real time (``lockstep``), all take turns on one thread
instead and make no drafts, so that the same recording always gives the same events.
"""

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from copilot.audio import Block, Source
from copilot.audio.blocks import LiveSource
from copilot.audio.tape import DiskTrouble
from copilot.coach import Moment
from copilot.engine.alarms import Alarms, Observed
from copilot.engine.asking.seam import Reply
from copilot.engine.commands import (
    ChooseLanguage,
    ChooseSpeaker,
    Command,
    EndSession,
    PauseCapture,
    SwapChannels,
)
from copilot.engine.conductor import Conductor
from copilot.engine.listening import Canceller, Listened, Listening, Tape
from copilot.engine.partials import PartialTexts
from copilot.engine.stepping_down import Stepped
from copilot.engine.transcribing import WORKERS, Texts, Transcribing
from copilot.engine.vitals import Vitals
from copilot.engine.waiting import Waiting
from copilot.events import Channel
from copilot.speech.echo import EchoFilter
from copilot.speech.endpoints import Stretch
from copilot.speech.hearing import Heard, Hearing
from copilot.speech.streaming import Partial, StreamingPolicy
from copilot.speech.transcriber import Transcriber, Transcription

#: How often the coach looks up and fronts hear how the session is doing, in seconds.
_TICK_S = 0.1


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


_Message = Listened | Texts | _Failed | _BrokeOff | _Quiet | Stepped | DiskTrouble | Reply | Command
_NO_COMMANDS = (Listened, Texts, _Failed, _BrokeOff, _Quiet, Stepped, DiskTrouble, Reply)


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
        canceller: Callable[[], Canceller | None] = lambda: None,
        echo: EchoFilter | None = None,
        swapped: bool = False,
        tail: Iterable[Block] = (),
        room: bool = False,
        speaker: Channel = Channel.INTERVIEWER,
        on_vitals: Callable[[Vitals], None] | None = None,
        on_partials: Callable[[tuple[Partial, ...]], None] | None = None,
        lesser: Callable[[], Transcriber] | None = None,
        drafts: bool = True,
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
            canceller: Makes what takes echo out of the microphone, where there is any.
            echo: Takes out of the interviewer's words what the microphone heard of the candidate.
            swapped: Whether the sides are the other way round than the source has them.
            tail: What was recorded before an interruption and is to be heard first.
            room: Whether one microphone hears both.
            speaker: With one microphone, who speaks at first.
            on_vitals: Told about ten times a second how the session is doing.
            on_partials: Told what text is on its way, whenever that changes.
            lesser: Makes a faster transcriber for when the text is far behind.
            drafts: Whether to transcribe what is being said before it has ended.
            clock: Seconds on a monotonic clock, for the pace of ticks.
        """
        self._make_conductor = conductor
        self._source = source
        self._live = isinstance(source, LiveSource)
        self._listening = Listening(source, hearing, tape, canceller, swapped=swapped, tail=tail)
        self._inbox: queue.SimpleQueue[_Message] = queue.SimpleQueue()
        self._transcribing = Transcribing(
            transcriber,
            language,
            persistent=self._live,
            on_trouble=self._note_trouble,
            policy=StreamingPolicy(drafts=drafts),
            lesser=lesser,
            on_step=self._inbox.put,
        )
        self._partials = PartialTexts()
        self._partials_told: tuple[Partial, ...] = ()
        self._echo = echo or EchoFilter()
        self._room = room
        self._exchanged = swapped
        self._speaker = speaker
        if swapped or speaker is not Channel.INTERVIEWER:
            self._say_who_speaks()
        self._alarms = Alarms() if self._live and not room else None
        self._on_vitals = on_vitals or (lambda _: None)
        self._on_partials = on_partials or (lambda _: None)
        self._clock = clock
        self._waiting = Waiting()
        self._silent_since: dict[Channel, float] = {}
        self._last_heard: Heard | None = None
        self._next_tick = 0.0
        self._stopped_by_user = False
        self._broke_off: Exception | None = None
        self._state = "starting"
        self._trouble = ""

    def send(self, command: Command) -> None:
        """Hand over a command; may be called from any thread."""
        match command:
            case EndSession():
                self._stopped_by_user = True
                self._source.stop()
            case PauseCapture() if isinstance(self._source, LiveSource):
                # At once: what is off the record must not wait for whoever is busy.
                self._source.pause(command.paused)
            case SwapChannels():
                self._exchanged = not self._exchanged
                self._listening.swap()
                self._say_who_speaks()
            case ChooseLanguage():
                self._transcribing.change_language(command.language)
            case ChooseSpeaker():
                self._speaker = command.channel
                self._say_who_speaks()
            case _:
                pass
        self._inbox.put(command)

    def _say_who_speaks(self) -> None:
        """Tell a source with one microphone; an exchange does not change who speaks now."""
        if self._room and isinstance(self._source, LiveSource):
            self._source.choose_speaker(self._speaker.other if self._exchanged else self._speaker)

    @property
    def swapped(self) -> bool:
        """Whether the sides are the other way round than the source has them."""
        return self._listening.swapped

    def disk_troubled(self, trouble: DiskTrouble) -> None:
        """The tape tells about the disk; may be called from any thread."""
        self._inbox.put(trouble)

    def replied(self, reply: Reply) -> None:
        """A language model has answered, or will not; may be called from any thread."""
        self._inbox.put(reply)

    # -- real time ------------------------------------------------------------------------------

    def run(self) -> None:
        """Run at the source's own pace, on several threads; returns when it has ended.

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
            self._transcribing.stop_trying()
            self._transcribing.end()
            capture.join()
            worker.join()

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - handed to the conducting thread, which raises it
            self._inbox.put(_Failed(error))

    def _capture(self) -> None:
        try:
            for listened in self._listening.blocks():
                # The conducting thread must know of a stretch before the worker can answer.
                self._inbox.put(listened)
                if listened.swapped:
                    self._transcribing.swap()
                self._transcribing.hear(listened.heard)
        except Exception as error:  # noqa: BLE001 - handed to the conducting thread, which raises it
            self._inbox.put(_BrokeOff(error))
        finally:
            self._transcribing.stop_trying()
            self._transcribing.end()

    def _transcribe(self) -> None:
        self._transcribing.prepare()
        others = [
            threading.Thread(target=self._guarded, args=(self._work,), name=f"worker {number}")
            for number in range(2, WORKERS + 1)
        ]
        for other in others:
            other.start()
        try:
            self._work()
        finally:
            for other in others:
                other.join()
        self._inbox.put(_Quiet())

    def _work(self) -> None:
        self._transcribing.work(self._inbox.put)

    def _note_trouble(self, trouble: str) -> None:
        self._trouble = trouble

    def _conduct(self, conductor: Conductor) -> None:
        while True:
            message = self._next_message()
            match message:
                case Listened():
                    self._take_in(conductor, message)
                    self._tick(conductor)
                case Texts():
                    for _, heard in message.said:
                        self._hear(conductor, self._waiting.take(), heard)
                    self._partials.draft(message.partials)
                    self._tick(conductor, at_once=bool(message.said))
                    self._tell_partials()
                case DiskTrouble() | Stepped():
                    conductor.tell(message, self._now_s)
                case Reply():
                    conductor.asking.take(message)
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
            self._transcribing.prepare()
            self._state = "listening"
            for listened in self._listening.blocks():
                self._take_in(conductor, listened)
                if listened.swapped:
                    self._transcribing.swap()
                for _, said in self._transcribing.words_of(listened.heard):
                    self._hear(conductor, self._waiting.take(), said)
                self._obey_waiting_commands(conductor)
                self._tick(conductor, at_once=True)
            self._finish(conductor)

    def _obey_waiting_commands(self, conductor: Conductor) -> None:
        # Without a clock no answer comes too late: each is waited for.
        while conductor.asking.waiting or not self._inbox.empty():
            message = self._inbox.get()
            if isinstance(message, Reply):
                conductor.asking.take(message)
            elif isinstance(message, DiskTrouble | Stepped):
                conductor.tell(message, self._now_s)
            elif not isinstance(message, _NO_COMMANDS):
                conductor.obey(message, self._now_s)

    # -- both -----------------------------------------------------------------------------------

    @property
    def _now_s(self) -> float:
        return 0.0 if self._last_heard is None else self._last_heard.end_s

    def _take_in(self, conductor: Conductor, listened: Listened) -> None:
        if listened.swapped:
            self._change_sides(conductor)
        heard = listened.heard
        for stretch in heard.stretches:
            self._waiting.add(stretch)
        self._last_heard = heard
        for notice in listened.notices:
            conductor.tell(notice, heard.end_s)
        if self._alarms is not None and heard.levels_dbfs and not listened.again:
            self._look_for_alarms(conductor, listened, self._alarms)

    def _look_for_alarms(self, conductor: Conductor, listened: Listened, alarms: Alarms) -> None:
        capture, heard = conductor.interview.capture, listened.heard
        hearable = {} if capture.paused_at_s is not None else capture.devices
        devices = {c: name for c, name in hearable.items() if c not in capture.lost}
        seen = Observed(heard.end_s, heard.levels_dbfs, listened.clipped, heard.speaking, devices)
        for alarm in alarms.look(seen):
            conductor.tell(alarm, heard.end_s)

    def _change_sides(self, conductor: Conductor) -> None:
        self._publish(conductor, self._echo.flush())
        self._partials.swap()
        self._waiting.swap()
        self._silent_since = {c.other: at_s for c, at_s in self._silent_since.items()}
        if self._alarms is not None:
            self._alarms.swap()
        conductor.swap(self._now_s)

    def _hear(self, conductor: Conductor, stretch: Stretch, heard: Transcription) -> None:
        self._partials.hold(stretch, heard)
        if heard.words:  # a cough ends no words
            self._silent_since[stretch.channel] = stretch.speech_end_s
        ready = self._echo.take(
            stretch, heard, now_s=self._now_s, candidate_pending_since_s=self._pending_since_s()
        )
        self._publish(conductor, ready)

    def _publish(self, conductor: Conductor, ready: list[tuple[Stretch, Transcription]]) -> None:
        for stretch, heard in ready:
            conductor.hear(stretch, heard, self._now_s)
            self._partials.release(stretch)
        if ready:
            self._tell_partials()

    def _tell_partials(self) -> None:
        texts = self._partials.texts
        if texts != self._partials_told:
            self._partials_told = texts
            self._on_partials(texts)

    def _pending_since_s(self) -> float | None:
        """When the candidate's earliest speech began that has no text yet."""
        waiting = self._waiting.since_s(Channel.CANDIDATE)
        heard = self._last_heard
        speaking = None if heard is None else heard.speaking_since_s.get(Channel.CANDIDATE)
        return min((at_s for at_s in (waiting, speaking) if at_s is not None), default=None)

    def _tick(self, conductor: Conductor, *, at_once: bool = False) -> None:
        now = self._clock()
        if not at_once and now < self._next_tick:
            return
        self._next_tick = now + _TICK_S
        heard = self._last_heard
        if heard is None:
            return
        released = self._echo.release(
            now_s=heard.end_s, candidate_pending_since_s=self._pending_since_s()
        )
        self._publish(conductor, released)
        conductor.tick(self._moment(heard))
        conductor.read_on()
        self._on_vitals(self._vitals(heard))

    def _moment(self, heard: Heard) -> Moment:
        silent_since = self._silent_since.get(Channel.CANDIDATE, 0.0)
        speaking = Channel.CANDIDATE in heard.speaking
        return Moment(
            now_s=heard.end_s,
            candidate_silent_s=0.0 if speaking else heard.end_s - silent_since,
            interviewer_speaking=Channel.INTERVIEWER in heard.speaking,
            text_pending=len(self._waiting) > 0,
        )

    def _vitals(self, heard: Heard) -> Vitals:
        return Vitals(
            now_s=heard.end_s,
            levels_dbfs=heard.levels_dbfs,
            speaking=heard.speaking,
            lag_s=self._waiting.behind_s(heard.end_s),
            waiting=len(self._waiting),
            state="finishing" if self._stopped_by_user else self._state,
            trouble=self._trouble,
        )

    def _finish(self, conductor: Conductor) -> None:
        self._publish(conductor, self._echo.flush())
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
