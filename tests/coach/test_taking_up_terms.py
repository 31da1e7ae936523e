"""A technical term of the candidate's leads to a question about it, and nothing else does."""

import pytest

from copilot.coach import Coach
from copilot.coach.terms import LONGEST, Terms, count_words
from copilot.events import FindingState, SuggestionFate, SuggestionKind
from copilot.knowledge.guide import Guide, Language
from tests.builders import guide_data
from tests.coach.talk import ANSWER, Talk

KNOWN = ("ServiceNow", "SLA", "Lean", "rollback", "root cause analysis", "SD-WAN")
EN = Terms(KNOWN, "en")
FR = Terms(KNOWN, "fr")


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("we put it into ServiceNow last year", "ServiceNow"),
        ("then a Rollback, of course", "rollback"),
        ("after the root cause analysis we met the SLA", "SLA"),
        ("all scripted in PowerShell", "PowerShell"),
        ("over SD-WAN", "SD-WAN"),
    ],
)
def test_the_last_technical_term_is_found(said: str, term: str) -> None:
    assert EN.newest(said) == term


@pytest.mark.parametrize(
    "said",
    [
        "we keep it lean",
        "I talked to Sarah in Lyon about it",
        "my friend McDonald and my cousin DeShawn",
        "I am in the CGT and I have MS",
        "the slag heap",
        "Lean on me, she said",
    ],
)
def test_names_of_people_places_and_unions_are_never_taken_up(said: str) -> None:
    assert EN.newest(said) is None


def test_a_question_stands_behind_the_term() -> None:
    assert (
        EN.taken_up("How did it go?", "in ServiceNow") == "You mentioned ServiceNow: how did it go?"
    )
    expected = "Vous avez mentionné « ServiceNow » : à quoi l'avez-vous vu ?"
    assert FR.taken_up("À quoi l'avez-vous vu ?", "dans ServiceNow") == expected


@pytest.mark.parametrize(
    "question",
    [
        "Tell me more about that.",
        "And then?",
        "That was new. What was it for?",
        "How did ServiceNow help?",
        "How did it go, " + "really, " * 26 + "then?",
    ],
    ids=["no question", "no plain opening", "two sentences", "names it already", "too long"],
)
def test_a_question_that_cannot_follow_naturally_stays_as_it_is(question: str) -> None:
    assert EN.taken_up(question, "in ServiceNow") is None


def test_signs_that_stand_alone_are_no_words() -> None:
    assert count_words("Vous avez mentionné « SLA » : qu'est-ce qui a changé ?") == 8
    assert LONGEST == 30


def _talk(language: Language = "en") -> Talk:
    data = guide_data()
    data["language"] = language
    data["terms"] = ["SLA"]
    talk = Talk(Guide.model_validate(data))
    talk.ask("rollout", at_s=10)
    talk.say(ANSWER, start_s=12)
    return talk


def test_an_unclear_point_is_probed_by_the_term_it_was_made_with() -> None:
    talk = _talk()
    said = talk.say("Our way back is somewhere in the SLA.")
    talk.find("rollback", FindingState.UNCLEAR, said=said)

    suggestion = talk.suggested()

    assert suggestion.text == "You mentioned SLA: what if it fails?"
    assert suggestion.reason == "just touched on, still unclear: Way back"


def test_a_point_that_was_not_heard_takes_up_nothing() -> None:
    talk = _talk()
    talk.say("We look into the SLA first.")

    assert talk.suggested().text == "What if it fails?"


def test_the_same_question_is_not_shown_again_without_the_term() -> None:
    talk = _talk()
    said = talk.say("Our way back is somewhere in the SLA.")
    talk.find("rollback", FindingState.UNCLEAR, said=said)
    first = talk.follow()
    talk.ask("metrics")
    talk.advise()
    talk.close(first.id, SuggestionFate.SUPERSEDED)
    talk.ask("rollout")

    assert talk.suggested().text == "You mentioned SLA: what was plan B?"


def test_what_the_gate_refuses_with_a_term_may_pass_without() -> None:
    talk = _talk()
    talk.find("rollback", FindingState.UNCLEAR, said=talk.say("It is in the SLA."))
    talk.coach = Coach(talk.guide, gate=lambda s, _: "SLA" not in s.text)

    suggestion = talk.suggested()

    assert (suggestion.kind, suggestion.text) == (SuggestionKind.PROBE, "What if it fails?")
