"""The sides turn out to be mixed up: all that was said is read anew, and what humans did stays."""

import pytest

from copilot.engine.commands import RateQuestion, SetQuestion, TakeNote
from copilot.events import (
    Actor,
    ChannelsSwapped,
    FindingMade,
    QuestionAsked,
    SuggestionFate,
)
from tests.engine.conftest import Talks
from tests.engine.parts import (
    ANSWERS,
    ANSWERS_MORE,
    ASKS,
    ASKS_NEXT,
    CANDIDATE,
    INTERVIEWER,
    E,
    Talk,
)


@pytest.fixture
def mixed_up(talk: Talk) -> Talk:
    """A question and its answer, each heard on the other side."""
    talk.hear(CANDIDATE, ASKS)
    talk.hear(INTERVIEWER, ANSWERS)
    talk.hear(INTERVIEWER, ANSWERS_MORE)
    return talk


def _since(talk: Talk, kind: type[E]) -> list[E]:
    """Events of a kind since the exchange."""
    [swapped] = talk.of(ChannelsSwapped)
    return [event for event in talk.events[swapped.seq :] if isinstance(event, kind)]


def test_questions_are_recognised_and_findings_made_as_if_it_had_never_been_mixed_up(
    mixed_up: Talk, talks: Talks
) -> None:
    mixed_up.swap()

    right = talks()
    right.asks(ASKS)
    right.answers(ANSWERS)
    right.answers(ANSWERS_MORE)
    assert mixed_up.interview.current_question == "underperformance"
    assert mixed_up.state("one-to-one") == mixed_up.state("improvement-plan") == "evidenced"
    assert _states(mixed_up) == _states(right)
    assert mixed_up.interview.answer("underperformance") == right.interview.answer(
        "underperformance"
    )
    mixed_up.check()


def _states(talk: Talk) -> dict[tuple[str, str], str]:
    return {(f.question, f.id): str(f.state) for f in talk.interview.findings.values()}


def test_what_was_found_in_the_interviewers_words_falls(talk: Talk) -> None:
    talk.obey(SetQuestion("underperformance"))
    talk.answers(ANSWERS)
    assert talk.state("one-to-one") == "evidenced"

    talk.swap()

    assert talk.state("one-to-one") == "not_heard"
    assert [f.state for f in _since(talk, FindingMade)] == []
    talk.check()


def test_exchanging_twice_leads_back_to_where_it_was(talk: Talk) -> None:
    talk.asks(ASKS)
    talk.answers(ANSWERS)
    talk.asks(ASKS_NEXT)
    before = _states(talk)
    asked = [(e.question, e.since_s) for e in talk.interview.questions_asked]

    talk.swap()
    assert talk.interview.answer("underperformance") == ()
    talk.swap()

    assert _states(talk) == before
    assert [(e.question, e.since_s) for e in talk.interview.questions_asked] == asked
    talk.check()


def test_what_is_said_next_is_read_as_ever(mixed_up: Talk) -> None:
    mixed_up.swap()
    mixed_up.asks(ASKS_NEXT)

    assert mixed_up.interview.current_question == "process-improvement"
    assert [e.by for e in mixed_up.interview.questions_asked] == [Actor.MACHINE] * 2


def test_a_question_set_by_hand_stays_where_it_was_set(talk: Talk) -> None:
    talk.hear(INTERVIEWER, ANSWERS)
    talk.obey(SetQuestion("metrics"))
    since_s = talk.asked()[-1].since_s
    talk.hear(INTERVIEWER, ANSWERS_MORE)

    talk.swap()

    [asked] = talk.interview.questions_asked
    assert (asked.question, asked.since_s, asked.by) == ("metrics", since_s, Actor.HUMAN)
    talk.check()


def test_a_question_set_by_hand_stands_between_those_recognised_anew(talk: Talk) -> None:
    talk.hear(CANDIDATE, ASKS)
    talk.hear(INTERVIEWER, ANSWERS)
    talk.pause(2)
    talk.obey(SetQuestion("metrics", moving_on=True))
    talk.hear(INTERVIEWER, "About twelve figures every week, in one list that everybody can see.")
    talk.hear(CANDIDATE, ASKS_NEXT)

    talk.swap()

    asked = [(e.question, e.by) for e in talk.interview.questions_asked]
    assert asked == [
        ("underperformance", Actor.MACHINE),
        ("metrics", Actor.HUMAN),
        ("process-improvement", Actor.MACHINE),
    ]
    talk.check()


def test_a_question_heard_before_it_was_set_by_hand_is_recognised_where_it_was_asked(
    talk: Talk,
) -> None:
    talk.hear(CANDIDATE, ASKS)
    talk.hear(INTERVIEWER, ANSWERS)
    talk.hear(CANDIDATE, "I see, and what did the two of you do after that?")
    talk.hear(INTERVIEWER, ANSWERS_MORE)
    talk.obey(SetQuestion("underperformance"))  # nothing was recognised, so a key says it

    talk.swap()

    answer = [said.text for said in talk.interview.answer("underperformance")]
    assert answer == [ANSWERS, ANSWERS_MORE]


def test_ratings_and_notes_stay(mixed_up: Talk) -> None:
    mixed_up.obey(RateQuestion("underperformance", 3))
    mixed_up.obey(TakeNote("Calm."))

    mixed_up.swap()

    assert mixed_up.interview.rating_of("underperformance") == 3
    assert [note.text for note in mixed_up.interview.notes] == ["Calm."]


def test_an_open_suggestion_is_closed_before_the_exchange(talk: Talk) -> None:
    talk.asks(ASKS)
    talk.answers(ANSWERS)
    talk.pause(3)
    talk.pause(3)
    [offered] = talk.offered()

    talk.swap()

    [closed] = talk.closed()
    assert (closed.suggestion_id, closed.fate) == (offered.suggestion.id, SuggestionFate.SUPERSEDED)
    assert closed.seq == talk.of(ChannelsSwapped)[0].seq - 1
    assert talk.interview.open_suggestion is None
    talk.check()


def test_before_anything_was_said_an_exchange_is_told_and_no_more(talk: Talk) -> None:
    talk.swap()

    assert [event.type for event in talk.events[2:]] == ["channels_swapped"]
    assert _since(talk, QuestionAsked) == []
