"""One suggestion, with its reason and the keys that deal with it."""

import time
from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static

from copilot.events import Suggestion
from copilot.interview import Interview

#: A key pressed this soon after a change was meant for what stood there before, in seconds.
_GRACE_S = 0.3


class SuggestionPane(Static):
    """What could be asked next; empty most of the time.

    It appears when the candidate pauses and goes away by itself when it is answered or stale.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._shown: Suggestion | None = None
        self._before: Suggestion | None = None
        self._changed_at = 0.0

    def show(self, interview: Interview) -> None:
        """Draw the open suggestion, if any."""
        record = interview.open_suggestion
        suggestion = None if record is None else record.suggestion
        if suggestion == self._shown and self._changed_at:
            return
        self._before, self._shown = self._shown, suggestion
        self._changed_at = self._clock()
        self.set_class(suggestion is not None, "-open")
        self._draw()

    def say(self, text: str) -> None:
        """Show a calm message in its place; nothing will be suggested any more."""
        self._shown = self._before = None
        self.set_class(False, "-open")
        self.update(Content(text))

    def meant(self) -> Suggestion | None:
        """The suggestion that a key pressed now is meant for."""
        if self._clock() - self._changed_at < _GRACE_S:
            return self._before
        return self._shown

    def _draw(self) -> None:
        if self._shown is None:
            self.update(Content.styled("No suggestion now.", "$text-muted"))
            return
        self.update(
            Content.assemble(
                ("▶ ", "bold $text-accent"),
                (self._shown.text, "bold"),
                "\n",
                (f"  {self._shown.reason}", "$text-muted"),
                ("   t take  s next one  x dismiss", "$text-accent"),
            )
        )
