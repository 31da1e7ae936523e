"""From blocks of sound to stretches of speech, on every channel at once."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from copilot.audio import Block, Waveform
from copilot.audio.levels import level_dbfs
from copilot.events import Channel
from copilot.speech.endpoints import Endpointer, EndpointPolicy, Stretch
from copilot.speech.voice import FRAME, VoiceDetector, load_voice_model


@dataclass(frozen=True, slots=True)
class Heard:
    """What one block brought.

    Attributes:
        end_s: Session time at which the block ends, in seconds.
        stretches: Stretches of speech that ended in it, by their end.
        speaking: The channels on which someone is speaking now.
        levels_dbfs: How loud each channel was.
    """

    end_s: float
    stretches: tuple[Stretch, ...]
    speaking: frozenset[Channel]
    levels_dbfs: dict[Channel, float]


class Hearing:
    """Voice activity and endpoints of all channels."""

    def __init__(self, channels: Iterable[Channel], policy: EndpointPolicy | None = None) -> None:
        """Load the voice activity model.

        Raises:
            ModelError: It is missing or not genuine.
        """
        model = load_voice_model()
        self._detectors = {channel: VoiceDetector(model) for channel in channels}
        self._endpointers = {channel: Endpointer(channel, policy) for channel in self._detectors}
        self._rest = {channel: np.zeros(0, np.float32) for channel in self._detectors}

    def hear(self, block: Block) -> Heard:
        """Take one block in."""
        stretches: list[Stretch] = []
        for channel, samples in block.samples.items():
            whole = self._whole_frames(channel, samples)
            probabilities = self._detectors[channel].probabilities(whole)
            stretches += self._endpointers[channel].feed(whole, probabilities)
        return Heard(
            block.end_s,
            tuple(sorted(stretches, key=lambda stretch: stretch.speech_end_s)),
            self._speaking(),
            {channel: level_dbfs(samples) for channel, samples in block.samples.items()},
        )

    def flush(self) -> tuple[Stretch, ...]:
        """The stretches still open when the sound ended."""
        ended = [stretch for endpoint in self._endpointers.values() for stretch in endpoint.flush()]
        return tuple(sorted(ended, key=lambda stretch: stretch.speech_end_s))

    def _whole_frames(self, channel: Channel, samples: Waveform) -> Waveform:
        joined = np.concatenate([self._rest[channel], samples])
        whole = len(joined) // FRAME * FRAME
        self._rest[channel] = joined[whole:]
        return joined[:whole]

    def _speaking(self) -> frozenset[Channel]:
        return frozenset(c for c, endpoint in self._endpointers.items() if endpoint.speaking)
