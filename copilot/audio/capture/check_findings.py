"""What a check measured, side by side, before anyone calls it good or bad."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from copilot.audio.capture.check_players import Player
from copilot.audio.capture.check_side import Sound
from copilot.audio.capture.check_tone import HeardTone
from copilot.audio.capture.devices import Input
from copilot.events import Channel


class Presence(enum.StrEnum):
    """Whether a device delivered."""

    NEVER = "never"  # it could not be opened, or not one sample came
    ALWAYS = "always"
    LOST = "lost"  # it went away in the middle


@dataclass(frozen=True, slots=True)
class SideFindings:
    """What was measured on one channel.

    Attributes:
        device: The input as the system describes it.
        presence: Whether it delivered.
        reason: Why it did not, where it did not.
        heard_s: How much of its sound was looked at, in seconds.
        spoke: Whether someone was heard speaking.
        sound: What that is like, the check's own tone left out.
        tone: The check's tone in it.
        rate_error: Share of samples too many, or where negative too few; None where not known.
        dropped_s: Seconds that were lost because the machine was too busy.
    """

    device: Input
    presence: Presence = Presence.ALWAYS
    reason: str = ""
    heard_s: float = 0.0
    spoke: bool = False
    sound: Sound = field(default_factory=Sound)
    tone: HeardTone | None = None
    rate_error: float | None = None
    dropped_s: float = 0.0


@dataclass(frozen=True, slots=True)
class ToneFindings:
    """What became of the check's tone.

    Attributes:
        output: The output it was played on, in words for people.
        output_id: Its id, where the system tells.
        played: Whether it was played at all.
        failure: Why not.
        by_default: Whether that is the default output, rather than one on which something plays.
    """

    output: str
    output_id: str | None = None
    played: bool = False
    failure: str = ""
    by_default: bool = True


@dataclass(frozen=True, slots=True)
class Findings:
    """What a whole check measured.

    Attributes:
        sides: Each channel; with one microphone in a room, the interviewer's alone.
        tone: The tone; None where none was wanted.
        same_sound: Whether both channels carry the very same sound.
        players: Programs that play something, and where, as far as the system tells.
        failure: Why the sound system answers no more; empty while it does.
    """

    sides: Mapping[Channel, SideFindings]
    tone: ToneFindings | None = None
    same_sound: bool = False
    players: tuple[Player, ...] = ()
    failure: str = ""

    @property
    def echo_db(self) -> float | None:
        """By how much the tone is louder in the call than in the microphone; None: not there."""
        mine, call = (self.tone_of(channel) for channel in Channel)
        return None if mine is None or call is None else call.level_dbfs - mine.level_dbfs

    def tone_of(self, channel: Channel) -> HeardTone | None:
        """The tone as it came in on a channel."""
        side = self.sides.get(channel)
        return None if side is None else side.tone
