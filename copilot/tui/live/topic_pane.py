"""The private warning: the interviewer's own words touched an off-limits topic."""

from textual.content import Content
from textual.widgets import Static

from copilot.events import KnownTopic, TopicTouched
from copilot.i18n import _
from copilot.interview import Interview
from copilot.tui.keys.in_force import key_of
from copilot.tui.live.pane import Pane

#: How long a warning stays, in seconds of session time; the question may still be reworded then.
_STAYS_S = 45.0


class TopicPane(Static, Pane):
    """Says which topic, what may be asked and why it is off limits; not there most of the time.

    Calm, because it comes in the middle of a conversation, and because nothing is lost yet. It lies
    over the points of the question, so that nothing moves when it comes and goes.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[tuple[TopicTouched, KnownTopic]] = []  # the newest last
        self._drawn: TopicTouched | None = None

    @property
    def is_open(self) -> bool:
        """Whether a warning is shown."""
        return bool(self._waiting)

    def add(self, event: TopicTouched, interview: Interview) -> None:
        """Show a warning, before any that still stands."""
        known = interview.started.topics if interview.started else ()
        topic = next(topic for topic in known if topic.id == event.topic)
        self._waiting.append((event, topic))

    def show(self, now_s: float) -> None:
        """Draw the newest warning that is not too old."""
        self._waiting = [each for each in self._waiting if now_s - each[0].at_s <= _STAYS_S]
        self._draw()

    def dismiss(self) -> None:
        """Put the warning that is shown away; one before it may show then."""
        del self._waiting[-1:]
        self._draw()

    def clear(self) -> None:
        """Put all away: they were of another time, or of somebody else's words."""
        self._waiting = []
        self._draw()

    def _draw(self) -> None:
        self.set_class(self.is_open, "-open")
        event = self._waiting[-1][0] if self._waiting else None
        if event == self._drawn:
            return
        self._drawn = event
        if self._waiting:
            self.update(_text(*self._waiting[-1]))


def _text(event: TopicTouched, topic: KnownTopic) -> Content:
    return Content.assemble(
        (_("For you alone: off limits,") + " ", "$text-warning"),
        (topic.label, "bold $text-warning"),
        (f" ({', '.join(event.packs)})", "$text-muted"),
        ("   " + key_of("topic.dismiss"), "$text-accent"),
        "\n",
        (_("Ask instead:") + " ", "$text-muted"),
        (topic.instead, "bold"),
        ("\n" + topic.why, "$text-muted"),
    )
