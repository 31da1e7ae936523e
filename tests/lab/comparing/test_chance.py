"""Noise is not sold as progress."""

import tracemalloc
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from copilot.lab.comparing.chance import Paired, holm, paired_ratio


def _rates(a: Any, b: Any, groups: Sequence[str] | None = None) -> Paired:
    first, second = np.asarray(a, float), np.asarray(b, float)
    ones = np.ones(len(first))
    names = groups or [str(n) for n in range(len(first))]
    found = paired_ratio(np.column_stack([first, ones]), np.column_stack([second, ones]), names)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("fixed", "broken", "p"),
    # The exact test of McNemar: twice the tail of the binomial distribution of fixed + broken, 1/2.
    [(5, 0, 0.0625), (6, 0, 0.03125), (8, 1, 0.0390625), (4, 4, 1.0), (9, 3, 0.1459960938)],
)
def test_single_cases_bring_the_exact_test_of_mcnemar(fixed, broken, p) -> None:
    a = [0] * fixed + [1] * broken + [1] * 10 + [0] * 5
    b = [1] * fixed + [0] * broken + [1] * 10 + [0] * 5
    found = _rates(a, b)

    assert found.p == pytest.approx(p)
    assert found.difference == pytest.approx((fixed - broken) / len(a))
    assert found.low <= found.difference <= found.high


def test_many_that_changed_are_swapped_by_chance() -> None:
    found = _rates([0] * 40 + [1] * 20, [1] * 40 + [0] * 20)

    # Exactly 0.01349 by the binomial distribution.
    assert found.p == pytest.approx(0.0135, abs=0.004)


def test_cases_of_one_group_count_as_one() -> None:
    found = _rates([0] * 8, [1] * 8, ["one question"] * 8)

    assert found.p == 1.0


def test_no_change_is_no_evidence() -> None:
    found = _rates([1, 0, 1], [1, 0, 1])

    assert (found.p, found.low, found.high) == (1.0, 0.0, 0.0)


def test_what_is_not_defined_is_not_tested() -> None:
    nothing = np.zeros((3, 2))

    assert paired_ratio(nothing, nothing, ["a", "b", "c"]) is None
    assert paired_ratio(np.zeros((0, 2)), np.zeros((0, 2)), []) is None


def test_of_pure_noise_one_in_twenty_is_called_a_difference() -> None:
    generator = np.random.default_rng(7)
    alarms = 0
    for _ in range(300):
        # Five questions of four answers each that hang together, both runs alike.
        own = generator.random((12, 1))
        a, b = (generator.random((12, 4)) < own for _ in range(2))
        groups = [str(n // 4) for n in range(48)]
        alarms += _rates(a.ravel(), b.ravel(), groups).p < 0.05
    assert alarms / 300 <= 0.08


def test_memory_stays_small_with_thousands_of_groups() -> None:
    first, second = np.ones((5000, 2)), np.ones((5000, 2))
    second[::2, 0] = 0
    groups = [f"g{number}" for number in range(5000)]
    tracemalloc.start()

    paired_ratio(first, second, groups)

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 80_000_000


def test_holm_raises_what_was_looked_for_in_many_places() -> None:
    assert holm([0.01, None, 0.04, 0.03]) == [
        pytest.approx(0.03),
        None,
        pytest.approx(0.06),
        pytest.approx(0.06),
    ]
