"""Precision, recall and their like, against values that scikit-learn brings."""

import math

import numpy as np
import pytest

from copilot.lab.measuring import bootstrap
from copilot.lab.measuring.bootstrap import estimate, ratio
from copilot.lab.measuring.calibration import calibration
from copilot.lab.measuring.counting import Counted, counts_of, f1_of, rates
from tests.lab.measuring.counting_parts import decisions, made


def test_rates_are_those_of_scikit_learn() -> None:
    found = rates(decisions())

    # precision_recall_fscore_support(RIGHT, SHOWN, average="binary") of version 1.7.
    assert found.precision.value == pytest.approx(0.6)
    assert found.recall.value == pytest.approx(0.6)
    assert found.f1.value == pytest.approx(0.6)
    assert found.f1.low < 0.6 < found.f1.high
    assert math.isnan(found.denied_found.value)


def test_denials_and_quotes_are_counted_apart() -> None:
    several = [
        made(False, False, label="denied", state="denied"),
        made(False, True, label="denied"),
        made(False, False, label="denied"),
        made(False, False, state="unclear"),
        made(True, True, overlaps=True, verbatim=True),
        made(True, True, overlaps=False, verbatim=False),
        made(True, True),
    ]
    found = rates([Counted(n, one) for n, one in enumerate(several)])

    assert found.denied_found.value == pytest.approx(1 / 3)
    assert found.denied_as_shown.value == pytest.approx(1 / 3)
    assert found.unclear.value == pytest.approx(1 / 7)
    assert found.quote_overlap.value == pytest.approx(1 / 2)
    assert found.verbatim.value == pytest.approx(1 / 2)


def test_a_wrong_question_is_no_hit() -> None:
    wrong = made(True, True, kind="question", label="team", state="rollout")

    assert not wrong.is_hit
    assert not wrong.agrees
    assert made(True, True, kind="question", label="team", state="team").is_hit


def test_repeats_of_a_case_weigh_as_one() -> None:
    once = [Counted("a", made(True, True)), Counted("b", made(False, True))]
    thrice = [Counted("a", made(True, True), 1 / 3)] * 3 + once[1:]

    assert rates(thrice).precision.value == pytest.approx(rates(once).precision.value)


def test_groups_are_drawn_whole() -> None:
    """Forty answers that all go alike within their group tell no more than the groups do."""
    alike = [Counted(n // 10, made(True, n < 20)) for n in range(40)]
    apart = [Counted(n, made(True, n < 20)) for n in range(40)]

    assert counts_of(alike).shape[0] == 4
    wide, narrow = rates(alike).recall, rates(apart).recall
    assert wide.high - wide.low > 1.5 * (narrow.high - narrow.low)


def test_nothing_counted_is_no_number() -> None:
    found = rates([])

    assert math.isnan(found.precision.value)
    assert math.isnan(found.f1.low)


def test_an_interval_holds_the_truth_nineteen_times_in_twenty() -> None:
    generator = np.random.default_rng(7)
    held = 0
    for _ in range(200):
        counts = np.column_stack([generator.random(60) < 0.7, np.ones(60)]).astype(float)
        found = estimate(counts, lambda sums: ratio(sums[..., 0], sums[..., 1]), rounds=400)
        held += found.low <= 0.7 <= found.high

    assert 180 <= held <= 198


@pytest.mark.parametrize(("hits", "low", "high"), [(7, 0.5904, 1.0), (0, 0.0, 0.4096)])
def test_all_or_nothing_of_a_few_is_no_certainty(hits: int, low: float, high: float) -> None:
    several = [Counted(n, made(True, n < hits)) for n in range(7)]
    found = rates(several).recall

    # The exact interval of seven of seven, or none of seven.
    assert found.low == pytest.approx(low, abs=1e-4)
    assert found.high == pytest.approx(high, abs=1e-4)


def test_one_group_tells_nothing_of_others() -> None:
    found = rates([Counted("one interview", made(True, n < 9)) for n in range(10)]).recall

    assert (found.value, found.low, found.high) == (0.9, 0.0, 1.0)


def test_thousands_of_groups_are_drawn_in_parts_with_the_same_outcome(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts = np.column_stack([np.arange(300) % 3 == 0, np.ones(300)]).astype(float)
    whole = estimate(counts, lambda sums: ratio(sums[..., 0], sums[..., 1]))
    monkeypatch.setattr(bootstrap, "_AT_ONCE", 7_000)

    assert estimate(counts, lambda sums: ratio(sums[..., 0], sums[..., 1])) == whole


def test_the_same_groups_can_be_laid_beside_each_other() -> None:
    ours = counts_of([Counted("b", made(True, True))], ["a", "b"])

    assert ours.shape[0] == 2
    assert float(f1_of(ours.sum(axis=0))) == 1.0


# -- calibration ----------------------------------------------------------------------------------


def test_the_score_of_probabilities_is_that_of_scikit_learn() -> None:
    found = calibration(decisions())

    assert found is not None
    # brier_score_loss(RIGHT, TOLD) of version 1.7.
    assert found.brier.value == pytest.approx(0.1805)
    assert found.brier.low < 0.1805 < found.brier.high
    assert [bin_.decisions for bin_ in found.bins] == [5, 5]
    # By hand: told 0.21 and 0.79, so two and three of five; |0.4 - 0.21| and |0.6 - 0.79|.
    assert found.error == pytest.approx(0.19)


def test_honest_probabilities_have_next_to_no_error() -> None:
    generator = np.random.default_rng(3)
    told = generator.random(4000)
    held = generator.random(4000) < told
    several = [
        Counted(n, made(bool(h), False, float(t)))
        for n, (t, h) in enumerate(zip(told, held, strict=True))
    ]
    found = calibration(several)
    boasting = calibration(
        [Counted(one.group, one.decision.model_copy(update={"confidence": 1.0})) for one in several]
    )

    assert found is not None
    assert boasting is not None
    assert len(found.bins) == 10
    assert found.error < 0.03
    assert found.brier.value == pytest.approx(1 / 6, abs=0.01)
    assert boasting.error == pytest.approx(0.5, abs=0.03)


def test_equal_probabilities_share_a_bin() -> None:
    """Sorted by luck into two bins, eight that never held and two that did would look wrong."""
    several = [Counted(n, made(n < 2, False, 0.2)) for n in range(10)]
    found = calibration(several)

    assert found is not None
    assert len(found.bins) == 1
    assert found.error == pytest.approx(0.0)


def test_without_probabilities_there_is_nothing_to_calibrate() -> None:
    assert calibration([Counted("a", made(True, True))]) is None
