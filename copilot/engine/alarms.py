"""What about a channel wants looking at: no signal, no voice where one is waited for, clipping."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from copilot.audio.levels import SILENCE_DBFS
from copilot.events import AlarmKind, Channel
from copilot.i18n import _

#: Raised within ten seconds of what they are about.
_PATIENCE_S = 9.5
#: A level meter's worth of clipped blocks in this time is too loud, and none clears it, in seconds.
_CLIPPING_S = 10.0
_CLIPPED_BLOCKS = 4
#: Share of a block's samples at full scale that makes it clipped.
_CLIPPED_SHARE = 0.005


@dataclass(frozen=True, slots=True)
class Observed:
    """What one block says of the channels.

    Attributes:
        end_s: Session time at which it ends, in seconds.
        levels_dbfs: How loud each channel was.
        clipped: Share of each channel's samples at full scale.
        speaking: Where someone is speaking.
        devices: The device of each channel that is attached, in words for people.
    """

    end_s: float
    levels_dbfs: Mapping[Channel, float]
    clipped: Mapping[Channel, float]
    speaking: frozenset[Channel]
    devices: Mapping[Channel, str]


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm begins, or where ``text`` is empty, is over."""

    kind: AlarmKind
    channel: Channel
    text: str = ""


class Alarms:
    """Watches both channels of a call; it raises, and it clears by itself."""

    def __init__(self) -> None:
        self._zeros_since_s: dict[Channel, float] = {}
        self._clipped: dict[Channel, deque[float]] = {}
        self._silence_since_s: float | None = None
        self._interviewer_spoke = False
        self._raised: dict[tuple[AlarmKind, Channel], bool] = {}

    def look(self, seen: Observed) -> list[Alarm]:
        """What begins or is over with this block."""
        wanted: dict[tuple[AlarmKind, Channel], str] = {}
        for channel in Channel:
            if channel not in seen.devices:
                self._forget(channel)
                continue
            if text := self._no_signal(seen, channel):
                wanted[AlarmKind.NO_SIGNAL, channel] = text
            if text := self._clipping(seen, channel):
                wanted[AlarmKind.CLIPPING, channel] = text
        silent = (AlarmKind.SILENT, Channel.CANDIDATE)
        text = self._silent(seen)
        if text and (AlarmKind.NO_SIGNAL, Channel.CANDIDATE) not in wanted:
            wanted[silent] = text
        return self._changes(wanted)

    def swap(self) -> None:
        """The sides have changed places: what holds for either is told anew."""
        self._zeros_since_s = {c.other: since_s for c, since_s in self._zeros_since_s.items()}
        self._clipped = {c.other: times for c, times in self._clipped.items()}
        self._raised = {}

    def _changes(self, wanted: dict[tuple[AlarmKind, Channel], str]) -> list[Alarm]:
        over = [
            Alarm(kind, channel) for kind, channel in self._raised if (kind, channel) not in wanted
        ]
        new = [
            Alarm(kind, channel, text)
            for (kind, channel), text in wanted.items()
            if (kind, channel) not in self._raised
        ]
        self._raised = dict.fromkeys(wanted, True)
        return over + new

    def _forget(self, channel: Channel) -> None:
        self._zeros_since_s.pop(channel, None)
        self._clipped.pop(channel, None)
        self._silence_since_s = None

    def _no_signal(self, seen: Observed, channel: Channel) -> str:
        if seen.levels_dbfs.get(channel, 0.0) > SILENCE_DBFS:
            self._zeros_since_s.pop(channel, None)
            return ""
        since_s = self._zeros_since_s.setdefault(channel, seen.end_s)
        if seen.end_s - since_s < _PATIENCE_S:
            return ""
        device = seen.devices[channel]
        if channel is Channel.INTERVIEWER:
            return _("no signal from you: is {device} muted?", device=device)
        return _(
            "no signal from the candidate: does the call still play to what {device} hears?",
            device=device,
        )

    def _clipping(self, seen: Observed, channel: Channel) -> str:
        times = self._clipped.setdefault(channel, deque())
        if seen.clipped.get(channel, 0.0) > _CLIPPED_SHARE:
            times.append(seen.end_s)
        while times and seen.end_s - times[0] > _CLIPPING_S:
            times.popleft()
        was = (AlarmKind.CLIPPING, channel) in self._raised
        if len(times) < (1 if was else _CLIPPED_BLOCKS):
            return ""
        device = seen.devices[channel]
        if channel is Channel.INTERVIEWER:
            return _("your microphone is too loud and clips: turn {device} down", device=device)
        return _("the candidate's side is too loud and clips: turn {device} down", device=device)

    def _silent(self, seen: Observed) -> str:
        """No voice from the candidate while the interviewer has spoken and now waits."""
        if Channel.INTERVIEWER in seen.speaking:
            self._interviewer_spoke = True
        if seen.speaking or len(seen.devices) < len(Channel):
            self._silence_since_s = None
            return ""
        if self._silence_since_s is None:
            self._silence_since_s = seen.end_s
        if not self._interviewer_spoke or seen.end_s - self._silence_since_s < _PATIENCE_S:
            return ""
        device = seen.devices[Channel.CANDIDATE]
        return _(
            "candidate silent for 10 s: is the call's output still what {device} hears?",
            device=device,
        )
