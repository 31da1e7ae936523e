"""Which frames hold speech: the same answer however the sound comes in."""

import itertools
import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.audio import Waveform
from copilot.speech.voice import FRAME, VOICE_MODEL, VoiceDetector, load_voice_model
from tests.builders import noise, run_python, silence, spoken, tone


@pytest.fixture(scope="module")
def model() -> onnxruntime.InferenceSession:
    return load_voice_model()


def _whole_frames(samples: Waveform) -> Waveform:
    return samples[: len(samples) // FRAME * FRAME]


@pytest.fixture(scope="module")
def clip() -> Waveform:
    return _whole_frames(spoken("en-004"))


@pytest.mark.parametrize("name", ["en-000", "en-004", "fr-000"])
def test_speech_is_heard_as_speech(model: onnxruntime.InferenceSession, name: str) -> None:
    probabilities = VoiceDetector(model).probabilities(_whole_frames(spoken(name)))

    assert probabilities.max() > 0.95
    assert (probabilities > 0.5).mean() > 0.4


@pytest.mark.parametrize(
    "samples",
    [silence(4), noise(4), noise(4, loudness=0.3), tone(4), tone(4, 120)],
    ids=["silence", "noise", "loud noise", "tone", "hum"],
)
def test_what_is_no_speech_is_not_heard_as_speech(
    model: onnxruntime.InferenceSession, samples: Waveform
) -> None:
    assert VoiceDetector(model).probabilities(_whole_frames(samples)).max() < 0.5


def test_each_frame_has_a_probability(model: onnxruntime.InferenceSession, clip: Waveform) -> None:
    probabilities = VoiceDetector(model).probabilities(clip)

    assert probabilities.shape == (len(clip) // FRAME,)
    assert probabilities.dtype == np.float32
    assert ((probabilities >= 0) & (probabilities <= 1)).all()


@settings(max_examples=25)
@given(cuts=st.lists(st.integers(0, 134), max_size=12))
def test_a_stream_in_pieces_is_heard_like_the_whole(
    model: onnxruntime.InferenceSession, clip: Waveform, cuts: list[int]
) -> None:
    whole = VoiceDetector(model).probabilities(clip)
    detector = VoiceDetector(model)
    bounds = sorted({0, *cuts, len(whole)})

    pieces = [
        detector.probabilities(clip[start * FRAME : stop * FRAME])
        for start, stop in itertools.pairwise(bounds)
    ]

    np.testing.assert_allclose(np.concatenate(pieces), whole, atol=1e-5)


def test_a_detector_without_memory_would_hear_something_else(
    model: onnxruntime.InferenceSession, clip: Waveform
) -> None:
    # What makes the test above worth its name: the state matters.
    whole = VoiceDetector(model).probabilities(clip)
    forgetful = [VoiceDetector(model).probabilities(frame) for frame in clip.reshape(-1, FRAME)]

    assert np.abs(np.concatenate(forgetful) - whole).max() > 0.1


def test_two_channels_do_not_disturb_each_other(
    model: onnxruntime.InferenceSession, clip: Waveform
) -> None:
    alone = VoiceDetector(model).probabilities(clip)
    one, other = VoiceDetector(model), VoiceDetector(model)
    together = []
    for frame in clip.reshape(-1, FRAME):
        together.append(one.probabilities(frame))
        other.probabilities(noise(1)[:FRAME])

    np.testing.assert_allclose(np.concatenate(together), alone, atol=1e-5)


def test_no_sound_gives_no_probabilities_and_is_forgotten(
    model: onnxruntime.InferenceSession, clip: Waveform
) -> None:
    detector = VoiceDetector(model)

    assert detector.probabilities(silence(0)).shape == (0,)
    np.testing.assert_array_equal(
        detector.probabilities(clip), VoiceDetector(model).probabilities(clip)
    )


# -- the file -------------------------------------------------------------------------------------

_LOAD_FROM = """
import json, sys
sys.path.insert(0, sys.argv[1])
from copilot.errors import ModelError
from copilot.speech.voice import load_voice_model
try:
    load_voice_model()
except ModelError as error:
    print(json.dumps([error.message, error.remedy]))
"""


def _another_faster_whisper(folder: Path, model: bytes | None) -> Path:
    """A package of that name in ``folder``; where its model file lies."""
    path = folder / "faster_whisper" / "assets" / "silero_vad_v6.onnx"
    path.parent.mkdir(parents=True)
    (folder / "faster_whisper" / "__init__.py").touch()
    if model is not None:
        path.write_bytes(model)
    return path


@pytest.mark.parametrize(
    ("model", "complaint"),
    [(None, "No such file"), (b"", "not the voice activity model"), (b"onnx", "not the voice")],
)
def test_a_model_file_that_is_missing_or_another_one_is_not_loaded(
    tmp_path: Path, model: bytes | None, complaint: str
) -> None:
    path = _another_faster_whisper(tmp_path, model)

    message, remedy = json.loads(run_python(_LOAD_FROM, tmp_path))

    assert str(path) in message
    assert complaint in message
    assert "faster-whisper" in remedy


def test_a_session_can_name_the_model() -> None:
    assert VOICE_MODEL.purpose == "voice activity"
    assert len(VOICE_MODEL.sha256) == 64
