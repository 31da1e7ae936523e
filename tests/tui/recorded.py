"""The app on the recorded events of the demo, without sound and models.

`demo-events.jsonl` is what `interview-copilot demo --headless --speed max --no-save` printed, without
its last line, the summary. Make it anew when events change.
"""

from collections.abc import Iterable
from pathlib import Path

from textual.message_pump import MessagePump

from copilot.engine.commands import Command
from copilot.engine.vitals import Vitals
from copilot.events import Event, event_from_json
from copilot.tui.app import CopilotApp
from copilot.tui.link import EventsArrived, Link, SessionOver, SessionReady, VitalsArrived
from copilot.tui.live.screen import LiveScreen


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

    def _nothing(self):
        raise AssertionError("a recorded session is never prepared")

    def start(self, screen: MessagePump) -> None:
        self._screen = self.target = screen
        screen.post_message(SessionReady(duration_s=246.0, kept=True))
        self.play(self._first)

    def send(self, command: Command) -> None:
        self.commands.append(command)

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


class RecordedApp(CopilotApp):
    """The real app on a recorded link."""

    link: RecordedLink

    def __init__(self, events: Iterable[Event] = ()) -> None:
        super().__init__(None)  # type: ignore[arg-type]
        self.link = RecordedLink(events)
        self.live = LiveScreen(self.link)

    def text(self) -> str:
        """What is on the screen, as text."""
        height = self.size.height
        strips = self.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips[:height])
