"""A guide that was made worse on purpose gets worse verdicts, and is told what to do about it."""

from pathlib import Path
from typing import Any

import pytest

from copilot.guides.listening import Listener
from copilot.guides.readiness.assessing import readiness_of
from copilot.guides.readiness.model import (
    Checked,
    ItemKind,
    OtherLanguage,
    Readiness,
    Verdict,
    as_json,
    readiness_schema,
)
from copilot.knowledge.guide import Guide
from tests.builders import guide_data
from tests.guides.readiness.parts import TRAINING, WASTE, bakery

Points = dict[str, Any]


@pytest.fixture
def ready_of(listener: Listener, tmp_path: Path) -> Any:
    def measured(guide: Guide) -> Readiness:
        return readiness_of(guide, listener, cache=tmp_path)

    return measured


def _verdicts(ready: Readiness) -> dict[str, Verdict]:
    return {point.id: point.verdict for point in ready.points}


def test_a_good_guide_is_ready(ready_of: Any, guide: Guide) -> None:
    ready = ready_of(guide)

    assert ready.measured
    assert set(_verdicts(ready).values()) == {Verdict.READY}
    assert ready.collisions == ()
    assert all(point.hearing.tried >= 4 for point in ready.points)
    assert sum(point.hearing.heard for point in ready.points) >= 4


def test_a_point_without_says_is_blind(ready_of: Any) -> None:
    ready = ready_of(bakery(lambda points: points["rollback"].update(says=[])))

    assert _verdicts(ready)["rollback"] is Verdict.BLIND
    assert "about ten says" in ready.steps[0].what
    assert ready.steps[0].command == "interview-copilot knowledge enrich baker"


def test_a_point_with_three_says_is_thin(ready_of: Any) -> None:
    ready = ready_of(bakery(lambda points: points["pilot"].update(says=list(WASTE[:3]))))

    assert _verdicts(ready)["pilot"] is Verdict.THIN
    assert any("too few" in step.what for step in ready.steps)


def test_ten_wordings_of_one_sentence_are_thin(ready_of: Any) -> None:
    alike = [f"We weighed the waste {when}." for when in ("each night", "every night", "at night")]
    says = [*alike, *(f"{text[:-1]}!" for text in alike), *(f"So {t.lower()}" for t in alike)]
    ready = ready_of(bakery(lambda points: points["pilot"].update(says=says)))

    [point] = [point for point in ready.points if point.id == "pilot"]
    assert point.says == 9
    assert point.distinct < 6
    assert point.verdict is Verdict.THIN
    assert point.doubles
    assert point.beginning == "we weighed"


def test_a_point_with_a_rivals_sentences_is_mixed_up_with_it(ready_of: Any) -> None:
    def change(points: Points) -> None:
        points["pilot"]["says"] = [*WASTE[:4], *TRAINING]

    ready = ready_of(bakery(change))

    assert _verdicts(ready)["training"] is Verdict.MIXED_UP
    [collision] = ready.collisions
    assert (collision.one, collision.other) == ("pilot", "training")
    assert all(
        {one.of, one.counts_for} == {"pilot", "training"} and one.text in TRAINING
        for one in collision.sentences
    )
    assert any("Set 1 pair of points apart" in step.what for step in ready.steps)


def test_without_a_listener_it_goes_by_counts(guide: Guide) -> None:
    ready = readiness_of(guide, None)

    assert not ready.measured
    assert set(_verdicts(ready).values()) == {Verdict.READY}
    assert all(point.hearing is None for point in ready.points)


def test_competencies_are_looked_at_where_a_question_has_no_points() -> None:
    ready = readiness_of(Guide.model_validate(guide_data()), None)

    assert [p.id for p in ready.points if p.kind is ItemKind.COMPETENCY] == ["craft"]


def test_a_guide_of_questions_alone_is_told_what_it_lacks(ready_of: Any) -> None:
    data = {**guide_data(), "competencies": [], "red_flags": [], "stages": []}
    for question in data["questions"]:
        question |= {"points": [], "competencies": [], "phrasings": []}
    ready = ready_of(Guide.model_validate(data))

    assert (ready.points, ready.flags, ready.times.stages) == ((), (), 0)
    assert any("phrasings" in step.what for step in ready.steps)


def test_what_the_law_forbids_comes_first() -> None:
    data = guide_data()
    data["questions"][0]["text"] = "How old are you?"
    ready = readiness_of(Guide.model_validate(data), None)

    assert "off limits" in ready.steps[0].what
    assert ready.steps[0].command == "interview-copilot knowledge edit baker"


def test_times_and_other_languages_are_told(guide: Guide) -> None:
    french = OtherLanguage(language="fr", there=True, missing=7)
    ready = readiness_of(guide, None, other_languages=[french])

    assert (ready.times.questions, ready.times.stages) == (5, 30)
    assert ready.steps[-1].command == "interview-copilot knowledge enrich baker --language fr"
    assert "7 texts" in ready.steps[-1].what


def test_the_same_guide_is_the_same_twice_and_is_not_read_twice(
    listener: Listener, guide: Guide, tmp_path: Path
) -> None:
    first = readiness_of(guide, listener, cache=tmp_path)
    [path] = tmp_path.iterdir()
    written = path.stat().st_mtime_ns

    assert readiness_of(guide, listener, cache=tmp_path) == first
    assert path.stat().st_mtime_ns == written


def test_the_json_holds_what_its_schema_says(guide: Guide) -> None:
    values = as_json(Checked(files=(), guides=(readiness_of(guide, None),)))
    schema = readiness_schema()

    assert set(values) == set(schema["properties"]) == {"files", "guides"}
    assert set(values["guides"][0]) == set(schema["$defs"]["Readiness"]["properties"])
    assert values["guides"][0]["points"][0]["verdict"] == "ready"
