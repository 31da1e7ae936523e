"""The app on the recorded events of the demo, without sound and models.

`demo-events.jsonl` is what `interview-copilot demo --headless --speed max --no-save` printed, without
its last line, the summary. Make it anew when events change.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from textual.app import App
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from copilot.engine.commands import Command
from copilot.engine.vitals import Vitals
from copilot.events import CaptureKind, Channel, ConsentDecision, Event, event_from_json
from copilot.interview import Interview
from copilot.tui.app import CopilotApp
from copilot.tui.link import EventsArrived, Link, SessionOver, SessionReady, VitalsArrived
from copilot.tui.live.screen import LiveScreen
from tests.builders import session_started
from tests.story import Story


def demo_events() -> list[Event]:
    path = Path(__file__).parent / "demo-events.jsonl"
    return [event_from_json(line) for line in path.read_bytes().splitlines()]


def until(events: Iterable[Event], kind: type[Event], count: int = 1) -> list[Event]:
    """The events up to the `count`-th of that kind, it included."""
    found: list[Event] = []
    for event in events:
        found.append(event)
        count -= isinstance(event, kind)
        if count == 0:
            return found
    raise AssertionError(f"there are not enough {kind.__name__}")


class RecordedLink(Link):
    """A link whose events come from a list and whose commands are kept for looking at."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        super().__init__(self._nothing)
        self._first = list(events)
        self.commands: list[Command] = []
        self.target: MessagePump | None = None
        self.recordings: dict[Channel, Path] = {}

    def _nothing(self):
        raise AssertionError("a recorded session is never prepared")

    def start(self, screen: MessagePump) -> None:
        self._screen = self.target = screen
        screen.post_message(SessionReady(duration_s=246.0, kept=True))
        self.play(self._first)

    def send(self, command: Command) -> None:
        self.commands.append(command)

    def recording(self, channel: Channel) -> Path | None:
        return self.recordings.get(channel)

    def play(self, events: Iterable[Event]) -> None:
        for event in events:
            self.on_event(event)

    def vitals(self, **values) -> None:
        assert self.target is not None
        self.target.post_message(VitalsArrived(Vitals(**values)))

    def over(self, stored_as: tuple[str, str] | None) -> None:
        assert self.target is not None
        self.target.post_message(SessionOver(stored_as))

    def wake(self) -> None:
        assert self.target is not None
        self.target.post_message(EventsArrived())


class PatientClock:
    """A clock by which whatever is on the screen has been there for long.

    ``hold`` makes it stand still; ``now_s`` then says what time it is.
    """

    def __init__(self) -> None:
        self.now_s = 0.0
        self._step_s = 1.0

    def __call__(self) -> float:
        self.now_s += self._step_s
        return self.now_s

    def hold(self) -> None:
        """Stand still from now on."""
        self._step_s = 0.0


class RecordedApp(CopilotApp):
    """The real app on a recorded link."""

    link: RecordedLink

    def __init__(self, events: Iterable[Event] = (), *, calm: bool = False) -> None:
        super().__init__(None)  # type: ignore[arg-type]
        self.clock = PatientClock()
        self.link = RecordedLink(events)
        self.live = LiveScreen(self.link, calm=calm, clock=self.clock)

    def text(self) -> str:
        """What is on the screen, as text."""
        return shown(self)


def shown(app: App[None]) -> str:
    """What is on the screen of an app, as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips[: app.size.height])


def words(app: App[None]) -> str:
    """The same on one line, so that where a line breaks does not matter."""
    return " ".join(shown(app).replace("│", " ").split())


async def until_it_holds(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Let the app and its threads go on until something is so."""
    for _ in range(2000):
        await pilot.pause()
        if holds():
            return
    raise AssertionError(f"it never came to that; the screen shows:\n{shown(pilot.app)}")


def toasts(app: App[None]) -> str:
    """What is said in passing now."""
    return " ".join(toast.message for toast in app._notifications)


async def until_shown(pilot: Pilot[None], text: str) -> None:
    """Let the app go on until it shows ``text``."""
    await until_it_holds(pilot, lambda: text in words(pilot.app))


class CallStory(Story):
    """A live call told event by event, for a screen to follow."""

    def __init__(
        self,
        kind: CaptureKind = CaptureKind.CALL,
        decision: ConsentDecision = ConsentDecision.GIVEN,
    ) -> None:
        self.interview = Interview()
        self.events: list[Event] = []
        self._played = 0
        self.apply(session_started(capture=kind))
        self.consent(decision)

    def fresh(self) -> list[Event]:
        """What was told since the last call."""
        events = self.events[self._played :]
        self._played = len(self.events)
        return events

    async def play(self, app: RecordedApp, pilot: Pilot[None]) -> None:
        """Let the app hear what is new, and draw it."""
        app.link.play(self.fresh())
        await pilot.pause()


def told(*, kind: CaptureKind = CaptureKind.CALL) -> CallStory:
    """A call in which a question was asked and answered."""
    story = CallStory(kind)
    story.say("How would you bring in a new oven?", channel=Channel.INTERVIEWER)
    story.ask("rollout")
    story.say("First I would ask the bakers.")
    return story
