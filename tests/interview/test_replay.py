"""A journal that is played again gives the same interview, whatever happened in it."""

import dataclasses
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.events import (
    QUOTED_STATES,
    Actor,
    Channel,
    ChannelsSwapped,
    Event,
    FindingMade,
    QuestionAsked,
    Utterance,
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


def _said(events: tuple[Event, ...]) -> list[Utterance]:
    """All that was said, on the side on which it was at last."""
    said: list[Utterance] = []
    for event in events:
        if isinstance(event, UtteranceHeard):
            said.append(event.utterance)
        elif isinstance(event, ChannelsSwapped):
            said = [dataclasses.replace(one, channel=one.channel.other) for one in said]
    return said


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
        elif isinstance(event, ChannelsSwapped):
            asked = [e for e in asked if e.by is Actor.HUMAN]

    expected: dict[str | None, list[str]] = {}
    for said in (said for said in _said(events) if said.channel is Channel.CANDIDATE):
        under = [e.question for e in asked if e.since_s <= said.start_s]
        expected.setdefault(under[-1] if under else None, []).append(said.id)

    questions: list[str | None] = [None, *(question.id for question in interview.plan)]
    answers = {q: [said.id for said in interview.answer(q)] for q in questions}
    assert {q: ids for q, ids in answers.items() if ids} == expected
    assert all(interview.question_of(uid) == q for q, ids in answers.items() for uid in ids)


@given(events=stories())
def test_no_quote_of_the_machine_was_made_up(events: tuple[Event, ...]) -> None:
    interview = Interview()

    for event in events:
        interview.apply(event)
        if isinstance(event, FindingMade):
            if event.by is Actor.MACHINE and event.state in QUOTED_STATES:
                assert event.evidence
            for evidence in event.evidence:
                assert interview.quote_problem(evidence) == ""
    standing = [found for found in interview.findings.values() if found.by is Actor.MACHINE]
    for evidence in (evidence for found in standing for evidence in found.evidence):
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
        aside = [span for span in spans if span.question is None]
        off_record_s = interview.capture.off_record_s
        total = sum(spent[q] for q in spent if q) + sum(
            span.end_s - span.start_s - off_record_s(span.start_s, span.end_s) for span in aside
        )
        on_record_s = interview.now_s - off_record_s(spans[0].start_s, interview.now_s)
        assert total == pytest.approx(on_record_s - spans[0].start_s)


@given(events=stories())
def test_talk_seconds_are_the_lengths_of_what_each_side_said(events: tuple[Event, ...]) -> None:
    interview = replay(events)

    for channel in Channel:
        lengths = [said.end_s - said.start_s for said in _said(events) if said.channel is channel]
        assert interview.talk_seconds(channel) == pytest.approx(sum(lengths))


@given(events=stories())
def test_exchanging_the_sides_twice_is_as_if_nothing_had_been_exchanged_but_the_machines_words(
    events: tuple[Event, ...],
) -> None:
    once = replay(events)
    if once.ended is not None:
        return
    twice = replay(events)
    for seq in (once.seq + 1, once.seq + 2):
        twice.apply(ChannelsSwapped(seq=seq, at_s=once.now_s))

    assert twice.utterances == once.utterances
    assert list(twice.utterances) == list(once.utterances)
    assert twice.discarded == once.discarded
    assert all(twice.talk_seconds(c) == once.talk_seconds(c) for c in Channel)
    assert twice.capture.devices == once.capture.devices
    assert twice.capture.swapped == once.capture.swapped
    by_hand = {key: made for key, made in once.findings.items() if made.by is Actor.HUMAN}
    assert twice.findings == by_hand
    assert (twice.ratings, twice.notes) == (once.ratings, once.notes)
