"""The line above the keys: what plays, what was searched, what is not on disk yet."""

from textual.content import Content
from textual.widgets import Static

from copilot.i18n import _, ngettext
from copilot.timecode import timecode
from copilot.tui.keys.in_force import key_of


class StatusPane(Static, can_focus=False):
    """Shows playing first, then waiting changes, then the search."""

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._playing_s: float | None = None
        self._searched = ""
        self._found = (0, 0)
        self._waiting = 0

    def show_playing(self, at_s: float | None) -> None:
        """What is heard now, in seconds of the session; None for silence."""
        if at_s is None or self._playing_s is None or int(at_s) != int(self._playing_s):
            self._playing_s = at_s
            self._draw()

    def show_search(self, text: str, number: int, count: int) -> None:
        """What was searched for, which of how many places is looked at; empty for no search."""
        self._searched, self._found = text, (number, count)
        self._draw()

    def show_waiting(self, count: int) -> None:
        """How many changes the disk has not taken yet."""
        self._waiting = count
        self._draw()

    def _draw(self) -> None:
        parts: list[Content] = []
        if self._playing_s is not None:
            text = _(
                "▶ {time}  {key} stops",
                time=timecode(self._playing_s),
                key=key_of("play.review"),
            )
            parts.append(Content.styled(text, "bold"))
        if self._waiting:
            text = ngettext(
                "{count} change is not on disk yet",
                "{count} changes are not on disk yet",
                self._waiting,
            )
            parts.append(Content.styled(text, "$text-error"))
        if self._searched:
            parts.append(self._search())
        self.update(Content("   ").join(parts))

    def _search(self) -> Content:
        number, count = self._found
        if not count:
            return Content.styled(_("“{text}” stands nowhere", text=self._searched), "$text-muted")
        text = _(
            "“{text}”: {number} of {count}   [{next}] next   [{previous}] previous",
            text=self._searched,
            number=number,
            count=count,
            next=key_of("search.review_next"),
            previous=key_of("search.review_previous"),
        )
        return Content.styled(text, "$text-muted")
