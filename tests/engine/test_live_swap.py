"""The sides of a running call are exchanged: every word changes sides, wherever it was just then."""

import threading
from collections.abc import Iterator

import pytest

from copilot.audio import SAMPLE_RATE_HZ, Block
from copilot.engine.commands import ChooseSpeaker, EndSession, SwapChannels
from copilot.engine.conductor import Conductor
from copilot.events import AlarmKind, AlarmRaised, Channel, ChannelsSwapped, UtteranceHeard
from tests.builders import noise, silence
from tests.engine.hall import DINOSAURS, SOUND, TURNS
from tests.engine.live import BOTH_ATTACHED, FakeCall, FakeRoom, LiveHall, Meeting
from tests.engine.parts import CANDIDATE, INTERVIEWER, PATIENCE_S, HeldTranscriber

#: Whose words the three turns are, as the source has them.
AS_HEARD = [INTERVIEWER, CANDIDATE, INTERVIEWER]
EXCHANGED = [channel.other for channel in AS_HEARD]
#: Before anything, and then in the middle of each turn and of each silence after it.
MOMENTS_S = [0.0, 2.0, 5.0, 7.0, 9.9, 12.0, 15.0]


def _sides(seen: LiveHall) -> list[Channel]:
    return [said.channel for said in seen.interview.utterances.values()]


def _swaps_at(call: FakeCall, seen: LiveHall, *moments_s: float) -> None:
    for moment_s in moments_s:
        call.doing[moment_s] = lambda: seen.runner.send(SwapChannels())


@pytest.mark.parametrize("moment_s", MOMENTS_S)
def test_what_waits_for_its_text_changes_sides(parts, whisper, texts, moment_s: float) -> None:
    call = FakeCall(SOUND)
    # Nothing becomes text before everything was heard.
    seen = LiveHall(parts, lambda: HeldTranscriber(whisper, call.handed_on), call)
    _swaps_at(call, seen, moment_s)

    seen.run_until_heard(TURNS)

    assert _sides(seen) == EXCHANGED
    assert len(seen.texts()) == TURNS
    [swapped] = seen.of(ChannelsSwapped)
    assert swapped.at_s == pytest.approx(moment_s, abs=0.11)
    assert seen.runner.swapped


class Pace:
    """Holds the sound back until what was heard so far has become text."""

    def __init__(self, seen: LiveHall, texts: int) -> None:
        self._enough = threading.Event()
        self._left = texts
        seen.on_event = self._look

    def _look(self, event) -> None:
        self._left -= event.type == "utterance_heard"
        if not self._left:
            self._enough.set()

    def __call__(self) -> None:
        assert self._enough.wait(PATIENCE_S)


@pytest.mark.parametrize(("moment_s", "texts_before"), [(5.2, 1), (7.0, 1), (10.2, 2), (12.0, 2)])
def test_what_is_text_already_and_what_is_just_said_change_sides(
    parts, whisper, moment_s: float, texts_before: int
) -> None:
    call = FakeCall(SOUND)
    seen = LiveHall(parts, lambda: whisper, call)
    call.doing[moment_s - 0.1] = Pace(seen, texts_before)
    _swaps_at(call, seen, moment_s)

    seen.run_until_heard(TURNS)

    assert _sides(seen) == EXCHANGED
    [swapped] = seen.of(ChannelsSwapped)
    before = [e.utterance.channel for e in _heard(seen) if e.seq < swapped.seq]
    after = [e.utterance.channel for e in _heard(seen) if e.seq > swapped.seq]
    assert before == AS_HEARD[:texts_before]
    assert after == EXCHANGED[texts_before:]


def _heard(seen: LiveHall) -> list[UtteranceHeard]:
    return seen.of(UtteranceHeard)


def test_what_is_being_transcribed_changes_sides(parts, whisper) -> None:
    call, meeting = FakeCall(SOUND), Meeting()
    seen = LiveHall(parts, lambda: HeldTranscriber(whisper, meeting), call)
    swapped = threading.Event()
    call.doing[7.0] = lambda: meeting.begun.wait(PATIENCE_S)
    _swaps_at(call, seen, 7.1)
    call.doing[7.5] = lambda: swapped.wait(PATIENCE_S)

    def look(event) -> None:
        if isinstance(event, ChannelsSwapped):
            swapped.set()
            meeting.open.set()

    seen.on_event = look
    seen.run_until_heard(TURNS)

    assert _sides(seen) == EXCHANGED


def test_exchanging_back_leaves_everything_where_it_was(parts, whisper) -> None:
    call = FakeCall(SOUND)
    seen = LiveHall(parts, lambda: HeldTranscriber(whisper, call.handed_on), call)
    _swaps_at(call, seen, 2.0, 12.0)

    seen.run_until_heard(TURNS)

    assert _sides(seen) == AS_HEARD
    assert len(seen.of(ChannelsSwapped)) == 2
    assert not seen.runner.swapped


def test_two_keys_at_once_do_nothing(parts, whisper) -> None:
    call = FakeCall(SOUND)
    seen = LiveHall(parts, lambda: whisper, call)
    _swaps_at(call, seen, 2.0, 2.01)  # before one and the same block

    seen.run_until_heard(TURNS)

    assert _sides(seen) == AS_HEARD
    assert seen.of(ChannelsSwapped) == []


def test_the_devices_and_what_is_told_of_them_change_sides_and_the_tape_does_not(
    parts, whisper
) -> None:
    call = FakeCall(SOUND, notices={0: BOTH_ATTACHED, 3.0: BOTH_ATTACHED[:1]})
    seen = LiveHall(parts, lambda: whisper, call)
    _swaps_at(call, seen, 2.0)

    seen.run_until_heard(TURNS)

    assert seen.interview.capture.devices == {CANDIDATE: "Headset", INTERVIEWER: "Speakers"}
    attached = [e.channel for e in seen.heard.events if e.type == "channel_attached"]
    assert attached == [INTERVIEWER, CANDIDATE, CANDIDATE]
    # Recordings change places when the session ends, in one step.
    assert (seen.tape.sound(INTERVIEWER) == SOUND[INTERVIEWER]).all()


def test_an_exchange_asked_for_just_before_the_end_is_made(parts, whisper) -> None:
    call = FakeCall(SOUND)
    seen = LiveHall(parts, lambda: whisper, call)

    def last() -> None:
        assert call.handed_on.wait(PATIENCE_S)
        seen.runner.send(SwapChannels())
        seen.runner.send(EndSession())

    pressing = threading.Thread(target=last)
    pressing.start()
    seen.runner.run()
    pressing.join()

    assert _sides(seen) == EXCHANGED


# -- alarms ---------------------------------------------------------------------------------------


def test_alarms_that_hold_for_both_sides_still_stand_after_an_exchange(parts, whisper) -> None:
    call = FakeCall({channel: silence(26) for channel in Channel}, notices={0: BOTH_ATTACHED})
    seen = LiveHall(parts, lambda: whisper, call)
    _swaps_at(call, seen, 12.0)

    seen.run_to_the_end_of_the_sound()

    assert set(seen.interview.capture.alarms) == {(AlarmKind.NO_SIGNAL, c) for c in Channel}


def test_a_side_that_is_dead_is_told_anew_after_an_exchange(parts, whisper) -> None:
    sound = {INTERVIEWER: noise(26, loudness=0.001), CANDIDATE: silence(26)}
    call = FakeCall(sound, notices={0: BOTH_ATTACHED})
    seen = LiveHall(parts, lambda: whisper, call)
    _swaps_at(call, seen, 12.0)

    seen.run_to_the_end_of_the_sound()

    assert [a.channel for a in seen.of(AlarmRaised)] == [CANDIDATE, INTERVIEWER]
    assert set(seen.interview.capture.alarms) == {(AlarmKind.NO_SIGNAL, INTERVIEWER)}


# -- one microphone -------------------------------------------------------------------------------


def test_in_a_room_a_choice_after_an_exchange_is_who_it_says(parts, whisper) -> None:
    room = FakeRoom(SOUND[INTERVIEWER])
    seen = LiveHall(parts, lambda: whisper, room, room=True)
    _swaps_at(room, seen, 5.0)
    room.doing[8.0] = lambda: seen.runner.send(ChooseSpeaker(CANDIDATE))

    seen.run_until_heard(2)

    assert _sides(seen)[1] is CANDIDATE


# -- gone on with ---------------------------------------------------------------------------------

TAIL_S = 14.0


def _tail(murmur_s: float = TAIL_S) -> Iterator[Block]:
    """Recorded before an interruption: the candidate's side has become text to its end."""
    size = 512 * 16
    near, far = noise(murmur_s, loudness=0.001), silence(murmur_s)
    for start in range(0, len(near), size):
        samples = {INTERVIEWER: near[start : start + size], CANDIDATE: far[start : start + size]}
        yield Block(start, samples)


class GoneOn(LiveHall):
    """One whose devices were attached before it was interrupted."""

    def conductor(self) -> Conductor:
        conductor = super().conductor()
        for notice in BOTH_ATTACHED:
            conductor.tell(notice, 0.0)
        return conductor


def test_what_is_heard_again_raises_no_alarm(parts, whisper) -> None:
    call = FakeCall({channel: noise(1, loudness=0.001) for channel in Channel})
    call.began_at = round(TAIL_S * SAMPLE_RATE_HZ)
    seen = GoneOn(parts, lambda: whisper, call, tail=list(_tail()))

    seen.run_to_the_end_of_the_sound()

    assert seen.of(AlarmRaised) == []


def test_what_was_recorded_before_is_heard_first_and_not_recorded_again(parts, whisper) -> None:
    size = 512 * 16
    tail = [Block(0, {c: s[:size] for c, s in SOUND.items()})]
    rest = {channel: samples[size:] for channel, samples in SOUND.items()}
    call = FakeCall(rest)
    call.began_at = size
    seen = LiveHall(parts, lambda: whisper, call, tail=tail)

    seen.run_until_heard(TURNS)

    first = next(iter(seen.interview.utterances.values()))
    assert first.start_s < 0.5
    assert "dinosaurs" in first.text
    assert len(seen.tape.sound(INTERVIEWER)) == len(rest[INTERVIEWER])
    assert len(DINOSAURS) > size  # the first turn runs through both


def test_sides_that_were_exchanged_before_an_interruption_stay_exchanged(parts, whisper) -> None:
    seen = LiveHall(parts, lambda: whisper, FakeCall(SOUND), swapped=True)

    seen.run_until_heard(TURNS)

    assert _sides(seen) == EXCHANGED
    assert seen.of(ChannelsSwapped) == []
