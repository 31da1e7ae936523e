"""Questions that should be put otherwise are found, with the place they stand at."""

from typing import Any

import pytest

from copilot.guides.readiness.asking import asked, badly_put
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from tests.builders import guide_data


def _with(text: str, *phrasings: str, language: str = "en") -> Guide:
    data: dict[str, Any] = guide_data()
    data["language"] = language
    data["questions"][0] |= {"text": text, "phrasings": list(phrasings)}
    return Guide.model_validate(data)


@pytest.mark.parametrize(
    ("text", "language", "fault"),
    [
        ("Are you planning to have children soon?", "en", "is off limits"),
        ("Avez-vous des enfants ?", "fr", "is off limits"),
        ("You must have weighed the waste, right?", "en", "is leading"),
        ("How did you plan it, and why did you choose that oven?", "en", "asks two things"),
        ("Have you ever trained an apprentice?", "en", "can be answered by yes or no"),
    ],
)
def test_a_badly_put_question_is_found(text: str, language: str, fault: str) -> None:
    found = {one.place: one for one in badly_put(_with(text, language=language))}

    assert any(each.startswith(fault) for each in found["questions.rollout.text"].faults)


def test_a_phrasing_is_held_to_the_same() -> None:
    places = [
        one.place
        for one in badly_put(_with("How do you bake?", "How old are you?", "And the oven?"))
    ]

    assert places == ["questions.rollout.phrasings[0]"]


def test_a_badly_put_probe_is_found_with_its_place() -> None:
    data = guide_data()
    data["questions"][1]["points"][0]["probes"] = ["Did you weigh it?"]

    [found] = badly_put(Guide.model_validate(data))

    assert found.place == "questions.metrics.points.waste.probes[0]"
    assert found.faults == ("can be answered by yes or no",)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_question_that_ships_is_off_limits_leading_or_closed(language: str) -> None:
    for role in ("director-it-operations", "nurse-manager", "sales-representative"):
        guide = load_guide(role, language)
        texts = [one for one in badly_put(guide) if one.place.endswith(".text")]
        faults = {fault for one in texts for fault in one.faults}

        assert faults <= {"asks two things"}
        assert not any("off limits" in f for one in badly_put(guide) for f in one.faults)


def test_how_each_question_is_asked_is_told() -> None:
    data = guide_data()
    data["questions"][0]["points"][2]["probes"] = []

    first, *_ = asked(Guide.model_validate(data))

    assert (first.id, first.minutes, first.phrasings, first.points) == ("rollout", 5.0, 1, 3)
    assert first.without_probes == ("training",)
    assert first.level.words == 8
