"""How far a model's opinions agree with people."""

import math

import pytest

from copilot.lab.measuring.agreement import WHOLE, agreement, agreements
from copilot.lab.results import Checked, Result
from tests.lab.builders import a_result

OURS = [bool(n) for n in (1, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1)]
THEIRS = [bool(n) for n in (1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0)]


def test_kappa_is_that_of_scikit_learn() -> None:
    found = agreement(OURS, THEIRS)

    # cohen_kappa_score(OURS, THEIRS) of version 1.7.
    assert found.kappa.value == pytest.approx(0.47058823529411764)
    assert found.observed.value == pytest.approx(9 / 12)
    assert (found.both_yes, found.only_ours, found.only_theirs, found.both_no) == (6, 2, 1, 3)
    assert found.kappa.low < found.kappa.value < found.kappa.high
    assert found.caution == "only 12 were judged by both"


def test_full_agreement_is_one_and_chance_is_nought() -> None:
    assert agreement(OURS * 5, OURS * 5).kappa.value == pytest.approx(1)
    assert agreement([True, True, False, False] * 10, [True, False] * 20).kappa.value == 0
    assert agreement(OURS * 5, OURS * 5).caution == ""


def test_where_nearly_all_is_good_kappa_comes_with_a_word_of_caution() -> None:
    ours = [True] * 95 + [False] * 5
    theirs = [False] * 5 + [True] * 95
    found = agreement(ours, theirs)

    assert found.observed.value == pytest.approx(0.9)
    assert found.kappa.value < 0
    assert "nearly all have one verdict" in found.caution


def test_one_who_always_says_the_same_agrees_with_nobody() -> None:
    found = agreement([True] * 40, [True] * 39 + [False])

    assert found.kappa.value == pytest.approx(0)
    assert "means nothing" in found.caution
    assert math.isnan(agreement([True] * 3, [True] * 3).kappa.value)
    assert agreement([], []).items == 0


def _judged(case: str, opinion: bool | None) -> Result:
    """An output that passed its check, with an opinion beside it."""
    result = a_result(case)
    made = Checked(name="llm-rubric", passed=opinion, counts=False)
    return result.model_copy(update={"checks": (*result.checks, made)})


def test_checks_and_opinions_stand_beside_the_labels_of_the_same_outputs() -> None:
    results = [_judged("c1", True), _judged("c2", False), _judged("c3", None), _judged("c4", True)]
    labels = {f"{case} @ local #0": good for case, good in (("c1", 1), ("c2", 1), ("c3", 0))}

    whole, right, opinion = agreements(results, {item: bool(g) for item, g in labels.items()})

    assert (whole.check, whole.agreement.items, whole.agreement.only_ours) == (WHOLE, 3, 1)
    assert (right.check, right.counts, right.agreement.both_yes) == ("right", True, 2)
    assert (opinion.check, opinion.counts, opinion.agreement.items) == ("llm-rubric", False, 2)
    assert opinion.agreement.only_theirs == 1
    assert agreements(results, {}) == ()
