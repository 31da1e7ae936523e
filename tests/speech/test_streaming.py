"""What is transcribed when: finals first, then pauses, then drafts; no word is lost or doubled."""

import itertools
from dataclasses import replace

import pytest

from copilot.audio import SAMPLE_RATE_HZ
from copilot.events import Channel
from copilot.speech.endpoints import EndpointPolicy
from copilot.speech.streaming import Job, StreamingPolicy
from copilot.speech.transcriber import Transcription
from tests.speech.talking import (
    WORD_S,
    Talk,
    candidate,
    check_promises,
    check_settled,
    interviewer,
)

INTERVIEWER, CANDIDATE = Channel.INTERVIEWER, Channel.CANDIDATE
POLICY, ENDPOINTS = StreamingPolicy(), EndpointPolicy()
FINALS_ONLY = StreamingPolicy(drafts=False)
NOTHING = Transcription((), reason="no words recognised")


# -- an answer ------------------------------------------------------------------------------------


def test_an_answer_is_drafted_while_it_is_spoken_and_final_when_it_ends() -> None:
    answer = candidate().says(15).pauses(2)

    talk = Talk(answer).run()

    check_promises(talk)
    assert talk.text() == answer.text
    assert talk.kinds().count("draft") > 5
    shown = [
        " ".join(
            word.text for partial in partials for word in (*partial.settled, *partial.tentative)
        )
        for _, partials in talk.partials
    ]
    assert " ".join(answer.text[:3]) in shown


def test_times_of_final_words_count_from_the_stretch() -> None:
    answer = candidate().says(30).pauses(2)

    (final,) = Talk(answer).run().finals

    starts = [final.stretch.start_s + word.start_s for word in final.heard.words]
    assert starts == pytest.approx([start * 0.032 for start, _, _ in answer.words], abs=1e-3)


def test_without_drafts_only_what_ended_is_transcribed() -> None:
    answer = candidate().says(15).pauses(2).says(5).pauses(2)

    talk = Talk(answer, policy=FINALS_ONLY).run()

    check_promises(talk)
    assert talk.kinds() == ["final", "final"]
    assert talk.text() == answer.text
    assert all(partials == () for _, partials in talk.partials)


def test_drafts_come_as_often_as_there_is_enough_new_sound() -> None:
    talk = Talk(candidate().says(25), took_s=lambda _: 0.05).run(until_s=10.0)

    at = [started.at_s for started in talk.started]
    assert set(talk.kinds()) == {"draft"}
    assert all(
        POLICY.every_s <= later - earlier < POLICY.every_s + 0.1
        for earlier, later in itertools.pairwise(at)
    )


def test_a_draft_is_of_all_that_was_heard_by_then() -> None:
    talk = Talk(candidate().says(25)).run(until_s=8.0)

    for started in talk.started:
        assert started.job.until / SAMPLE_RATE_HZ == pytest.approx(started.at_s, abs=0.04)


def test_a_click_gets_no_draft() -> None:
    click = candidate().says(1, frames=6).pauses(2)

    assert set(Talk(click).run().kinds()) <= {"final"}


# -- a pause --------------------------------------------------------------------------------------


def test_a_text_made_at_a_pause_is_used_when_the_answer_ends_there() -> None:
    answer = candidate().says(10).pauses(2)

    talk = Talk(answer).run()

    assert talk.kinds()[-1] == "pause"
    assert "final" not in talk.kinds()
    assert talk.text() == answer.text
    (final,) = talk.finals
    silence_s = final.at_s - final.stretch.speech_end_s
    assert silence_s == pytest.approx(ENDPOINTS.end_silence_s, abs=0.07)


def test_a_text_made_at_a_pause_is_not_used_when_speech_went_on() -> None:
    answer = candidate().says(8).pauses(0.4).says(6).pauses(2)

    talk = Talk(answer).run()

    check_promises(talk)
    assert talk.kinds().count("pause") == 2
    (final,) = talk.finals
    assert final.heard.text.split() == answer.text


def test_an_answer_that_ended_while_its_pause_was_transcribed_waits_for_that() -> None:
    answer = candidate().says(8).pauses(3)

    talk = Talk(answer, took_s=lambda job: 0.5 if job.effort.value == "full" else 0.05).run()

    assert "final" not in talk.kinds()
    assert talk.text() == answer.text


def test_a_pause_is_transcribed_once() -> None:
    answer = candidate().says(8).pauses(0.5).says(6)

    talk = Talk(answer, took_s=lambda _: 0.02).run(until_s=1 + 8 * WORD_S + 0.45)

    assert talk.kinds().count("pause") == 1


def test_where_nothing_is_recognised_at_a_pause_nothing_was_said() -> None:
    noise = candidate().says(3).pauses(2)

    talk = Talk(noise, answer=lambda *_: NOTHING).run()

    (final,) = talk.finals
    assert final.heard.words == ()
    check_promises(talk)


# -- who comes first ------------------------------------------------------------------------------


def test_finals_come_before_pauses_and_pauses_before_drafts() -> None:
    """One worker, kept busy until the interviewer has ended, paused or goes on."""
    asks = interviewer().says(10).pauses(0.6)
    answers = candidate().pauses(0.3).says(12).pauses(0.3)
    first = Talk(
        asks, answers, workers=1, took_s=lambda _: 4.9, policy=replace(POLICY, pause_s=0.25)
    )

    first.run()

    kinds = [(started.kind, started.job.channel) for started in first.started]
    assert kinds[0][0] == "draft"
    assert ("final", INTERVIEWER) in kinds[:3]
    check_promises(first)


def test_of_two_open_stretches_the_one_with_more_that_is_new_is_drafted() -> None:
    talk = Talk(
        interviewer().says(20), candidate().pauses(1).says(20), workers=1, took_s=lambda _: 0.4
    ).run(until_s=8)

    channels = [started.job.channel for started in talk.started]
    assert channels.count(INTERVIEWER) == pytest.approx(channels.count(CANDIDATE), abs=3)
    newest = [started.at_s for started in talk.started if started.job.channel is CANDIDATE]
    assert max(b - a for a, b in itertools.pairwise(newest)) < 1.5


def test_of_each_side_one_job_at_a_time() -> None:
    """``Talk`` checks it with every job."""
    talk = Talk(
        interviewer().says(20).pauses(1), candidate().says(20).pauses(1), workers=5,
        took_s=lambda _: 0.9,
    )  # fmt: skip

    check_promises(talk.run())


def test_final_texts_come_in_the_order_in_which_speech_ended() -> None:
    asks = interviewer().says(20).pauses(2)
    answers = candidate().says(22).pauses(2)

    talk = Talk(
        asks,
        answers,
        policy=FINALS_ONLY,
        took_s=lambda job: 5.0 if job.channel is INTERVIEWER else 0.1,
    ).run()

    assert [final.stretch.channel for final in talk.finals] == [INTERVIEWER, CANDIDATE]
    assert talk.finals[0].at_s == talk.finals[1].at_s
    check_promises(talk)


def test_how_far_the_text_is_behind_is_known() -> None:
    answer = candidate().says(10).pauses(20)
    talk = Talk(answer, policy=FINALS_ONLY, took_s=lambda _: 8.0)
    end_s = 1 + 10 * WORD_S

    assert talk.run(until_s=2).streaming.behind_s == 0
    assert talk.run(until_s=end_s + 5).streaming.behind_s == pytest.approx(5, abs=0.1)
    assert talk.run(until_s=end_s + 12).streaming.behind_s == 0


# -- slow machines and models that fail -----------------------------------------------------------


def test_a_draft_that_gives_nothing_takes_nothing_back() -> None:
    def deaf_later(job: Job, heard: Transcription) -> Transcription:
        return NOTHING if job.stretch is None and job.until > 5 * SAMPLE_RATE_HZ else heard

    talk = Talk(candidate().says(30), answer=deaf_later).run(until_s=9)

    (partial,) = talk.streaming.partials
    assert len(partial.settled) > 3
    assert partial.tentative
    check_settled(talk)


def test_a_final_that_gives_nothing_keeps_what_is_settled_and_says_that_it_is_doubtful() -> None:
    def deaf(job: Job, heard: Transcription) -> Transcription:
        return NOTHING if job.effort.value == "full" else heard

    answer = candidate().says(20).pauses(2)

    talk = Talk(answer, answer=deaf).run()

    (final,) = talk.finals
    assert final.heard.uncertain
    assert len(final.heard.words) > 8
    check_promises(talk)


def test_after_a_slow_draft_there_is_rest() -> None:
    took_s = 2.0
    talk = Talk(candidate().says(55), took_s=lambda _: took_s).run(until_s=20)

    at = [started.at_s for started in talk.started]
    rests = [later - earlier - took_s for earlier, later in itertools.pairwise(at)]
    assert min(rests) >= POLICY.rest * took_s - 0.1


def test_under_overload_everything_gets_its_text_all_the_same() -> None:
    asks, answers = interviewer(), candidate().pauses(1)
    for _ in range(5):
        asks.says(8).pauses(1)
        answers.says(11).pauses(0.8)

    talk = Talk(asks, answers, took_s=lambda _: 6.0, workers=1).run()

    check_promises(talk)
    assert talk.text(0) == asks.text
    assert talk.text(1) == answers.text


def test_a_doubtful_word_does_not_make_drafts_ever_longer() -> None:
    def doubting(_: Job, heard: Transcription) -> Transcription:
        words = (replace(w, probability=0.4) if w.text == "c5" else w for w in heard.words)
        return replace(heard, words=tuple(words))

    talk = Talk(candidate().says(55), answer=doubting).run(until_s=20)

    longest_s = max(len(started.job.samples) for started in talk.started) / SAMPLE_RATE_HZ
    assert longest_s < POLICY.draft.window_s + 4
