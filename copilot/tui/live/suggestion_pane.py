"""One suggestion, with its reason and the keys that deal with it."""

import time
from collections.abc import Callable

from rich.cells import cell_len
from textual.content import Content

from copilot.events import Suggestion
from copilot.i18n import _
from copilot.interview import Interview
from copilot.tui.keys.in_force import key_of
from copilot.tui.live.cutting import cut
from copilot.tui.live.grace import Grace
from copilot.tui.live.pane import Pane
from copilot.tui.live.steady import Steady


class SuggestionPane(Steady, Pane):
    """What could be asked next; empty most of the time.

    It appears when the candidate pauses and goes away by itself when it is answered or stale. In
    calm mode it stays empty.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._offered: Grace[Suggestion | None] = Grace(None, clock)
        self._calm = False
        self._said = ""

    def show(self, interview: Interview, *, calm: bool = False) -> None:
        """Draw the open suggestion, if any; in calm mode, draw that they are hidden."""
        record = interview.open_suggestion
        suggestion = None if record is None or calm else record.suggestion
        if calm == self._calm:
            self._offered.show(suggestion)
        else:
            self._calm = calm
            self._offered.take(suggestion)
        self._draw()

    def say(self, text: str) -> None:
        """Show a calm message in its place; nothing will be suggested any more."""
        self._offered.take(None)
        self._said = text
        self._draw()

    def meant(self) -> Suggestion | None:
        """The suggestion that a key pressed now is meant for."""
        return self._offered.meant()

    def on_resize(self) -> None:
        """Cut the reason to the new width."""
        self._draw()

    def _draw(self) -> None:
        suggestion = self._offered.shown
        self.set_class(suggestion is not None and not self._said, "-open")
        if self._said:
            self.update(Content(self._said))
        elif suggestion is not None:
            self.update(self._told(suggestion))
        elif self._calm:
            text = _(
                "Calm: suggestions are hidden. {key} shows them.", key=key_of("suggestion.calm")
            )
            self.update(Content.styled(text, "$text-muted"))
        else:
            self.update(Content.styled(_("No suggestion now."), "$text-muted"))

    def _told(self, suggestion: Suggestion) -> Content:
        """The question whole, and below it the reason as far as it fits."""
        width, height = self.scrollable_content_region.size
        text = Content.assemble(("▶ ", "bold"), (suggestion.text, "bold"))
        if height and text.get_height({}, max(1, width)) >= height:
            return text  # what to ask matters more than why
        keys = "   " + _(
            "{take} take  {skip} next one  {dismiss} dismiss",
            take=key_of("suggestion.take"),
            skip=key_of("suggestion.skip"),
            dismiss=key_of("suggestion.dismiss"),
        )
        if width < cell_len(suggestion.reason) + cell_len(keys) + 2:
            keys = ""  # they stand in the footer as well
        reason = cut(suggestion.reason, max(1, width - 2))
        return Content.assemble(text, "\n", (f"  {reason}", "$text-muted"), (keys, "bold"))
