"""Voice activity: which frames of a channel hold speech.

The detector is Silero VAD v6 (https://github.com/snakers4/silero-vad, MIT), whose ONNX file ships
inside faster-whisper. It is a recurrent network: the state is carried from frame to frame for as
long as the session lasts, so that a frame costs the same in minute 120 as in minute 1.
"""

import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.errors import ModelError
from copilot.events import ModelRef

FRAME = 512  # samples the network takes at a time, 32 ms
FRAME_S = FRAME / SAMPLE_RATE_HZ
_CONTEXT = 64  # samples of the frame before that it sees again

_SHA256 = "4cbf549b8326f60f80f2536d9eefeb450a9abe83365a098031c89719f1be17d2"

VOICE_MODEL = ModelRef(purpose="voice activity", name="Silero VAD", version="6", sha256=_SHA256)


def load_voice_model() -> onnxruntime.InferenceSession:
    """The network, verified by its hash; one serves any number of channels.

    Raises:
        ModelError: The file inside faster-whisper is missing or another one.
    """
    # Found without importing faster_whisper, which takes a while.
    import importlib.util  # noqa: PLC0415

    spec = importlib.util.find_spec("faster_whisper")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    path = folder / "assets" / "silero_vad_v6.onnx"
    remedy = "Install faster-whisper 1.2 again: pip install --force-reinstall faster-whisper"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}.", remedy) from error
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise ModelError(f"{path} is not the voice activity model it should be.", remedy)
    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = 1
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


class VoiceDetector:
    """Speech probability of one channel, frame by frame."""

    def __init__(self, model: onnxruntime.InferenceSession) -> None:
        self._model = model
        self._h = np.zeros((1, 1, 128), np.float32)
        self._c = np.zeros((1, 1, 128), np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)

    def probabilities(self, samples: Waveform) -> npt.NDArray[np.float32]:
        """The probability of speech in each frame.

        Args:
            samples: The channel's next samples; a whole number of frames.

        Returns:
            float32, shape ``(len(samples) // FRAME,)``, 0 to 1.
        """
        frames = samples.reshape(-1, FRAME)
        if not len(frames):
            return np.zeros(0, np.float32)
        tails = frames[:, -_CONTEXT:]
        contexts = np.concatenate([self._context[None], tails[:-1]])
        result: npt.NDArray[np.float32]
        result, self._h, self._c = self._model.run(
            None,
            {"input": np.concatenate([contexts, frames], axis=1), "h": self._h, "c": self._c},
        )
        self._context = tails[-1].copy()
        return result
