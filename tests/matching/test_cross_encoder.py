"""The closer look: a passage and a target are read together by the model that ships."""

import numpy as np
import pytest

from copilot.matching.cross_encoder import (
    CLASSES,
    CrossEncoder,
    Pair,
    load_cross_encoder,
)

ROLLBACK = (
    "Way back: Has a way to return to the old system if the new one fails.",
    "We kept the old servers warm for a month so that we could go back.",
)


KEPT = "The old system kept running next to the new one for weeks, so we could return any day."


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
    assert hostile.parts() == ("query: i said  it all ", "a ")


def test_a_long_passage_is_no_trouble(reader: CrossEncoder) -> None:
    assert np.isfinite(reader.read([Pair("and then we went on " * 400, *ROLLBACK)])).all()


def test_the_model_is_named_with_its_hash(reader: CrossEncoder) -> None:
    assert reader.model.purpose == "matching"
    assert len(reader.model.sha256) == 64
