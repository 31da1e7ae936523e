"""An interview by its words alone: texts come in when they would, and nothing depends on a clock."""

import pytest

from copilot.engine.by_transcript import TEXT_AFTER_S, Spoken, TranscriptSetup, hold, words_of
from copilot.errors import UsageError
from copilot.events import (
    Channel,
    Event,
    QuestionAsked,
    SessionEnded,
    SuggestionOffered,
    UtteranceHeard,
)
from copilot.knowledge.guide import Guide
from tests.engine.parts import ASKS, PLAN, Parts

ANSWER = (
    "I took him aside, just the two of us, and asked what was going on. "
    "Then we wrote an improvement plan with goals and dates."
)


def asks(start_s: float, end_s: float, text: str = ASKS) -> Spoken:
    return Spoken(Channel.INTERVIEWER, start_s, end_s, words_of(text, start_s, end_s))


def answers(
    start_s: float, end_s: float, text: str = ANSWER, known_s: float | None = None
) -> Spoken:
    words = words_of(text, start_s, end_s)
    return Spoken(Channel.CANDIDATE, start_s, end_s, words, known_s=known_s)


def events_of(parts: Parts, director: Guide, *spoken: Spoken) -> list[Event]:
    matcher = parts[1]
    events: list[Event] = []
    setup = TranscriptSetup(director, plan=tuple(PLAN))
    hold(spoken, setup, matcher._embedder, events.append)
    return events


def first(events: list[Event], kind: type[Event]) -> Event:
    return next(event for event in events if isinstance(event, kind))


@pytest.fixture(scope="module")
def talk(parts: Parts, director: Guide) -> list[Event]:
    """A question, an answer, and nothing more."""
    return events_of(parts, director, asks(1.0, 5.0), answers(6.0, 20.0))


def test_texts_come_when_a_session_would_have_them(talk: list[Event]) -> None:
    heard = [event for event in talk if isinstance(event, UtteranceHeard)]

    assert [event.at_s for event in heard] == [5.0 + TEXT_AFTER_S, 20.0 + TEXT_AFTER_S]
    assert [event.utterance.start_s for event in heard] == [1.0, 6.0]
    assert heard[1].utterance.text == ANSWER
    assert first(talk, QuestionAsked).at_s == heard[0].at_s


def test_a_suggestion_waits_for_the_pause_and_the_text(talk: list[Event]) -> None:
    assert 20.0 + TEXT_AFTER_S <= first(talk, SuggestionOffered).at_s < 20.0 + TEXT_AFTER_S + 0.5


def test_it_ends_when_the_last_words_have_led_to_something(talk: list[Event]) -> None:
    ended = talk[-1]

    assert isinstance(ended, SessionEnded)
    assert (ended.reason, ended.duration_s) == ("finished", 24.2)


def test_nothing_is_suggested_while_the_interviewer_speaks(parts: Parts, director: Guide) -> None:
    speaks = asks(
        20.5, 28.0, "Well, let me think about that for a moment while I look at my notes."
    )
    events = events_of(parts, director, asks(1.0, 5.0), answers(6.0, 20.0), speaks)

    assert not any(isinstance(event, SuggestionOffered) for event in events)


def test_texts_that_came_late_come_late(parts: Parts, director: Guide) -> None:
    events = events_of(parts, director, asks(1.0, 5.0), answers(6.0, 20.0, known_s=31.0))

    heard = [event for event in events if isinstance(event, UtteranceHeard)]
    assert heard[-1].at_s == 31.0
    assert first(events, SuggestionOffered).at_s >= 31.0


def test_the_order_of_the_lines_does_not_matter(
    parts: Parts, director: Guide, talk: list[Event]
) -> None:
    assert events_of(parts, director, answers(6.0, 20.0), asks(1.0, 5.0)) == talk


def test_without_words_it_only_begins_and_ends(parts: Parts, director: Guide) -> None:
    events = events_of(parts, director, answers(1.0, 2.0, "  "))

    assert not any(isinstance(event, UtteranceHeard) for event in events)
    assert isinstance(events[-1], SessionEnded)


def test_a_plan_the_guide_does_not_have_is_told(parts: Parts, director: Guide) -> None:
    setup = TranscriptSetup(director, plan=("no-such-question",))
    with pytest.raises(UsageError, match="no-such-question"):
        hold([], setup, parts[1]._embedder)


def test_words_share_the_time() -> None:
    one, two = words_of("one two", 2.0, 3.0)

    assert (one.start_s, one.end_s, two.start_s, two.end_s) == (2.0, 2.5, 2.5, 3.0)
    assert words_of("", 2.0, 3.0) == ()
