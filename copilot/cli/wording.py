"""Events as lines for people."""

from collections.abc import Mapping

from copilot.events import (
    Actor,
    AlarmCleared,
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
    FindingMade,
    FindingReleased,
    FindingState,
    GapCause,
    LanguageChosen,
    MomentMarked,
    NoteTaken,
    QuestionAsked,
    QuestionRated,
    SessionResumed,
    SessionStarted,
    SpeakerChosen,
    SuggestionClosed,
    SuggestionOffered,
    SuggestionSharpened,
    TopicTouched,
    TranscriberChanged,
    UtteranceHeard,
)
from copilot.interview import Interview
from copilot.timecode import timecode

_SIGNS = {
    FindingState.EVIDENCED: "+",
    FindingState.DENIED: "-",
    FindingState.UNCLEAR: "?",
    FindingState.RAISED: "!",
}

_NONE = "none of the plan"

_STARTS = {
    CaptureKind.CALL: "listening to two devices",
    CaptureKind.ROOM: "one microphone, the speakers are not separated",
    CaptureKind.NONE: "not recording: consent was declined",
}

_CAUSES = {
    GapCause.DEVICE: "the device was away",
    GapCause.OVERFLOW: "the machine was too busy",
    GapCause.ASLEEP: "the machine slept",
    GapCause.DISK: "the disk was full",
}


def line_of(event: Event, interview: Interview) -> str:  # noqa: PLR0911 - one a type of event
    """What a reader wants to know of the interview; nothing for other events."""
    match event:
        case UtteranceHeard(utterance=said):
            return f"{said.channel}{' (uncertain)' if said.uncertain else ''}: {said.text}"
        case QuestionAsked(question=question):
            return f"question: {interview.planned(question).text if question else _NONE}"
        case FindingMade() if event.state in _SIGNS:
            quote = f": “{event.evidence[0].quote}”" if event.evidence else ""
            hand = " (by hand)" if event.by is Actor.HUMAN else ""
            return f"{_SIGNS[event.state]} {event.state}{hand} {event.id}{quote}"
        case FindingReleased():
            return f"no longer by hand: {event.id}"
        case SuggestionOffered(suggestion=offered):
            return f"suggestion ({offered.reason}): {offered.text}"
        case SuggestionSharpened():
            return f"suggestion, sharper: {event.text}"
        case SuggestionClosed():
            return f"suggestion {event.fate}"
        case TopicTouched():
            return _topic_line(event, interview)
        case NoteTaken():
            return f"note ({timecode(event.moment_s)}): {event.text}"
        case MomentMarked():
            return f"marked ({timecode(event.moment_s)})"
        case QuestionRated():
            label = interview.planned(event.question).label
            return f"rated {event.rating}: {label}" if event.rating else f"not rated: {label}"
        case _:
            return ""


def _topic_line(event: TopicTouched, interview: Interview) -> str:
    known = interview.started.topics if interview.started else ()
    topic = next(topic for topic in known if topic.id == event.topic)
    where = ", ".join(event.packs)
    return f"for you alone: off limits, {topic.label} ({where}). {topic.why} Ask: {topic.instead}"


def capture_line(  # noqa: PLR0911 - one a type of event
    event: Event, lost_before: Mapping[Channel, ChannelLost]
) -> str:
    """What a reader wants to know of the capture; nothing for other events.

    Args:
        event: What happened.
        lost_before: The devices that were away until then.
    """
    match event:
        case SessionStarted():
            return _STARTS.get(event.capture, "")
        case ChannelAttached(channel=channel, device=device):
            lost = lost_before.get(channel)
            back = "" if lost is None else f" back after {event.at_s - lost.since_s:.0f} s"
            return f"{channel}{back}: {device}"
        case ChannelLost(channel=channel):
            return f"{channel}: {event.device} lost ({event.reason}), looking for it"
        case AudioGap() if event.cause in _CAUSES:
            side = event.channel or "both sides"
            return (
                f"{event.end_s - event.start_s:.1f} s of {side} not heard: {_CAUSES[event.cause]}"
            )
        case DiskTroubled():
            return _disk_line(event)
        case AlarmRaised() | AlarmCleared():
            return _alarm_line(event)
        case _:
            return _turn_line(event)


def _turn_line(event: Event) -> str:
    match event:
        case CapturePaused():
            return "OFF THE RECORD"
        case CaptureContinued():
            return "on the record again"
        case ChannelsSwapped():
            return "the sides were exchanged, also in what was said above"
        case LanguageChosen() | SpeakerChosen() | TranscriberChanged():
            return _change_line(event)
        case SessionResumed():
            return f"resumed after {timecode(event.away_s)}"
        case _:
            return ""


def _change_line(event: LanguageChosen | SpeakerChosen | TranscriberChanged) -> str:
    match event:
        case LanguageChosen():
            return f"{event.language} from here on"
        case SpeakerChosen():
            return f"{event.channel} speaks"
        case TranscriberChanged():
            return f"text was {event.behind_s:.0f} s behind: from here on by {event.model.name}"


def _alarm_line(event: AlarmRaised | AlarmCleared) -> str:
    if isinstance(event, AlarmRaised):
        return f"alarm: {event.text}"
    return f"over: {event.alarm} of {event.channel}"


def _disk_line(event: DiskTroubled) -> str:
    if event.over:
        return "the disk works again"
    lost = f", {event.lost_s:.0f} s lost" if event.lost_s else ""
    return f"{event.reason}: {event.waiting_s:.0f} s held in memory{lost}"
