"""The encoders that ship: they are what they should be, or it is told which file is not."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from copilot.errors import ModelError
from copilot.matching.encoders import (
    CROSS_ENCODER,
    HASHES,
    SENTENCE_ENCODER,
    TOKENIZER,
    WORDS,
    TextEncoder,
    model_ref,
    models_folder,
    token_ids,
)

TEXT = "query: We could go back within the hour."
ENCODERS = (SENTENCE_ENCODER, CROSS_ENCODER)
FILES = (f"{SENTENCE_ENCODER}.onnx", TOKENIZER, WORDS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what ships."""
    return Path(shutil.copytree(models_folder(), tmp_path / "models"))


@pytest.mark.parametrize("name", ENCODERS)
def test_a_copy_in_another_folder_gives_the_same(folder: Path, name: str) -> None:
    assert np.array_equal(TextEncoder(name, folder).run(TEXT), TextEncoder(name).run(TEXT))


@pytest.mark.parametrize("name", ENCODERS)
def test_more_threads_give_the_same(name: str) -> None:
    two = TextEncoder(name, threads=2).run(TEXT)

    assert two == pytest.approx(TextEncoder(name).run(TEXT), abs=1e-4)


@pytest.mark.parametrize("name", ENCODERS)
@pytest.mark.parametrize("text", ["", " ", "\0", "日本語"])
def test_any_text_gives_numbers(name: str, text: str) -> None:
    assert np.isfinite(TextEncoder(name).run(text)).all()


def test_parts_of_a_text_are_read_as_the_whole_with_a_separator_between_them() -> None:
    tokenizer = Tokenizer.from_file(str(models_folder() / TOKENIZER))
    parts = (TEXT, "Way back: l'équipe, 3.5 % d'écart?", "so — 'fine'")

    assert token_ids(tokenizer, *parts) == token_ids(tokenizer, "</s> ".join(parts))


@pytest.mark.parametrize("name", ENCODERS)
def test_a_text_is_read_the_same_after_others(name: str) -> None:
    encoder = TextEncoder(name)
    alone = encoder.run(TEXT)
    encoder.run("query: Something much longer was said in between. " * 9, "and more")

    assert np.array_equal(encoder.run(TEXT), alone)


@pytest.mark.parametrize("name", ENCODERS)
def test_an_encoder_is_named_with_the_hash_of_its_file(name: str) -> None:
    ref = model_ref(name)

    assert ref.purpose == "matching"
    assert len(ref.sha256) == 64
    assert ref.sha256.startswith(ref.version)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_told_with_its_path(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b" ")

    with pytest.raises(ModelError, match="not the file it should be") as caught:
        TextEncoder(SENTENCE_ENCODER, folder)
    assert str(folder / name) in str(caught.value)
    assert "Install Interview Copilot again" in caught.value.remedy
    assert caught.value.exit_code == 5


@pytest.mark.parametrize("name", [*FILES, HASHES])
def test_a_missing_file_is_told_with_its_path(folder: Path, name: str) -> None:
    (folder / name).unlink()

    with pytest.raises(ModelError, match="No such file") as caught:
        TextEncoder(SENTENCE_ENCODER, folder)
    assert str(folder / name) in str(caught.value)


def test_hashes_that_are_no_text_are_told(folder: Path) -> None:
    (folder / HASHES).write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ModelError, match="damaged"):
        TextEncoder(SENTENCE_ENCODER, folder)


def test_hashes_that_lack_a_file_are_told(folder: Path) -> None:
    (folder / HASHES).write_text("", encoding="ascii")

    with pytest.raises(ModelError, match=f"does not name {SENTENCE_ENCODER}"):
        model_ref(SENTENCE_ENCODER, folder)
