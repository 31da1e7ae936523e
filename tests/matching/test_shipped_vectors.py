"""The vectors that ship are those of the guides that ship."""

import numpy as np
import pytest

from copilot.matching.embedding import E5Embedder
from copilot.matching.encoders import SENTENCE_ENCODER, model_ref
from copilot.matching.shipped import ShippedVectors, _stored, guide_embedder, key
from tests.matching.parts import NotingEmbedder
from training.embed_guides import all_sentences


def test_every_sentence_of_the_shipped_guides_is_there():
    rows, _ = _stored()
    missing = [
        text for text in all_sentences() if key(model_ref(SENTENCE_ENCODER), text) not in rows
    ]
    assert missing == [], "run: python -m training.embed_guides"


def test_a_stored_vector_is_that_of_its_sentence(embedder: E5Embedder):
    texts = all_sentences()[::500]
    stored = guide_embedder(embedder).embed(texts)
    made = embedder.embed(texts)
    assert np.linalg.norm(stored, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-5)
    assert (stored * made).sum(axis=1).min() > 0.9999


def test_only_what_is_not_stored_is_embedded(embedder: E5Embedder):
    known = all_sentences()[0]
    noting = NotingEmbedder(embedder)
    vectors = ShippedVectors(noting).embed(["something new", known, "and more"])
    assert noting.texts == ["something new", "and more"]
    assert vectors[[0, 2]] == pytest.approx(embedder.embed(["something new", "and more"]))


def test_no_texts_give_no_vectors(embedder: E5Embedder):
    assert guide_embedder(embedder).embed([]).shape == (0, 384)
