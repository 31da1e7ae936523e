"""What matching left unclear is judged by quote alone: no quote that stands, no finding."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from copilot.engine.finding import Finder
from copilot.events import (
    Actor,
    AskOutcome,
    Channel,
    Evidence,
    FindingKind,
    FindingMade,
    FindingRefused,
    FindingState,
    ModelAsked,
    Utterance,
)
from copilot.matching.elsewhere import Elsewhere
from copilot.matching.matcher import Finding, Matcher
from tests.engine.asked import ANSWER, NEAR, Asked, follow_up, judged, sent
from tests.llm.scripted_server import Hangs, Refuses, ScriptedServer, playing
from tests.story import evidence_of

FLAG, POINT = FindingKind.FLAG, FindingKind.POINT


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with playing(ScriptedServer(always=judged("said"))) as running:
        yield running


@pytest.fixture
def asked(server: ScriptedServer) -> Iterator[Asked]:
    """A question was answered, and a point is unclear."""
    story = Asked(server)
    story.answer()
    story.doubt()
    yield story
    story.check()
    story.model.close()


def made(asked: Asked) -> list[FindingMade]:
    """What the language model's answers led to."""
    return [event for event in asked.of(FindingMade) if event.answered_by is not None]


# -- what a quote can do --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("says", "state"), [("said", FindingState.EVIDENCED), ("denied", FindingState.DENIED)]
)
def test_an_unclear_point_is_decided_by_a_quote_that_stands(
    asked: Asked, server: ScriptedServer, says: str, state: FindingState
) -> None:
    server.always = judged(says, quote=NEAR.upper())

    asked.pause()

    [finding] = made(asked)
    assert (finding.state, finding.by) == (state, Actor.MACHINE)
    assert finding.evidence[0].quote == NEAR  # the candidate's own characters
    assert finding.evidence[0].utterance_ids == ("u1",)
    by = finding.answered_by
    assert by is not None
    assert (by.model, by.prompt, len(by.prompt_sha256)) == ("toy-1", "judge_points", 64)
    assert asked.outcomes() == [(AskOutcome.JUDGED, "1 made, 0 refused")]


def test_so_is_an_unclear_flag(asked: Asked, server: ScriptedServer) -> None:
    asked.doubt(item="alone")
    server.plays(judged("unclear"), judged("raised", id="alone"))

    asked.pause()

    assert asked.state("alone", FLAG) is FindingState.RAISED
    assert asked.state() is FindingState.UNCLEAR
    assert "Harmless reading: It was that one project." in sent(server)


def test_a_quote_may_run_over_two_utterances(server: ScriptedServer) -> None:
    story = Asked(server)
    story.answer("Well, we looked at the old oven first. Then we could perhaps")
    story.say("go back to it for a while.")
    story.find("rollback", FindingState.UNCLEAR, evidence=(_over_two(story),))
    server.always = judged("said", utterance_ids=["u2", "u1"], quote="perhaps go back to it")

    story.pause()

    [finding] = made(story)
    assert finding.evidence[0].quote == "perhaps go back to it"
    assert finding.evidence[0].utterance_ids == ("u1", "u2")
    story.model.close()


def _over_two(story: Asked) -> Evidence:
    one = story.interview.utterances["u1"]
    return replace(
        evidence_of(one, "Then we could perhaps go back to it for a while."),
        utterance_ids=("u1", "u2"),
    )


# -- what none can do -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"quote": "we planned the way back from the start"}, "not what was sent"),
        ({"quote": ""}, "too short"),
        ({"quote": "go back"}, "too short"),
        ({"quote": "… . !"}, "too short"),
        ({"quote": "ack to it for a whil"}, "does not stand"),
        ({"utterance_ids": []}, "names no utterance"),
        ({"utterance_ids": ["u7"]}, "names no utterance"),
        ({"utterance_ids": ["u1", "u7"]}, "names no utterance"),
        ({"quote": "we looked at the old oven first"}, "not of what came near"),
    ],
)
def test_a_judgement_whose_quote_does_not_stand_is_dropped_and_counted(
    asked: Asked, server: ScriptedServer, changes: dict[str, object], why: str
) -> None:
    server.always = judged("said", **changes)

    asked.pause()

    assert made(asked) == []
    assert asked.state() is FindingState.UNCLEAR
    [refused] = asked.of(FindingRefused)
    assert why in refused.reason
    assert asked.interview.findings_refused == 1
    assert asked.outcomes() == [(AskOutcome.JUDGED, "0 made, 1 refused")]


def test_a_point_that_was_not_asked_about_stays_as_it_is(
    asked: Asked, server: ScriptedServer
) -> None:
    server.always = judged("said", id="training")

    asked.pause()

    assert asked.state("training") is FindingState.NOT_HEARD
    assert made(asked) == []


def test_an_interview_without_doubts_asks_nothing(server: ScriptedServer) -> None:
    story = Asked(server)
    story.answer()
    story.find("pilot", FindingState.NOT_HEARD)
    story.find("training", FindingState.EVIDENCED, said=story.interview.utterances["u1"])

    story.pause()

    assert server.asked == []
    story.model.close()


def test_what_the_interviewer_said_is_no_evidence(asked: Asked, server: ScriptedServer) -> None:
    asked.say(NEAR, channel=Channel.INTERVIEWER)
    server.always = judged("said", utterance_ids=["u2"])

    asked.pause()

    assert made(asked) == []


def test_text_that_was_heard_badly_is_not_even_asked_about(server: ScriptedServer) -> None:
    story = Asked(server)
    story.ask("rollout")
    story.say(ANSWER, uncertain=True)
    story.doubt()

    story.pause()

    assert server.asked == []
    story.model.close()


def test_a_decision_of_the_humans_made_meanwhile_stands(asked: Asked) -> None:
    asked.look()
    asked.find("rollback", FindingState.DENIED, by=Actor.HUMAN)

    asked.settle()

    assert asked.state() is FindingState.DENIED
    assert made(asked) == []


def test_only_the_best_passages_are_sent(asked: Asked, server: ScriptedServer) -> None:
    asked.say("Besides, the flour came from three mills.")

    asked.pause()

    assert "old oven" in sent(server)
    assert "three mills" not in sent(server)


def test_a_protected_fact_in_the_passage_is_neither_sent_nor_quoted(
    server: ScriptedServer,
) -> None:
    story = Asked(server)
    said = "Then we could go back to it, because I am pregnant."
    story.answer(said)
    story.doubt(quote=said)
    server.always = judged("said", quote="because I am pregnant")

    story.pause()

    assert "Then we could go back" in sent(server)
    assert "pregnant" not in sent(server)
    assert made(story) == []
    story.model.close()


# -- when -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("busy", [{"candidate_silent_s": 0.5}, {"text_pending": True}])
def test_nothing_is_judged_before_the_candidate_pauses(
    asked: Asked, server: ScriptedServer, busy: dict[str, object]
) -> None:
    asked.look(**busy)

    assert server.asked == []
    assert not asked.asking.waiting


def test_the_same_text_is_judged_once_and_other_text_again(
    asked: Asked, server: ScriptedServer
) -> None:
    server.always = judged("unclear")
    asked.pause()
    asked.pause()
    assert len(server.asked) == 1

    asked.say("We could go back any day, I think.")
    asked.doubt("We could go back any day, I think.", said="u2")
    asked.pause()

    assert len(server.asked) == 2


def test_a_wording_comes_first_and_waits_for_no_judgement(
    asked: Asked, server: ScriptedServer
) -> None:
    asked.offer()
    server.plays(follow_up(), judged("said"))

    asked.pause()

    assert [call.answered_by.prompt for call in asked.of(ModelAsked)] == [
        "follow_up",
        "judge_points",
    ]


def test_what_an_endpoint_failed_to_judge_is_judged_when_it_is_well_again(
    asked: Asked, server: ScriptedServer
) -> None:
    server.plays(Refuses(500), Refuses(500), Refuses(500))
    asked.pause()
    assert asked.outcomes() == [(AskOutcome.FAILED, "endpoint")]

    asked.now_s += 16
    asked.pause()

    assert asked.state() is FindingState.EVIDENCED


def test_points_are_judged_together_and_flags_apart(asked: Asked, server: ScriptedServer) -> None:
    server.always = judged("unclear")
    for item in ("pilot", "training", "alone", "blame"):
        asked.doubt(item=item)

    asked.pause(looks=6)

    assert [call.answered_by.prompt for call in asked.of(ModelAsked)] == [
        "judge_points",
        "judge_flags",
    ]


def test_a_long_passage_is_split_and_nothing_of_it_cut(server: ScriptedServer) -> None:
    story = Asked(server)
    said = " ".join(f"We could go back to oven number {n} for a while." for n in range(120))
    story.answer(said)
    story.doubt(quote=said)
    server.always = judged("unclear")

    story.pause(looks=12)

    assert len(server.asked) > 2
    assert set(map(str, range(120))) <= set(re.findall(r"\b\d+\b", sent(server)))
    assert {outcome for outcome, _ in story.outcomes()} == {AskOutcome.JUDGED}
    story.model.close()


def test_a_judgement_under_way_ends_with_the_session(asked: Asked, server: ScriptedServer) -> None:
    server.always = Hangs()
    asked.look()
    server.wait_for_request()

    asked.asking.stop()

    assert asked.outcomes() == [(AskOutcome.CANCELLED, "")]


# -- beside matching ------------------------------------------------------------------------------


class StillUnclear(Matcher):
    """Finds the way back unclear, or what it is told to."""

    def __init__(self, said: Utterance) -> None:
        self.now = Finding(POINT, "rollback", FindingState.UNCLEAR, 0.4, evidence_of(said, NEAR))

    def each(
        self, question: str, answer: Sequence[Utterance], *, over: bool = False
    ) -> Iterator[Finding]:
        yield self.now

    def elsewhere(self, plan: Sequence[str]) -> Elsewhere:
        raise NotImplementedError


@pytest.fixture
def finder(asked: Asked) -> Finder:
    """Matching as the session goes on, which knows all events."""
    finder = Finder(asked.interview, StillUnclear(asked.interview.utterances["u1"]), asked.tell)
    asked.pause()
    for event in asked.events:
        finder.follow(event)
    return finder


def test_a_judgement_stands_while_matching_still_finds_it_unclear(
    asked: Asked, finder: Finder
) -> None:
    finder.match("rollout")

    assert asked.state() is FindingState.EVIDENCED
    assert asked.events[-1].type == "model_asked"  # matching had nothing to add


@pytest.mark.parametrize("state", [FindingState.NOT_HEARD, FindingState.DENIED])
def test_it_falls_when_matching_is_sure(asked: Asked, finder: Finder, state: FindingState) -> None:
    matcher = finder._matcher
    assert isinstance(matcher, StillUnclear)
    evidence = matcher.now.evidence if state is FindingState.DENIED else None
    matcher.now = Finding(POINT, "rollback", state, 0.9, evidence)

    finder.match("rollout")

    assert asked.state() is state


def test_it_falls_when_its_words_belong_to_another_question(asked: Asked, finder: Finder) -> None:
    asked.ask("metrics", since_s=0.0)

    finder.match("rollout")

    assert asked.state() is FindingState.UNCLEAR
