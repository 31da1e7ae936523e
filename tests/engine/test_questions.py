"""The conductor and questions: heard in the interviewer's words, corrected by key, answers where they belong."""

import pytest

from copilot.engine.commands import SetQuestion
from copilot.errors import EventError
from copilot.events import (
    Actor,
    ConsentRecorded,
    FindingMade,
    FindingState,
    SessionEnded,
    SessionStarted,
    SpeechDiscarded,
    UtteranceHeard,
)
from copilot.speech.transcriber import Transcription
from tests.engine.parts import (
    ANSWERS,
    ANSWERS_MORE,
    ASKS,
    ASKS_NEXT,
    ASKS_OTHERWISE,
    CANDIDATE,
    INTERVIEWER,
    Talk,
    stretch,
)

EVIDENCED, NOT_HEARD = FindingState.EVIDENCED, FindingState.NOT_HEARD


def test_a_session_begins_with_what_it_is_and_the_decision_about_recording(talk: Talk) -> None:
    assert [type(event) for event in talk.events] == [SessionStarted, ConsentRecorded]
    talk.check()


# -- heard ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [ASKS, ASKS_OTHERWISE])
def test_a_planned_question_is_recognised_from_what_the_interviewer_says(
    talk: Talk, words: str
) -> None:
    heard = talk.asks(words)

    [asked] = talk.asked()
    assert (asked.question, asked.by, asked.utterance_id) == (
        "underperformance", Actor.MACHINE, heard,
    )  # fmt: skip
    assert asked.since_s == talk.interview.utterances[heard].start_s
    assert 0 < asked.confidence <= 1
    assert talk.interview.current_question == "underperformance"


def test_questions_are_recognised_in_any_order(talk: Talk) -> None:
    talk.asks(ASKS_NEXT)
    talk.answers("We sent three questions to every store and read what came back.")
    talk.asks(ASKS)

    assert [asked.question for asked in talk.asked()] == ["process-improvement", "underperformance"]


def test_asking_the_same_question_again_changes_nothing(talk: Talk) -> None:
    talk.asks()
    talk.answers()
    talk.asks()

    assert len(talk.asked()) == 1


def test_small_talk_asks_nothing(talk: Talk) -> None:
    talk.asks("Our coffee machine is broken, so nobody comes by.")

    assert not talk.asked()
    assert talk.interview.current_question is None


def test_what_the_candidate_says_never_asks_a_question(talk: Talk) -> None:
    talk.answers(ASKS)

    assert not talk.asked()


# -- answers --------------------------------------------------------------------------------------


def test_an_answer_is_matched_as_it_grows_with_a_verbatim_quote(talk: Talk) -> None:
    talk.asks()
    first = talk.answers()
    assert talk.state("one-to-one") is EVIDENCED
    assert talk.state("improvement-plan") is NOT_HEARD
    second = talk.answers(ANSWERS_MORE)
    assert talk.state("improvement-plan") is EVIDENCED

    found = [event for event in talk.of(FindingMade) if event.state is EVIDENCED]
    texts = {first: ANSWERS, second: ANSWERS_MORE}
    for event in found:
        for evidence in event.evidence:
            said = " ".join(texts[uid] for uid in evidence.utterance_ids)
            assert evidence.quote in said
    talk.check()


def test_a_finding_is_published_once(talk: Talk) -> None:
    talk.asks()
    talk.answers()
    talk.answers("That was a long talk.")
    talk.answers("And so on, as it goes.")

    found = [e for e in talk.of(FindingMade) if e.id == "one-to-one" and e.state is EVIDENCED]
    assert len(found) == 1


def test_uncertain_text_evidences_nothing(talk: Talk) -> None:
    talk.asks()
    talk.answers(uncertain=True)

    assert talk.state("one-to-one") is not EVIDENCED
    talk.check()


def test_an_answer_before_any_question_belongs_to_none(talk: Talk) -> None:
    heard = talk.answers()

    assert talk.interview.question_of(heard) is None
    assert talk.interview.answer("underperformance") == ()


def test_speech_belongs_to_the_question_that_was_current_when_it_was_spoken(talk: Talk) -> None:
    talk.asks()
    talk.answers("Sure, I had exactly that once.")
    since_s = talk.now_s
    talk.now_s += 20
    # The interviewer's next question becomes text before the candidate's last words do.
    talk.asks(ASKS_NEXT)
    late = talk.answers(start_s=since_s + 1)

    assert talk.interview.current_question == "process-improvement"
    assert talk.interview.question_of(late) == "underperformance"
    assert talk.state("one-to-one") is EVIDENCED
    talk.check()


def test_an_answer_that_became_text_before_its_question_moves_under_it(talk: Talk) -> None:
    begins_s = talk.now_s + 1
    early = talk.answers(start_s=begins_s + 8)
    assert talk.interview.question_of(early) is None

    talk.asks(start_s=begins_s)

    assert talk.interview.question_of(early) == "underperformance"
    assert talk.state("one-to-one") is EVIDENCED
    talk.check()


def test_time_never_goes_back_though_text_comes_late(talk: Talk) -> None:
    talk.now_s = 30.0
    talk.asks()
    talk.conductor.hear(stretch(CANDIDATE, 5.0, 2.0), Transcription((), reason="noise"), 7.0)

    times = [event.at_s for event in talk.events]
    assert times == sorted(times)


def test_sound_without_words_is_noted_with_the_reason(talk: Talk) -> None:
    talk.conductor.hear(stretch(CANDIDATE, 3.0, 1.5), Transcription((), reason="a cough"), 5.0)

    [discarded] = talk.of(SpeechDiscarded)
    assert (discarded.channel, discarded.start_s, discarded.end_s) == (CANDIDATE, 3.0, 4.5)
    assert discarded.reason == "a cough"
    assert not talk.of(UtteranceHeard)


# -- set by key -----------------------------------------------------------------------------------


def test_a_question_can_be_set_by_key(talk: Talk) -> None:
    talk.asks("Now then, tell me about those numbers you mentioned, shall we?")
    talk.obey(SetQuestion("metrics"))

    asked = talk.asked()[-1]
    assert (asked.question, asked.by, asked.confidence) == ("metrics", Actor.HUMAN, 1.0)
    assert talk.interview.current_question == "metrics"


def test_a_question_set_by_key_reaches_back_to_the_interviewers_last_turn(talk: Talk) -> None:
    talk.answers("Good morning to you, I can hear you well.")
    turn = talk.asks("Now I would like to hear how you deal with somebody who struggles.")
    talk.obey(SetQuestion(None))
    before = len(talk.asked())
    answer = talk.answers()
    talk.asks("Mm-hm, right.")
    talk.obey(SetQuestion("underperformance"))

    asked = talk.asked()[-1]
    assert len(talk.asked()) == before + 1
    assert asked.since_s == talk.interview.utterances[turn].start_s
    assert talk.interview.question_of(answer) == "underperformance"
    assert talk.state("one-to-one") is EVIDENCED


@pytest.mark.parametrize("last_words", ["Thank you.", ""])
def test_moving_on_leaves_the_answer_where_it_is(talk: Talk, last_words: str) -> None:
    talk.asks()
    answer = talk.answers()
    turn = talk.asks(last_words) if last_words else None

    talk.obey(SetQuestion("metrics", moving_on=True))

    assert talk.interview.question_of(answer) == "underperformance"
    assert talk.state("one-to-one") is EVIDENCED
    since_s = talk.asked()[-1].since_s
    assert since_s == (talk.interview.utterances[turn].start_s if turn else talk.interview.now_s)
    later = talk.answers(ANSWERS_MORE)
    assert talk.interview.question_of(later) == "metrics"


def test_taking_back_what_the_machine_heard_moves_the_answer_along(talk: Talk) -> None:
    talk.asks()
    first = talk.answers()
    talk.asks(ASKS_NEXT)
    second = talk.answers(ANSWERS_MORE)
    assert talk.interview.question_of(second) == "process-improvement"

    talk.obey(SetQuestion("underperformance"))

    assert talk.interview.current_question == "underperformance"
    answer = [said.id for said in talk.interview.answer("underperformance")]
    assert answer == [first, second]
    assert talk.interview.answer("process-improvement") == ()
    assert talk.state("improvement-plan") is EVIDENCED
    talk.check()


def test_talk_outside_the_plan_can_be_set_by_key(talk: Talk) -> None:
    talk.asks()
    talk.obey(SetQuestion(None))
    heard = talk.answers()

    assert talk.interview.current_question is None
    assert talk.interview.question_of(heard) is None


@pytest.mark.parametrize("question", ["underperformance", None])
def test_setting_the_current_question_does_nothing(talk: Talk, question: str | None) -> None:
    if question:
        talk.asks()
    before = list(talk.events)

    talk.obey(SetQuestion(question))

    assert talk.events == before


def test_a_question_that_is_not_planned_is_refused_and_nothing_changes(talk: Talk) -> None:
    talk.asks()
    before = list(talk.events)

    with pytest.raises(EventError, match="'nonsense' is not in the plan"):
        talk.obey(SetQuestion("nonsense"))

    assert talk.events == before
    talk.answers()
    talk.check()


# -- ending ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["finished", "user", "failed"])
def test_a_session_ends_with_its_length_and_its_reason(talk: Talk, reason) -> None:
    talk.asks()
    talk.conductor.end(reason, talk.now_s + 2.5, "why")

    ended = talk.events[-1]
    assert isinstance(ended, SessionEnded)
    assert (ended.reason, ended.detail) == (reason, "why")
    assert ended.duration_s == ended.at_s == round(talk.now_s + 2.5, 3)
    talk.check()


def test_after_the_end_nothing_happens_any_more(talk: Talk) -> None:
    talk.conductor.end("user", 1.0)
    before = list(talk.events)

    with pytest.raises(EventError):
        talk.conductor.hear(stretch(INTERVIEWER, 2.0, 1.0), Transcription(()), 3.0)

    assert talk.events == before
