"""Levels read as sound engineers expect them, and silence is a number too."""

import numpy as np
import pytest

from copilot.audio.levels import SILENCE_DBFS, level_dbfs
from tests.builders import silence, tone


def test_a_square_wave_at_full_scale_is_zero() -> None:
    assert level_dbfs(np.array([1, -1] * 800, np.float32)) == pytest.approx(0)


def test_a_sine_at_a_quarter_of_full_scale_is_15_below() -> None:
    assert level_dbfs(tone(1)) == pytest.approx(-15.05, abs=0.01)


@pytest.mark.parametrize("samples", [silence(1), silence(0), silence(1) + np.float32(1e-9)])
def test_silence_and_nothing_at_all_read_as_the_lowest_level(samples: np.ndarray) -> None:
    assert level_dbfs(samples) == SILENCE_DBFS
