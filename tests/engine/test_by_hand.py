"""What the interviewer writes and rates, and what happens to the capture, become events in order."""

import pytest

from copilot.audio.notices import Attached, Continued, Gap, Lost, Notice, Paused
from copilot.audio.tape import DiskTrouble
from copilot.engine.alarms import Alarm
from copilot.engine.commands import (
    ChooseSpeaker,
    EndSession,
    MarkMoment,
    PauseCapture,
    RateQuestion,
    SetFinding,
    SetQuestion,
    SwapChannels,
    TakeNote,
)
from copilot.events import (
    Actor,
    AlarmKind,
    CaptureKind,
    DiskTroubled,
    FindingKind,
    FindingMade,
    FindingReleased,
    FindingState,
    GapCause,
    MomentMarked,
    NoteTaken,
    QuestionRated,
    SpeakerChosen,
    Unrated,
)
from tests.engine.parts import ASKS, CANDIDATE, INTERVIEWER, Talk, started

# -- notes ----------------------------------------------------------------------------------------


def test_a_note_is_tied_to_the_moment_at_which_it_was_begun(talk: Talk) -> None:
    talk.asks(ASKS)
    begun_s = talk.now_s
    talk.answers()
    talk.obey(TakeNote("Closes the door first.", at_s=begun_s))
    talk.obey(TakeNote("Calm."))

    notes = talk.of(NoteTaken)
    assert [(note.id, note.moment_s) for note in notes] == [("n1", begun_s), ("n2", talk.now_s)]
    assert [note.at_s for note in notes] == [talk.now_s] * 2
    assert {note.question for note in notes} == {"underperformance"}
    talk.check()


def test_a_note_outside_the_plan_has_no_question(talk: Talk) -> None:
    talk.obey(TakeNote("Camera off."))

    assert [note.question for note in talk.of(NoteTaken)] == [None]


def test_a_note_finished_under_the_next_question_stays_with_the_one_it_was_begun_under(
    talk: Talk,
) -> None:
    talk.asks(ASKS)
    talk.answers()
    begun_s = talk.now_s
    talk.pause(5)
    talk.obey(SetQuestion("metrics", moving_on=True))
    talk.pause(1)
    talk.obey(TakeNote("Closes the door first.", at_s=begun_s))

    assert talk.of(NoteTaken)[0].question == "underperformance"


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_note_without_a_letter_is_dropped(talk: Talk, text: str) -> None:
    talk.obey(TakeNote(text))

    assert talk.of(NoteTaken) == []


def test_a_note_of_several_lines_becomes_one(talk: Talk) -> None:
    talk.obey(TakeNote("  Calm,\n  and clear. "))

    assert talk.of(NoteTaken)[0].text == "Calm, and clear."


# -- ratings --------------------------------------------------------------------------------------


def test_ratings_change_and_are_taken_back_and_repeats_say_nothing(talk: Talk) -> None:
    for rating in (3, 3, 4, None, None):
        talk.obey(RateQuestion("metrics", rating))

    assert [event.rating for event in talk.of(QuestionRated)] == [3, 4, None]
    assert talk.interview.rating_of("metrics") is None
    talk.check()


def test_why_there_is_no_rating_is_a_judgement_of_its_own(talk: Talk) -> None:
    for why in (Unrated.NOT_ENOUGH, Unrated.NOT_ENOUGH, Unrated.NOT_ASKED):
        talk.obey(RateQuestion("metrics", None, why))

    assert [event.unrated for event in talk.of(QuestionRated)] == [
        Unrated.NOT_ENOUGH,
        Unrated.NOT_ASKED,
    ]
    talk.check()


def test_a_reason_stays_until_another_is_given(talk: Talk) -> None:
    talk.obey(RateQuestion("metrics", 3, reason="  Names\n figures. "))
    talk.obey(RateQuestion("metrics", 3))
    talk.obey(RateQuestion("metrics", 3, reason="Names figures."))
    talk.obey(RateQuestion("metrics", 3, reason=""))
    talk.obey(RateQuestion("metrics", 2))

    told = [(event.rating, event.reason) for event in talk.of(QuestionRated)]
    assert told == [(3, "Names figures."), (3, ""), (2, "")]
    talk.check()


# -- the capture ----------------------------------------------------------------------------------

NO_SIGNAL = AlarmKind.NO_SIGNAL
TOLD: list[tuple[Notice | Alarm | DiskTrouble, str]] = [
    (Attached(INTERVIEWER, "Headset"), "channel_attached"),
    (Attached(CANDIDATE, "Speakers"), "channel_attached"),
    (Lost(CANDIDATE, "Speakers", "it was unplugged", 1.0004), "channel_lost"),
    (Alarm(NO_SIGNAL, INTERVIEWER, "no signal from you"), "alarm_raised"),
    (Gap(CANDIDATE, 1.0004, 2.5, GapCause.DEVICE), "audio_gap"),
    (Attached(CANDIDATE, "Headset"), "channel_attached"),
    (Alarm(NO_SIGNAL, INTERVIEWER), "alarm_cleared"),
    (Paused(), "capture_paused"),
    (Continued(), "capture_continued"),
    (Gap(None, 3.0, 4.0, GapCause.OFF_RECORD), "audio_gap"),
    (DiskTrouble("/data/candidate.wav: No space left on device.", 3.04, 0.0), "disk_troubled"),
    (DiskTrouble("/data/candidate.wav: No space left on device.", 0, 0, over=True), "disk_troubled"),
]  # fmt: skip


def test_everything_that_is_told_becomes_an_event_in_order(talk: Talk) -> None:
    for second, (what, _) in enumerate(TOLD):
        talk.now_s = float(second)
        talk.tell(what)

    told = talk.events[2:]
    assert [event.type for event in told] == [kind for _, kind in TOLD]
    assert [event.at_s for event in told] == [float(second) for second in range(len(TOLD))]
    capture = talk.interview.capture
    assert capture.devices == {INTERVIEWER: "Headset", CANDIDATE: "Headset"}
    assert (capture.lost, capture.alarms, capture.disk) == ({}, {}, None)
    assert [(gap.start_s, gap.end_s) for gap in capture.gaps] == [(1.0, 2.5), (3.0, 4.0)]
    talk.check()


def test_trouble_with_the_disk_names_the_file_without_its_folder(talk: Talk) -> None:
    talk.tell(DiskTrouble("/home/ada/data/candidate.wav: No space left on device.", 3.04, 1.26))

    [event] = talk.of(DiskTroubled)
    assert event.reason == "candidate.wav: No space left on device"
    assert (event.waiting_s, event.lost_s, event.over) == (3.0, 1.3, False)


def test_a_pause_that_is_known_is_not_told_again(talk: Talk) -> None:
    for what in (Continued(), Paused(), Paused(), Continued(), Continued()):
        talk.tell(what)

    assert [event.type for event in talk.events[2:]] == ["capture_paused", "capture_continued"]


def test_an_alarm_that_was_never_raised_is_not_cleared(talk: Talk) -> None:
    talk.tell(Alarm(NO_SIGNAL, CANDIDATE))

    assert len(talk.events) == 2


@pytest.mark.parametrize(
    "command", [PauseCapture(paused=True), PauseCapture(paused=False), SwapChannels(), EndSession()]
)
def test_what_the_capture_does_about_is_not_told_before_it_is_done(talk: Talk, command) -> None:
    talk.obey(command)

    assert len(talk.events) == 2


# -- the human's word on a finding ---------------------------------------------------------------

ONE_TO_ONE = ("underperformance", FindingKind.POINT, "one-to-one")


def found(talk: Talk) -> tuple[FindingState, Actor, bool]:
    finding = talk.interview.findings[ONE_TO_ONE]
    return finding.state, finding.by, bool(finding.evidence)


def test_a_finding_confirmed_keeps_its_quote_and_is_the_humans_from_then_on(talk: Talk) -> None:
    talk.asks()
    talk.answers()
    talk.obey(SetFinding(*ONE_TO_ONE, FindingState.EVIDENCED))

    assert found(talk) == (FindingState.EVIDENCED, Actor.HUMAN, True)
    talk.check()


def test_a_finding_rejected_stays_rejected_whatever_is_said(talk: Talk) -> None:
    talk.asks()
    talk.answers()
    talk.obey(SetFinding(*ONE_TO_ONE, FindingState.NOT_HEARD))
    talk.answers()

    assert found(talk) == (FindingState.NOT_HEARD, Actor.HUMAN, False)
    assert talk.interview.overruled[ONE_TO_ONE].state is FindingState.EVIDENCED
    talk.check()


def test_a_point_nobody_heard_can_be_set_by_hand_and_given_back(talk: Talk) -> None:
    talk.asks()
    talk.obey(SetFinding(*ONE_TO_ONE, FindingState.DENIED))
    talk.answers()
    assert found(talk) == (FindingState.DENIED, Actor.HUMAN, False)

    talk.obey(SetFinding(*ONE_TO_ONE, None))

    assert found(talk) == (FindingState.EVIDENCED, Actor.MACHINE, True)
    assert len(talk.of(FindingReleased)) == 1
    talk.check()


def test_the_same_word_twice_is_told_once_and_nothing_is_released_that_was_not_set(
    talk: Talk,
) -> None:
    talk.asks()
    talk.obey(SetFinding(*ONE_TO_ONE, None))
    for _ in range(2):
        talk.obey(SetFinding(*ONE_TO_ONE, FindingState.EVIDENCED))

    by_hand = [made for made in talk.of(FindingMade) if made.by is Actor.HUMAN]
    assert len(by_hand) == 1
    assert talk.of(FindingReleased) == []


def test_a_change_of_mind_finds_the_machines_quote_again(talk: Talk) -> None:
    talk.asks()
    talk.answers()
    talk.obey(SetFinding(*ONE_TO_ONE, FindingState.NOT_HEARD))
    talk.obey(SetFinding(*ONE_TO_ONE, FindingState.EVIDENCED))

    assert found(talk) == (FindingState.EVIDENCED, Actor.HUMAN, True)


def test_a_moment_is_marked_where_it_was_meant(talk: Talk) -> None:
    talk.asks()
    talk.answers()
    meant_s = talk.now_s - 2.0
    talk.obey(MarkMoment(meant_s))
    talk.obey(MarkMoment())

    marks = talk.of(MomentMarked)
    assert [mark.id for mark in marks] == ["k1", "k2"]
    assert [mark.moment_s for mark in marks] == pytest.approx([meant_s, talk.now_s], abs=1e-3)
    assert {mark.question for mark in marks} == {"underperformance"}
    assert talk.interview.marks == marks


# -- one microphone -------------------------------------------------------------------------------


def test_a_choice_of_the_speaker_is_told_once(talk: Talk) -> None:
    for channel in (CANDIDATE, CANDIDATE, INTERVIEWER):
        talk.obey(ChooseSpeaker(channel))

    assert [event.channel for event in talk.of(SpeakerChosen)] == [CANDIDATE, INTERVIEWER]


def test_in_a_room_it_is_said_from_the_start_who_speaks(parts) -> None:
    talk = Talk(*parts)
    conductor = type(talk.conductor)(
        language="en",
        matcher=parts[1],
        recogniser=parts[2],
        coach=talk.conductor._coach,
        publish=lambda _: None,
    )
    consent = talk.interview.consent
    assert consent is not None

    conductor.start(
        {**started(parts[0]), "capture": CaptureKind.ROOM}, consent.decision, "Ada", "May we?"
    )

    assert conductor.interview.capture.speaker is INTERVIEWER
