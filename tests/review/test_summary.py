"""The summary says what was heard and what became of it, in numbers that add up."""

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given

from copilot.events import (
    Actor,
    Channel,
    Event,
    FindingState,
    KnownTopic,
    SuggestionFate,
    TopicTouched,
)
from copilot.interview import Interview, replay
from copilot.review.summarising import summarise
from copilot.review.summary import Summary, summary_schema, summary_to_json
from tests.builders import session_started
from tests.interview.strategies import stories
from tests.review.story import an_interview
from tests.story import Story


@pytest.fixture(scope="module")
def summary() -> Summary:
    return summarise(an_interview().interview)


def test_the_session_and_its_end_are_told(summary: Summary) -> None:
    assert summary.session_id == "20260302-090000-abcd"
    assert summary.duration_s == 100
    assert summary.ended == "user"
    assert (summary.guide.role, summary.language) == ("baker", "en")
    assert [model.name for model in summary.models] == ["Whisper"]
    assert summary.text_goes_to == ()


def test_a_session_that_never_ended_was_interrupted() -> None:
    story = Story()
    story.ask("rollout", at_s=3)

    assert summarise(story.interview).ended == "interrupted"
    assert summarise(story.interview).duration_s == 3


def test_an_interview_that_has_not_started_has_no_summary() -> None:
    with pytest.raises(ValueError, match="not started"):
        summarise(Interview())


def test_every_planned_question_is_there_in_order_asked_or_not(summary: Summary) -> None:
    assert [(question.id, question.asked) for question in summary.questions] == [
        ("rollout", True),
        ("metrics", True),
        ("team", False),
    ]


def test_time_on_each_question_is_planned_and_spent(summary: Summary) -> None:
    rollout, metrics, team = summary.questions

    assert (rollout.minutes_planned, metrics.minutes_planned) == (5, 3)
    assert (rollout.seconds, metrics.seconds, team.seconds) == (70, 30, 0)
    assert [(span.start_s, span.end_s) for span in rollout.spans] == [(0, 60), (80, 90)]
    assert [(span.start_s, span.end_s) for span in metrics.spans] == [(60, 80), (90, 100)]
    assert team.spans == ()


def test_every_point_has_its_state_its_evidence_and_who_decided(summary: Summary) -> None:
    points = {point.id: point for question in summary.questions for point in question.points}

    assert {name: str(point.state) for name, point in points.items()} == {
        "pilot": "unclear",
        "rollback": "evidenced",
        "training": "denied",
        "waste": "evidenced",
        "craft": "not_heard",
    }
    (evidence,) = points["rollback"].evidence
    assert evidence.quote == "a way back to the old oven"
    assert evidence.utterance_ids == ("u2",)
    assert (evidence.start_s, evidence.end_s) == (5, 11)
    assert (points["rollback"].by, points["rollback"].confidence) == (Actor.MACHINE, 0.9)
    assert points["waste"].by is Actor.HUMAN
    assert (points["craft"].confidence, points["craft"].evidence) == (None, ())


def test_flags_are_told_with_their_benign_reading(summary: Summary) -> None:
    machine, human = summary.flags

    assert (machine.id, machine.question, machine.label) == ("alone", "rollout", "Works alone")
    assert machine.benign_reading == "It was that one project."
    assert machine.evidence[0].quote == "In the end I did it all by myself."
    assert (human.id, human.question, human.by) == ("blame", "metrics", Actor.HUMAN)


def test_suggestions_are_told_with_their_fate_in_the_order_they_came(summary: Summary) -> None:
    assert [(s.id, s.fate, s.offered_at_s, s.closed_at_s) for s in summary.suggestions] == [
        ("s1", SuggestionFate.ASKED, 24, 24),
        ("s2", SuggestionFate.SKIPPED, 70, 70),
        ("s3", SuggestionFate.UNUSED, 75, 90),
    ]


def test_talk_shares_are_of_what_was_recognised(summary: Summary) -> None:
    assert (summary.talk.interviewer_s, summary.talk.candidate_s) == (4, 14)
    assert summary.talk.candidate_share == pytest.approx(14 / 18, abs=0.001)


def test_nobody_has_a_share_of_silence() -> None:
    assert summarise(Story().interview).talk.candidate_share is None


def test_a_word_spoken_over_a_long_answer_does_not_end_it() -> None:
    story = Story()
    story.say("A long answer.", start_s=1, length_s=60)
    story.say("Yes.", start_s=5, length_s=1)
    story.say("And more of it.", start_s=65, length_s=5)

    talk = summarise(story.interview).talk
    assert (talk.longest_start_s, talk.longest_s) == (1, 69)


def test_doubt_is_counted(summary: Summary) -> None:
    assert (summary.utterances, summary.uncertain_utterances) == (5, 1)
    assert summary.discarded_speech_s == 2.5
    assert summary.findings_refused == 1


# -- as JSON --------------------------------------------------------------------------------------


def test_as_json_it_is_one_line_that_says_what_it_is(summary: Summary) -> None:
    line = summary_to_json(summary)
    data = json.loads(line)

    assert b"\n" not in line
    assert data["type"] == "summary"
    assert data["questions"][0]["points"][1]["evidence"] == [
        {
            "utterance_ids": ["u2"],
            "quote": "a way back to the old oven",
            "start_s": 5.0,
            "end_s": 11.0,
        }
    ]
    assert json.loads(summary_to_json(summary, indent=2)) == data


def _keys(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from data
        for value in data.values():
            yield from _keys(value)
    elif isinstance(data, list):
        for value in data:
            yield from _keys(value)


def test_it_has_no_score_no_rank_and_no_verdict(summary: Summary) -> None:
    keys = {*_keys(json.loads(summary_to_json(summary))), *_keys(summary_schema())}
    # The human's own, never the machine's.
    keys -= {"rating", "Rating", "recommendation", "Recommendation", "RecommendationSummary"}
    forbidden = ("score", "rank", "rating", "verdict", "fit", "hire", "recommend", "grade")

    assert not [key for key in keys for word in forbidden if word in key.lower()]


def test_the_schema_knows_every_part(summary: Summary) -> None:
    schema = summary_schema()

    assert set(schema["properties"]) == set(json.loads(summary_to_json(summary)))
    assert {"PointSummary", "FlagSummary", "Evidence"} <= set(schema["$defs"])


# -- any interview --------------------------------------------------------------------------------


@given(events=stories())
def test_the_summary_of_any_interview_adds_up(events: tuple[Event, ...]) -> None:
    interview = replay(events)
    summary = summarise(interview)

    assert [question.id for question in summary.questions] == [q.id for q in interview.plan]
    for question in summary.questions:
        spans = sum(
            span.end_s - span.start_s - interview.capture.off_record_s(span.start_s, span.end_s)
            for span in question.spans
        )
        assert question.seconds == pytest.approx(spans, abs=0.001)
        assert question.asked == bool(question.spans)
        for point in question.points:
            quoted = point.state in (FindingState.EVIDENCED, FindingState.DENIED)
            assert point.evidence or not quoted or point.by is Actor.HUMAN
    assert len(summary.suggestions) == len(interview.suggestions)
    assert summary.uncertain_utterances <= summary.utterances
    assert json.loads(summary_to_json(summary))["type"] == "summary"


def test_what_was_told_unasked_is_left_out_of_quotes_and_stays_in_the_transcript() -> None:
    story = Story()
    story.ask("rollout")
    said = story.say("I have epilepsy, so we always had a way back.")
    story.find("rollback", FindingState.EVIDENCED, said=said)
    story.raise_flag("alone", said)

    summary = summarise(story.interview)

    left = "[…], so we always had a way back."
    [point] = [p for p in summary.questions[0].points if p.id == "rollback"]
    assert [item.quote for item in point.evidence] == [left]
    assert [item.quote for item in summary.flags[0].evidence] == [left]
    assert story.interview.utterances[said.id].text == said.text
    assert said.text not in summary_to_json(summary).decode()


def test_what_the_interviewer_was_warned_of_in_private_is_in_no_report() -> None:
    story = Story()
    said = story.say("How old are you?", channel=Channel.INTERVIEWER)
    topic = KnownTopic(id="age", label="age", why="", instead="", packs=("us",))
    events: list[Event] = [session_started(topics=(topic,)), *story.events[1:]]
    touched = TopicTouched(
        seq=story.seq, at_s=said.end_s, topic="age", packs=("us",), utterance_id=said.id
    )

    assert summarise(replay([*events, touched])) == dataclasses.replace(
        summarise(replay(events)), duration_s=said.end_s
    )
