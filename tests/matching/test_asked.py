"""A turn is read together with the few questions it may ask."""

from collections.abc import Sequence

import numpy as np
import pytest

from copilot.events import ModelRef
from copilot.matching.asked import READ, QuestionReader, question_text
from copilot.matching.cross_encoder import CLASSES, Pair
from copilot.matching.embedding import E5Embedder, Embedder
from copilot.matching.features import Array
from copilot.matching.question_space import LIKENESS, embed_questions
from tests.matching.conftest import DIRECTOR, Guides


class Noting:
    """Says that every pair asks, and notes what it read."""

    model = ModelRef(purpose="matching", name="noting", version="1", sha256="0" * 64)

    def __init__(self) -> None:
        self.pairs: list[Pair] = []

    def read(self, pairs: Sequence[Pair]) -> Array:
        self.pairs += pairs
        row = np.log(np.full(len(CLASSES), 0.01, np.float32))
        row[CLASSES.index("says")] = np.log(0.97)
        return np.tile(row, (len(pairs), 1))


@pytest.fixture
def noting() -> Noting:
    return Noting()


@pytest.fixture
def reader(guides: Guides, guide_embedder: Embedder, noting: Noting) -> QuestionReader:
    guide = guides(DIRECTOR, "en")
    return QuestionReader(guide, embed_questions(guide, guide_embedder), noting)


def read(
    reader: QuestionReader, vector: Array, liked: Sequence[int], current: int | None = None
) -> Array:
    likeness = np.zeros((21, len(LIKENESS)), np.float32)
    likeness[list(liked), LIKENESS.index("contrast")] = np.arange(len(liked), 0, -1)
    return reader.read("And the budget?", vector, likeness, range(21), current)


@pytest.fixture
def vector(embedder: E5Embedder) -> Array:
    found: Array = embedder.embed(["And the budget?"])[0]
    return found


def test_the_three_likeliest_questions_are_read(
    reader: QuestionReader, noting: Noting, guides: Guides, vector: Array
) -> None:
    found = read(reader, vector, [4, 9, 2, 7])

    questions = guides(DIRECTOR, "en").questions
    assert [pair.target for pair in noting.pairs] == [
        question_text(questions[index].label, questions[index].text) for index in (4, 9, 2)
    ]
    asks = found[:, READ.index("asks")]
    assert set(np.flatnonzero(asks > 0)) == {4, 9, 2}


def test_the_current_question_is_always_read(
    reader: QuestionReader, noting: Noting, vector: Array
) -> None:
    read(reader, vector, [4, 9, 2], current=11)
    assert len(noting.pairs) == 4

    noting.pairs.clear()
    read(reader, vector, [4, 9, 2], current=9)
    assert len(noting.pairs) == 3


def test_a_turn_is_read_beside_the_wording_most_like_it(
    reader: QuestionReader, noting: Noting, guides: Guides, embedder: E5Embedder
) -> None:
    question = guides(DIRECTOR, "en").questions[3]
    [vector] = embedder.embed([question.phrasings[5]])
    likeness = np.zeros((21, len(LIKENESS)), np.float32)

    reader.read(question.phrasings[5], vector, likeness, [3], None)

    [pair] = noting.pairs
    assert pair.example == question.phrasings[5]
