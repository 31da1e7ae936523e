"""A sentence left out in closed form is measured as if the guide had never held it."""

from dataclasses import replace

import numpy as np
import pytest

from copilot.events import FindingKind
from copilot.guides.listening import Listener
from copilot.guides.readiness.leaving_out import LeavingOut, Left
from copilot.knowledge.guide import Guide
from copilot.matching.features import FEATURES, TargetSet
from copilot.matching.targets import Target, embed_targets
from tests.guides.readiness.parts import points_of

LEFT = [Left(0, "says", 3), Left(2, "says", 0), Left(0, "denials", 0), Left(0, "near_misses", 0)]


def _without(targets: tuple[Target, ...], left: Left) -> list[Target]:
    """The targets of a guide that never had the sentence."""
    owner = targets[left.target]
    fewer = np.delete(getattr(owner, left.group), left.index, axis=0)
    changed = replace(owner, **{left.group: fewer})
    return [changed if index == left.target else t for index, t in enumerate(targets)]


@pytest.mark.parametrize("left", LEFT, ids=str)
def test_it_measures_what_a_guide_without_the_sentence_measures(
    listener: Listener, guide: Guide, left: Left
) -> None:
    points = points_of(guide)
    targets = embed_targets(FindingKind.POINT, points, listener.guide_embedder)
    vector = getattr(targets[left.target], left.group)[left.index : left.index + 1]
    other = listener.embedder.embed(["We counted the loaves in the evening, all of them."])
    vectors, texts = np.concatenate([vector, other]), ["one sentence", "another one"]
    space = listener.judge.space

    quick = LeavingOut(targets, space, "en").measure(vectors, texts, [left, left])
    slow = TargetSet(_without(targets, left), space, "en").measure(vectors, texts)

    assert quick.shape == (3, 2, len(FEATURES))
    assert np.abs(quick - slow).max() < 1e-4


def test_its_example_is_never_the_sentence_itself(listener: Listener, guide: Guide) -> None:
    points = points_of(guide)
    targets = embed_targets(FindingKind.POINT, points, listener.guide_embedder)
    group = LeavingOut(targets, listener.judge.space, "en")

    for index, sentence in enumerate(points[0].says):
        vector = targets[0].says[index]
        assert group.example(0, vector, Left(0, "says", index)) != sentence
        assert group.example(0, vector, Left(1, "says", index)) == sentence
