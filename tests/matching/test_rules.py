"""Thresholds: what they make of probabilities, and files of one's own."""

import json
import stat
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copilot.events import FindingKind, FindingState
from copilot.matching.judge import state_of
from copilot.matching.rules import NEVER, SHIPPED_RULES, Rules, StateRule
from copilot.matching.rules_file import (
    LearnedFrom,
    RulesError,
    read_rules,
    rules_as_json,
    rules_from,
    rules_in_use,
    rules_path,
    write_rules,
)

STRICT = Rules(point=StateRule(says=0.9, denies=NEVER, doubt=0.8))
LEARNED = LearnedFrom(data="answers.jsonl", sha256="ab" * 32, date="2026-11-23")


def written(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_other_rules_make_other_states_of_the_same_probabilities() -> None:
    probabilities = np.array([0.15, 0.85, 0.0], np.float32)
    denied = np.array([0.1, 0.0, 0.9], np.float32)

    assert state_of(FindingKind.POINT, probabilities)[0] is FindingState.EVIDENCED
    assert state_of(FindingKind.POINT, probabilities, STRICT)[0] is FindingState.UNCLEAR
    assert state_of(FindingKind.POINT, denied)[0] is FindingState.DENIED
    assert state_of(FindingKind.POINT, denied, STRICT)[0] is FindingState.UNCLEAR
    # The rule of flags is still the one that ships.
    assert state_of(FindingKind.FLAG, probabilities, STRICT)[0] is FindingState.RAISED


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "thresholds.json"
    write_rules(path, STRICT, LEARNED)
    found = read_rules(path)

    assert (found.rules, found.learned_from, found.path) == (STRICT, LEARNED, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "answers.jsonl" in found.described
    assert "2026-11-23" in found.described


@pytest.mark.parametrize("rules", [SHIPPED_RULES, STRICT])
def test_rules_as_json_are_the_same_rules(rules: Rules) -> None:
    assert rules_from(json.loads(json.dumps(rules_as_json(rules))), "here") == rules


def test_a_kind_that_is_left_out_keeps_what_ships() -> None:
    only = rules_from({"flag": {"says": 0.7, "denies": None, "doubt": 0.2}}, "here")

    assert only.point == SHIPPED_RULES.point
    assert only.flag == StateRule(says=0.7, denies=NEVER, doubt=0.2)


POINT = {"says": 0.5, "denies": 0.5, "doubt": 0.4}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", ":1: no JSON"),
        ("\udcff", "no JSON"),
        ("[]", "an object"),
        ({"points": POINT}, "'points'"),
        ({"point": []}, "'point'"),
        ({"point": {**POINT, "sais": 1}}, "'point.sais'"),
        ({"point": {"says": 0.5, "denies": 0.5}}, "'point.doubt'"),
        ({"point": {**POINT, "says": 0}}, "'point.says'"),
        ({"point": {**POINT, "says": 1.01}}, "'point.says'"),
        ({"point": {**POINT, "says": None}}, "'point.says'"),
        ({"point": {**POINT, "says": True}}, "'point.says'"),
        ({"point": {**POINT, "says": "0.5"}}, "'point.says'"),
        ('{"point": {"says": NaN, "denies": 0.5, "doubt": 0.4}}', "'point.says'"),
        ({"point": {**POINT, "doubt": 0.6}}, "'point.doubt' must not be above"),
        ({"point": POINT, "learned_from": "answers"}, "'learned_from'"),
        ({"point": POINT, "learned_from": {"data": "a"}}, "'learned_from'"),
    ],
)
def test_a_broken_file_is_told_with_its_name_and_key(
    tmp_path: Path, content: Any, said: str
) -> None:
    path = tmp_path / "thresholds.json"
    if content == "\udcff":
        path.write_bytes(b"\xff\xfe\xff")
    else:
        written(path, content)

    with pytest.raises(RulesError) as caught:
        read_rules(path)
    assert str(path) in caught.value.message
    assert said in caught.value.message
    assert caught.value.remedy


def test_without_a_file_those_that_ship_are_in_use() -> None:
    assert rules_in_use().rules is SHIPPED_RULES
    assert rules_in_use().problem is None
    assert rules_in_use().described == "those that ship"


def test_the_file_in_the_settings_folder_is_in_use() -> None:
    written(rules_path(), {"point": {"says": 0.9, "denies": None, "doubt": 0.8}})

    found = rules_in_use()
    assert found.rules == STRICT
    assert str(rules_path()) in found.described


def test_a_broken_file_leaves_those_that_ship_in_use_and_says_so() -> None:
    written(rules_path(), "{")
    found = rules_in_use()

    assert found.rules == SHIPPED_RULES
    assert found.problem is not None
    assert str(rules_path()) in found.problem.message


def test_a_folder_in_its_place_is_told() -> None:
    rules_path().mkdir(parents=True)

    assert rules_in_use().problem is not None
