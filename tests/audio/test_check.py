"""The check before a call: what samples prove, and what is to be mended when they do not."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soxr

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.audio.capture.check import QuickCheck, tone_plan
from copilot.audio.capture.check_findings import Findings, Presence, SideFindings, ToneFindings
from copilot.audio.capture.check_hearing import Devices
from copilot.audio.capture.check_pair import RateWatch, same_sound
from copilot.audio.capture.check_players import Player, players
from copilot.audio.capture.check_problems import problems
from copilot.audio.capture.check_side import Sound, listen
from copilot.audio.capture.check_tone import HeardTone, find_tone
from copilot.audio.capture.devices import Choice, Input, InputKind
from copilot.audio.capture.pulse import PulseSystem
from copilot.audio.capture.report import CheckReport, Problem, SideState
from copilot.audio.capture.tone import AMPLITUDE, BEEP_S, FREQUENCIES_HZ, GAP_S
from copilot.errors import DeviceError
from copilot.events import Channel
from tests.builders import noise, silence, spoken, tone, write_sound
from tests.sound_server import CALL, MISSING, OTHER, ROOM, SoundServer

YOU, CANDIDATE = Channel.INTERVIEWER, Channel.CANDIDATE
MIC, MONITOR = f"{ROOM}.monitor", f"{CALL}.monitor"


def loud(name: str = "en-000", peak: float = 0.4) -> Waveform:
    """Real speech, as loud as into a good microphone."""
    speech = spoken(name)
    return np.asarray(peak * speech / np.abs(speech).max(), np.float32)


def beeps(gain_db: float = 0.0) -> Waveform:
    """The check's tone."""
    amplitude = AMPLITUDE * 10 ** (gain_db / 20)
    first, second = (4 * amplitude * tone(BEEP_S, hz) for hz in FREQUENCIES_HZ)
    return np.concatenate([first, silence(GAP_S), second]).astype(np.float32)


def mixed(sound: Waveform, added: Waveform, at: int) -> Waveform:
    """Two sounds at once."""
    both = sound.copy()
    both[at : at + len(added)] += added
    return both


# -- the tone -------------------------------------------------------------------------------------


@pytest.mark.parametrize("gain_db", [0, -20, -30])
def test_the_tone_is_found_in_a_quiet_room_with_its_level(gain_db: float) -> None:
    heard = find_tone(mixed(noise(3, loudness=0.0003), beeps(gain_db), 16_000), start=1000)

    assert heard is not None
    assert abs(heard.at - 17_000) < 0.1 * SAMPLE_RATE_HZ
    assert heard.level_dbfs == pytest.approx(20 * math.log10(AMPLITUDE / 2**0.5) + gain_db, abs=1)


@pytest.mark.parametrize("name", ["en-000", "en-004", "fr-000"])
def test_the_tone_is_found_under_a_voice_and_not_without_it(name: str) -> None:
    speech = loud(name)
    for start in range(0, len(speech) - 3 * SAMPLE_RATE_HZ, SAMPLE_RATE_HZ):
        piece = speech[start : start + 3 * SAMPLE_RATE_HZ]
        heard = find_tone(mixed(piece, beeps(), 16_000))
        assert heard is not None
        assert abs(heard.at - 16_000) < 0.1 * SAMPLE_RATE_HZ
        assert find_tone(piece) is None


@pytest.mark.parametrize(
    "sound",
    [
        noise(3, loudness=0.3),
        tone(3, FREQUENCIES_HZ[0]),
        np.concatenate([tone(0.2, FREQUENCIES_HZ[1]), silence(0.06), tone(0.2, FREQUENCIES_HZ[0])]),
        beeps()[:1600],
    ],
    ids=["noise", "one steady pitch", "the wrong order", "too little"],
)
def test_other_sounds_are_not_the_tone(sound: Waveform) -> None:
    assert find_tone(sound) is None


# -- one side -------------------------------------------------------------------------------------


def test_speech_is_told_from_a_live_but_empty_room() -> None:
    assert listen(loud()[: 4 * SAMPLE_RATE_HZ]).spoken_s > 0.3
    empty = listen(noise(4, loudness=0.003))
    assert empty.spoken_s == 0
    assert empty.noise_dbfs == pytest.approx(-51, abs=2)


def test_the_checks_own_tone_is_nobody_speaking() -> None:
    quiet = noise(4, loudness=0.0003)
    assert listen(mixed(quiet, beeps(-6), 20_000)).spoken_s < 0.1
    assert listen(mixed(silence(4), beeps(), 20_000)).spoken_s < 0.2


def test_digital_silence_a_constant_and_an_offset_are_told_apart() -> None:
    assert listen(silence(3)).silent
    assert listen(mixed(silence(3), beeps(), 16_000), [(15_000, 32_000)]).silent
    stuck = listen(silence(3) + np.float32(0.2))
    assert stuck.constant
    assert not stuck.silent
    leaning = listen(noise(3) + np.float32(0.2))
    assert not leaning.constant
    assert leaning.offset == pytest.approx(0.2, abs=0.01)


def test_a_wave_cut_off_is_told_from_a_loud_one() -> None:
    assert listen(loud(peak=0.95)).clipped == 0
    assert listen(np.clip(loud(peak=3.0), -1, 1)).clipped > 20


@pytest.mark.parametrize("name", ["en-000", "en-004", "fr-000"])
def test_a_telephone_is_told_from_a_microphone(name: str) -> None:
    speech = loud(name, peak=0.9)
    narrow = soxr.resample(soxr.resample(speech, 16_000, 8_000), 8_000, 16_000)
    assert listen(speech).telephone is False
    assert listen((np.round(narrow * 32768) / 32768).astype(np.float32)).telephone is True
    assert listen(speech[:8000]).telephone is None


# -- two sides, and the clock ---------------------------------------------------------------------


def test_the_same_device_twice_is_told_from_an_echo() -> None:
    speech = loud()[16_000 : 5 * SAMPLE_RATE_HZ]
    late = np.roll(speech, 1200)
    room = noise(4, loudness=0.01)
    assert same_sound(speech, late)
    assert same_sound(noise(3, seed=1), noise(3, seed=1) * np.float32(0.8))
    assert not same_sound(speech, late * np.float32(0.25) + room)
    assert not same_sound(speech, loud("fr-000")[: len(speech)])
    assert not same_sound(silence(3), silence(3))


def test_a_tone_heard_by_both_sides_does_not_make_them_the_same() -> None:
    mine = mixed(noise(4, seed=1, loudness=0.002), beeps(-3), 24_000)
    assert not same_sound(mine, mixed(silence(4), beeps(), 23_000))


def test_a_wrong_sample_rate_shows_in_how_far_the_sound_falls_behind() -> None:
    watch, jittery, sleepy = RateWatch(), RateWatch(), RateWatch()
    for block in range(120):
        at_s = block * 0.05
        watch.add(at_s, 0.02 * at_s, live=True)
        jittery.add(at_s, 0.004 * math.sin(block), live=True)
        sleepy.add(at_s, 0.02 * at_s, live=block < 100)
    assert watch.error == pytest.approx(-0.02, abs=0.001)
    assert jittery.error == pytest.approx(0.0, abs=0.002)
    assert sleepy.error is None


# -- what is made of it ---------------------------------------------------------------------------

BUILT_IN = Input("mic", "Built-in microphone", InputKind.MICROPHONE, is_default=True)
PHONES = Input(
    "phones.monitor",
    "Monitor of Headphones",
    InputKind.MONITOR,
    is_default=True,
    output="phones",
    output_name="Headphones",
)
SPEECH = Sound(spoken_s=2.0, speech_dbfs=-25, noise_dbfs=-60, peak_dbfs=-12, silent=False)
EMPTY_ROOM = Sound(noise_dbfs=-60, peak_dbfs=-50, silent=False)
HEARD = HeardTone(20_000, -27.0)
PLAYED = ToneFindings("Headphones", "phones", played=True)


def side(device: Input = BUILT_IN, sound: Sound = SPEECH, **changes) -> SideFindings:
    """A side that is well, but for the changes."""
    return SideFindings(device, heard_s=5.0, sound=sound, spoke=sound.spoken_s > 0, **changes)


def found(mine: SideFindings, call: SideFindings | None = None, **changes) -> tuple[Problem, ...]:
    """What is to be mended."""
    call = call or side(PHONES, Sound(), tone=HEARD)
    return problems(Findings({YOU: mine, CANDIDATE: call}, **{"tone": PLAYED, **changes}))


def test_nothing_is_wrong_with_a_good_set_up() -> None:
    assert found(side()) == ()


@pytest.mark.parametrize(
    ("mine", "call", "changes", "grave", "words"),
    [
        (side(sound=EMPTY_ROOM), None, {}, False, "Nobody was heard speaking into Built-in"),
        (side(sound=Sound()), None, {}, True, "digital silence"),
        (side(Input("mic", "M", InputKind.MICROPHONE, muted=True)), None, {}, True, "M is muted"),
        (side(sound=Sound(silent=False, constant=True)), None, {}, True, "one constant value"),
        (side(sound=Sound(2.0, -70, -90, -62, silent=False)), None, {}, True, "very quiet"),
        (side(sound=Sound(2.0, -60, -80, -48, silent=False)), None, {}, False, "very quiet"),
        (side(sound=Sound(2.0, -6, -60, 0, silent=False, clipped=9)), None, {}, False, "too loud"),
        (side(sound=Sound(2.0, -25, silent=False, peak_dbfs=-9, telephone=True)), None, {}, False, "telephone"),
        (side(Input("m", "M", InputKind.MICROPHONE, call_mode=True)), None, {}, False, "call mode"),
        (side(Input("m", "M", InputKind.MICROPHONE, rate_hz=8000)), None, {}, False, "telephone"),
        (side(sound=Sound(2.0, -25, peak_dbfs=-9, silent=False, offset=0.2)), None, {}, False, "off balance by 20%"),
        (side(rate_error=0.06), None, {}, True, "6.0% too many samples"),
        (side(dropped_s=0.5), None, {}, False, "too busy: 0.5 s"),
        (side(presence=Presence.NEVER, reason="it does not open"), None, {}, True, "cannot be heard: it does not open."),
        (side(presence=Presence.LOST, reason="it is gone."), None, {}, True, "went away during the check: it is gone."),
        (side(tone=HeardTone(20_000, -49.0)), None, {}, False, "from the loudspeakers, 22 dB down"),
        (side(), None, {"same_sound": True}, True, "Both sides carry the same sound"),
        (side(sound=Sound(), tone=HEARD), None, {}, True, "Both sides carry the same sound"),
        (side(), side(PHONES, Sound()), {}, True, "Monitor of Headphones did not hear it"),
        (side(), side(PHONES, Sound()), {"tone": None}, False, "Nothing was heard of the call"),
        (side(), side(PHONES, Sound()), {"tone": ToneFindings("Headphones", failure="no such output")}, True, "could not be played on Headphones: no such output"),
        (side(), side(PHONES, Sound()), {"tone": ToneFindings("Speakers", "speakers", played=True)}, True, "the candidate's side hears Monitor of Headphones"),
        (side(tone=HEARD), side(PHONES, Sound()), {"tone": ToneFindings("Speakers", "speakers", played=True)}, True, "came in on your side"),
        (side(PHONES, tone=HEARD), side(BUILT_IN), {}, True, "The sides are swapped"),
        (side(), None, {"players": (Player("Meeting", "speakers", "Speakers"),)}, True, "Meeting plays on Speakers"),
        (side(), None, {"failure": "the sound server does not answer."}, True, "The sound system has failed: the sound server does not answer."),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_device_and_a_remedy(
    mine: SideFindings, call: SideFindings | None, changes: dict[str, Any], grave: bool, words: str
) -> None:
    first = found(mine, call, **changes)[0]

    assert words in first.text
    assert first.remedy
    assert first.grave is grave


def test_the_gravest_comes_first() -> None:
    sound = Sound(2.0, -6, -60, 0, silent=False, clipped=9)
    told = found(side(sound=sound), side(PHONES, Sound()))
    assert [problem.grave for problem in told] == [True, False]


def test_a_call_heard_without_the_tone_is_proven_all_the_same() -> None:
    elsewhere = ToneFindings("the default output", played=True)
    assert found(side(), side(PHONES), tone=elsewhere) == ()


def test_a_program_on_the_output_that_is_heard_is_the_call() -> None:
    playing = (Player("Music", "speakers", "Speakers"), Player("Meeting", "phones", "Headphones"))
    assert found(side(), players=playing) == ()


def test_one_microphone_in_a_room_is_judged_alone() -> None:
    assert problems(Findings({YOU: side()})) == ()


SPEAKERS = Input(
    "speakers.monitor", "Monitor of Speakers", InputKind.MONITOR, output="speakers", output_name="Speakers"
)  # fmt: skip


@pytest.mark.parametrize(
    ("call", "playing", "expected"),
    [
        (PHONES, (), "phones"),
        (SPEAKERS, (), "phones"),  # a call plays on the default output
        (SPEAKERS, (Player("Meeting", "speakers", "Speakers"),), "speakers"),
        (SPEAKERS, (Player("Meeting", "phones", "Headphones"),), "phones"),
    ],
)
def test_the_tone_is_played_where_the_call_plays(
    call: Input, playing: tuple[Player, ...], expected: str
) -> None:
    inputs = (BUILT_IN, PHONES, SPEAKERS)
    plan, tone = tone_plan(Devices({YOU: BUILT_IN, CANDIDATE: call}, inputs, playing))
    assert plan.environment["PULSE_SINK"] == expected
    assert (tone.output_id, tone.by_default) == (expected, expected == "phones")


def test_where_no_output_is_known_by_name_the_tone_goes_to_the_default_one() -> None:
    cable = Input("Core Audio/BlackHole 2ch", "BlackHole 2ch", InputKind.LOOPBACK)
    plan, _ = tone_plan(Devices({YOU: BUILT_IN, CANDIDATE: cable}, (BUILT_IN, cable)))
    assert (plan.device, plan.environment) == ("", {})


# -- against a real sound server ------------------------------------------------------------------


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    """One server for all tests of this file, with its outputs awake."""
    if MISSING:
        pytest.skip("no PulseAudio: apt-get install pulseaudio pulseaudio-utils libportaudio2")
    server = SoundServer(tmp_path_factory.mktemp("hall"))
    server.start()
    server.awaken()
    yield server
    server.close()


@pytest.fixture
def server(hall: SoundServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """The server, with nothing playing."""
    for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, hall.environment[name])
    yield hall
    hall.silence()


@pytest.fixture
def fragile(server: SoundServer) -> Iterator[SoundServer]:
    """The same for tests that break it: it is mended afterwards."""
    yield server
    server.silence()
    server.drowse()
    server.thaw()
    server._until_it_answers()
    server.restore()
    server.awaken()


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Someone speaking for a long while."""
    path = tmp_path_factory.mktemp("speech") / "speech.wav"
    return write_sound(path, np.tile(loud()[SAMPLE_RATE_HZ:], 4))


def ignored(report: CheckReport) -> None:
    """For checks whose progress is not looked at."""


def check(
    microphone: str = MIC,
    call: str = MONITOR,
    seconds: float = 6.0,
    *,
    tone: bool = True,
    on_report: Callable[[CheckReport], None] = ignored,
) -> tuple[CheckReport, Findings]:
    """Run a check to its end."""
    quick = QuickCheck(PulseSystem(), Choice(microphone, call), seconds, tone)
    report = quick.run(on_report)
    assert report.done
    assert quick.findings is not None
    return report, quick.findings


def once(
    condition: Callable[[CheckReport], bool], action: Callable[[], None]
) -> Callable[[CheckReport], None]:
    """Do something when a report first shows what is waited for."""
    waiting = [action]

    def on_report(report: CheckReport) -> None:
        if waiting and condition(report):
            waiting.pop()()

    return on_report


def is_open(report: CheckReport) -> bool:
    """Whether both sides deliver."""
    return {SideState.SILENT, SideState.HEARD} >= {s.state for s in report.sides.values()} != set()


def play_until_known(server: SoundServer, sink: str, path: Path) -> None:
    """Play, and wait until the server knows of it."""
    server.play(sink, path)
    while sink not in {player.output for player in players(PulseSystem())}:
        pass


def test_a_good_set_up_is_ready_before_its_time(server: SoundServer, speech: Path) -> None:
    reports: list[CheckReport] = []
    server.play(ROOM, speech)
    report, measured = check(seconds=60, on_report=reports.append)

    assert report.ready
    assert report.problems == ()
    assert {s.state for s in report.sides.values()} == {SideState.HEARD}
    assert measured.tone_of(CANDIDATE) is not None
    assert measured.echo_db is None
    assert "Say a few words" in {seen.step for seen in reports}
    assert len(reports) > 10


def test_a_silent_microphone_is_grave_and_named(server: SoundServer) -> None:
    report, _ = check(seconds=2.5)

    assert not report.ready
    assert report.problems[0].text.startswith("The microphone Monitor of Room delivers digital")
    assert report.sides[CANDIDATE].state is SideState.HEARD  # by the tone


def test_a_muted_microphone_is_grave_and_named(server: SoundServer, speech: Path) -> None:
    server.play(ROOM, speech)
    server.control("set-source-mute", MIC, "1")
    try:
        report, _ = check(seconds=2.5)
    finally:
        server.control("set-source-mute", MIC, "0")
    assert report.problems[0].text == "The microphone Monitor of Room is muted."


def test_the_monitor_of_another_output_than_the_calls_is_grave(server, speech) -> None:
    server.play(ROOM, speech)
    report, _ = check(call=f"{OTHER}.monitor", seconds=3)

    assert not report.ready
    assert "the candidate's side hears Monitor of Speakers" in report.problems[0].text
    assert '--call "Headset"' in report.problems[0].remedy


def test_a_program_that_plays_elsewhere_while_nothing_plays_here_is_told(server, speech) -> None:
    server.play(ROOM, speech)
    play_until_known(server, OTHER, speech)
    report, _ = check(call="auto")

    assert "paplay plays on Speakers" in report.problems[0].text


def test_the_same_sound_on_both_sides_is_grave(server: SoundServer, speech: Path) -> None:
    remap = ("master=call.monitor", "source_name=twin", "source_properties=device.description=Twin")
    module = server.control("load-module", "module-remap-source", *remap)
    server.play(CALL, speech)
    try:
        for _ in range(5):  # the module drops sound on a busy machine, as no cable does
            report, measured = check(microphone="twin", seconds=5)
            if measured.same_sound:
                break
    finally:
        server.control("unload-module", module.strip())
    assert measured.same_sound
    assert report.problems[0].text.startswith("Both sides carry the same sound: Twin hears")


def test_the_same_input_twice_is_refused(server: SoundServer) -> None:
    quick = QuickCheck(PulseSystem(), Choice(MONITOR, MONITOR))
    with pytest.raises(DeviceError, match="Monitor of Headset is chosen for both sides"):
        quick.run(ignored)


def test_swapped_sides_are_grave(server: SoundServer) -> None:
    report, _ = check(microphone=MONITOR, call=MIC, seconds=3)

    assert "The sides are swapped" in report.problems[0].text
    assert '--mic "Monitor of Room" --call "Monitor of Headset"' in report.problems[0].remedy


def test_echo_from_loudspeakers_is_measured_and_not_grave(server, speech) -> None:
    server.play(ROOM, speech)
    air = ("source=call.monitor", "sink=room", "latency_msec=60", "sink_input_properties=x.air=1")
    module = server.control("load-module", "module-loopback", *air)
    stream = next(
        line.split("\t")[0]
        for line in server.control("list", "short", "sink-inputs").splitlines()
        if "module-loopback" in line
    )
    server.control("set-sink-input-volume", stream, "50%")  # 18 dB down
    try:
        report, measured = check()
    finally:
        server.control("unload-module", module.strip())
    assert report.ready
    assert measured.echo_db == pytest.approx(18, abs=3)
    assert any("from the loudspeakers, 1" in problem.text for problem in report.problems)


def test_clipping_is_told(server: SoundServer, tmp_path: Path) -> None:
    cut = np.clip(np.tile(loud(peak=4.0), 3), -1, 1).astype(np.float32)
    server.play(ROOM, write_sound(tmp_path / "cut.wav", cut))
    report, _ = check()

    assert report.ready
    assert report.problems[0].text.startswith("Monitor of Room is too loud")


def test_without_the_tone_a_silent_call_is_told_and_not_grave(server, speech) -> None:
    server.play(ROOM, speech)
    report, _ = check(seconds=2.5, tone=False)

    assert report.ready
    assert [problem.grave for problem in report.problems] == [False]
    assert "Nothing was heard of the call" in report.problems[0].text


def test_a_device_unplugged_in_the_middle_is_named(fragile: SoundServer, speech: Path) -> None:
    fragile.play(ROOM, speech)
    report, _ = check(seconds=3, on_report=once(is_open, lambda: fragile.unplug(CALL)))

    assert report.sides[CANDIDATE].state is SideState.FAILED
    assert "Monitor of Headset went away during the check" in report.problems[0].text


def test_a_server_that_hangs_in_the_middle_ends_the_check_with_its_cause(fragile) -> None:
    report, _ = check(seconds=2, on_report=once(is_open, fragile.freeze))

    assert report.problems[0].text.startswith("The sound system has failed: the sound server ")


def test_a_server_that_hangs_from_the_start_is_an_error(fragile: SoundServer) -> None:
    quick = QuickCheck(PulseSystem(), Choice(MIC, MONITOR))
    fragile.freeze()
    with pytest.raises(DeviceError, match="does not answer"):
        quick.run(ignored)


def test_one_microphone_in_a_room_needs_no_call_and_no_tone(server, speech) -> None:
    server.play(ROOM, speech)
    quick = QuickCheck(PulseSystem(), Choice(MIC, room=True), 30)
    report = quick.run(ignored)

    assert report.ready
    assert list(report.sides) == [YOU]
    assert quick.findings is not None
    assert quick.findings.tone is None


def test_a_stopped_check_ends_at_once_and_lets_the_devices_go(server: SoundServer) -> None:
    quick = QuickCheck(PulseSystem(), Choice(MIC, MONITOR), 1000)
    report = quick.run(once(is_open, quick.stop))

    assert not report.done
    while server.inputs_in_use():
        pass


def test_a_check_stopped_before_it_began_opens_nothing(server: SoundServer) -> None:
    quick = QuickCheck(PulseSystem(), Choice(MIC, MONITOR))
    quick.stop()
    assert quick.run(ignored) == CheckReport()
    assert server.inputs_in_use() == []
