"""A folder of the user's own is a model as well, and is checked against what it was at first."""

import hashlib
import json
import os
import re
from pathlib import Path

import pytest

from copilot.errors import ModelError, UsageError
from copilot.speech.models import is_whole, model_folder, speech_model, verified_folder
from copilot.speech.models.local import pin

WEIGHTS = bytes(range(256)) * 40
CONFIG = b'{"model_type": "toy"}'


def _flip(path: Path, index: int = 100) -> None:
    """Change one bit, as a bad disk would, at a time of its own."""
    data = bytearray(path.read_bytes())
    data[index % len(data)] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(1, 1))


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _own(folder: Path, tokens: int = 51_864, leave_out: str = "") -> Path:
    """A folder that looks like a Whisper model of that many tokens."""
    folder.mkdir(parents=True)
    files = {
        "model.bin": WEIGHTS,
        "config.json": CONFIG,
        "tokenizer.json": b"{}",
        "vocabulary.json": json.dumps([str(number) for number in range(tokens)]).encode(),
        "preprocessor_config.json": b'{"feature_size": 128}',
        "README.md": b"mine",
    }
    for name, data in files.items():
        if name != leave_out:
            (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    ("tokens", "languages"), [(51_864, ("en",)), (51_865, ("en", "fr")), (51_866, ("en", "fr"))]
)
def test_a_folder_is_a_model_whose_vocabulary_tells_its_languages(
    tmp_path: Path, tokens: int, languages: tuple[str, ...]
) -> None:
    folder = _own(tmp_path / "mine", tokens)

    model = speech_model(str(folder))

    assert (model.name, model.languages, model.sha256) == (
        "mine",
        languages,
        hashlib.sha256(WEIGHTS).hexdigest(),
    )
    assert verified_folder(model) == model_folder(model) == folder
    assert is_whole(model)
    assert _names(folder) == _names(_own(tmp_path / "other", tokens))


def test_a_vocabulary_in_lines_is_read_as_well(tmp_path: Path) -> None:
    folder = _own(tmp_path / "mine", leave_out="vocabulary.json")
    (folder / "vocabulary.txt").write_text("word\n" * 51_865)

    assert speech_model(str(folder)).languages == ("en", "fr")


@pytest.mark.parametrize(
    "name",
    ["model.bin", "config.json", "tokenizer.json", "vocabulary.json", "preprocessor_config.json"],
)
def test_a_file_of_a_folder_that_changes_is_noticed(tmp_path: Path, name: str) -> None:
    folder = _own(tmp_path / "mine")
    pinned = speech_model(str(folder))
    _flip(folder / name, index=-2 if name == "vocabulary.json" else 100)

    changed = rf"{re.escape(str(folder / name))} (is not the file|cannot be read)"
    with pytest.raises(ModelError, match=changed) as caught:
        verified_folder(speech_model(str(folder)))
    if name != "vocabulary.json":
        assert f"models use {folder} --accept-changes" in caught.value.remedy
        pin(folder)
        again = speech_model(str(folder))
        verified_folder(again)
        assert (again.revision == pinned.revision) is (name != "model.bin")


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json", "vocabulary.json"])
def test_a_folder_that_lacks_a_file_is_no_model(tmp_path: Path, name: str) -> None:
    folder = _own(tmp_path / "mine", leave_out=name)

    with pytest.raises(ModelError, match=f"is no speech model: it lacks {name}"):
        speech_model(str(folder))


def test_a_large_v3_without_its_preprocessor_would_hear_wrong(tmp_path: Path) -> None:
    folder = _own(tmp_path / "mine", 51_866, leave_out="preprocessor_config.json")

    with pytest.raises(ModelError, match=r"lacks preprocessor_config\.json") as caught:
        speech_model(str(folder))
    assert "--copy_files" in caught.value.remedy


def test_a_file_that_is_added_later_is_noticed(tmp_path: Path) -> None:
    folder = _own(tmp_path / "mine", leave_out="preprocessor_config.json")
    speech_model(str(folder))
    (folder / "preprocessor_config.json").write_text("{}")

    with pytest.raises(ModelError, match="holds other files than it did"):
        speech_model(str(folder))


def test_a_folder_that_is_none_is_a_mistyped_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        speech_model(str(tmp_path / "none"))


def test_a_link_and_its_folder_are_one_model(tmp_path: Path) -> None:
    folder = _own(tmp_path / "mine")
    (tmp_path / "link").symlink_to(folder)

    assert speech_model(str(tmp_path / "link")) == speech_model(str(folder))
