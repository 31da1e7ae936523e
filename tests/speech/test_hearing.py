"""From blocks of any size to stretches of speech, on both channels at once."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.events import Channel
from copilot.speech.endpoints import Stretch
from copilot.speech.hearing import Hearing
from copilot.speech.voice import FRAME
from tests.builders import noise, silence, spoken

INTERVIEWER, CANDIDATE = Channel.INTERVIEWER, Channel.CANDIDATE


def _talk() -> dict[Channel, Waveform]:
    """The interviewer speaks first, then the candidate, then it is quiet."""
    asks, answers = spoken("en-004"), spoken("en-000")[: 5 * SAMPLE_RATE_HZ]
    return {
        INTERVIEWER: np.concatenate([silence(0.5), asks, silence(len(answers) / 16_000 + 1)]),
        CANDIDATE: np.concatenate([silence(0.5 + len(asks) / 16_000), answers, silence(1)]),
    }


TALK = _talk()
LENGTH = len(TALK[CANDIDATE])


def _blocks(bounds: list[int]) -> list[Block]:
    return [
        Block(start, {channel: sound[start:stop] for channel, sound in TALK.items()})
        for start, stop in itertools.pairwise(bounds)
    ]


def _hear(blocks: list[Block]) -> list[Stretch]:
    hearing = Hearing(Channel)
    found = [stretch for block in blocks for stretch in hearing.hear(block).stretches]
    return [*found, *hearing.flush()]


def _told(stretches: list[Stretch]) -> list[tuple[Channel, int, int]]:
    return [(stretch.channel, stretch.start, len(stretch.samples)) for stretch in stretches]


@pytest.fixture(scope="module")
def whole() -> list[Stretch]:
    return _hear(_blocks([0, LENGTH]))


def test_each_voice_is_heard_on_its_channel_where_it_speaks(whole: list[Stretch]) -> None:
    by_channel = {channel: [s for s in whole if s.channel is channel] for channel in Channel}
    turn = 0.5 + 4.32

    assert all(stretch.end_s < turn + 1 for stretch in by_channel[INTERVIEWER])
    assert all(stretch.start_s > turn - 0.5 for stretch in by_channel[CANDIDATE])
    assert by_channel[INTERVIEWER]
    assert by_channel[CANDIDATE]


def test_a_stretch_is_a_cut_of_the_sound_itself(whole: list[Stretch]) -> None:
    for stretch in whole:
        sound = TALK[stretch.channel][stretch.start : stretch.start + len(stretch.samples)]
        np.testing.assert_array_equal(stretch.samples, sound)


def test_stretches_come_in_the_order_in_which_the_voices_stopped(whole: list[Stretch]) -> None:
    stops = [stretch.speech_end_s for stretch in whole]

    assert stops == sorted(stops)


@settings(max_examples=15)
@given(cuts=st.lists(st.integers(0, LENGTH), max_size=40))
def test_it_does_not_matter_in_which_blocks_the_sound_comes(
    whole: list[Stretch], cuts: list[int]
) -> None:
    assert _told(_hear(_blocks(sorted({0, *cuts, LENGTH})))) == _told(whole)


@pytest.mark.parametrize("size", [160, 512, 8192])
def test_sound_cards_and_files_are_heard_alike(whole: list[Stretch], size: int) -> None:
    assert _told(_hear(_blocks([*range(0, LENGTH, size), LENGTH]))) == _told(whole)


def test_who_is_speaking_is_known_while_it_is_spoken() -> None:
    hearing = Hearing(Channel)
    seen: set[frozenset[Channel]] = set()
    for block in _blocks([*range(0, LENGTH, FRAME), LENGTH]):
        heard = hearing.hear(block)
        assert heard.end_s == block.end_s
        seen.add(heard.speaking)

    assert {frozenset(), frozenset({INTERVIEWER}), frozenset({CANDIDATE})} <= seen


def test_what_is_being_said_can_be_looked_at_while_it_is_spoken() -> None:
    hearing = Hearing(Channel)
    opened: dict[tuple[Channel, int], int] = {}
    ended: set[tuple[Channel, int]] = set()
    for block in _blocks([*range(0, LENGTH, 800), LENGTH]):
        heard = hearing.hear(block)
        assert {stretch.channel for stretch in heard.open} == heard.speaking
        for stretch in heard.open:
            opened[stretch.channel, stretch.start] = stretch.end
            sound = TALK[stretch.channel][stretch.start : stretch.end]
            np.testing.assert_array_equal(stretch.samples(stretch.start), sound)
            assert block.end_s - stretch.end / SAMPLE_RATE_HZ < FRAME / SAMPLE_RATE_HZ
        ended |= {(stretch.channel, stretch.start) for stretch in heard.stretches}

    assert len(ended) > 1
    assert ended <= set(opened)


def test_the_candidate_out_of_the_loudspeakers_is_told_while_it_is_heard() -> None:
    answer = np.concatenate([silence(0.5), spoken("en-000")])
    sides = {INTERVIEWER: 0.2 * np.roll(answer, 1600), CANDIDATE: answer}
    hearing = Hearing(Channel)
    shares: dict[Channel, list[float]] = {channel: [] for channel in Channel}
    for start in range(0, 6 * SAMPLE_RATE_HZ, 800):
        block = Block(start, {c: sound[start : start + 800] for c, sound in sides.items()})
        for stretch in hearing.hear(block).open:
            if stretch.voiced_s > 1:
                shares[stretch.channel].append(stretch.echo)

    assert min(shares[INTERVIEWER]) > 0.5
    assert set(shares[CANDIDATE]) == {0.0}


def test_levels_are_those_of_the_block() -> None:
    loud, quiet = noise(0.5, loudness=0.3), silence(0.5)

    heard = Hearing(Channel).hear(Block(0, {INTERVIEWER: loud, CANDIDATE: quiet}))

    assert heard.levels_dbfs[INTERVIEWER] == pytest.approx(-10.5, abs=0.5)
    assert heard.levels_dbfs[CANDIDATE] == -96


@pytest.mark.parametrize(
    "sound", [silence(6), noise(6), noise(6, loudness=0.3)], ids=["silence", "noise", "loud noise"]
)
def test_what_is_no_speech_gives_no_stretch(sound: Waveform) -> None:
    hearing = Hearing([CANDIDATE])

    assert hearing.hear(Block(0, {CANDIDATE: sound})).stretches == ()
    assert hearing.flush() == ()


def test_a_word_cut_off_by_the_end_of_the_sound_is_kept() -> None:
    hearing = Hearing([CANDIDATE])
    sound = spoken("en-004")[: int(1.5 * SAMPLE_RATE_HZ)]

    assert hearing.hear(Block(0, {CANDIDATE: sound})).stretches == ()
    (stretch,) = hearing.flush()

    assert len(sound) - FRAME < stretch.start + len(stretch.samples) <= len(sound)
