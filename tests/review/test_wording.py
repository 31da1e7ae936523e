"""The shared phrases: whole in both languages, and with the same places to fill in."""

import dataclasses
import re

import pytest

from copilot.events import (
    AlarmKind,
    Channel,
    ConsentDecision,
    FindingState,
    GapCause,
    Recommendation,
    SuggestionFate,
    Unrated,
)
from copilot.review.wording.finding import FINDING, POINT_STATES
from copilot.review.wording.hearing import HEARING
from copilot.review.wording.judging import JUDGING
from copilot.review.wording.session import SESSION
from copilot.review.wording.signs import SIGNS

_TABLES = (FINDING, HEARING, JUDGING, SESSION, SIGNS)


def _texts(table) -> dict[str, str]:
    found = {}
    for each in dataclasses.fields(table):
        value = getattr(table, each.name)
        if isinstance(value, str):
            found[each.name] = value
        else:
            items = value.items() if isinstance(value, dict) else enumerate(value)
            found |= {f"{each.name}.{key}": text for key, text in items}
    return found


@pytest.mark.parametrize("tables", _TABLES)
def test_both_languages_fill_in_the_same(tables) -> None:
    english, french = _texts(tables["en"]), _texts(tables["fr"])

    assert english.keys() == french.keys()
    for name, text in english.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", french[name])), name
        assert text, name
        assert french[name], name


@pytest.mark.parametrize("language", ["en", "fr"])
def test_there_are_words_for_every_kind(language: str) -> None:
    finding, hearing, judging = FINDING[language], HEARING[language], JUDGING[language]

    assert set(finding.states) == set(FindingState)
    assert set(POINT_STATES) == set(FindingState) - {FindingState.RAISED, FindingState.NOT_RAISED}
    assert set(finding.fates) == set(SuggestionFate)
    assert set(hearing.sides) == {*Channel, None}
    assert set(hearing.causes) == set(GapCause)
    assert set(hearing.alarms) == set(AlarmKind)
    assert set(judging.recommendations) == set(Recommendation)
    assert set(judging.unrated) == set(Unrated)
    assert set(SESSION[language].consents) == {*ConsentDecision, None}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_big_first_letter_is_all_that_changes_where_a_line_begins_with_one(language: str) -> None:
    small = [*FINDING[language].states.values(), *JUDGING[language].recommendations.values()]
    small += [*HEARING[language].sides.values(), SESSION[language].not_asked]

    for text in small:
        assert text.capitalize()[1:] == text[1:]
        assert text[0].islower()
