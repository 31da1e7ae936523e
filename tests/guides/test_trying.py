"""Would this count? A sentence tried against a question, as a session would hear it."""

import socket
from typing import Any

import pytest

from copilot.errors import UsageError
from copilot.events import Channel, FindingKind, FindingState, Utterance
from copilot.guides.listening import Listener
from copilot.guides.trying import Group, Tryer, try_sentence, with_sentence
from copilot.knowledge.guide import Guide
from copilot.matching.matcher import Matcher
from tests.builders import GUIDE, guide_data
from tests.guides.readiness.parts import bakery

SAID = "We put every unsold loaf on the scales in the evening and wrote the weight down."
ELSE = "It is a lovely shop that you have here, and so close to the station."


@pytest.fixture(scope="module")
def listener() -> Listener:
    return Listener()


@pytest.fixture(scope="module")
def tryer(listener: Listener) -> Tryer:
    return Tryer(listener)


@pytest.fixture(scope="module")
def guide() -> Guide:
    return bakery()


def test_it_is_what_a_session_would_show(tryer: Tryer, listener: Listener, guide: Guide) -> None:
    matcher = Matcher(guide, listener.embedder, guide_embedder=listener.guide_embedder)
    said = Utterance(id="u1", channel=Channel.CANDIDATE, start_s=0, end_s=0, text=SAID)

    tried = tryer.try_sentence(guide, "rollout", SAID)

    shown = [(f.kind, f.id, f.state) for f in matcher.findings("rollout", [said])]
    assert [(o.kind, o.id, o.state) for o in tried.outcomes] == shown


def test_a_sentence_that_counts_says_why_and_what_is_closest(tryer: Tryer, guide: Guide) -> None:
    tried = tryer.try_sentence(guide, "rollout", SAID)
    outcome = tried.of(FindingKind.POINT, "pilot")

    assert outcome.counts
    assert outcome.state is FindingState.EVIDENCED
    assert outcome.closest in guide.questions[0].points[0].says
    assert 0.8 < outcome.likeness <= 1
    assert outcome.why.startswith("It counts: ")
    assert tried.counting == (outcome,)


def test_the_others_name_what_it_counts_for_instead(tryer: Tryer, guide: Guide) -> None:
    other = tryer.try_sentence(guide, "rollout", SAID).of(FindingKind.POINT, "training")

    assert not other.counts
    assert [rival.id for rival in other.rivals] == ["pilot"]
    assert "It counts for these instead: Waste measured." in other.why


def test_small_talk_counts_for_nothing(tryer: Tryer, guide: Guide) -> None:
    tried = tryer.try_sentence(guide, "rollout", ELSE)

    assert tried.counting == ()
    assert all("does not count" in o.why for o in tried.outcomes if o.kind is FindingKind.POINT)


def test_a_point_without_says_is_said_to_have_none(tryer: Tryer) -> None:
    guide = bakery(lambda points: points["rollback"].update(says=[]))
    outcome = tryer.try_sentence(guide, "rollout", SAID).of(FindingKind.POINT, "rollback")

    assert (outcome.closest, outcome.likeness) == ("", 0.0)
    assert "There are no says" in outcome.why


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_nothing_said_is_nothing_tried(tryer: Tryer, guide: Guide, text: str) -> None:
    tried = tryer.try_sentence(guide, "rollout", text)
    assert (tried.text, tried.outcomes) == ("", ())
    assert tryer.what_if(guide, "rollout", text, "pilot").changed == ()


def test_a_guide_with_nothing_to_listen_for(tryer: Tryer) -> None:
    data: dict[str, Any] = {**guide_data(), "competencies": [], "stages": []}
    data["questions"] = [{**data["questions"][2]}]
    with_flags = tryer.try_sentence(Guide.model_validate(data), "team", SAID)
    bare = Guide.model_validate({**data, "red_flags": []})

    assert {outcome.kind for outcome in with_flags.outcomes} == {FindingKind.FLAG}
    assert tryer.try_sentence(bare, "team", SAID).outcomes == ()


def test_a_question_the_guide_does_not_have(tryer: Tryer, guide: Guide) -> None:
    with pytest.raises(UsageError, match="rolout"):
        tryer.try_sentence(guide, "rolout", SAID)


def test_what_would_change_if_it_were_added(tryer: Tryer, guide: Guide) -> None:
    odd = "The pigs of my neighbour got nothing any more after that year."
    changes = tryer.what_if(guide, "rollout", odd, "pilot")

    before = changes.before.of(FindingKind.POINT, "pilot")
    after = changes.after.of(FindingKind.POINT, "pilot")
    assert after.said > before.said
    assert after.closest == odd
    assert odd not in guide.questions[0].points[0].says


def test_what_would_change_if_it_were_a_denial(tryer: Tryer, guide: Guide) -> None:
    doubtful = "We never got round to weighing the bread, and in the end we gave the idea up."
    changes = tryer.what_if(guide, "rollout", doubtful, "pilot", group=Group.DENIALS)

    assert changes.after.of(FindingKind.POINT, "pilot").said <= 0.5


@pytest.mark.parametrize("group", list(Group))
def test_a_sentence_is_added_where_it_belongs(group: Group) -> None:
    point = with_sentence(GUIDE, "rollout", SAID, "training", group=group).questions[0].points[2]
    competency = with_sentence(GUIDE, "team", SAID, "craft", group=group).competencies[0]
    flag = with_sentence(GUIDE, "team", SAID, "blame", group=group, kind=FindingKind.FLAG)

    for item in (point, competency, flag.red_flags[1]):
        listed = item.says if group is Group.SAYS else getattr(item.not_says, group)
        assert listed[-1] == SAID


def test_a_point_that_is_not_there_is_no_place_for_a_sentence(guide: Guide) -> None:
    with pytest.raises(KeyError, match="trainin"):
        with_sentence(guide, "rollout", SAID, "trainin")


def test_nothing_goes_over_the_network(
    monkeypatch: pytest.MonkeyPatch, guide: Guide, tryer: Tryer
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refused)

    assert try_sentence(guide, "rollout", SAID, tryer).outcomes
    assert try_sentence(guide, "rollout", SAID).outcomes
