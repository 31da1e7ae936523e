"""The trust bar: is all well, in one line."""

from textual.content import Content
from textual.widgets import Static

from copilot.engine.vitals import Vitals
from copilot.events import Channel
from copilot.timecode import timecode
from copilot.tui.signs import level_bar

_NARROW = 72
_LAGGING_S = 3.0


class TrustBar(Static):
    """Recording, time, both levels, lag, and where text goes.

    The dot is filled while the session is stored. Levels are one bar a side; the side that speaks
    is underlined. Lag is how far the text is behind the sound.
    """

    def __init__(self) -> None:
        super().__init__()
        self._vitals: Vitals | None = None
        self._duration_s: float | None = None
        self._kept = False
        self._goes_to: tuple[str, ...] = ()
        self._levels: dict[Channel, float] = {}

    def on_mount(self) -> None:
        """Show at once that something is coming."""
        self._draw()

    def on_resize(self) -> None:
        """Long words or short ones, as the width allows."""
        self._draw()

    def session_ready(self, duration_s: float | None, *, kept: bool) -> None:
        """The session is set up."""
        self._duration_s, self._kept = duration_s, kept
        self._draw()

    def text_goes_to(self, hosts: tuple[str, ...]) -> None:
        """Where text and sound are sent."""
        self._goes_to = hosts
        self._draw()

    def show_vitals(self, vitals: Vitals) -> None:
        """How the session is doing."""
        self._vitals = vitals
        self._levels.update(vitals.levels_dbfs)
        self._draw()

    def _draw(self) -> None:
        narrow = self.size.width < _NARROW
        parts = [self._state(), self._time(), *self._sides(narrow=narrow), self._lag(narrow=narrow)]
        parts.append(self._privacy(narrow=narrow))
        gap = " " if narrow else "  "
        self.update(Content(gap).join([part for part in parts if part.plain]))

    def _state(self) -> Content:
        state = "starting" if self._vitals is None else self._vitals.state
        if state == "starting":
            return Content.styled("◌ getting ready", "$text-warning")
        if state == "finishing":
            return Content.styled("◌ finishing", "$text-warning")
        if state == "ended":
            return Content.styled("■ ended", "bold")
        if self._kept:
            return Content.styled("● stored", "bold $text-error")
        return Content.styled("○ not stored", "$text-muted")

    def _time(self) -> Content:
        if self._vitals is None:
            return Content("")
        now = timecode(self._vitals.now_s)
        return Content(now if self._duration_s is None else f"{now}/{timecode(self._duration_s)}")

    def _sides(self, *, narrow: bool) -> list[Content]:
        names = {Channel.INTERVIEWER: "you", Channel.CANDIDATE: "cand" if narrow else "candidate"}
        speaking = frozenset() if self._vitals is None else self._vitals.speaking
        sides: list[Content] = []
        for channel, name in names.items():
            style = "underline $text-success" if channel in speaking else "$text-muted"
            bar = level_bar(self._levels.get(channel, -96.0))
            sides.append(Content.assemble((name, style), " ", (bar, "$text-success")))
        return sides

    def _lag(self, *, narrow: bool) -> Content:
        if self._vitals is None:
            return Content("")
        lag_s = self._vitals.lag_s
        style = "bold $text-warning" if lag_s > _LAGGING_S else "$text-muted"
        unit = "s" if narrow else " s behind"
        word = f"lag {lag_s:.1f}{unit}" if narrow else f"{lag_s:.1f}{unit}"
        return Content.styled(word, style)

    def _privacy(self, *, narrow: bool) -> Content:
        if self._goes_to:
            hosts = ", ".join(self._goes_to)
            return Content.styled(f"text → {hosts}", "bold $text-warning")
        return Content.styled("local" if narrow else "text stays here", "$text-success")
