"""How well a session is being heard: devices, gaps, alarms, the disk. Events in, state out."""

from dataclasses import dataclass, field, replace

from copilot.errors import EventError
from copilot.events import (
    AlarmCleared,
    AlarmKind,
    AlarmRaised,
    AudioGap,
    CaptureContinued,
    CapturePaused,
    Channel,
    ChannelAttached,
    ChannelLost,
    ChannelsSwapped,
    DiskTroubled,
    GapCause,
    LanguageChosen,
    ModelRef,
    SessionResumed,
    SpeakerChosen,
    TranscriberChanged,
)

CaptureEvent = (
    ChannelAttached
    | ChannelLost
    | AudioGap
    | CapturePaused
    | CaptureContinued
    | AlarmRaised
    | AlarmCleared
    | DiskTroubled
    | ChannelsSwapped
    | LanguageChosen
    | SpeakerChosen
    | TranscriberChanged
    | SessionResumed
)


@dataclass(frozen=True, slots=True)
class AlarmPeriod:
    """That something was wrong with a channel's sound for a while; session times in seconds."""

    alarm: AlarmKind
    channel: Channel
    start_s: float
    end_s: float


@dataclass
class Capture:
    """Everything known about the capture after the events applied so far.

    Attributes:
        devices: The device of each channel that was ever attached, in words for people.
        lost: Channels whose device is away now.
        gaps: Stretches without sound, in the order in which they ended.
        paused_at_s: Since when it is off the record; None while on it.
        alarms: What wants looking at now.
        past_alarms: What wanted looking at for a while, in the order in which it was over.
        disk: What is wrong with the disk now; None where it does its work.
        swapped: Whether the sides are the other way round than at the session's start.
        speaker: With one microphone for both, who speaks now.
        transcriber: What transcribes now, where that changed during the session.
        language: The language being spoken, where it was changed during the session.
        resumed: Every time the session was resumed.
    """

    devices: dict[Channel, str] = field(default_factory=dict)
    lost: dict[Channel, ChannelLost] = field(default_factory=dict)
    gaps: list[AudioGap] = field(default_factory=list)
    paused_at_s: float | None = None
    alarms: dict[tuple[AlarmKind, Channel], AlarmRaised] = field(default_factory=dict)
    past_alarms: list[AlarmPeriod] = field(default_factory=list)
    disk: DiskTroubled | None = None
    swapped: bool = False
    speaker: Channel | None = None
    language: str | None = None
    transcriber: ModelRef | None = None
    resumed: list[SessionResumed] = field(default_factory=list)

    def apply(self, event: CaptureEvent) -> None:
        """Take one event in.

        Raises:
            EventError: It contradicts the state; the state is then unchanged.
        """
        match event:
            case ChannelAttached():
                self.devices[event.channel] = event.device
                self.lost.pop(event.channel, None)
            case ChannelLost():
                self.lost[event.channel] = event
            case AudioGap():
                self._gap(event)
            case CapturePaused() | CaptureContinued():
                self._pause(event)
            case AlarmRaised():
                self.alarms[event.alarm, event.channel] = event
            case AlarmCleared():
                self._end_alarm((event.alarm, event.channel), event.at_s)
            case DiskTroubled():
                self.disk = None if event.over else event
            case ChannelsSwapped():
                self._swap(event)
            case LanguageChosen():
                self.language = event.language
            case TranscriberChanged():
                self.transcriber = event.model
            case SpeakerChosen():
                self.speaker = event.channel
            case SessionResumed():
                self._resume(event)

    def off_record_s(self, start_s: float, end_s: float) -> float:
        """Seconds between two session times that were off the record."""
        stretches = [
            (gap.start_s, gap.end_s) for gap in self.gaps if gap.cause is GapCause.OFF_RECORD
        ]
        if self.paused_at_s is not None:
            stretches.append((self.paused_at_s, end_s))
        spent_s, counted_to_s = 0.0, start_s
        # A session that was interrupted off the record tells of the same time twice.
        for begin, end in sorted(stretches):
            spent_s += max(0.0, min(end, end_s) - max(begin, counted_to_s))
            counted_to_s = max(counted_to_s, end)
        return spent_s

    def _gap(self, event: AudioGap) -> None:
        if event.end_s < event.start_s:
            raise EventError(f"event {event.seq}: a gap ends before it begins.")
        self.gaps.append(event)

    def _pause(self, event: CapturePaused | CaptureContinued) -> None:
        pauses = isinstance(event, CapturePaused)
        if pauses == (self.paused_at_s is not None):
            raise EventError(f"event {event.seq}: the capture is in that state already.")
        self.paused_at_s = event.at_s if pauses else None

    def _end_alarm(self, alarm: tuple[AlarmKind, Channel], at_s: float) -> None:
        raised = self.alarms.pop(alarm, None)
        if raised is not None:
            self.past_alarms.append(AlarmPeriod(*alarm, raised.at_s, at_s))

    def _end_alarms(self, at_s: float) -> None:
        for alarm in list(self.alarms):
            self._end_alarm(alarm, at_s)

    def _swap(self, event: ChannelsSwapped) -> None:
        self.swapped = not self.swapped
        self.devices = {channel.other: device for channel, device in self.devices.items()}
        self.lost = {channel.other: lost for channel, lost in self.lost.items()}
        # What an alarm said of one side need not hold for the other.
        self._end_alarms(event.at_s)
        self.past_alarms = [replace(past, channel=past.channel.other) for past in self.past_alarms]

    def _resume(self, event: SessionResumed) -> None:
        # The program that was stopped took all of this with it; what was off the record stays so.
        self.lost.clear()
        self._end_alarms(event.at_s)
        self.disk = None
        self.resumed.append(event)
