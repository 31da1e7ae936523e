"""What a live source has to tell beside the sound itself; times are session times in seconds."""

from dataclasses import dataclass

from copilot.events import Channel, GapCause


@dataclass(frozen=True, slots=True)
class Attached:
    """A channel's device delivers."""

    channel: Channel
    device: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A channel's device stopped delivering at ``since_s`` and is being looked for."""

    channel: Channel
    device: str
    reason: str
    since_s: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Silence stands where there was no sound; ``channel`` is None for both."""

    channel: Channel | None
    start_s: float
    end_s: float
    cause: GapCause


@dataclass(frozen=True, slots=True)
class Paused:
    """Nothing is captured from here on."""


@dataclass(frozen=True, slots=True)
class Continued:
    """Capture goes on."""


Notice = Attached | Lost | Gap | Paused | Continued
