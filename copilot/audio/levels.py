"""How loud a channel is."""

import numpy as np

from copilot.audio.blocks import Waveform

#: What digital silence reads as, so that nobody has to handle minus infinity.
SILENCE_DBFS = -96.0


def level_dbfs(samples: Waveform) -> float:
    """Root mean square level of ``samples`` in dB relative to full scale, never below -96."""
    if not len(samples):
        return SILENCE_DBFS
    rms = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
    return max(SILENCE_DBFS, 20 * float(np.log10(rms))) if rms > 0 else SILENCE_DBFS
