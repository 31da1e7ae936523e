"""The line under the trust bar: what is wrong, gravest first; else what is new, or how it goes."""

from dataclasses import dataclass

from textual.content import Content

from copilot.events import (
    AudioGap,
    Channel,
    ChannelAttached,
    ChannelLost,
    ChannelsSwapped,
    DiskTroubled,
    Event,
    GapCause,
    MomentMarked,
    SessionResumed,
)
from copilot.i18n import N_, _
from copilot.interview import Interview
from copilot.timecode import timecode
from copilot.tui.live.cutting import cut
from copilot.tui.live.facts import facts
from copilot.tui.live.pane import Pane
from copilot.tui.live.steady import Steady
from copilot.tui.live.troubles import Told, troubles
from copilot.tui.names import NAMES, duration

#: How long news stays, in seconds of session time.
_NEWS_S = 6.0
_ROOMY = 72  # columns
_SEEN_AS_GAP = {
    GapCause.OVERFLOW: N_("this computer was too busy"),
    GapCause.ASLEEP: N_("this computer slept"),
}


@dataclass(frozen=True, slots=True)
class _News:
    text: str
    at_s: float


class AlarmLine(Steady, Pane):
    """One line: the gravest trouble, marked ▲, and how many others there are.

    Without trouble it tells for a few seconds what is well again or was just done, marked ✓; then
    calmly what is wrong and costs nothing; and when all is well, how much time is left and how
    sure the text is. Its place is always kept, so that nothing moves when something goes wrong.
    """

    def __init__(self) -> None:
        super().__init__()
        self._away: dict[Channel, ChannelLost] = {}
        self._news: _News | None = None
        self._interview = Interview()
        self._now_s = 0.0
        self._told = Told()
        self._left_out = False

    def follow(self, event: Event) -> None:
        """Remember what is worth telling once it has happened."""
        match event:
            case ChannelLost():
                self._away[event.channel] = event
            case ChannelAttached():
                lost = self._away.pop(event.channel, None)
                if lost is not None:
                    side, away = _(NAMES[event.channel]), duration(event.at_s - lost.since_s)
                    self._tell(event, _("{side} back after {away}", side=side, away=away))
            case DiskTroubled(over=True):
                self._tell(event, _disk_told(event))
            case AudioGap() if event.cause in _SEEN_AS_GAP:
                self._tell(event, _gap_told(event))
            case MomentMarked():
                self._tell(event, _("marked {time}", time=timecode(event.moment_s)))
            case ChannelsSwapped():
                self._away = {channel.other: lost for channel, lost in self._away.items()}
            case SessionResumed():
                self._away, self._news = {}, None
            case _:
                pass

    def show(self, interview: Interview, now_s: float) -> None:
        """Draw the line as things stand."""
        self._interview, self._now_s = interview, now_s
        self._draw()

    def show_told(self, told: Told) -> None:
        """Draw what the session tells of itself beside its events."""
        if told != self._told:
            self._told = told
            self._draw()

    def show_left_out(self, left_out: bool) -> None:
        """Say that a part of the screen failed, or no longer say so."""
        self._left_out = left_out
        self._draw()

    def on_resize(self) -> None:
        """Cut to the new width."""
        self._draw()

    def _tell(self, event: Event, text: str) -> None:
        self._news = _News(text, event.at_s)

    def _draw(self) -> None:
        found = troubles(self._interview, self._told)
        width = max(20, self.app.size.width - 2)
        self.set_class(bool(found), "-trouble")
        self.set_class(False, "-news")
        if found:
            others = len(found) - 1
            word = _("+{count} more", count=others) if width >= _ROOMY else f"+{others}"
            more = f"  {word}" if others else ""
            self.update(Content("▲ " + found[0].fitted(width - 2 - len(more)) + more))
            return
        if self._news is not None and self._now_s - self._news.at_s > _NEWS_S:
            self._news = None
        if self._news is not None:
            self.set_class(True, "-news")
            self.update(Content(cut(f"✓ {self._news.text}", width)))
            return
        self.update(Content.styled(cut(self._calm(), width), "$text-muted"))

    def _calm(self) -> str:
        """What is worth knowing and asks for nothing."""
        if self._left_out:
            return _("A part of the screen failed and was left out; recording goes on.")
        if self._interview.ended is None and self._told.llm_trouble:
            return self._told.llm_trouble
        return " · ".join(facts(self._interview, self._now_s))


def _disk_told(event: DiskTroubled) -> str:
    if event.lost_s:
        return _("the disk works again, {lost} were lost", lost=duration(event.lost_s))
    return _("the disk works again, nothing was lost")


def _gap_told(event: AudioGap) -> str:
    missed_s = max(event.end_s - event.start_s, 0.1)
    length = _("{seconds} s", seconds=f"{missed_s:.1f}") if missed_s < 1 else duration(missed_s)
    return _("{length} not heard: {why}", length=length, why=_(_SEEN_AS_GAP[event.cause]))
