"""Two guides are compared by the ids of their items, and texts by what they say."""

from collections.abc import Callable
from typing import Any

import pytest

from copilot.guides.comparing import Change, Kind, changes
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from tests.builders import guide_data

Data = dict[str, Any]


def _changed(change: Callable[[Data], None]) -> tuple[Change, ...]:
    before, after = guide_data(), guide_data()
    change(after)
    return changes(Guide.model_validate(before), Guide.model_validate(after))


def _question(data: Data) -> Data:
    question: Data = data["questions"][0]
    return question


def test_a_guide_is_like_itself() -> None:
    guide = load_guide("nurse-manager")

    assert changes(guide, guide) == ()


def test_a_text_that_was_changed() -> None:
    def change(data: Data) -> None:
        data["title"] = "Master Baker"

    assert _changed(change) == (Change(Kind.CHANGED, ("title",), "Head Baker", "Master Baker"),)


def test_a_sentence_that_was_reworded_is_one_change_and_a_new_one_another() -> None:
    point = _question(guide_data())["points"][0]
    place = ("questions", _question(guide_data())["id"], "points", point["id"], "says")
    said = point["says"][0]

    def change(data: Data) -> None:
        says = _question(data)["points"][0]["says"]
        says[0] = f"{said} Twice"
        says.append("Zucchini grow quickly under glass.")

    assert _changed(change) == (
        Change(Kind.CHANGED, place, said, f"{said} Twice"),
        Change(Kind.ADDED, place, after="Zucchini grow quickly under glass."),
    )


def test_the_order_of_sentences_means_nothing() -> None:
    assert _changed(lambda data: _question(data)["points"][0]["says"].reverse()) == ()


def test_an_item_under_another_id_was_renamed() -> None:
    former = _question(guide_data())["points"][0]["id"]
    question = _question(guide_data())["id"]

    def change(data: Data) -> None:
        _question(data)["points"][0]["id"] = "another-name"

    assert _changed(change) == (
        Change(
            Kind.RENAMED,
            ("questions", question, "points", "another-name"),
            former,
            "another-name",
        ),
    )


def test_items_that_came_and_went_are_told_by_their_text() -> None:
    def change(data: Data) -> None:
        flag = data["red_flags"].pop()
        data["red_flags"].append({**flag, "id": "lateness", "description": "Comes late."})

    gone = guide_data()["red_flags"][-1]
    assert _changed(change) == (
        Change(Kind.REMOVED, ("red_flags", gone["id"]), before=gone["description"]),
        Change(Kind.ADDED, ("red_flags", "lateness"), after="Comes late."),
    )


def test_only_what_moved_is_told_to_have_moved() -> None:
    guide = load_guide("nurse-manager")
    first, *rest = guide.questions
    moved = guide.model_copy(update={"questions": (*rest, first)})

    count = len(guide.questions)
    assert changes(guide, moved) == (Change(Kind.MOVED, ("questions", first.id), "1", str(count)),)


def test_a_number_and_a_rating_anchor() -> None:
    guide = load_guide("nurse-manager")
    question, competency = guide.questions[0], guide.competencies[0]
    data = guide.model_dump(mode="json", by_alias=True)
    data["questions"][0]["minutes"] = 7.5
    data["competencies"][0]["anchors"]["4"] = "Shows it."

    assert competency.anchors is not None
    assert set(changes(guide, Guide.model_validate(data))) == {
        Change(Kind.CHANGED, ("questions", question.id, "minutes"), f"{question.minutes:g}", "7.5"),
        Change(
            Kind.CHANGED,
            ("competencies", competency.id, "anchors", "4"),
            competency.anchors.four,
            "Shows it.",
        ),
    }


def test_what_is_missing_on_one_side() -> None:
    guide = load_guide("nurse-manager")
    competency = guide.competencies[0]
    bare = guide.model_copy(
        update={"competencies": (competency.model_copy(update={"anchors": None}),)}
    )
    full = guide.model_copy(update={"competencies": (competency,)})

    assert [change.kind for change in changes(full, bare)] == [Kind.REMOVED] * 4
    assert [change.kind for change in changes(bare, full)] == [Kind.ADDED] * 4


@pytest.mark.parametrize("pair", [("nurse-manager", "operations-manager")])
def test_any_two_guides_can_be_compared(pair: tuple[str, str]) -> None:
    one, other = map(load_guide, pair)

    there, back = changes(one, other), changes(other, one)
    assert sum(change.kind is Kind.ADDED for change in there) == sum(
        change.kind is Kind.REMOVED for change in back
    )
