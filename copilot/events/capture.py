"""Events of the capture: devices that come and go, gaps, alarms, what the disk did."""

from dataclasses import dataclass
from typing import Literal

from copilot.events.values import AlarmKind, Channel, EventBase, GapCause, ModelRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAttached(EventBase):
    """A channel's device delivers sound.

    Attributes:
        channel: Which channel.
        device: The device, in words for people.
    """

    type: Literal["channel_attached"] = "channel_attached"
    channel: Channel
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLost(EventBase):
    """A channel's device stopped delivering; it is being looked for.

    Attributes:
        channel: Which channel.
        device: The device that was lost, in words for people.
        reason: What happened, in words for people.
        since_s: Session time up to which its sound was heard, in seconds.
    """

    type: Literal["channel_lost"] = "channel_lost"
    channel: Channel
    device: str
    reason: str
    since_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioGap(EventBase):
    """A stretch of session time of which there is no sound; the recording holds silence there.

    Attributes:
        channel: The channel that misses it, or None for both.
        start_s: Session time at which it begins, in seconds.
        end_s: Session time at which sound goes on, in seconds.
        cause: Why.
    """

    type: Literal["audio_gap"] = "audio_gap"
    channel: Channel | None
    start_s: float
    end_s: float
    cause: GapCause


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturePaused(EventBase):
    """Off the record: from now on nothing is captured."""

    type: Literal["capture_paused"] = "capture_paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureContinued(EventBase):
    """On the record again."""

    type: Literal["capture_continued"] = "capture_continued"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRaised(EventBase):
    """Something about a channel wants looking at now.

    Attributes:
        alarm: What kind.
        channel: Which channel.
        text: What to look at, in words for people.
    """

    type: Literal["alarm_raised"] = "alarm_raised"
    alarm: AlarmKind
    channel: Channel
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmCleared(EventBase):
    """What an alarm was about is over."""

    type: Literal["alarm_cleared"] = "alarm_cleared"
    alarm: AlarmKind
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskTroubled(EventBase):
    """The disk refuses or is slow; what is captured is held in memory meanwhile.

    Attributes:
        reason: What is wrong, or was, in words for people.
        waiting_s: Seconds of sound held in memory.
        lost_s: Seconds of sound that found no room in memory either.
        over: Whether everything that was held has been written.
    """

    type: Literal["disk_troubled"] = "disk_troubled"
    reason: str
    waiting_s: float
    lost_s: float = 0.0
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelsSwapped(EventBase):
    """The two sides were mixed up: what was heard so far changes sides, and so does what comes.

    Machine findings and recognised questions fall with it and are made anew.
    """

    type: Literal["channels_swapped"] = "channels_swapped"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChosen(EventBase):
    """From now on this language is spoken.

    Attributes:
        language: ISO 639-1 code.
    """

    type: Literal["language_chosen"] = "language_chosen"
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriberChanged(EventBase):
    """Speech that ends from now on is transcribed by another model.

    Attributes:
        model: The one that does it now.
        behind_s: How far the text was behind the sound, in seconds.
    """

    type: Literal["transcriber_changed"] = "transcriber_changed"
    model: ModelRef
    behind_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerChosen(EventBase):
    """With one microphone for both, this is who speaks from now on.

    Attributes:
        channel: Whose words they are.
    """

    type: Literal["speaker_chosen"] = "speaker_chosen"
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionResumed(EventBase):
    """An interrupted session goes on; session time goes on where the recording broke off.

    Attributes:
        resumed_at: Wall-clock time, ISO 8601 with offset.
        away_s: Wall-clock seconds between the break and now, as far as is known.
        app_version: Version that resumes it.
        source: Where the sound comes from now, in words for people.
    """

    type: Literal["session_resumed"] = "session_resumed"
    resumed_at: str
    away_s: float
    app_version: str
    source: str
