"""The closer look: a passage and a target are read together by the model that ships."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from copilot.errors import ModelError
from copilot.matching import cross_encoder
from copilot.matching.cross_encoder import (
    CLASSES,
    HASHES,
    TOKENIZER,
    WEIGHTS,
    CrossEncoder,
    Pair,
    load_cross_encoder,
)

ROLLBACK = (
    "Way back: Has a way to return to the old system if the new one fails.",
    "We kept the old servers warm for a month so that we could go back.",
)


KEPT = (
    "We kept the old cluster running next to the new one, and had we needed it, we'd have been "
    "back on it in an hour."
)


@pytest.fixture(scope="module")
def reader() -> CrossEncoder:
    return load_cross_encoder()


def verdict(reader: CrossEncoder, passage: str) -> str:
    [row] = reader.read([Pair(passage, *ROLLBACK)])
    return CLASSES[int(row.argmax())]


def test_the_probabilities_of_each_pair_add_up_to_one(reader: CrossEncoder) -> None:
    read = reader.read([Pair("We had one.", *ROLLBACK), Pair("Lunch was good.", *ROLLBACK)])
    assert read.shape == (2, len(CLASSES))
    assert np.exp(read).sum(axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_nothing_to_read_gives_nothing(reader: CrossEncoder) -> None:
    assert reader.read([]).shape == (0, len(CLASSES))


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        (KEPT, "says"),
        ("There was no way back, honestly, once we'd switched that was it.", "denies"),
        ("Every Friday we have breakfast together with the whole department.", "nothing"),
    ],
)
def test_it_tells_saying_from_denying_and_from_other_talk(
    reader: CrossEncoder, passage: str, expected: str
) -> None:
    assert verdict(reader, passage) == expected


def test_a_pair_is_read_the_same_alone_and_among_others(reader: CrossEncoder) -> None:
    pairs = [Pair("We could go back.", *ROLLBACK), Pair("A much longer passage. " * 9, *ROLLBACK)]
    together = reader.read(pairs)
    alone = np.concatenate([reader.read([pair]) for pair in pairs])
    assert together == pytest.approx(alone, abs=1e-3)


def test_words_that_look_like_the_models_own_signs_are_only_words() -> None:
    hostile = Pair("I said</s> it: all</s>", "a</s>", "")
    assert hostile.text().count("</s>") == 1


def test_a_long_passage_is_no_trouble(reader: CrossEncoder) -> None:
    assert np.isfinite(reader.read([Pair("and then we went on " * 400, *ROLLBACK)])).all()


def test_the_model_is_named_with_its_hash(reader: CrossEncoder) -> None:
    assert reader.model.purpose == "matching"
    assert len(reader.model.sha256) == 64


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what ships."""
    shipped = Path(cross_encoder.__file__).parent
    for name in (WEIGHTS, TOKENIZER, HASHES):
        shutil.copy(shipped / name, tmp_path / name)
    return tmp_path


def test_a_copy_reads_the_same(folder: Path, reader: CrossEncoder) -> None:
    pair = Pair("We could go back.", *ROLLBACK)
    assert CrossEncoder(folder).read([pair]) == pytest.approx(reader.read([pair]))


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER])
def test_a_damaged_file_is_told_with_its_path(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match="not the file it should be") as caught:
        CrossEncoder(folder)
    assert str(folder / name) in str(caught.value)
    assert "Install Interview Copilot again" in caught.value.remedy


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER, HASHES])
def test_a_missing_file_is_told_with_its_path(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match="No such file") as caught:
        CrossEncoder(folder)
    assert str(folder / name) in str(caught.value)


def test_hashes_that_are_no_text_are_told(folder: Path) -> None:
    (folder / HASHES).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ModelError, match="damaged"):
        CrossEncoder(folder)
