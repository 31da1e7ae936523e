"""The coach's own suggestions are held to the gate, with what the interview knows."""

import pytest

from copilot.coach import Coach
from copilot.coach.gate import Gate
from copilot.coach.gatekeeping import Gatekeeper
from copilot.coach.wording import own_questions
from copilot.events import Channel
from copilot.knowledge.guide import Guide, Language
from copilot.knowledge.off_limits import joined, load_packs
from tests.builders import GUIDE, guide_data
from tests.coach.answers import IN_GENERAL, NO_RESULT, NO_TASK, ONLY_WE, story_guide
from tests.coach.talk import ANSWER, Talk


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate(joined(load_packs()))


def gated(guide: Guide, gate: Gate) -> Talk:
    talk = Talk(guide)
    talk.coach = Coach(guide, gate=Gatekeeper(guide, gate))
    talk.ask("rollout", at_s=10)
    return talk


def test_a_probe_that_may_be_shown_is_shown(gate: Gate) -> None:
    talk = gated(GUIDE, gate)
    talk.say(ANSWER)

    assert talk.suggested().text == "What if it fails?"


def test_what_the_interviewer_has_just_asked_is_not_suggested(gate: Gate) -> None:
    talk = gated(GUIDE, gate)
    talk.say(ANSWER)
    talk.say("What if it fails?", channel=Channel.INTERVIEWER)
    talk.say("Well, I would have to think about that.")

    assert talk.suggested().text == "What was plan B?"


def test_a_closed_probe_is_passed_over(gate: Gate) -> None:
    data = guide_data()
    data["questions"][0]["points"][1]["probes"] = ["Did you have a way back?"]
    talk = gated(Guide.model_validate(data), gate)
    talk.say(ANSWER)

    assert talk.suggested().target == "training"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("answers", "part"),
    [
        (ONLY_WE, "action"),
        (NO_RESULT, "result"),
        (IN_GENERAL, "situation"),
        (NO_TASK, "task"),
    ],
)
def test_every_own_way_of_asking_passes(
    gate: Gate, language: Language, answers: dict[Language, str], part: str
) -> None:
    talk = gated(story_guide(language), gate)
    talk.say(answers[language], length_s=30)
    talk.settle("pilot", "rollback", "training")

    suggestion = talk.suggested()

    assert suggestion.target == part
    assert suggestion.text == own_questions(language, part)[0]
