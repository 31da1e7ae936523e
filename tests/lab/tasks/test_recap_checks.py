"""The task that tries the checks of recaps on single sentences."""

from typing import Any

import pytest
from pydantic import ValidationError

from copilot.lab.tasks.local_cases import RecapChecksVars
from tests.lab.tasks.parts import a_case, done, told

SAID = [
    "Repairs alone came to ninety thousand a year.",
    "The owners read it and gave us the money in March.",
]
GIVEN: dict[str, Any] = {"language": "en", "said_language": "en", "said": SAID}
RIGHT = "The owners read it and gave the team the money in March."
WRONG = "The owners read it and gave the team 19,000 in March."


def test_a_right_sentence_is_kept_and_a_wrong_figure_left_out() -> None:
    kept, view = done(
        a_case("recap_checks", {"right": True, "kind": "ok"}, sentence=RIGHT, **GIVEN)
    )
    assert kept.output == {"failed": None}
    assert view.text == "kept"
    assert view.said == {"u1": SAID[0], "u2": SAID[1]}
    assert told(view.decisions) == [("", "kept", "kept", False, False)]

    expected = {"right": False, "kind": "figure"}
    dropped, view = done(a_case("recap_checks", expected, sentence=WRONG, **GIVEN))
    assert dropped.output == {"failed": "figures"}
    assert view.text == "left out: figures"
    assert told(view.decisions) == [("figure", "left out", "left out", True, True)]


def test_a_right_sentence_that_is_left_out_is_a_mistake() -> None:
    [decision] = done(a_case("recap_checks", {"right": True}, sentence=WRONG, **GIVEN))[1].decisions

    assert (decision.shown, decision.right) == (True, False)


def test_across_languages() -> None:
    given = {**GIVEN, "language": "fr", "sentence": "Les propriétaires ont donné l'argent en mars."}

    assert done(a_case("recap_checks", **given))[0].output == {"failed": None}


def test_without_labels_there_is_no_decision() -> None:
    assert done(a_case("recap_checks", sentence=RIGHT, **GIVEN))[1].decisions == ()


@pytest.mark.parametrize("changed", [{"said": []}, {"sentence": ""}, {"language": "de"}])
def test_a_case_needs_something_said_and_a_sentence(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RecapChecksVars.model_validate({"sentence": RIGHT, **GIVEN, **changed})
