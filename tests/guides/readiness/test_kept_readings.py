"""What was read once is not read again, and what is kept holds no sentence."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from copilot.events import ModelRef
from copilot.guides.readiness.kept_readings import KeptReadings
from copilot.matching.cross_encoder import (
    CrossEncoder,
    LogProbabilities,
    Pair,
    load_cross_encoder,
)

PAIRS = [
    Pair("We weighed the bread.", "Waste: measured", "We weighed it."),
    Pair("No.", "A: b", ""),
]


class Noting:
    """The real reader, and what it was asked."""

    def __init__(self) -> None:
        self._reader: CrossEncoder = load_cross_encoder()
        self.asked: list[Pair] = []

    @property
    def model(self) -> ModelRef:
        return self._reader.model

    def read(self, pairs: Sequence[Pair]) -> LogProbabilities:
        self.asked += pairs
        return self._reader.read(pairs)


def test_a_second_program_reads_nothing_anew(tmp_path: Path) -> None:
    first = KeptReadings(Noting(), "baker.en", tmp_path)
    read = first.read([*PAIRS, PAIRS[0]])
    first.keep()
    noting = Noting()

    again = KeptReadings(noting, "baker.en", tmp_path).read([*PAIRS, PAIRS[0]])

    assert noting.asked == []
    assert np.array_equal(read, again)
    assert read.shape == (3, 4)


def test_the_file_holds_no_sentence(tmp_path: Path) -> None:
    kept = KeptReadings(Noting(), "baker.en", tmp_path)
    kept.read(PAIRS)
    kept.keep()

    [path] = tmp_path.iterdir()
    assert b"weighed" not in path.read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"x" * 500])
def test_a_damaged_file_is_read_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "baker.en.npz").write_bytes(content)
    noting = Noting()
    kept = KeptReadings(noting, "baker.en", tmp_path)

    kept.read(PAIRS)
    kept.keep()

    assert len(noting.asked) == 2
    assert KeptReadings(noting, "baker.en", tmp_path).read(PAIRS).shape == (2, 4)
    assert len(noting.asked) == 2


def test_a_folder_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = KeptReadings(Noting(), "baker.en", tmp_path / "file")

    assert kept.read(PAIRS).shape == (2, 4)
    kept.keep()
