"""Weak voices, echoes, context, changed sides and monologues: what is made of whole turns."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.events import Channel
from copilot.speech.endpoints import EndpointPolicy
from copilot.speech.streaming import Job, StreamingPolicy
from copilot.speech.transcriber import Transcription
from tests.speech.talking import (
    VOICED,
    WORD_S,
    Speaker,
    Talk,
    candidate,
    check_promises,
    interviewer,
)

INTERVIEWER, CANDIDATE = Channel.INTERVIEWER, Channel.CANDIDATE
ENDPOINTS = EndpointPolicy()
FINALS_ONLY = StreamingPolicy(drafts=False)


# -- doubtful voices and others' words ------------------------------------------------------------


def test_a_weak_voice_needs_firm_words() -> None:
    cough = candidate().says(1, frames=8, probability=0.9).pauses(2)

    def doubting(_: Job, heard: Transcription) -> Transcription:
        return replace(heard, firm=False)

    assert Talk(cough).run().text() == cough.text
    (final,) = Talk(cough, answer=doubting).run().finals
    assert (final.heard.words, final.heard.reason) == ((), "no words recognised")


def test_a_sure_voice_needs_no_firm_words() -> None:
    word = candidate().says(1, frames=8, probability=VOICED).pauses(2)

    talk = Talk(word, answer=lambda _, heard: replace(heard, firm=False)).run()

    assert talk.text() == word.text


def test_what_is_mostly_echo_is_not_drafted_but_has_its_text() -> None:
    echo = interviewer().says(15).pauses(2)

    talk = Talk(echo, echo=0.8).run()

    assert talk.kinds() == ["final"]
    assert talk.text() == echo.text


# -- context --------------------------------------------------------------------------------------


def _contexts(talk: Talk) -> list[tuple[Channel, str]]:
    return [
        (started.job.channel, started.job.context)
        for started in talk.run().started
        if started.kind == "final"
    ]


def test_the_last_words_of_the_same_speaker_are_passed_on() -> None:
    talk = Talk(
        interviewer().says(6).pauses(6),
        candidate().pauses(3).says(6).pauses(1).says(6).pauses(1),
        policy=FINALS_ONLY,
    )

    assert _contexts(talk) == [
        (INTERVIEWER, ""),
        (CANDIDATE, ""),
        (CANDIDATE, "c0 c1 c2 c3 c4 c5"),
    ]


def test_doubtful_words_and_those_of_an_echo_are_not_passed_on() -> None:
    twice = interviewer().says(6).pauses(1).says(6).pauses(1)

    doubtful = Talk(
        twice, policy=FINALS_ONLY, answer=lambda _, heard: replace(heard, uncertain=True)
    )
    echo = Talk(twice, policy=FINALS_ONLY, echo=0.7)

    for talk in (doubtful, echo):
        assert [context for _, context in _contexts(talk)] == ["", ""]


def test_a_noise_gets_no_context_to_go_on_from() -> None:
    talk = Talk(candidate().says(6).pauses(1).says(2).pauses(1), policy=FINALS_ONLY)

    assert [context for _, context in _contexts(talk)] == ["", ""]


def test_only_the_end_of_a_long_speech_is_passed_on() -> None:
    talk = Talk(candidate().says(55).pauses(1).says(6).pauses(1), policy=FINALS_ONLY)

    *_, (_, context) = _contexts(talk)

    assert 100 < len(context) <= 160
    assert context.endswith("c53 c54")


# -- changing sides -------------------------------------------------------------------------------


def test_after_a_change_of_sides_the_others_words_are_no_context() -> None:
    talk = Talk(
        candidate().says(6).pauses(1).says(6).pauses(1),
        interviewer().pauses(8),
        policy=FINALS_ONLY,
        swap_at_s=1 + 6 * WORD_S + 1,
    )

    assert _contexts(talk) == [(CANDIDATE, ""), (INTERVIEWER, "")]


def test_what_is_being_said_goes_on_as_the_others_words_settled_and_all() -> None:
    answer = candidate().says(20).pauses(2)

    talk = Talk(answer, interviewer().pauses(8), took_s=lambda _: 0.05, swap_at_s=5.01).run()

    (final,) = talk.finals
    assert final.stretch.channel is INTERVIEWER
    assert talk.text() == answer.text
    assert talk.streaming.partials == ()


def test_sides_may_change_while_a_job_is_under_way() -> None:
    answer = candidate().says(40).pauses(2)

    talk = Talk(
        answer, interviewer().pauses(12), took_s=lambda _: 1.0, workers=2, swap_at_s=5.6
    ).run()

    assert talk.text() == answer.text
    check_promises(talk)


def test_sides_may_change_between_the_end_of_an_answer_and_its_text() -> None:
    answer = candidate().says(20).pauses(0.3).says(3).pauses(4)
    end_s = 1 + 23 * WORD_S + 0.3

    talk = Talk(
        answer, interviewer().pauses(14), took_s=lambda _: 0.7, workers=1, swap_at_s=end_s + 0.62
    ).run()

    assert talk.text() == answer.text
    check_promises(talk)


# -- speech that does not pause -------------------------------------------------------------------


def _monologue(*, cut_after: int) -> Speaker:
    """A minute of words with a breath after every fifth, and a deeper one where it is to be cut."""
    speaker = candidate()
    for count in range(5, 155, 5):
        speaker.says(5).breathes(0.45 if count == cut_after else 0.6)
    return speaker.pauses(2)


@pytest.mark.parametrize("cut_after", [35, 45, 55])
def test_a_long_monologue_is_cut_and_keeps_its_order(cut_after: int) -> None:
    speech = _monologue(cut_after=cut_after)

    talk = Talk(speech, policy=FINALS_ONLY).run()

    check_promises(talk)
    assert len(talk.finals) > 2
    assert talk.finals[0].heard.text.split() == speech.text[:cut_after]
    assert talk.text() == speech.text


@pytest.mark.parametrize("cut_after", [35, 45, 55])
def test_a_long_monologue_is_cut_without_doubling_what_is_settled(cut_after: int) -> None:
    speech = _monologue(cut_after=cut_after)

    talk = Talk(speech).run()

    assert talk.text() == speech.text
    check_promises(talk)


# -- anything -------------------------------------------------------------------------------------

_TURNS = st.lists(st.tuples(st.integers(1, 16), st.floats(0.05, 1.5)), max_size=6)


def _side(channel: Channel, turns: list[tuple[int, float]], first_s: float) -> Speaker:
    speaker = Speaker(channel).pauses(first_s)
    for count, pause_s in turns:
        speaker.says(count).pauses(pause_s)
        if len(speaker.words) % 3 == 0:
            speaker.pauses(ENDPOINTS.end_silence_s)
    return speaker


@settings(max_examples=40)
@given(
    asked=_TURNS,
    answered=_TURNS,
    first_s=st.floats(0.3, 4.0),
    took_s=st.lists(st.floats(0.01, 4.0), min_size=1, max_size=7),
    workers=st.integers(1, 3),
)
def test_whatever_is_said_no_word_is_lost_doubled_or_out_of_order(
    asked: list[tuple[int, float]],
    answered: list[tuple[int, float]],
    first_s: float,
    took_s: list[float],
    workers: int,
) -> None:
    asks, answers = _side(INTERVIEWER, asked, 0.3), _side(CANDIDATE, answered, first_s)
    times = itertools.cycle(took_s)

    talk = Talk(asks, answers, workers=workers, took_s=lambda _: next(times)).run()

    assert talk.text(0) == asks.text
    assert talk.text(1) == answers.text
    check_promises(talk)
