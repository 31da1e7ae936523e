"""M4A files, which soundfile cannot write."""

from pathlib import Path

import av
import av.audio.resampler
import numpy as np

from copilot.audio import Waveform


def write_m4a(path: Path, *channels: Waveform, rate_hz: int) -> Path:
    """Write equally long channels, one or two, as AAC in an MP4 container."""
    layout = "stereo" if len(channels) == 2 else "mono"
    whole = av.AudioFrame.from_ndarray(np.stack(channels), format="fltp", layout=layout)
    whole.sample_rate = rate_hz
    whole.pts = 0
    to_frames = av.audio.resampler.AudioResampler("fltp", layout, rate_hz, frame_size=1024)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=rate_hz, layout=layout)
        for frame in (*to_frames.resample(whole), *to_frames.resample(None), None):
            container.mux(stream.encode(frame))
    return path
