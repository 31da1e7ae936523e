"""Who really said it: a correction changes what rests on it, and can be taken back."""

import pytest

from copilot.errors import EventError
from copilot.events import (
    Actor,
    AlarmCleared,
    AlarmKind,
    AlarmRaised,
    Channel,
    FindingKind,
    FindingState,
    ReviewOpened,
    SpeakerCorrected,
)
from copilot.review.reading import read_reviewed
from copilot.review.reviewed import Reviewed
from copilot.review.reviewing import Review
from copilot.review.summarising import summarise
from copilot.store import SessionFolder, read_journal
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.review.test_reviewing import Clock
from tests.story import Story, evidence_of

POINT, FLAG = FindingKind.POINT, FindingKind.FLAG
INTERVIEWER, CANDIDATE = Channel.INTERVIEWER, Channel.CANDIDATE
ROLLBACK = ("rollout", POINT, "rollback")


@pytest.fixture
def folder() -> SessionFolder:
    return keep(an_interview().events)


def _review(folder: SessionFolder) -> Review:
    return Review(folder, by="ada", clock=Clock())


def test_the_original_stays_as_it_was_heard(folder: SessionFolder) -> None:
    before = folder.journal_path.read_bytes()
    with _review(folder) as review:
        review.correct_speaker("u2", INTERVIEWER)

    assert folder.journal_path.read_bytes() == before
    state = read_reviewed(folder)
    assert state.speaker_of("u2") is INTERVIEWER
    assert state.speaker_of("u1") is INTERVIEWER
    assert state.interview.utterances["u2"].channel is CANDIDATE
    (correction,) = summarise(state).corrections
    assert (correction.channel, correction.speaker) == (CANDIDATE, INTERVIEWER)
    assert correction.heard == correction.text


def test_it_can_be_taken_back(folder: SessionFolder) -> None:
    with _review(folder) as review:
        found = review.reviewed.finding(ROLLBACK)
        for channel in (CANDIDATE, INTERVIEWER, INTERVIEWER, CANDIDATE, CANDIDATE):
            review.correct_speaker("u2", channel)
        assert review.reviewed.speakers == {}
        assert review.reviewed.finding(ROLLBACK) == found

    told = [e for e in read_journal(folder.review_path).events if isinstance(e, SpeakerCorrected)]
    assert [event.channel for event in told] == [INTERVIEWER, None]


def test_nobody_said_what_was_not_heard() -> None:
    state = Reviewed(an_interview().interview)
    state.apply(
        ReviewOpened(
            seq=1,
            at_s=200,
            session_id="20260302-090000-abcd",
            by="ada",
            opened_at="2026-03-02T12:00:00+00:00",
            app_version="0.1.0",
            journal_events=1,
            journal_head="",
        )
    )
    with pytest.raises(EventError, match="u99"):
        state.apply(SpeakerCorrected(seq=2, at_s=200, utterance_id="u99", channel=INTERVIEWER))
    assert state.seq == 1


def test_a_point_loses_a_quote_that_is_not_the_candidates(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.correct_speaker("u2", INTERVIEWER)
        state = review.reviewed
        found = state.finding(ROLLBACK)

        assert found is not None
        assert (found.state, found.evidence) == (FindingState.UNCLEAR, ())
        assert state.is_misattributed(ROLLBACK)
        assert not state.is_misattributed(("rollout", POINT, "training"))
    (rollout, *_) = summarise(read_reviewed(folder)).questions
    points = {point.id: point for point in rollout.points}
    assert points["rollback"].misattributed
    assert points["rollback"].state is FindingState.UNCLEAR
    assert not points["training"].misattributed


def test_a_flag_that_rests_on_nothing_else_is_no_longer_raised(folder: SessionFolder) -> None:
    with _review(folder) as review:
        assert [flag.id for flag in review.reviewed.raised_flags()] == ["alone", "blame"]
        review.correct_speaker("u5", INTERVIEWER)

        assert [flag.id for flag in review.reviewed.raised_flags()] == ["blame"]
        assert [flag.id for flag in summarise(review.reviewed).flags] == ["blame"]


def test_one_of_two_quotes_is_enough() -> None:
    story = Story()
    story.ask("rollout", at_s=0)
    first = story.say("We had a way back.")
    second = story.say("The old oven stayed where it was.")
    story.find(
        "rollback", FindingState.EVIDENCED, evidence=(evidence_of(first), evidence_of(second))
    )
    story.end()
    with _review(keep(story.events)) as review:
        review.correct_speaker(first.id, INTERVIEWER)
        found = review.reviewed.finding(ROLLBACK)

        assert found is not None
        assert found.state is FindingState.EVIDENCED
        assert [item.utterance_ids for item in found.evidence] == [(second.id,)]


def test_the_humans_own_word_stands_without_the_quote(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.rate("rollout", 3)
        review.set_finding(*ROLLBACK, FindingState.EVIDENCED)
        review.correct_speaker("u2", INTERVIEWER)
        found = review.reviewed.finding(ROLLBACK)

    assert found is not None
    assert (found.state, found.by, found.evidence) == (FindingState.EVIDENCED, Actor.HUMAN, ())


# -- who spoke how long ---------------------------------------------------------------------------


def _talk() -> Story:
    story = Story()
    story.ask("rollout", at_s=0)
    story.say("How would you bring it in?", channel=INTERVIEWER, start_s=0, length_s=4)
    story.say("First I would ask.", start_s=5, length_s=10)
    story.say("I see.", channel=INTERVIEWER, start_s=15, length_s=1)
    story.say("Then I would plan.", start_s=16, length_s=10)
    story.say("And what if it all fails?", channel=INTERVIEWER, start_s=26, length_s=4)
    story.say("Then we go back.", start_s=30, length_s=5)
    story.say("After a long silence.", start_s=60, length_s=8)
    story.end(at_s=70)
    return story


def test_a_word_between_does_not_end_a_monologue_but_silence_and_questions_do() -> None:
    talk = summarise(_talk().interview).talk
    assert (talk.longest_start_s, talk.longest_s) == (5, 21)
    assert (talk.interviewer_s, talk.candidate_s, talk.candidate_share) == (9, 33, 0.786)


def test_talk_goes_by_who_really_spoke() -> None:
    with _review(keep(_talk().events)) as review:
        review.correct_speaker("u4", INTERVIEWER)
        talk = summarise(review.reviewed).talk

    assert (talk.interviewer_s, talk.candidate_s) == (19, 23)
    assert (talk.longest_start_s, talk.longest_s) == (5, 10)


def test_where_the_candidate_said_nothing_there_is_no_monologue() -> None:
    story = Story()
    story.say("Hello?", channel=INTERVIEWER)
    story.end()
    talk = summarise(story.interview).talk
    assert (talk.longest_start_s, talk.longest_s, talk.candidate_share) == (None, 0, 0)


# -- alarms ---------------------------------------------------------------------------------------


def test_alarms_are_told_with_their_end_where_they_have_one() -> None:
    story = Story()
    silent, zeros = AlarmKind.SILENT, AlarmKind.NO_SIGNAL
    story.tell(AlarmRaised, at_s=5, alarm=silent, channel=CANDIDATE, text="nothing heard")
    story.tell(AlarmRaised, at_s=6, alarm=zeros, channel=INTERVIEWER, text="no signal")
    story.tell(AlarmCleared, at_s=9, alarm=silent, channel=CANDIDATE)
    story.end(at_s=20)

    told = [(a.channel, a.kind, a.start_s, a.end_s) for a in summarise(story.interview).alarms]
    assert told == [(CANDIDATE, silent, 5, 9), (INTERVIEWER, zeros, 6, None)]
