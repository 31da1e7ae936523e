"""The alarm line: what is wrong with what is heard, gravest first; not there when all is well."""

from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Static

from copilot.events import (
    AlarmKind,
    AudioGap,
    CaptureKind,
    Channel,
    ChannelAttached,
    ChannelLost,
    ChannelsSwapped,
    DiskTroubled,
    Event,
    GapCause,
    SessionResumed,
)
from copilot.interview import Interview
from copilot.tui.names import NAMES, duration

#: How long good news stays, in seconds of session time.
_NEWS_S = 6.0
_ROOMY = 72  # columns
_SHORTEST_DEVICE = 6  # columns; less than that names nothing
_ALARMS_BY_GRAVITY = (AlarmKind.NO_SIGNAL, AlarmKind.SILENT, AlarmKind.CLIPPING)
#: Without the candidate there is no interview.
_SIDES_BY_GRAVITY = (Channel.CANDIDATE, Channel.INTERVIEWER)
_SEEN_AS_GAP = {
    GapCause.OVERFLOW: "this computer was too busy",
    GapCause.ASLEEP: "this computer slept",
}


@dataclass(frozen=True, slots=True)
class _News:
    text: str
    at_s: float


@dataclass(frozen=True, slots=True)
class _Trouble:
    """A line ``before device after``, of which the device may be cut."""

    before: str
    device: str = ""
    after: str = ""

    def fitted(self, width: int) -> str:
        room = max(_SHORTEST_DEVICE, width - len(self.before) - len(self.after))
        return _cut(self.before + _cut(self.device, room) + self.after, width)


class AlarmLine(Static):
    """One line under the trust bar: the gravest trouble and how many others there are.

    Without trouble it tells for a few seconds what is well again, or that the language model does
    not answer; and then takes no room.
    """

    def __init__(self) -> None:
        super().__init__()
        self._away: dict[Channel, ChannelLost] = {}
        self._news: _News | None = None
        self._interview = Interview()
        self._now_s = 0.0
        self._no_text = ""
        self._server_trouble = ""
        self._llm_trouble = ""
        self.display = False

    def follow(self, event: Event) -> None:
        """Remember what is worth telling once it is over."""
        match event:
            case ChannelLost():
                self._away[event.channel] = event
            case ChannelAttached():
                lost = self._away.pop(event.channel, None)
                if lost is not None:
                    away = duration(event.at_s - lost.since_s)
                    self._tell(event, f"{NAMES[event.channel]} back after {away}")
            case DiskTroubled(over=True):
                lost_s = event.lost_s
                fate = f"{duration(lost_s)} were lost" if lost_s else "nothing was lost"
                self._tell(event, f"the disk works again, {fate}")
            case AudioGap() if event.cause in _SEEN_AS_GAP:
                missed = max(event.end_s - event.start_s, 0.1)
                length = f"{missed:.1f} s" if missed < 1 else duration(missed)
                self._tell(event, f"{length} not heard: {_SEEN_AS_GAP[event.cause]}")
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

    def show_no_text(self, why: str) -> None:
        """Say why there is no text at the moment; nothing where ``why`` is empty."""
        if why != self._no_text:
            self._no_text = why
            self._draw()

    def show_server_trouble(self, why: str) -> None:
        """Say why the transcription server is not used; nothing where ``why`` is empty."""
        if why != self._server_trouble:
            self._server_trouble = why
            self._draw()

    def show_llm_trouble(self, what: str) -> None:
        """Say that the language model is left alone; nothing where ``what`` is empty."""
        if what != self._llm_trouble:
            self._llm_trouble = what
            self._draw()

    def on_resize(self) -> None:
        """Cut to the new width."""
        self._draw()

    def _tell(self, event: Event, text: str) -> None:
        self._news = _News(text, event.at_s)

    def _draw(self) -> None:
        troubles = _troubles(self._interview, self._no_text, self._server_trouble)
        news = self._news
        if news is not None and self._now_s - news.at_s > _NEWS_S:
            news = self._news = None
        calm = "" if self._interview.ended is not None else self._llm_trouble
        self.display = bool(troubles) or news is not None or bool(calm)
        width = max(20, self.app.size.width - 2)
        self.set_class(bool(troubles), "-trouble")
        if troubles:
            others = len(troubles) - 1
            word = " more" if width >= _ROOMY else ""
            more = f"  +{others}{word}" if others else ""
            text = "▲ " + troubles[0].fitted(width - 2 - len(more)) + more
            self.update(Content(text))
        elif news is not None:
            self.update(Content(_cut(f"✓ {news.text}", width)))
        elif calm:
            # Nothing that is heard is lost by it, so it raises no alarm.
            self.update(Content(_cut(calm, width)))


def _troubles(interview: Interview, no_text: str, server_trouble: str) -> list[_Trouble]:
    """What is wrong now, gravest first: sound lost, held back, without text, or doubtful."""
    if interview.ended is not None:
        return []
    capture = interview.capture
    room = interview.started is not None and interview.started.capture is CaptureKind.ROOM
    found: list[_Trouble] = []
    disk = capture.disk
    if disk is not None and disk.lost_s > 0:
        held = f"{duration(disk.lost_s)} lost, {duration(disk.waiting_s)} held in memory"
        found.append(_Trouble(f"{_clause(disk.reason)}: {held}"))
    for channel in _SIDES_BY_GRAVITY:
        lost = capture.lost.get(channel)
        if lost is not None:
            name = "microphone" if room else NAMES[channel]
            found.append(_Trouble(f"{name}: ", lost.device, " lost – looking for it"))  # noqa: RUF001 - a dash
    if disk is not None and disk.lost_s <= 0:
        held = f"{duration(disk.waiting_s)} held in memory"
        found.append(_Trouble(f"{_clause(disk.reason)}: {held}"))
    if no_text:
        found.append(_Trouble(f"no text at the moment: {_clause(no_text)}"))
    if server_trouble:
        found.append(_Trouble(_clause(server_trouble)))
    for kind in _ALARMS_BY_GRAVITY:
        for channel in _SIDES_BY_GRAVITY:
            alarm = capture.alarms.get((kind, channel))
            if alarm is not None:
                found.append(_Trouble(alarm.text))
    # With one microphone both sides suffer the same.
    return list(dict.fromkeys(found))


def _clause(reason: str) -> str:
    return reason.rstrip(". ")


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(0, width - 1)] + "…"
