"""What happens to the capture, as events."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copilot.audio.notices import Attached, Continued, Gap, Lost, Notice, Paused
from copilot.audio.tape import DiskTrouble
from copilot.engine.alarms import Alarm
from copilot.engine.stepping_down import Stepped
from copilot.events import (
    AlarmCleared,
    AlarmRaised,
    AudioGap,
    CaptureContinued,
    CapturePaused,
    ChannelAttached,
    ChannelLost,
    DiskTroubled,
    Event,
    TranscriberChanged,
)
from copilot.interview import Capture

#: What the source, the watch over the channels and the tape tell.
Happening = Notice | Alarm | DiskTrouble | Stepped


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that has no number and time yet."""

    kind: type[Event]
    values: dict[str, Any]


def event_of(what: Happening, capture: Capture) -> Draft | None:
    """The event that says ``what``; None where the session knows it already."""
    match what:
        case Attached() | Stepped():
            return _taken_over(what)
        case Lost():
            return _lost(what)
        case Gap():
            return _gap(what)
        case Paused() | Continued():
            return _pause(what, capture)
        case Alarm():
            return _alarm(what, capture)
        case DiskTrouble():
            return _disk(what)


def _taken_over(what: Attached | Stepped) -> Draft:
    if isinstance(what, Attached):
        return Draft(ChannelAttached, {"channel": what.channel, "device": what.device})
    return Draft(TranscriberChanged, {"model": what.model, "behind_s": what.behind_s})


def _pause(what: Paused | Continued, capture: Capture) -> Draft | None:
    pauses = isinstance(what, Paused)
    if pauses == (capture.paused_at_s is not None):
        return None
    return Draft(CapturePaused if pauses else CaptureContinued, {})


def _lost(lost: Lost) -> Draft:
    values = {
        "channel": lost.channel,
        "device": lost.device,
        "reason": lost.reason,
        "since_s": round(lost.since_s, 3),
    }
    return Draft(ChannelLost, values)


def _gap(gap: Gap) -> Draft:
    values = {
        "channel": gap.channel,
        "start_s": round(gap.start_s, 3),
        "end_s": round(gap.end_s, 3),
        "cause": gap.cause,
    }
    return Draft(AudioGap, values)


def _alarm(alarm: Alarm, capture: Capture) -> Draft | None:
    values: dict[str, Any] = {"alarm": alarm.kind, "channel": alarm.channel}
    if alarm.text:
        return Draft(AlarmRaised, {**values, "text": alarm.text})
    if (alarm.kind, alarm.channel) not in capture.alarms:
        return None
    return Draft(AlarmCleared, values)


def _disk(trouble: DiskTrouble) -> Draft:
    # A line on the screen has no room for the folder.
    path, _, why = trouble.reason.rstrip(".").partition(": ")
    values = {
        "reason": f"{Path(path).name}: {why}" if why else path,
        "waiting_s": round(trouble.waiting_s, 1),
        "lost_s": round(trouble.lost_s, 1),
        "over": trouble.over,
    }
    return Draft(DiskTroubled, values)
