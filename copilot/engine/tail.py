"""What an interrupted session had recorded but not yet read: heard again when it goes on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.errors import AudioFileError
from copilot.events import Channel
from copilot.i18n import _
from copilot.interview import Interview
from copilot.speech.voice import FRAME

_BLOCK = 16 * FRAME
#: A last word's time may end before its sound does; what is left of it is no speech of its own.
_ENDING_S = 0.2


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of each channel's recording, from where its text ends.

    Attributes:
        paths: The recordings.
        begin: Sample from which on something is to be heard again; a whole number of frames.
        end: Sample at which the session goes on; a whole number of frames.
        covered: Sample up to which each channel has become text.
    """

    paths: Mapping[Channel, Path]
    begin: int
    end: int
    covered: Mapping[Channel, int]

    def blocks(self) -> Iterator[Block]:
        """The sound, silent where it has become text already.

        Raises:
            AudioFileError: A recording cannot be read.
        """
        for start in range(self.begin, self.end, _BLOCK):
            count = min(_BLOCK, self.end - start)
            yield Block(
                start, {channel: self._samples(channel, start, count) for channel in self.paths}
            )

    def _samples(self, channel: Channel, start: int, count: int) -> Waveform:
        samples = np.zeros(count, np.float32)
        try:
            with soundfile.SoundFile(self.paths[channel]) as file:
                if start < file.frames:
                    file.seek(start)
                    found = file.read(count, dtype="float32")
                    samples[: len(found)] = found
        except (soundfile.LibsndfileError, OSError) as error:
            raise AudioFileError(
                _("{paths} cannot be read.", paths=self.paths[channel]),
                _("It was damaged after the interruption."),
            ) from error
        samples[: max(0, self.covered[channel] - start)] = 0.0
        return samples


def tail_of(interview: Interview, paths: Mapping[Channel, Path], length: int) -> Tail:
    """What of the recordings of ``length`` samples never became text.

    Args:
        interview: What is known of it.
        paths: Its recordings, by the channel they were recorded for.
        length: Their length in samples.
    """
    heard_s = dict.fromkeys(Channel, 0.0)
    read = [(said.channel, said.end_s) for said in interview.utterances.values()]
    read += [(lost.channel, lost.end_s) for lost in interview.discarded]
    for channel, end_s in read:
        heard_s[channel] = max(heard_s[channel], end_s)
    if interview.capture.swapped:
        heard_s = {channel.other: end_s for channel, end_s in heard_s.items()}
    covered = {
        channel: round((end_s + _ENDING_S) * SAMPLE_RATE_HZ) if end_s else 0
        for channel, end_s in heard_s.items()
    }
    begin = min([*covered.values(), length], default=0)
    return Tail(paths, begin // FRAME * FRAME, -(-length // FRAME) * FRAME, covered)
