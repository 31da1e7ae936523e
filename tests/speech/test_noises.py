"""Sounds without a word give no words, although an answer has just been heard."""

import numpy as np
import pytest

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.levels import level_dbfs
from copilot.events import Channel
from copilot.speech.offline import OfflineUtterance, transcribe_blocks
from copilot.speech.whisper import WhisperTranscriber
from tests.builders import SPEECH, silence, spoken
from tests.noise_sounds import SOUNDS, cough

_BLOCK = 4096


def _heard(tiny: WhisperTranscriber, sound: Waveform) -> list[OfflineUtterance]:
    """What is written of ``sound`` where it follows an answer."""
    before = np.concatenate([spoken("en-004"), silence(1)])
    samples = np.concatenate([before, sound])
    blocks = [
        Block(start, {Channel.CANDIDATE: samples[start : start + _BLOCK]})
        for start in range(0, len(samples), _BLOCK)
    ]
    said = list(transcribe_blocks(blocks, [Channel.CANDIDATE], tiny, "en"))
    assert said, "the answer itself was not heard"
    return [part for part in said if part.end_s > len(before) / SAMPLE_RATE_HZ]


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_without_a_word_gives_no_words(tiny: WhisperTranscriber, name: str) -> None:
    assert [part.text for part in _heard(tiny, SOUNDS[name](20.0, 2))] == []


def test_an_answer_between_coughs_is_kept(tiny: WhisperTranscriber) -> None:
    sound = np.concatenate([cough(4.0), spoken("en-000"), cough(4.0, 1)])

    text = " ".join(part.text for part in _heard(tiny, sound)).lower()

    said = (SPEECH / "en-000.txt").read_text("utf-8").lower().split()
    assert sum(word in text for word in said) > 0.8 * len(said)


# -- the sounds themselves ------------------------------------------------------------------------


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_is_the_same_every_time_and_as_long_as_asked_for(name: str) -> None:
    sound = SOUNDS[name](12.5, 3)

    assert sound.dtype == np.float32
    assert len(sound) == 12.5 * SAMPLE_RATE_HZ
    assert np.abs(sound).max() <= 1
    np.testing.assert_array_equal(sound, SOUNDS[name](12.5, 3))


@pytest.mark.parametrize("name", [name for name in SOUNDS if "silence" not in name])
def test_a_sound_comes_at_several_levels(name: str) -> None:
    sound, section = SOUNDS[name](50.0, 0), 10 * SAMPLE_RATE_HZ

    levels = [level_dbfs(sound[at : at + section]) for at in range(0, len(sound), section)]

    assert max(levels) - min(levels) > 15
    assert max(levels) > -40


def test_silence_is_silent() -> None:
    assert not SOUNDS["digital silence"](5.0, 0).any()
    assert level_dbfs(SOUNDS["room silence"](5.0, 0)) == pytest.approx(-65, abs=1)
