"""What about a channel wants looking at, told in time, and not told where all is well."""

from collections.abc import Iterable

import pytest

from copilot.audio.levels import SILENCE_DBFS
from copilot.engine.alarms import Alarm, Alarms, Observed
from copilot.events import AlarmKind, Channel
from tests.engine.parts import CANDIDATE, INTERVIEWER

NO_SIGNAL, SILENT, CLIPPING = AlarmKind.NO_SIGNAL, AlarmKind.SILENT, AlarmKind.CLIPPING
QUIET_DBFS = -60.0
STEP_S = 0.05
BOTH = {INTERVIEWER: "Headset", CANDIDATE: "Monitor of Speakers"}
ROOM = {INTERVIEWER: QUIET_DBFS, CANDIDATE: QUIET_DBFS}


class Watch:
    """Alarms, shown a call block by block."""

    def __init__(self) -> None:
        self._alarms = Alarms()
        self.now_s = 0.0
        self.told: list[tuple[float, Alarm]] = []

    def see(
        self,
        seconds: float,
        *,
        speaking: Iterable[Channel] = (),
        dead: Iterable[Channel] = (),
        clipped: dict[Channel, float] | None = None,
        devices: dict[Channel, str] | None = None,
    ) -> list[Alarm]:
        """So much more of the call; what it brings."""
        levels = {c: SILENCE_DBFS if c in dead else QUIET_DBFS for c in Channel}
        found: list[Alarm] = []
        for _ in range(round(seconds / STEP_S)):
            self.now_s += STEP_S
            attached = BOTH if devices is None else devices
            seen = Observed(self.now_s, levels, clipped or {}, frozenset(speaking), attached)
            for alarm in self._alarms.look(seen):
                found.append(alarm)
                self.told.append((self.now_s, alarm))
        return found

    def kinds(self) -> list[tuple[AlarmKind, Channel, bool]]:
        """All that was told: kind, channel, whether it begins."""
        return [(alarm.kind, alarm.channel, bool(alarm.text)) for _, alarm in self.told]


@pytest.fixture
def watch() -> Watch:
    return Watch()


# -- digital silence ------------------------------------------------------------------------------


@pytest.mark.parametrize("side", Channel)
def test_digital_silence_is_told_within_ten_seconds_on_either_side(watch: Watch, side) -> None:
    watch.see(3)
    watch.see(10, dead=[side])

    [(at_s, alarm)] = watch.told
    assert (alarm.kind, alarm.channel) == (NO_SIGNAL, side)
    assert 3 + 5 < at_s <= 3 + 10
    assert BOTH[side] in alarm.text


def test_the_text_says_whose_side_it_is_and_what_to_look_at(watch: Watch) -> None:
    texts = {alarm.channel: alarm.text for alarm in watch.see(10, dead=Channel)}

    assert texts[INTERVIEWER] == "no signal from you: is Headset muted?"
    assert "candidate" in texts[CANDIDATE]
    assert "Monitor of Speakers" in texts[CANDIDATE]


def test_digital_silence_is_told_though_the_other_side_speaks(watch: Watch) -> None:
    watch.see(10, dead=[CANDIDATE], speaking=[INTERVIEWER])

    assert watch.kinds() == [(NO_SIGNAL, CANDIDATE, True)]


def test_it_is_told_once_and_is_over_with_the_first_sound(watch: Watch) -> None:
    watch.see(60, dead=[CANDIDATE])
    watch.see(STEP_S)

    assert watch.kinds() == [(NO_SIGNAL, CANDIDATE, True), (NO_SIGNAL, CANDIDATE, False)]
    assert watch.told[-1][0] == watch.now_s


def test_zeros_with_sound_between_them_are_no_silence(watch: Watch) -> None:
    for _ in range(6):
        watch.see(8, dead=[CANDIDATE])
        watch.see(STEP_S)

    assert watch.told == []


# -- nobody answers -------------------------------------------------------------------------------


def test_a_candidate_silent_for_ten_seconds_after_the_interviewer_spoke(watch: Watch) -> None:
    watch.see(4, speaking=[INTERVIEWER])
    watch.see(10)

    [(at_s, alarm)] = watch.told
    assert (alarm.kind, alarm.channel) == (SILENT, CANDIDATE)
    assert 4 + 5 < at_s <= 4 + 10
    assert "is the call's output still what Monitor of Speakers hears?" in alarm.text


@pytest.mark.parametrize("speaker", Channel)
def test_it_is_over_as_soon_as_anybody_speaks(watch: Watch, speaker: Channel) -> None:
    watch.see(1, speaking=[INTERVIEWER])
    watch.see(30)
    watch.see(STEP_S, speaking=[speaker])

    assert watch.kinds() == [(SILENT, CANDIDATE, True), (SILENT, CANDIDATE, False)]


@pytest.mark.parametrize("speakers", [[INTERVIEWER], [CANDIDATE], list(Channel)])
def test_nobody_is_alarmed_while_someone_speaks(watch: Watch, speakers: list[Channel]) -> None:
    watch.see(1, speaking=[INTERVIEWER])
    watch.see(300, speaking=speakers)

    assert watch.told == []


def test_before_the_interviewer_has_spoken_nobody_is_waited_for(watch: Watch) -> None:
    watch.see(5, speaking=[CANDIDATE])
    watch.see(300)

    assert watch.told == []


def test_short_pauses_alarm_nobody(watch: Watch) -> None:
    for _ in range(20):
        watch.see(2, speaking=[INTERVIEWER])
        watch.see(4)
        watch.see(2, speaking=[CANDIDATE])
        watch.see(9)

    assert watch.told == []


def test_a_dead_channel_is_told_as_dead_and_not_as_silent_too(watch: Watch) -> None:
    watch.see(1, speaking=[INTERVIEWER])
    watch.see(30, dead=[CANDIDATE])

    assert watch.kinds() == [(NO_SIGNAL, CANDIDATE, True)]


# -- clipping -------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", Channel)
def test_clipping_is_told_and_over_when_it_has_not_clipped_for_a_while(watch: Watch, side) -> None:
    watch.see(1, clipped={side: 0.02})
    assert watch.kinds() == [(CLIPPING, side, True)]
    assert "too loud" in watch.told[0][1].text

    watch.see(9)
    assert len(watch.told) == 1
    watch.see(2)
    assert watch.kinds()[1:] == [(CLIPPING, side, False)]


@pytest.mark.parametrize(("times", "share"), [(3, 0.5), (100, 0.001)])
def test_a_few_loud_blocks_or_samples_are_no_clipping(watch: Watch, times: int, share) -> None:
    watch.see(times * STEP_S, clipped={INTERVIEWER: share})
    watch.see(5)

    assert watch.told == []


def test_loud_blocks_far_apart_are_no_clipping(watch: Watch) -> None:
    for _ in range(10):
        watch.see(STEP_S, clipped={INTERVIEWER: 0.5})
        watch.see(5)

    assert watch.told == []


# -- paused, or lost ------------------------------------------------------------------------------

ONE = {INTERVIEWER: "Headset"}


@pytest.mark.parametrize("devices", [{}, ONE], ids=["paused", "lost"])
def test_a_channel_that_is_not_attached_alarms_nobody(watch: Watch, devices) -> None:
    watch.see(1, speaking=[INTERVIEWER])
    watch.see(60, dead=[CANDIDATE], clipped={CANDIDATE: 1.0}, devices=devices)

    assert watch.told == []


@pytest.mark.parametrize("devices", [{}, ONE], ids=["paused", "lost"])
def test_an_alarm_is_over_when_its_channel_is_no_longer_attached(watch: Watch, devices) -> None:
    watch.see(10, dead=[CANDIDATE])
    watch.see(STEP_S, dead=[CANDIDATE], devices=devices)

    assert watch.kinds() == [(NO_SIGNAL, CANDIDATE, True), (NO_SIGNAL, CANDIDATE, False)]


@pytest.mark.parametrize("devices", [{}, ONE], ids=["paused", "lost"])
def test_what_went_before_a_pause_or_loss_does_not_count_afterwards(watch: Watch, devices) -> None:
    watch.see(1, speaking=[INTERVIEWER])
    watch.see(7, dead=[CANDIDATE])
    watch.see(1, devices=devices)
    watch.see(7, dead=[CANDIDATE])

    assert watch.told == []
    watch.see(3, dead=[CANDIDATE])
    assert watch.kinds() == [(NO_SIGNAL, CANDIDATE, True)]


def test_the_other_side_of_a_lost_one_is_still_watched(watch: Watch) -> None:
    watch.see(10, dead=[INTERVIEWER], devices=ONE)

    assert watch.kinds() == [(NO_SIGNAL, INTERVIEWER, True)]


def test_a_block_of_a_whole_minute_is_enough_to_tell() -> None:
    """After the machine slept, silence comes in long blocks."""
    alarms, levels = Alarms(), dict.fromkeys(Channel, SILENCE_DBFS)

    told = [
        alarm
        for end_s in (60.0, 120.0)
        for alarm in alarms.look(Observed(end_s, levels, {}, frozenset(), BOTH))
    ]

    assert {(alarm.kind, alarm.channel) for alarm in told} == {(NO_SIGNAL, c) for c in Channel}
