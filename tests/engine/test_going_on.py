"""An interrupted interview goes on: numbers, questions, findings and what was exchanged."""

import dataclasses

import pytest

from copilot.engine.commands import RateQuestion, SetQuestion, TakeNote
from copilot.errors import EventError
from copilot.events import AudioGap, CapturePaused, Event, GapCause, SessionResumed, SessionStarted
from tests.engine.conftest import Talks
from tests.engine.parts import ANSWERS, ANSWERS_MORE, ASKS, ASKS_NEXT, CANDIDATE, INTERVIEWER, Talk


@pytest.fixture
def broken_off(talk: Talk) -> list[Event]:
    """A question and half of its answer."""
    talk.asks(ASKS)
    talk.answers(ANSWERS)
    talk.obey(RateQuestion("underperformance", 2))
    talk.obey(TakeNote("Calm."))
    return talk.events


def test_numbers_times_and_ids_go_on(broken_off: list[Event], talks: Talks) -> None:
    talk = talks(earlier=broken_off)
    talk.obey(TakeNote("Back again."))
    talk.answers(ANSWERS_MORE)

    talk.check()
    [resumed] = talk.of(SessionResumed)
    assert resumed.seq == len(broken_off) + 1
    assert resumed.at_s == broken_off[-1].at_s
    assert [note.id for note in talk.interview.notes] == ["n1", "n2"]
    assert list(talk.interview.utterances) == ["u1", "u2", "u3"]
    assert talk.interview.rating_of("underperformance") == 2


def test_what_was_found_before_is_not_found_again(broken_off: list[Event], talks: Talks) -> None:
    talk = talks(earlier=broken_off)
    talk.answers(ANSWERS_MORE)

    new = talk.events[len(broken_off) :]
    found = [event.id for event in new if event.type == "finding_made"]
    assert "improvement-plan" in found
    assert "one-to-one" not in found
    assert talk.state("one-to-one") == "evidenced"


def test_the_next_question_is_recognised_and_the_last_one_is_not_asked_again(
    broken_off: list[Event], talks: Talks
) -> None:
    talk = talks(earlier=broken_off)
    talk.asks(ASKS)
    assert len(talk.asked()) == 1

    talk.asks(ASKS_NEXT)

    assert talk.interview.current_question == "process-improvement"


def test_a_suggestion_that_was_open_can_still_be_closed(talk: Talk, talks: Talks) -> None:
    talk.asks(ASKS)
    talk.answers(ANSWERS)
    talk.pause(3)
    talk.pause(3)
    assert talk.interview.open_suggestion is not None

    again = talks(earlier=talk.events)
    again.obey(SetQuestion("metrics", moving_on=True))
    again.pause(1)

    assert len(again.closed()) == 1
    again.check()


def test_an_exchange_stands_and_can_be_taken_back(talk: Talk, talks: Talks) -> None:
    talk.hear(CANDIDATE, ASKS)
    talk.hear(INTERVIEWER, ANSWERS)
    talk.swap()

    again = talks(earlier=talk.events)

    assert again.interview.capture.swapped
    assert again.state("one-to-one") == "evidenced"
    again.swap()
    after = again.interview
    assert not after.capture.swapped
    assert again.state("one-to-one") == "not_heard"
    again.check()


def test_it_can_be_interrupted_again(broken_off: list[Event], talks: Talks) -> None:
    once = talks(earlier=broken_off)
    twice = talks(earlier=once.events)

    assert len(twice.interview.capture.resumed) == 2
    twice.check()


def test_what_was_off_the_record_stays_so(broken_off: list[Event], talks: Talks) -> None:
    last = broken_off[-1]
    paused = CapturePaused(seq=last.seq + 1, at_s=last.at_s)

    talk = talks(earlier=[*broken_off, paused])

    assert talk.interview.capture.paused_at_s == paused.at_s
    assert [gap.cause for gap in talk.of(AudioGap)] == [GapCause.OFF_RECORD]


def test_events_that_are_no_interview_are_refused(broken_off: list[Event], talks: Talks) -> None:
    with pytest.raises(EventError):
        talks(earlier=broken_off[1:])


def test_a_guide_that_has_gained_a_point_meanwhile_ends_no_interview(
    broken_off: list[Event], talks: Talks
) -> None:
    first = broken_off[0]
    assert isinstance(first, SessionStarted)
    plan = tuple(
        dataclasses.replace(q, points=tuple(p for p in q.points if p.id != "improvement-plan"))
        for q in first.plan
    )
    talk = talks(earlier=[dataclasses.replace(first, plan=plan), *broken_off[1:]])

    talk.answers(ANSWERS_MORE)

    assert talk.state("one-to-one") == "evidenced"
