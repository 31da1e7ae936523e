"""Decisions of two runs beside each other: by kind and by target, each repeat a part of its case."""

import pytest

from copilot.lab.comparing.decisions import flips, lines_of, placed
from copilot.lab.comparing.measured import Counts, TargetLine
from copilot.lab.results import Produced, Result
from tests.lab.builders import a_decision, a_result

Pair = tuple[list[Result], list[Result]]


def test_a_line_a_kind_and_a_target_with_what_became_right_and_wrong() -> None:
    hit, miss = a_decision(shown=True, right=True), a_decision(shown=False, right=True)
    wrong = a_decision(shown=True, right=False, target="yeast")
    pairs: dict[str, Pair] = {
        "c1": ([a_result(decisions=[miss])], [a_result(decisions=[hit])]),
        "c2": ([a_result("c2", decisions=[hit])], [a_result("c2", decisions=[miss, wrong])]),
    }

    found = lines_of(pairs, [flip for a, b in pairs.values() for flip in flips(a, b)])

    once = Counts(right_shown=1, missed=1)
    assert found == (
        TargetLine(
            kind="point",
            a=once,
            b=Counts(right_shown=1, wrong_shown=1, missed=1),
            better=1,
            worse=1,
        ),
        TargetLine(kind="point", target="ovens", a=once, b=once, better=1, worse=1),
        TargetLine(kind="point", target="yeast", a=Counts(), b=Counts(wrong_shown=1)),
    )


def test_repeats_are_parts_of_their_case_and_errors_none() -> None:
    hit, miss = a_decision(shown=True, right=True), a_decision(shown=False, right=True)
    several = [
        a_result(repeat=0, decisions=[hit]),
        a_result(repeat=1, decisions=[miss]),
        a_result(repeat=2, error="gone"),
    ]

    [whole, target] = lines_of({"c1": (several, several)}, [])

    assert whole.a == target.b == Counts(right_shown=0.5, missed=0.5)


def test_the_work_does_not_grow_with_the_number_of_targets(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def failed(produced: Produced) -> bool:
        looked.append(produced.model)
        return bool(produced.error)

    monkeypatch.setattr(Produced, "failed", property(failed))
    pairs: dict[str, Pair] = {}
    for number in range(50):
        decision = a_decision(shown=True, right=True, target=f"p{number}")
        one = a_result(f"c{number}", decisions=[decision])
        pairs[one.case] = [one], [one]

    assert len(lines_of(pairs, [])) == 51
    assert len(looked) <= 4 * 2 * len(pairs)


def test_decisions_about_the_same_are_told_apart_by_their_order() -> None:
    first, second = (
        a_decision(shown=True, right=True, kind="question", target="", label=each, state=each)
        for each in ("team", "rollout")
    )

    found = placed(a_result(decisions=[first, second]))

    assert found == {("question", "", 0): first, ("question", "", 1): second}
