"""A call without devices, and what is done to it at a moment of its own sound."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.blocks import Source
from copilot.audio.notices import Attached, Notice
from copilot.engine.commands import Command, EndSession
from copilot.engine.session import Session
from copilot.engine.setup import SessionSetup
from copilot.events import Channel, Event, UtteranceHeard
from copilot.speech.transcriber import Transcriber
from tests.engine.hall import Hall
from tests.engine.parts import CANDIDATE, INTERVIEWER, PATIENCE_S, E, HeldSource, Noting

BOTH_ATTACHED = (Attached(INTERVIEWER, "Headset"), Attached(CANDIDATE, "Speakers"))


class FakeCall(HeldSource):
    """A live source whose sound is given; it goes on in silence until somebody ends it.

    Attributes:
        began_at: Sample from which on it was asked to hear.
        pauses: What ``pause`` was asked, in order.
        speakers: Who was chosen as speaker, in order.
        stopped: Whether somebody ended it.
    """

    def __init__(
        self,
        sound: Mapping[Channel, Waveform],
        *,
        notices: Mapping[float, Sequence[Notice]] | None = None,
        doing: Mapping[float, Callable[[], object]] | None = None,
    ) -> None:
        """Prepare.

        Args:
            sound: What both sides hear.
            notices: What is told with the block in which a second lies.
            doing: What happens on the capturing thread before that block is handed on.
        """
        super().__init__(sound, endless=True)
        self._told = dict(notices or {})
        self.doing = dict(doing or {})
        self.began_at = 0
        self.pauses: list[bool] = []
        self.speakers: list[Channel] = []

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    def begin(self, at: int) -> None:
        self.began_at = at

    def pause(self, paused: bool) -> None:
        self.pauses.append(paused)

    def choose_speaker(self, channel: Channel) -> None:
        self.speakers.append(channel)

    def blocks(self, size: int = 800) -> Iterator[Block]:
        for block in super().blocks(size):
            notices: list[Notice] = []
            for second in [s for s in self.doing if s < block.end_s]:
                self.doing.pop(second)()
            for second in [s for s in self._told if s < block.end_s]:
                notices += self._told.pop(second)
            yield Block(self.began_at + block.start, block.samples, tuple(notices))


class FakeRoom(FakeCall):
    """One microphone: what it hears goes to whoever was chosen to speak."""

    def __init__(self, heard: Waveform, **around) -> None:
        super().__init__(dict.fromkeys(Channel, heard), **around)

    def blocks(self, size: int = 800) -> Iterator[Block]:
        for block in super().blocks(size):
            speaker = self.speakers[-1] if self.speakers else INTERVIEWER
            heard = block.samples[speaker]
            yield Block(block.start, {speaker: heard, speaker.other: 0 * heard}, block.notices)


class Meeting:
    """A gate at which a transcriber waits, and which tells that it does.

    Attributes:
        begun: Set once somebody waits.
        open: Lets them go.
    """

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.open = threading.Event()

    def wait(self, timeout: float) -> bool:
        self.begun.set()
        return self.open.wait(timeout)


class LiveHall(Hall):
    """A runner on a fake call, which it ends once enough was transcribed."""

    def __init__(
        self, parts, transcriber: Callable[[], Transcriber], call: FakeCall, **around
    ) -> None:
        super().__init__(parts, transcriber, source=call, **around)
        self.call = call

    def run_until(self, enough: Callable[[Event], bool]) -> None:
        """Run until an event says that it is enough, and all of the sound was taken."""
        before = self.on_event

        def look(event: Event) -> None:
            before(event)
            if enough(event):
                end_when_taken(self.call, self.runner.send)

        self.on_event = look
        self.runner.run()

    def run_until_heard(self, count: int) -> None:
        """Run until so many stretches have become text, or turned out to be none."""
        kinds = ("utterance_heard", "speech_discarded")
        left = iter(range(count - 1, -1, -1))
        self.run_until(lambda event: event.type in kinds and next(left, -1) == 0)

    def run_to_the_end_of_the_sound(self) -> None:
        """Run until all blocks were taken and all that is known of them was told."""
        end_when_taken(self.call, self.runner.send)
        self.runner.run()


def end_when_taken(call: FakeCall, send: Callable[[Command], None]) -> None:
    """End as soon as all of the sound was taken; waits for that on a thread of its own."""

    def end() -> None:
        if call.handed_on.wait(PATIENCE_S):
            send(EndSession())

    threading.Thread(target=end, name="ending").start()


def seconds_of(sound: Mapping[Channel, Waveform]) -> float:
    """How long it is."""
    return len(next(iter(sound.values()))) / SAMPLE_RATE_HZ


class Attending(Noting):
    """A front: keeps what it hears, and does something when a moment has come."""

    def __init__(self) -> None:
        super().__init__()
        self.session: Session | None = None
        self._then: list[tuple[Callable[[Event], bool], Callable[[], object]]] = []

    def attend(self, setup: SessionSetup, source: Source) -> Session:
        """A session that this front follows."""
        self.session = Session(setup, source, [self])
        return self.session

    def when(self, happens: Callable[[Event], bool], do: Callable[[], object]) -> None:
        """Do something on the session's own thread once that has happened."""
        self._then.append((happens, do))

    def then(self, kind: str, command: Command) -> None:
        """Send a command after each event of a type."""
        self.when(lambda event: event.type == kind, lambda: self.send(command))

    def send(self, command: Command) -> None:
        """Press a key."""
        assert self.session is not None
        self.session.send(command)

    def awaited(self, happens: Callable[[Event], bool]) -> Callable[[], None]:
        """What waits, on another thread than the session's, until that has happened."""
        flag = threading.Event()
        self.when(happens, flag.set)

        def wait() -> None:
            assert flag.wait(PATIENCE_S)

        return wait

    def on_event(self, event: Event) -> None:
        super().on_event(event)
        due = [do for happens, do in self._then if happens(event)]
        for do in due:
            do()

    def of(self, kind: type[E]) -> list[E]:
        """The events of that kind, in order."""
        return [event for event in self.events if isinstance(event, kind)]

    def texts(self) -> list[str]:
        """What was said, in the order in which it became text."""
        return [event.utterance.text for event in self.of(UtteranceHeard)]


def run_until(front: Attending, setup: SessionSetup, call: FakeCall, stretches: int) -> Session:
    """A session on that call, ended when so many stretches are known and all of it was heard.

    With none to wait for, as soon as all was heard and became text.
    """
    session = front.attend(setup, call)
    left = [stretches]

    def look(event: Event) -> bool:
        left[0] -= event.type in ("utterance_heard", "speech_discarded")
        return left[0] == 0

    def end() -> None:
        end_when_taken(call, session.send)

    if stretches:
        front.when(look, end)
    else:
        front.when(lambda event: event.type in ("consent_recorded", "session_resumed"), end)
    session.run()
    return session
