"""The interviewer is warned of their own words: at once, once per topic, and never of the candidate's."""

import dataclasses

import pytest

from copilot.engine.off_limits import OffLimits
from copilot.errors import UsageError
from copilot.events import Event, TopicTouched
from copilot.knowledge.guide import Guide
from tests.engine.parts import ANSWERS, ASKS, CANDIDATE, INTERVIEWER, Parts, Talk

HOW_OLD = "And how old are you, if I may ask?"
MARRIED = "Are you married?"


@pytest.fixture(scope="module")
def off_limits() -> OffLimits:
    return OffLimits("en", ("eu", "us"))


@pytest.fixture
def talk(parts: Parts, off_limits: OffLimits) -> Talk:
    return Talk(*parts, off_limits=off_limits)


def _touched(talk: Talk) -> list[tuple[str, str]]:
    return [(event.topic, event.utterance_id) for event in talk.of(TopicTouched)]


def test_the_warning_comes_with_the_utterance(talk: Talk) -> None:
    talk.asks(ASKS)
    heard = talk.asks(HOW_OLD)

    [touched] = talk.of(TopicTouched)
    assert (touched.topic, touched.packs, touched.utterance_id) == ("age", ("eu", "us"), heard)
    assert talk.events[touched.seq - 2].type == "utterance_heard"
    assert touched.at_s == talk.events[touched.seq - 2].at_s
    talk.check()


def test_a_topic_is_warned_of_once(talk: Talk) -> None:
    first = talk.asks(HOW_OLD)
    talk.answers(ANSWERS)
    talk.asks(HOW_OLD)
    other = talk.asks(f"{MARRIED} {HOW_OLD}")

    assert _touched(talk) == [("age", first), ("family", other)]
    talk.check()


def test_what_the_candidate_says_warns_of_nothing(talk: Talk) -> None:
    talk.answers(HOW_OLD)

    assert _touched(talk) == []


def test_ordinary_questions_warn_of_nothing(talk: Talk) -> None:
    talk.asks(ASKS)
    talk.asks("How old is the system you replaced?")

    assert _touched(talk) == []


def test_after_an_interruption_a_topic_is_not_warned_of_again(
    talk: Talk, parts: Parts, off_limits: OffLimits
) -> None:
    talk.asks(HOW_OLD)
    again = Talk(*parts, earlier=talk.events, off_limits=off_limits)
    again.asks(HOW_OLD)
    married = again.asks(MARRIED)

    assert _touched(again) == [("age", "u1"), ("family", married)]
    again.check()


def test_a_topic_that_a_pack_has_learnt_since_the_interruption_is_let_be(
    talk: Talk, parts: Parts, off_limits: OffLimits
) -> None:
    started = talk.events[0]
    known = tuple(t for t in started.topics if t.id != "age")  # type: ignore[union-attr]
    earlier: list[Event] = [
        dataclasses.replace(started, topics=known),  # type: ignore[arg-type]
        *talk.events[1:],
    ]
    again = Talk(*parts, earlier=earlier, off_limits=off_limits)
    again.asks(HOW_OLD)

    assert _touched(again) == []


def test_words_that_turn_out_to_be_the_candidates_were_no_warning(talk: Talk) -> None:
    talk.asks(HOW_OLD)
    talk.swap()
    assert talk.interview.topics_touched == {}

    heard = talk.hear(INTERVIEWER, HOW_OLD)
    talk.hear(CANDIDATE, MARRIED)

    assert list(talk.interview.topics_touched) == ["age"]
    assert talk.interview.topics_touched["age"].utterance_id == heard
    talk.check()


def test_the_session_knows_each_topic_once_in_its_own_language(director: Guide) -> None:
    known = OffLimits("fr", ("fr", "eu")).known()

    assert len({topic.id for topic in known}) == len(known)
    by_id = {topic.id: topic for topic in known}
    assert by_id["age"].label == "âge"
    assert by_id["age"].packs == ("fr", "eu")
    assert by_id["residence"].packs == ("fr",)
    assert "military" not in by_id


def test_no_law_warns_of_nothing_and_still_guards_suggestions() -> None:
    none = OffLimits("en", ())

    assert none.known() == ()
    assert {"age", "military", "residence"} <= {topic.id for topic in none.every_topic.topics}


def test_a_pack_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="'xx'"):
        OffLimits("en", ("us", "xx"))
