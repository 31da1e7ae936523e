"""A guide that lists little leaves the coach little to say, and nothing untrue."""

from typing import Any

import pytest

from copilot.events import SuggestionFate, SuggestionKind
from copilot.knowledge.guide import Guide
from tests.builders import guide_data
from tests.coach.talk import ANSWER, Talk

_FRENCH = "Eh bien, on regarde d'abord ce que l'ancien four sait faire, puis on décide ensemble."


def _guide(language: str = "en", **changes: Any) -> Guide:
    """The small guide without a single probe."""
    data = guide_data() | {"language": language} | changes
    items = [p for q in data["questions"] for p in q.get("points", ())]
    for item in [*items, *data["competencies"], *data["red_flags"]]:
        item.pop("probes", None)
        item.pop("probe", None)
    return Guide.model_validate(data)


def _talk(guide: Guide, question: str = "rollout", answer: str = ANSWER) -> Talk:
    talk = Talk(guide)
    talk.ask(question)
    talk.say(answer)
    return talk


@pytest.mark.parametrize(
    ("language", "answer", "text", "why"),
    [
        ("en", ANSWER, "What else comes to mind when you think back to that?", "not heard yet: "),
        (
            "fr",
            _FRENCH,
            "Qu'est-ce qui vous revient encore quand vous y repensez ?",
            "pas encore entendu : ",
        ),
    ],
)
def test_a_point_without_probes_is_asked_for_openly_and_named_to_the_interviewer_alone(
    language: str, answer: str, text: str, why: str
) -> None:
    suggestion = _talk(_guide(language), answer=answer).suggested()

    assert (suggestion.kind, suggestion.target) == (SuggestionKind.PROBE, "rollback")
    assert suggestion.text == text
    assert suggestion.reason == f"{why}Way back"


def test_a_probe_of_the_guides_goes_first_however_little_its_point_weighs() -> None:
    data = guide_data()
    data["questions"][0]["points"][1].pop("probes")

    assert _talk(Guide.model_validate(data)).suggested().target == "training"


def test_the_same_open_question_is_never_put_twice() -> None:
    talk = _talk(_guide())
    offered: list[str] = []
    while (advice := talk.suggested()).kind is SuggestionKind.PROBE:
        offered.append(talk.finish(SuggestionFate.SKIPPED).text)
        if len(offered) == 3:
            break

    assert len(set(offered)) == len(offered) == 3
    assert advice.kind is SuggestionKind.PROBE


def test_a_flag_without_a_probe_is_left_to_the_interviewer() -> None:
    talk = _talk(_guide())
    talk.raise_flag("alone", talk.say("I did it all by myself."))

    assert talk.suggested().kind is SuggestionKind.PROBE


def test_where_the_guide_expects_nothing_the_next_question_comes_without_a_wrong_reason() -> None:
    questions = guide_data()["questions"]
    bare = [q | {"points": [], "competencies": []} for q in questions]

    suggestion = _talk(_guide(competencies=[], questions=bare)).suggested()

    assert suggestion.kind is SuggestionKind.NEXT_QUESTION
    assert suggestion.reason == "the guide expects nothing in particular here"
