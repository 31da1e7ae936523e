"""What is transcribed when: finals first, then pauses, then drafts; no word is lost or doubled."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.audio import SAMPLE_RATE_HZ
from copilot.events import Channel
from copilot.speech.endpoints import EndpointPolicy
from copilot.speech.streaming import Job, StreamingPolicy
from copilot.speech.transcriber import Transcription
from tests.speech.talking import VOICED, WORD_S, Speaker, Talk

INTERVIEWER, CANDIDATE = Channel.INTERVIEWER, Channel.CANDIDATE
POLICY, ENDPOINTS = StreamingPolicy(), EndpointPolicy()
FINALS_ONLY = StreamingPolicy(drafts=False)
NOTHING = Transcription((), reason="no words recognised")


def candidate() -> Speaker:
    return Speaker(CANDIDATE).pauses(1.0)


def interviewer() -> Speaker:
    return Speaker(INTERVIEWER).pauses(1.0)


def check_promises(talk: Talk) -> None:
    """What must be true of any conversation."""
    ends = [final.stretch.speech_end_s for final in talk.finals]
    assert ends == sorted(ends)
    assert talk.streaming.done
    assert talk.streaming.partials == ()
    assert talk.streaming.next() is None
    check_settled(talk)


def check_settled(talk: Talk) -> None:
    """Settled words are only appended to, and the final text begins with them."""
    settled: dict[tuple[Channel, int], list[str]] = {}
    for _, partials in talk.partials:
        for partial in partials:
            words = [word.text for word in partial.settled]
            before = settled.setdefault((partial.channel, partial.start), [])
            assert words[: len(before)] == before
            settled[partial.channel, partial.start] = words
    for channel in Channel:
        finals = [final for final in talk.finals if final.stretch.channel is channel]
        for final, later in itertools.zip_longest(finals, finals[1:]):
            # Where speech went on after a cut, some of the words belong to the next stretch.
            texts = [word.text for one in (final, later) if one for word in one.heard.words]
            words = settled.get((channel, final.stretch.start), [])
            assert texts[: len(words)] == words


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


@pytest.mark.xfail(
    strict=True, reason="the time a draft takes counts as rest: the next begins as it ends"
)
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
