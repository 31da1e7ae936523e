"""What candidates tell unasked about protected matters: marked, quoted nowhere, taken up by nothing."""

import pytest

from copilot.coach import Coach
from copilot.coach.off_limits import LEFT_OUT
from copilot.coach.unsolicited import Unsolicited, load_unsolicited
from copilot.events import Channel, Evidence, FindingState, Utterance
from copilot.knowledge.guide import Guide
from tests.builders import guide_data
from tests.coach.talk import ANSWER, Talk


@pytest.fixture(scope="module")
def unsolicited() -> Unsolicited:
    return load_unsolicited()


def _said(
    text: str, uid: str = "u1", channel: Channel = Channel.CANDIDATE, language: str = "en"
) -> Utterance:
    return Utterance(id=uid, channel=channel, start_s=0.0, end_s=1.0, text=text, language=language)


def _quote(unsolicited: Unsolicited, quote: str, *said: Utterance) -> str:
    evidence = Evidence(
        utterance_ids=tuple(each.id for each in said), quote=quote, start_s=0.0, end_s=1.0
    )
    return unsolicited.quote(evidence, {each.id: each for each in said})


def test_an_utterance_is_marked_with_its_topics(unsolicited: Unsolicited) -> None:
    assert unsolicited.mark(_said("I'm pregnant, and I have epilepsy.")) == (
        "unsolicited: pregnancy and family plans, health and disability"
    )
    french = _said("J'ai trois enfants, je pars à cinq heures.", language="fr")
    assert unsolicited.mark(french) == "unsolicited: situation de famille"


def test_ordinary_talk_and_the_interviewers_have_no_mark(unsolicited: Unsolicited) -> None:
    assert unsolicited.mark(_said("We moved eleven warehouses in a weekend.")) == ""
    assert unsolicited.mark(_said("I'm pregnant myself.", channel=Channel.INTERVIEWER)) == ""
    assert unsolicited.mark(_said("Ich habe zwei Kinder.", language="de")) == ""


def test_a_quote_loses_the_fact_and_keeps_the_work(unsolicited: Unsolicited) -> None:
    said = _said("I have epilepsy, and we moved eleven warehouses. My wife works nights.")

    assert _quote(unsolicited, said.text, said) == (
        f"{LEFT_OUT}, and we moved eleven warehouses. {LEFT_OUT}."
    )
    assert _quote(unsolicited, "we moved eleven warehouses", said) == "we moved eleven warehouses"


@pytest.mark.parametrize(
    ("quote", "left"),
    [
        ("epilepsy, and we moved", f"{LEFT_OUT}, and we moved"),
        ("Well, I have", f"Well, {LEFT_OUT}"),
        ("epilepsy", LEFT_OUT),
    ],
)
def test_a_quote_that_holds_a_part_of_the_fact_loses_that(
    unsolicited: Unsolicited, quote: str, left: str
) -> None:
    said = _said("Well, I have epilepsy, and we moved eleven warehouses.")

    assert _quote(unsolicited, quote, said) == left


def test_facts_of_two_topics_in_one_place_leave_one_sign(unsolicited: Unsolicited) -> None:
    said = _said("My wife is pregnant, so I led it by phone.")

    assert _quote(unsolicited, said.text, said) == f"{LEFT_OUT}, so I led it by phone."


def test_a_quote_through_several_utterances_is_looked_at_in_each(unsolicited: Unsolicited) -> None:
    first, second = _said("We moved it."), _said("I'm 58 years old and I still code.", "u2")

    quote = _quote(unsolicited, "moved it. I'm 58 years old and I still code.", first, second)

    assert quote == f"moved it. {LEFT_OUT} and I still code."


def _talk(unsolicited: Unsolicited) -> Talk:
    talk = Talk(Guide.model_validate({**guide_data(), "terms": ["SLA"]}))
    talk.coach = Coach(talk.guide, may_quote=unsolicited.may_quote)
    talk.ask("rollout", at_s=10)
    talk.say(ANSWER, start_s=12)
    return talk


def test_no_term_is_taken_up_from_where_something_protected_was_told(
    unsolicited: Unsolicited,
) -> None:
    talk = _talk(unsolicited)
    said = talk.say("I have epilepsy, so the SLA had to allow for that.")
    talk.find("rollback", FindingState.UNCLEAR, said=said, quote="the SLA had to allow for that")

    assert talk.suggested().text == "What if it fails?"


def test_elsewhere_in_the_answer_terms_are_taken_up(unsolicited: Unsolicited) -> None:
    talk = _talk(unsolicited)
    talk.say("I have epilepsy, so I plan my nights.")
    said = talk.say("Our way back is somewhere in the SLA.")
    talk.find("rollback", FindingState.UNCLEAR, said=said)

    assert talk.suggested().text == "You mentioned SLA: what if it fails?"
