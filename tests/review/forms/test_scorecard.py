"""The scorecard holds what the human judged and wrote, and nothing the machine found."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from copilot.events import Recommendation
from copilot.interview import replay
from copilot.review.forms.scorecard import to_scorecard
from copilot.review.forms.scorecard_mapping import ScorecardMapping
from copilot.review.reading import read_reviewed
from copilot.review.reviewed import Reviewed
from tests.interview.strategies import stories
from tests.review.forms.told import judged, machine_words, source_of
from tests.review.stored import keep
from tests.review.story import an_interview


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path))


def _judged() -> Reviewed:
    folder = keep(an_interview().events)
    judged(folder)
    return read_reviewed(folder)


def _card(state: Reviewed, mapping: ScorecardMapping | None = None) -> dict[str, Any]:
    found = json.loads(to_scorecard(source_of(state).report, mapping))
    assert isinstance(found, dict)
    return found


def test_it_has_the_shape_that_is_documented() -> None:
    assert _card(_judged()) == {
        "interview": "Head Baker",
        "interviewed_at": "2026-03-02T09:00:00.000Z",
        "submitted_by": {"id": None, "name": "ada", "employee_id": None},
        "submitted_at": None,
        "overall_recommendation": "yes",
        "attributes": [
            {"name": "Craft", "type": "Skills", "note": "Knows ovens.", "rating": "strong_yes"},
            {
                "name": "New oven",
                "type": "Qualifications",
                "note": "They named the way back.\n"
                "Before that: 2 (2026-03-02 12:00, ada, “Hardly any detail.”)",
                "rating": "yes",
            },
            {
                "name": "Figures",
                "type": "Qualifications",
                "note": "not enough to tell",
                "rating": "no_decision",
            },
            {
                "name": "Team",
                "type": "Qualifications",
                "note": "not asked",
                "rating": "no_decision",
            },
        ],
        "ratings": {
            "definitely_not": [],
            "no": [],
            "mixed": [],
            "yes": ["New oven"],
            "strong_yes": ["Craft"],
        },
        "questions": [
            {"id": None, "question": "Key Take-Aways", "answer": "Would bake with them."},
            {"id": None, "question": "Private Notes", "answer": "0:12 Ask about the oven."},
        ],
    }


def test_nothing_the_machine_found_is_in_it() -> None:
    text = to_scorecard(source_of(_judged()).report)

    for told in machine_words():
        assert told not in text
    for word in ("evidence", "confidence", "finding", "quote", "suggestion", "unclear", "denied"):
        assert word not in text


def test_it_is_the_same_whatever_the_machine_found() -> None:
    story = an_interview()
    bare = [event for event in story.events if "Finding" not in type(event).__name__]
    bare = [event for event in bare if "Suggestion" not in type(event).__name__]
    renumbered = [_numbered(event, seq) for seq, event in enumerate(bare, 1)]
    one = _judged()
    folder = keep(renumbered, "20260302-090000-bare")
    judged(folder)

    assert _card(read_reviewed(folder)) == _card(one)


def _numbered(event: Any, seq: int) -> Any:
    import dataclasses  # noqa: PLC0415

    return dataclasses.replace(event, seq=seq)


def test_what_was_not_judged_is_left_out() -> None:
    card = _card(Reviewed(an_interview().interview))

    assert card["attributes"] == []
    assert card["questions"] == []
    assert card["overall_recommendation"] is None


def test_a_rating_taken_back_is_left_out() -> None:
    folder = keep(an_interview().events)
    judged(folder, lambda review: review.rate("rollout", None))

    names = [each["name"] for each in _card(read_reviewed(folder))["attributes"]]

    assert names == ["Craft", "Figures", "Team"]


def test_names_and_words_can_be_chosen() -> None:
    mapping = ScorecardMapping.model_validate(
        {
            "interview": "Trial shift",
            "submitted_by": {"id": 4080, "name": "Ada Baker"},
            "attributes": {
                "baker": {
                    "craft": {"name": "Baking", "type": "Details"},
                    "metrics": {"leave_out": True},
                }
            },
            "ratings": {1: "no", 2: "mixed", 3: "yes", 4: "strong_yes"},
            "unrated": "mixed",
            "reason": "Summary",
            "notes": "Notes",
        }
    )

    card = _card(_judged(), mapping)

    assert card["interview"] == "Trial shift"
    assert card["submitted_by"]["id"] == 4080
    assert card["attributes"][0]["name"] == "Baking"
    assert card["attributes"][0]["type"] == "Details"
    assert [each["name"] for each in card["attributes"]] == ["Baking", "New oven", "Team"]
    assert card["ratings"]["mixed"] == ["Team"]
    assert [each["question"] for each in card["questions"]] == ["Summary", "Notes"]


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (Recommendation.STRONG_NO, "definitely_not"),
        (Recommendation.NO, "no"),
        (Recommendation.UNDECIDED, "no_decision"),
        (Recommendation.YES, "yes"),
        (Recommendation.STRONG_YES, "strong_yes"),
    ],
)
def test_every_recommendation_has_a_word(given: Recommendation, word: str) -> None:
    folder = keep(an_interview().events)
    judged(folder, lambda review: review.recommend(given, "So."))

    assert _card(read_reviewed(folder))["overall_recommendation"] == word


@given(events=stories())
def test_any_interview_has_a_scorecard(events) -> None:
    interview = replay(events)
    card = json.loads(to_scorecard(source_of(interview).report))

    judgements = sum(interview.judgement_of(each.id) is not None for each in interview.plan)
    judgements += sum(
        interview.competency_judgement_of(each.id) is not None for each in interview.competencies
    )
    assert len(card["attributes"]) == judgements
