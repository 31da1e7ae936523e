"""An interview from its events: crash recovery, review and every report begin here."""

from collections.abc import Iterable

from copilot.events import Event
from copilot.interview.state import Interview


def replay(events: Iterable[Event]) -> Interview:
    """The interview that ``events`` lead to.

    Raises:
        EventError: One of them breaks a rule.
    """
    interview = Interview()
    for event in events:
        interview.apply(event)
    return interview
