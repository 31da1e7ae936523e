"""Fitted thresholds are judged by what they were not fitted to, and noise is not sold as progress."""

import json
from pathlib import Path

import numpy as np
import pytest

from copilot.errors import InputError, UsageError
from copilot.events import FindingKind
from copilot.lab.calibrating.calibration import calibrate, labelled_suite
from copilot.lab.calibrating.fitting import fit
from copilot.lab.calibrating.labelled import Labelled, Labels, labels_of
from copilot.lab.calibrating.validating import validated
from copilot.lab.results import Produced
from copilot.lab.running.cache import Cache
from copilot.matching.rules import POINT_RULE, SHIPPED_RULES
from copilot.matching.rules_file import read_rules, rules_path
from tests.cli.command import run
from tests.lab.builders import a_case

POINT, FLAG = FindingKind.POINT, FindingKind.FLAG


def made(
    seed: int, *, shift: float = 0.0, random: bool = False, groups: int = 16, each: int = 16
) -> Labels:
    """Labels of points whose probabilities mean something, moved by ``shift``, or nothing."""
    generator = np.random.default_rng(seed)
    found = []
    for group in range(groups):
        for _ in range(each):
            label = str(generator.choice(["said", "denied", "absent"], p=[0.4, 0.15, 0.45]))
            heard = str(generator.choice(["said", "denied", "absent"])) if random else label
            says = generator.beta(7, 3) if heard == "said" else generator.beta(2, 6)
            denies = generator.beta(6, 4) if heard == "denied" else generator.beta(1, 9)
            says = float(np.clip(says + shift, 0, 1))
            found.append(Labelled(f"q{group}", label, says, min(float(denies), 1 - says)))
    return Labels.of(POINT, found)


def test_random_labels_bring_no_gain() -> None:
    better = [validated(made(seed, random=True), 0.9).is_better for seed in range(25)]

    assert sum(better) <= 1


def test_thresholds_that_are_far_off_are_found_to_be() -> None:
    found = validated(made(1, shift=-0.3), 0.8)

    assert found.is_better
    assert found.rule.says < POINT_RULE.says - 0.1
    assert found.fitted.f.value > found.shipped.f.value
    assert found.difference is not None
    assert found.difference.low > 0


def test_what_is_held_out_was_not_learned_from() -> None:
    # Each group has a threshold of its own, which no other group can know.
    labels = made(3, random=True, each=40)
    by_itself = fit(labels, 0.5)
    shown = labels.shown(by_itself.says)
    f_of_known = 2 * (shown & labels.said).sum() / (shown.sum() + labels.said.sum())

    assert validated(labels, 0.5).fitted.f.value < f_of_known


def test_among_equals_the_middle_is_taken() -> None:
    several = [Labelled(f"q{n}", "said", 0.8, 0.0) for n in range(20)]
    several += [Labelled(f"q{n}", "absent", 0.2, 0.0) for n in range(20)]

    rule = fit(Labels.of(POINT, several), 0.9)

    assert rule.says == pytest.approx(0.51, abs=0.011)
    # Nothing is denied and nothing missed: what says where these lie is what ships.
    assert (rule.denies, rule.doubt) == (POINT_RULE.denies, POINT_RULE.doubt)


def test_the_target_is_kept_where_it_can_be() -> None:
    labels = made(5)
    for target in (0.8, 0.95):
        shown = labels.shown(fit(labels, target).says)
        assert (shown & labels.said).sum() / shown.sum() >= target


def test_denials_have_a_threshold_of_their_own() -> None:
    several = [Labelled(f"q{n}", "denied", 0.1, 0.7) for n in range(12)]
    several += [Labelled(f"q{n}", "absent", 0.1, 0.3) for n in range(12)]
    several += [Labelled(f"q{n}", "said", 0.9, 0.05) for n in range(12)]
    labels = Labels.of(POINT, several)

    rule = fit(labels, 0.9)

    assert 0.45 < rule.denies < 0.55
    assert list(labels.found_denied(rule)) == [True] * 12 + [False] * 24


def test_what_no_threshold_decides_stays_as_it_is() -> None:
    output = {
        "points": {"ovens": {"state": "unclear", "says": 0.9, "denies": 0.0}},
        "flags": {"no_result": {"state": "raised", "says": 0.1, "denies": 0.0}},
    }
    case = a_case(
        expected={
            "points": {"ovens": {"state": "explicit", "quote": "a"}},
            "flags": {"no_result": None},
        }
    )

    labels = labels_of([case], {case.id: Produced(output=output)})

    assert not labels[POINT].shown(0.1).any()
    assert labels[FLAG].shown(0.99).all()


@pytest.mark.parametrize(("groups", "each"), [(5, 40), (16, 2)])
def test_too_few_labels_are_refused_with_how_many_are_needed(groups: int, each: int) -> None:
    found = validated(made(1, groups=groups, each=each), 0.9)

    assert "at least are needed" in found.too_few
    assert found.rule == POINT_RULE
    assert not found.is_better


def test_few_labels_are_warned_of() -> None:
    assert any("few" in told for told in validated(made(1, each=4), 0.9).warnings)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Two labelled answers, which is too little for anything."""
    source = Path("copilot/lab/suites/data/answers.jsonl").read_text("utf-8").splitlines()
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(source[:2]) + "\n", encoding="utf-8")
    return path


def test_a_file_of_two_answers_is_refused(answers: Path) -> None:
    with pytest.raises(InputError, match="too little is labelled"):
        calibrate(labelled_suite([str(answers)]), 0.9, cache=Cache(), workers=1)


def test_other_suites_and_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="of the task gate"):
        labelled_suite(["follow-up-gate"])
    with pytest.raises(UsageError, match="no such file"):
        labelled_suite([str(tmp_path / "none.jsonl")])


def test_thresholds_are_written_with_what_they_were_learned_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    labels = made(1, shift=-0.3)
    monkeypatch.setattr(
        "copilot.lab.calibrating.calibration.labels_of",
        lambda _cases, _produced: {POINT: labels, FLAG: Labels.of(FLAG, [])},
    )
    monkeypatch.setattr(
        "copilot.lab.calibrating.calibration.do_items",
        lambda items, *_a, **_k: ({item.id: Produced(output={}) for item in items}, ""),
    )

    done = run("lab", "calibrate", "local-matcher", "--target-precision", "0.8", "--use")

    assert done.code == 0
    used = read_rules(rules_path())
    assert used.rules.point.says < POINT_RULE.says
    assert used.rules.flag == SHIPPED_RULES.flag
    assert used.learned_from is not None
    assert used.learned_from.data == "local-matcher"
    assert "256 labels of points" in used.learned_from.labels
    assert "precision" in used.learned_from.held_out
    # A second time it is asked, and nobody is there to answer.
    again = run("lab", "calibrate", "local-matcher", "--target-precision", "0.8", "--use")
    assert again.code != 0
    assert "--yes" in again.err
    assert json.loads(rules_path().read_text("utf-8"))["point"]["says"] == used.rules.point.says


def test_nothing_is_used_that_is_not_better(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = made(2, random=True)
    monkeypatch.setattr(
        "copilot.lab.calibrating.calibration.labels_of",
        lambda _cases, _produced: {POINT: labels, FLAG: Labels.of(FLAG, [])},
    )
    monkeypatch.setattr(
        "copilot.lab.calibrating.calibration.do_items",
        lambda items, *_a, **_k: ({item.id: Produced(output={}) for item in items}, ""),
    )

    done = run("lab", "calibrate", "local-matcher", "--use")

    assert done.code != 0
    assert "not better by more than noise" in done.err
    assert "Stay with the thresholds that ship" in done.out
    assert not rules_path().exists()
    assert run("lab", "calibrate", "local-matcher", "--use", "--force").code == 0
    assert rules_path().exists()
