"""What is wrong with a running session, in words for people, gravest first."""

from dataclasses import dataclass

from copilot.events import AlarmKind, CaptureKind, Channel
from copilot.i18n import _
from copilot.interview import Interview
from copilot.tui.live.cutting import cut
from copilot.tui.names import NAMES, duration

_SHORTEST_DEVICE = 6  # columns; less than that names nothing
#: Text that comes this late is of no use for what is being asked, in seconds.
_FAR_BEHIND_S = 15.0
_ALARMS_BY_GRAVITY = (AlarmKind.NO_SIGNAL, AlarmKind.SILENT, AlarmKind.CLIPPING)
#: Without the candidate there is no interview.
_SIDES_BY_GRAVITY = (Channel.CANDIDATE, Channel.INTERVIEWER)


@dataclass(frozen=True, slots=True)
class Told:
    """What a session tells of itself beside its events; empty where all is well.

    Attributes:
        no_text: Why there is no text at the moment.
        server_trouble: Why the transcription server is not used.
        llm_trouble: That the language model is left alone.
        lag_s: How far the text is behind the sound, in seconds.
    """

    no_text: str = ""
    server_trouble: str = ""
    llm_trouble: str = ""
    lag_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """A line ``before device after``, of which the device may be cut."""

    before: str
    device: str = ""
    after: str = ""

    def fitted(self, width: int) -> str:
        """The line in at most ``width`` cells."""
        room = max(_SHORTEST_DEVICE, width - len(self.before) - len(self.after))
        return cut(self.before + cut(self.device, room) + self.after, width)


def troubles(interview: Interview, told: Told) -> list[Trouble]:
    """What is wrong now, gravest first: sound lost, held back, without text, or doubtful."""
    if interview.ended is not None:
        return []
    lost = interview.capture.disk is not None and interview.capture.disk.lost_s > 0
    found = [
        *(_disk(interview) if lost else []),
        *_away(interview),
        *([] if lost else _disk(interview)),
        *_of_text(told),
        *_alarms(interview),
    ]
    # With one microphone both sides suffer the same.
    return list(dict.fromkeys(found))


def _disk(interview: Interview) -> list[Trouble]:
    disk = interview.capture.disk
    if disk is None:
        return []
    waiting = duration(disk.waiting_s)
    held = _("{waiting} held in memory", waiting=waiting)
    if disk.lost_s > 0:
        lost = duration(disk.lost_s)
        held = _("{lost} lost, {waiting} held in memory", lost=lost, waiting=waiting)
    return [Trouble(f"{_clause(disk.reason)}: {held}")]


def _away(interview: Interview) -> list[Trouble]:
    room = interview.started is not None and interview.started.capture is CaptureKind.ROOM
    found: list[Trouble] = []
    for channel in _SIDES_BY_GRAVITY:
        lost = interview.capture.lost.get(channel)
        if lost is not None:
            side = _("microphone") if room else _(NAMES[channel])
            told = _("{side}: {device} lost – looking for it", side=side, device="\0")  # noqa: RUF001 - a dash
            before, _nothing, after = told.partition("\0")
            found.append(Trouble(before, lost.device, after))
    return found


def _of_text(told: Told) -> list[Trouble]:
    found: list[Trouble] = []
    if told.no_text:
        found.append(Trouble(_("no text at the moment: {why}", why=_clause(told.no_text))))
    elif told.lag_s >= _FAR_BEHIND_S:
        behind = duration(told.lag_s)
        found.append(
            Trouble(_("text is {behind} behind and catches up; nothing is lost", behind=behind))
        )
    if told.server_trouble:
        found.append(Trouble(_clause(told.server_trouble)))
    return found


def _alarms(interview: Interview) -> list[Trouble]:
    alarms = interview.capture.alarms
    return [
        Trouble(alarms[kind, channel].text)
        for kind in _ALARMS_BY_GRAVITY
        for channel in _SIDES_BY_GRAVITY
        if (kind, channel) in alarms
    ]


def _clause(reason: str) -> str:
    return reason.rstrip(". ")
