"""Thresholds of one's own in a session: used, named in the journal, and told of when broken."""

from copilot.engine.doctor import check_thresholds
from copilot.engine.thresholds import Thresholds
from copilot.engine.vitals import Vitals
from copilot.matching.rules import NEVER, SHIPPED_RULES, Rules, StateRule
from copilot.matching.rules_file import LearnedFrom, read_rules, rules_path, write_rules
from copilot.plain.line import Verbosity
from copilot.plain.telling import Teller

STRICT = Rules(point=StateRule(says=0.9, denies=NEVER, doubt=0.8))
LEARNED = LearnedFrom(data="our answers", sha256="ab" * 32, date="2026-11-23")


def broken() -> None:
    """A file of one's own that cannot be used."""
    rules_path().parent.mkdir(parents=True)
    rules_path().write_text('{"point": {"says": 2}}')


def test_those_that_ship_need_no_word() -> None:
    thresholds = Thresholds()

    assert thresholds.rules is SHIPPED_RULES
    assert thresholds.models == ()
    assert thresholds.told(Vitals(1.0)) == Vitals(1.0)
    assert check_thresholds().text == "those that ship"


def test_those_of_ones_own_are_used_and_named_in_the_journal() -> None:
    write_rules(rules_path(), STRICT, LEARNED)
    thresholds = Thresholds()
    [model] = thresholds.models

    assert thresholds.rules == STRICT
    assert model.sha256 == read_rules(rules_path()).sha256
    assert thresholds.notice == ""
    found = check_thresholds()
    assert "learned from our answers" in found.text
    assert found.problem is None


def test_a_file_that_changes_meanwhile_changes_nothing() -> None:
    thresholds = Thresholds()
    write_rules(rules_path(), STRICT, LEARNED)

    assert thresholds.rules is SHIPPED_RULES


def test_those_a_session_is_given_win() -> None:
    write_rules(rules_path(), STRICT, LEARNED)
    given = Rules(flag=StateRule(says=0.7, denies=NEVER, doubt=0.3))

    assert Thresholds(given).rules == given
    assert Thresholds(given).models == ()


def test_a_broken_file_is_told_and_those_that_ship_are_used() -> None:
    broken()
    thresholds = Thresholds()
    told = thresholds.told(Vitals(1.0))

    assert thresholds.rules == SHIPPED_RULES
    assert str(rules_path()) in told.matching_notice
    assert "the thresholds that ship are used" in told.matching_notice
    problem = check_thresholds().problem
    assert problem is not None
    assert not problem.grave
    assert problem.remedy


def test_the_front_that_speaks_tells_it_once() -> None:
    broken()
    teller, vitals = Teller(), Thresholds().told(Vitals(1.0))
    teller.verbosity = Verbosity.ALL

    [line] = teller.check(vitals)
    assert str(rules_path()) in line.text
    assert teller.check(vitals) == []
