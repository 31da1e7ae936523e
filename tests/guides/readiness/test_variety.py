"""Sentences that are nearly the same count once, and what they all share is told."""

from copilot.guides.listening import Listener
from copilot.guides.readiness.variety import variety_of
from tests.guides.readiness.parts import TRAINING, WASTE, WAY_BACK

ALIKE = (
    "We weighed the waste each night.",
    "We weighed the waste every night.",
    "We weighed our waste each night.",
    "We weighed the waste, every night.",
)


def test_sentences_as_people_put_them_are_all_distinct(listener: Listener) -> None:
    for says in (WASTE, TRAINING, WAY_BACK):
        found = variety_of(says, listener.guide_embedder.embed(says), "en")

        assert (found.distinct, found.doubles) == (10, ())
        assert (found.beginning, found.same_length) == ("", False)


def test_one_sentence_in_four_wordings_is_one(listener: Listener) -> None:
    found = variety_of(ALIKE, listener.guide_embedder.embed(ALIKE), "en")

    assert found.distinct == 1
    assert len(found.doubles) >= 3
    assert found.beginning == "we weighed"
    assert found.same_length


def test_without_vectors_only_the_same_words_are_the_same() -> None:
    found = variety_of(["We did it.", "we did  it.", "I did it."], None, "fr")

    assert found.distinct == 2
    assert found.doubles == (("We did it.", "we did  it."),)


def test_nothing_is_said_of_no_sentences_or_few() -> None:
    assert variety_of([], None, "en").distinct == 0
    assert variety_of(["I did.", "I did too."], None, "en").beginning == ""
