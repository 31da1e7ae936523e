"""Sentence vectors: the real model, the vectors of passages, and the cache of guide texts."""

from pathlib import Path

import numpy as np
import pytest

from copilot.matching.embedding import (
    DIMENSIONS,
    CachedEmbedder,
    E5Embedder,
    Vectors,
    pooled,
)
from tests.builders import run_python
from tests.matching.parts import NotingEmbedder

TEXTS = ("We had a way back.", "On avait un plan de retour.", "The lunch was good.")


# -- the model ------------------------------------------------------------------------------------


def test_each_text_has_a_vector_of_length_one(embedder: E5Embedder) -> None:
    vectors = embedder.embed(TEXTS)

    assert vectors.shape == (3, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-3)


def test_a_word_that_is_no_piece_of_the_vocabulary_is_read_in_smaller_ones(
    embedder: E5Embedder,
) -> None:
    known, unknown = embedder.embed(["We use Kubernetes.", "We use Qubernetesx."])

    assert known @ unknown > 0.85


def test_the_same_meaning_in_another_language_is_closer_than_another_meaning(
    embedder: E5Embedder,
) -> None:
    english, french, other = embedder.embed(TEXTS)

    assert english @ french > english @ other


def test_no_texts_give_no_vectors(embedder: E5Embedder) -> None:
    assert embedder.embed([]).shape == (0, DIMENSIONS)


def test_a_text_is_embedded_the_same_alone_and_among_others(embedder: E5Embedder) -> None:
    together = embedder.embed(TEXTS)
    alone = embedder.embed(TEXTS[1:2])

    assert alone[0] == pytest.approx(together[1], abs=1e-5)


# -- several texts in a row -----------------------------------------------------------------------


def test_the_vector_of_several_texts_leans_to_the_longer_ones() -> None:
    one, other = np.eye(DIMENSIONS, dtype=np.float32)[:2]

    vector = pooled([one, other], ["x y z", "x"])

    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
    assert vector[:2] == pytest.approx(np.array([3, 1]) / np.sqrt(10), abs=1e-6)


def test_the_vector_of_one_text_is_its_own() -> None:
    one = np.eye(DIMENSIONS, dtype=np.float32)[0]

    assert pooled([one], ["whatever"]) == pytest.approx(one)


def test_texts_without_words_and_opposite_vectors_still_give_a_vector() -> None:
    one = np.eye(DIMENSIONS, dtype=np.float32)[0]

    assert np.isfinite(pooled([one, -one], ["", ""])).all()


# -- the cache ------------------------------------------------------------------------------------


@pytest.fixture
def noting(embedder: E5Embedder) -> NotingEmbedder:
    return NotingEmbedder(embedder)


def test_the_second_call_reads_the_same_from_disk(noting: NotingEmbedder, tmp_path: Path) -> None:
    first = CachedEmbedder(noting, tmp_path).embed(TEXTS)
    noting.texts.clear()

    second = CachedEmbedder(noting, tmp_path).embed(TEXTS)

    assert noting.texts == []
    assert np.array_equal(first, second)
    assert second.dtype == np.float32


def test_other_texts_and_another_order_are_not_taken_for_the_same(
    noting: NotingEmbedder, tmp_path: Path
) -> None:
    cached = CachedEmbedder(noting, tmp_path)
    forwards = cached.embed(TEXTS)

    assert np.array_equal(cached.embed(TEXTS[::-1]), forwards[::-1])
    assert np.array_equal(cached.embed(TEXTS[:2]), forwards[:2])
    assert cached.embed(["ab", "c"]).tolist() != cached.embed(["a", "bc"]).tolist()


def test_the_cache_names_the_model_of_the_embedder_behind_it(
    noting: NotingEmbedder, tmp_path: Path
) -> None:
    assert CachedEmbedder(noting, tmp_path).model == noting.model


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _other_shape(data: bytes) -> bytes:
    return data.replace(b"(3, 384)", b"(2, 576)")


@pytest.mark.parametrize(
    "damage",
    [
        _cut,
        _other_shape,
        lambda _: b"not a numpy file",
        pytest.param(
            lambda _: b"",
            id="empty",
        ),
    ],
)
def test_a_damaged_file_is_made_again(noting: NotingEmbedder, tmp_path: Path, damage) -> None:
    whole = CachedEmbedder(noting, tmp_path).embed(TEXTS)
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage(path.read_bytes()))

    again = CachedEmbedder(noting, tmp_path).embed(TEXTS)

    assert np.array_equal(again, whole)
    assert np.array_equal(np.load(path), whole)


def _embed_in(folder: Path, noting: NotingEmbedder) -> Vectors:
    return CachedEmbedder(noting, folder).embed(TEXTS)


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(
    noting: NotingEmbedder, tmp_path: Path
) -> None:
    (tmp_path / "cache").mkdir(mode=0o500)

    # Root may write into the first all the same; into the second nobody can.
    for folder in (tmp_path / "cache" / "vectors", Path("/proc/interview-copilot/vectors")):
        assert np.array_equal(_embed_in(folder, noting), noting.embed(TEXTS))


_FULL_DISK = """
import resource, sys
from pathlib import Path
import numpy as np
from copilot.matching.embedding import CachedEmbedder, E5Embedder

embedder = E5Embedder()
cached = CachedEmbedder(embedder, Path(sys.argv[1]))
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
for room in (0, 64, 400, hard, hard):
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    assert np.array_equal(cached.embed(["a", "b"]), embedder.embed(["a", "b"])), room
print([path.suffix for path in Path(sys.argv[1]).iterdir()])
"""


def test_a_full_disk_costs_nothing_but_time(tmp_path: Path) -> None:
    assert run_python(_FULL_DISK, tmp_path) == "['.npy']\n"


def test_a_cache_that_is_no_folder_costs_nothing_but_time(
    noting: NotingEmbedder, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")

    vectors = _embed_in(tmp_path / "cache" / "vectors", noting)

    assert np.array_equal(vectors, noting.embed(TEXTS))


def test_nothing_but_the_vectors_is_left_behind(noting: NotingEmbedder, tmp_path: Path) -> None:
    cached = CachedEmbedder(noting, tmp_path)
    cached.embed(TEXTS)
    cached.embed(TEXTS[:1])

    assert {path.suffix for path in tmp_path.iterdir()} == {".npy"}
    assert len(list(tmp_path.iterdir())) == 2
