"""The plain front on events that were recorded or told, without sound and models."""

import io
from collections.abc import Iterable, Sequence

from copilot.engine.commands import Command
from copilot.events import CaptureKind, ConsentDecision, Event
from copilot.interview import Interview
from copilot.plain.console import Console
from copilot.plain.front import Front
from copilot.plain.happenings import Happening, Over, Ready, Told, Typed
from copilot.plain.link import Link
from copilot.plain.telling import Teller
from tests.builders import session_started
from tests.story import Story

#: What happens together.
Batch = Sequence[Happening]


class CallStory(Story):
    """A call told event by event."""

    def __init__(self, kind: CaptureKind = CaptureKind.CALL) -> None:
        self.interview = Interview()
        self.events: list[Event] = []
        self.apply(session_started(capture=kind))
        self.consent(ConsentDecision.GIVEN)


class ScriptedConsole(Console):
    """Lets happen what a test says, batch after batch, and keeps what is spoken."""

    def __init__(self, batches: Iterable[Batch] = (), *, interactive: bool = True) -> None:
        self.out = io.StringIO()
        super().__init__(self.out, interactive=interactive)
        self._batches = [list(batch) for batch in batches if batch]
        self._rest: list[Happening] = []

    @property
    def lines(self) -> list[str]:
        """Every line that was spoken."""
        return self.out.getvalue().splitlines()

    def next(self, timeout_s: float | None = None) -> Happening | None:
        first, *self._rest = self._batches.pop(0)
        return first

    def waiting(self) -> list[Happening]:
        rest, self._rest = self._rest, []
        return rest


class RecordedLink(Link):
    """A link that runs nothing and keeps the commands it is given."""

    def __init__(self) -> None:
        self.commands: list[Command] = []

    def begin(self) -> None:
        pass

    def send(self, command: Command) -> None:
        self.commands.append(command)


def told(events: Iterable[Event]) -> list[Happening]:
    """Events as they come to the front."""
    return [Told(event) for event in events]


def held(*batches: Batch, interactive: bool = True) -> tuple[list[str], list[Command]]:
    """What is spoken and sent in a session in which that happens, and which ends then."""
    console = ScriptedConsole(
        [[Ready(None, kept=True)], *batches, [Over(("20260302-090000-abcd", "/sessions/x"))]],
        interactive=interactive,
    )
    link = RecordedLink()
    Front(console, link).run()
    return console.lines, link.commands


def answered(story: Story, *typed: str) -> list[str]:
    """What is spoken in answer to lines that are typed after all that the story told."""
    before, _ = held(told(story.events))
    after, _ = held(told(story.events), *([Typed(line)] for line in typed))
    return after[len(before) - 2 : -2]  # but for the good-bye


def commanded(story: Story, *typed: str) -> list[Command]:
    """What is sent to the session when lines are typed after all that the story told."""
    return held(told(story.events), *([Typed(line)] for line in typed))[1]


def spoken(teller: Teller, events: Iterable[Event]) -> list[str]:
    """What is spoken of events that come one after the other."""
    return [line.text for event in events for line in teller.hear([event])]
