"""A recording of hours needs no more memory than one of minutes."""

import json
from pathlib import Path

import pytest

from copilot.audio.recorder import wav_header
from tests.builders import run_python

_READ_IT_ALL = """
import json, resource, sys
from pathlib import Path
from copilot.audio.recording import RecordingSource

def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

paths = [Path(argument) for argument in sys.argv[1:]]
source = (
    RecordingSource.from_file(paths[0]) if len(paths) == 1 else RecordingSource.from_sides(*paths)
)
samples, early_mb = 0, None
for number, block in enumerate(source.blocks()):
    samples += len(block)
    if number == 200:
        early_mb = peak_mb()
print(json.dumps({"samples": samples, "early_mb": early_mb, "grown_mb": peak_mb() - early_mb}))
"""


def _long_wav(path: Path, megabytes: int, channels: int, rate_hz: int) -> Path:
    """A WAV file of silence that takes no room on disk."""
    data_bytes = megabytes * 1_000_000
    header = bytearray(wav_header(data_bytes))
    header[22:24] = channels.to_bytes(2, "little")
    header[24:28] = rate_hz.to_bytes(4, "little")
    header[28:32] = (rate_hz * channels * 2).to_bytes(4, "little")
    header[32:34] = (channels * 2).to_bytes(2, "little")
    with path.open("wb") as file:
        file.write(header)
        file.truncate(len(header) + data_bytes)
    return path


def test_a_file_of_300_megabytes_is_read_in_flat_memory(tmp_path: Path) -> None:
    path = _long_wav(tmp_path / "a.wav", 300, channels=2, rate_hz=16_000)

    seen = json.loads(run_python(_READ_IT_ALL, path))

    assert seen["samples"] == 300_000_000 / 4
    assert seen["grown_mb"] < 8


@pytest.mark.parametrize("longer", ["asks", "answers"])
def test_the_longer_of_two_files_of_other_rates_is_read_in_flat_memory(
    tmp_path: Path, longer: str
) -> None:
    sizes = {"asks": 4, "answers": 4, longer: 60}
    asks = _long_wav(tmp_path / "asks.wav", sizes["asks"], channels=1, rate_hz=16_000)
    answers = _long_wav(tmp_path / "answers.wav", sizes["answers"], channels=1, rate_hz=8_000)

    seen = json.loads(run_python(_READ_IT_ALL, asks, answers))

    seconds = max(sizes["asks"] / 0.032, sizes["answers"] / 0.016)
    assert seen["samples"] == pytest.approx(seconds * 16_000, abs=2)
    assert seen["grown_mb"] < 8
