"""promptfoo's checks of texts, each with what holds and what does not, in both languages."""

from typing import Any

import pytest

from copilot.lab.results import Produced
from tests.lab.checks.looking import one

ENGLISH = "What did you do when the old oven failed?"
FRENCH = "Qu'avez-vous fait quand le vieux four est tombé en panne ?"


@pytest.mark.parametrize(
    ("kind", "value", "holds", "fails"),
    [
        ("equals", "Which oven?", "Which oven?\n", "Which ovens?"),
        ("contains", "oven", ENGLISH, "Which Oven?"),
        ("contains", "tombé", FRENCH, "Qu'est-ce qui est tombe ?"),
        ("icontains", "OVEN", ENGLISH, FRENCH),
        ("icontains", "QU'AVEZ", FRENCH, ENGLISH),
        ("contains-all", ["old", "oven"], ENGLISH, "Which oven?"),
        ("contains-any", ["stove", "oven"], ENGLISH, "Which one?"),
        ("icontains-all", ["OLD", "Oven"], ENGLISH, "Which oven?"),
        ("icontains-any", ["STOVE", "Four"], FRENCH, "Which one?"),
        ("starts-with", "What", f"  {ENGLISH}", FRENCH),
        ("regex", r"\boven(s)?\b", ENGLISH, FRENCH),
        ("is-json", None, '{"a": 1}', "Which oven?"),
        ("levenshtein", "Which oven?", "Which ovens?", "How many people did you train?"),
        ("max-words", 9, ENGLISH, f"{ENGLISH} And then?"),
        ("min-words", 9, ENGLISH, "Which one?"),
        ("language", "en", ENGLISH, FRENCH),
        ("language", "fr", FRENCH, ENGLISH),
    ],
)
def test_a_check_holds_and_fails_and_so_does_its_opposite(
    kind: str, value: Any, holds: str, fails: str
) -> None:
    at: dict[str, Any] = {"output": "a text"}

    assert one(holds, kind, value, **at).passed is True
    assert one(fails, kind, value, **at).passed is False
    assert one(holds, f"not-{kind}", value, **at).passed is False
    assert one(fails, f"not-{kind}", value, **at).passed is True


def test_the_language_is_the_cases_where_none_is_named() -> None:
    assert one(FRENCH, "language", language="fr").passed is True
    assert one(ENGLISH, "language", language="fr").passed is False


def test_an_output_can_be_compared_as_json() -> None:
    produced = Produced(output={"target": "rollback"})

    assert one("", "equals", {"target": "rollback"}, produced=produced).passed is True
    assert one("", "equals", {"target": "ovens"}, produced=produced).passed is False


def test_the_share_of_texts_found_is_the_score() -> None:
    found = one(ENGLISH, "contains-all", ["old", "oven", "stove", "gas"])

    assert (found.passed, found.score) == (False, 0.5)
    assert one(ENGLISH, "not-contains-all", ["old", "gas"]).score == 0.5


def test_a_letter_more_is_one_change() -> None:
    assert one("kitten", "levenshtein", "sitting", 3).passed is True
    assert one("kitten", "levenshtein", "sitting", 2).passed is False
    assert one("", "levenshtein", "", 0).passed is True


def test_time_and_cost_have_a_limit() -> None:
    took = Produced(output={}, took_s=1.2, requests=1, cost=0.02)

    assert one("So?", "latency", threshold=1200, produced=took).passed is True
    assert one("So?", "latency", threshold=1100, produced=took).passed is False
    assert one("So?", "cost", threshold=0.02, produced=took).passed is True
    assert one("So?", "cost", threshold=0.01, produced=took).passed is False


def test_an_unknown_cost_is_no_pass_and_none_is_nothing() -> None:
    asked = Produced(output={}, requests=1)

    assert one("So?", "cost", threshold=5, produced=asked).passed is None
    assert one("So?", "not-cost", threshold=5, produced=asked).passed is None
    assert one("So?", "cost", threshold=0, produced=Produced(output={})).passed is True
