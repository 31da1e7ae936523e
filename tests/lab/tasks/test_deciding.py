"""Labels beside what was shown: what counts as shown, as right, and as the same words."""

import pytest

from copilot.lab.tasks.deciding import alike, of_flags, of_points, of_question, overlap
from copilot.lab.tasks.local_cases import PointLabel
from tests.lab.tasks.parts import told

SAID = "We tried it in one store. Then we moved the others."


@pytest.mark.parametrize(
    ("quote", "labelled", "shared"),
    [
        ("We tried it", "tried it in one store", True),
        ("We tried it", "in one store", False),
        ("We tried it", "never said", False),
    ],
)
def test_spans_overlap_where_they_share_a_character(
    quote: str, labelled: str, shared: bool
) -> None:
    assert overlap(SAID, quote, labelled) is shared


def test_quotes_in_other_spelling_are_alike_where_half_of_the_shorter_is_shared() -> None:
    assert alike("we tried it in 1 store", "We tried it, in one store.")
    assert not alike("then we moved the others", "We tried it in one store")
    assert not alike("", "anything")


def shown(state: str, says: float | None, **more: object) -> dict[str, object]:
    return {"state": state, "says": says, "confidence": 0.85, "quote": None, **more}


def test_points_are_shown_when_evidenced_and_right_when_said() -> None:
    labels = {
        "a": PointLabel(state="implicit", quote="one store"),
        "b": PointLabel(state="denied"),
        "c": PointLabel(state="absent"),
        "d": PointLabel(state="explicit"),
    }
    found = {
        "a": shown("evidenced", 0.9, quote="We tried it in one store."),
        "b": shown("denied", 0.02),
        "c": shown("unclear", 0.5, quote="never said"),
    }
    decisions = list(of_points(labels, found, SAID))

    assert told(decisions) == [
        ("a", "said", "evidenced", True, True),
        ("b", "denied", "denied", False, False),
        ("c", "absent", "unclear", False, False),
        ("d", "said", "not in the guide", False, True),
    ]
    assert [d.confidence for d in decisions] == [0.9, 0.02, 0.5, None]
    assert [d.overlaps for d in decisions] == [True, None, None, None]
    assert [d.verbatim for d in decisions] == [True, None, False, None]


def test_a_flag_by_absence_is_as_sure_as_its_rule() -> None:
    [decision] = of_flags({"f": "one store"}, {"f": shown("raised", 0.1, quote="store")}, SAID)

    assert (decision.kind, decision.confidence, decision.overlaps) == ("flag", 0.85, True)


@pytest.mark.parametrize(
    ("label", "recognised", "wanted"),
    [
        (None, None, [("", "none", "none", False, False)]),
        ("a", "a", [("a", "a", "a", True, True)]),
        ("a", None, [("a", "a", "none", False, True)]),
        (None, "a", [("a", "none", "a", True, False)]),
        ("a", "b", [("a", "a", "b", False, True), ("b", "a", "b", True, False)]),
    ],
)
def test_questions(
    label: str | None, recognised: str | None, wanted: list[tuple[str, str, str, bool, bool]]
) -> None:
    assert told(list(of_question(label, recognised, 0.7))) == wanted
