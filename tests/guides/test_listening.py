"""The models are loaded when first needed, and a guide that changes costs what changed."""

from collections.abc import Sequence

import pytest

from copilot.events import ModelRef
from copilot.guides.listening import GuideMemory, Listener
from copilot.matching.embedding import E5Embedder, Vectors
from tests.guides.readiness.parts import WASTE, bakery


class Noting:
    """The real embedder, and what it was asked."""

    def __init__(self) -> None:
        self._embedder = E5Embedder()
        self.texts: list[str] = []

    @property
    def model(self) -> ModelRef:
        return self._embedder.model

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return self._embedder.embed(texts)


def test_nothing_is_loaded_before_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded(*_: object, **__: object) -> None:
        raise AssertionError("a model was loaded")

    monkeypatch.setattr("copilot.guides.listening.E5Embedder", loaded)
    monkeypatch.setattr("copilot.guides.listening.CrossEncoder", loaded)

    assert Listener().rules is not None


def test_one_more_sentence_costs_that_sentence() -> None:
    noting = Noting()
    memory = GuideMemory(noting)
    memory.embed(WASTE)
    noting.texts.clear()

    vectors = memory.embed([*WASTE, "We gave the leftovers to the pigs of a neighbour."])

    assert noting.texts == ["We gave the leftovers to the pigs of a neighbour."]
    assert vectors.shape == (11, 384)
    assert memory.embed([]).shape == (0, 384)


def test_another_program_finds_a_guide_on_disk() -> None:
    GuideMemory(Noting()).embed(WASTE)
    noting = Noting()

    GuideMemory(noting).embed(WASTE)

    assert noting.texts == []


def test_the_matcher_of_a_guide_is_kept_until_the_guide_changes() -> None:
    listener, guide = Listener(), bakery()
    changed = bakery(lambda points: points["pilot"]["says"].append("We counted it all."))

    assert listener.matcher(guide) is listener.matcher(bakery())
    assert listener.matcher(guide) is not listener.matcher(changed)
