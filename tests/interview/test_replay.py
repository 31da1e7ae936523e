"""A journal that is played again gives the same interview, whatever happened in it."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.events import (
    QUOTED_STATES,
    Actor,
    Channel,
    Event,
    FindingMade,
    QuestionAsked,
    UtteranceHeard,
)
from copilot.interview import Interview, replay
from copilot.store import Journal, read_journal
from tests.interview.strategies import stories


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journals")


def _live(events: tuple[Event, ...]) -> Interview:
    interview = Interview()
    for event in events:
        interview.apply(event)
    return interview


@settings(max_examples=200)
@given(events=stories())
def test_the_replay_of_a_journal_equals_the_live_interview(
    folder: Path, events: tuple[Event, ...]
) -> None:
    path = folder / "journal.jsonl"
    path.unlink(missing_ok=True)
    live = Interview()
    with Journal(path) as journal:
        for event in events:
            live.apply(event)
            journal.append(event)

    reading = read_journal(path)

    assert reading.events == events
    assert replay(reading.events) == live


@given(events=stories(), data=st.data())
def test_a_session_taken_up_again_after_a_crash_goes_on_as_if_nothing_had_happened(
    events: tuple[Event, ...], data: st.DataObject
) -> None:
    crash = data.draw(st.integers(0, len(events)))

    resumed = replay(events[:crash])
    for event in events[crash:]:
        resumed.apply(event)

    assert resumed == _live(events)


@given(events=stories())
def test_an_interview_that_missed_the_last_event_is_not_equal(events: tuple[Event, ...]) -> None:
    assert replay(events) != replay(events[:-1])


@given(events=stories())
def test_every_answer_follows_from_when_it_was_spoken_and_what_was_asked_then(
    events: tuple[Event, ...],
) -> None:
    interview = replay(events)
    asked: list[QuestionAsked] = []
    for event in events:
        if isinstance(event, QuestionAsked):
            asked = [e for e in asked if e.since_s < event.since_s] + [event]
    spoken = [
        event.utterance
        for event in events
        if isinstance(event, UtteranceHeard) and event.utterance.channel is Channel.CANDIDATE
    ]

    expected: dict[str | None, list[str]] = {}
    for said in spoken:
        under = [e.question for e in asked if e.since_s <= said.start_s]
        expected.setdefault(under[-1] if under else None, []).append(said.id)

    questions: list[str | None] = [None, *(question.id for question in interview.plan)]
    answers = {q: [said.id for said in interview.answer(q)] for q in questions}
    assert {q: ids for q, ids in answers.items() if ids} == expected
    assert all(interview.question_of(uid) == q for q, ids in answers.items() for uid in ids)


@given(events=stories())
def test_no_quote_of_the_machine_was_made_up(events: tuple[Event, ...]) -> None:
    interview = replay(events)
    made = [event for event in events if isinstance(event, FindingMade)]

    for finding in made:
        if finding.by is Actor.MACHINE and finding.state in QUOTED_STATES:
            assert finding.evidence
        for evidence in finding.evidence:
            assert interview.quote_problem(evidence) == ""


@given(events=stories())
def test_spans_follow_each_other_without_gap_up_to_now(events: tuple[Event, ...]) -> None:
    interview = replay(events)
    spans = interview.spans()

    assert all(a.end_s == b.start_s for a, b in itertools.pairwise(spans))
    assert all(span.start_s <= span.end_s for span in spans)
    if spans:
        assert spans[-1].end_s == interview.now_s
        spent = {span.question: interview.seconds_on(span.question or "") for span in spans}
        total = sum(spent[q] for q in spent if q) + sum(
            span.end_s - span.start_s for span in spans if span.question is None
        )
        assert total == pytest.approx(interview.now_s - spans[0].start_s)


@given(events=stories())
def test_talk_seconds_are_the_lengths_of_what_each_side_said(events: tuple[Event, ...]) -> None:
    interview = replay(events)

    for channel in Channel:
        lengths = [
            event.utterance.end_s - event.utterance.start_s
            for event in events
            if isinstance(event, UtteranceHeard) and event.utterance.channel is channel
        ]
        assert interview.talk_seconds(channel) == pytest.approx(sum(lengths))
