"""What happens to the capture as sentences: devices, gaps, alarms, the disk, the record."""

from collections.abc import Mapping

from copilot.events import (
    AlarmCleared,
    AlarmKind,
    AlarmRaised,
    AudioGap,
    CaptureContinued,
    CaptureKind,
    CapturePaused,
    Channel,
    ChannelAttached,
    ChannelLost,
    ChannelsSwapped,
    DiskTroubled,
    Event,
    GapCause,
    LanguageChosen,
    SessionResumed,
    SessionStarted,
    SpeakerChosen,
    TranscriberChanged,
)
from copilot.i18n import N_, _
from copilot.interview import Interview
from copilot.plain.line import Importance, Line
from copilot.plain.names import input_name, language_name
from copilot.timecode import timecode

_STARTS = {
    CaptureKind.CALL: N_("Listening to both sides of the call."),
    CaptureKind.ROOM: N_("Listening with one microphone; the speakers are not separated."),
    CaptureKind.NONE: N_("Not recording: consent was declined."),
}

_GAPS = {
    GapCause.DEVICE: N_("{seconds} s not heard: the device was away."),
    GapCause.OVERFLOW: N_("{seconds} s not heard: this computer was too busy."),
    GapCause.ASLEEP: N_("{seconds} s not heard: this computer slept."),
    GapCause.DISK: N_("{seconds} s not kept: the disk was full."),
}

_OVER = {
    AlarmKind.NO_SIGNAL: N_("Over: {side}, there is a signal again."),
    AlarmKind.SILENT: N_("Over: {side}, a voice is heard again."),
    AlarmKind.CLIPPING: N_("Over: {side}, no longer too loud."),
}

_SPEAKS = {Channel.INTERVIEWER: N_("You speak."), Channel.CANDIDATE: N_("The candidate speaks.")}


def capture_line(  # noqa: PLR0911 - one a type of event
    event: Event, interview: Interview, lost_before: Mapping[Channel, ChannelLost]
) -> Line | None:
    """What a listener wants to know of the capture; None for events that tell nothing of it.

    Args:
        event: What happened.
        interview: The state, this event included.
        lost_before: The devices that were away until then.
    """
    match event:
        case SessionStarted():
            told = _STARTS.get(event.capture)  # of a recording there is nothing to tell
            return None if told is None else Line(Importance.COURSE, _(told))
        case SessionResumed():
            text = _("The session goes on after {time} away.", time=timecode(event.away_s))
            return Line(Importance.COURSE, text)
        case ChannelAttached():
            return _attached(event, interview, lost_before.get(event.channel))
        case ChannelLost():
            return Line(Importance.ALARM, _lost(event, interview))
        case AudioGap() if event.cause in _GAPS:
            seconds = f"{event.end_s - event.start_s:.1f}"
            return Line(Importance.ALARM, _(_GAPS[event.cause], seconds=seconds))
        case DiskTroubled():
            return Line(Importance.ALARM, _disk(event))
        case AlarmRaised():
            return Line(Importance.ALARM, alarm_text(event.text))
        case AlarmCleared():
            side = input_name(event.channel, interview)
            return Line(Importance.ALARM, _(_OVER[event.alarm], side=side))
        case _:
            return _turn(event)


def alarm_text(what: str) -> str:
    """An alarm, said as one."""
    end = "" if what.endswith(("?", "!")) else "."
    return _("Alarm: {what}", what=what.rstrip(". ") + end)


def _attached(event: ChannelAttached, interview: Interview, lost: ChannelLost | None) -> Line:
    side = input_name(event.channel, interview)
    if lost is None:
        return Line(Importance.COURSE, _("{side}: {device}.", side=side, device=event.device))
    text = _(
        "Over: {side} is back after {seconds} s: {device}.",
        side=side,
        seconds=f"{event.at_s - lost.since_s:.0f}",
        device=event.device,
    )
    return Line(Importance.ALARM, text)


def _lost(event: ChannelLost, interview: Interview) -> str:
    return _(
        "Alarm: {side}, {device} is lost and being looked for. {reason}",
        side=input_name(event.channel, interview),
        device=event.device,
        reason=event.reason,
    )


def _disk(event: DiskTroubled) -> str:
    if event.over and event.lost_s:
        return _(
            "Over: the disk works again; {seconds} s were lost.", seconds=f"{event.lost_s:.0f}"
        )
    if event.over:
        return _("Over: the disk works again; nothing was lost.")
    if event.lost_s:
        return _(
            "Alarm: {reason}. {lost} s are lost, {held} s are held in memory.",
            reason=event.reason.rstrip(". "),
            lost=f"{event.lost_s:.0f}",
            held=f"{event.waiting_s:.0f}",
        )
    return _(
        "Alarm: {reason}. {held} s are held in memory.",
        reason=event.reason.rstrip(". "),
        held=f"{event.waiting_s:.0f}",
    )


def _turn(event: Event) -> Line | None:
    match event:
        case CapturePaused():
            text = _("Off the record: nothing is heard or kept.")
        case CaptureContinued():
            text = _("On the record again.")
        case ChannelsSwapped():
            text = _("The sides are exchanged, also in what was said before.")
        case LanguageChosen():
            text = _("From here on: {language}.", language=language_name(event.language))
        case SpeakerChosen():
            text = _(_SPEAKS[event.channel])
        case TranscriberChanged():
            text = _(
                "The text was {seconds} s behind; from here on it is made by {model}.",
                seconds=f"{event.behind_s:.0f}",
                model=event.model.name,
            )
            return Line(Importance.COURSE, text)
        case _:
            return None
    return Line(Importance.ANSWER, text)
