"""Where speech begins and ends, told by probabilities alone: nothing said is lost or doubled."""

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.audio import SAMPLE_RATE_HZ
from copilot.events import Channel
from copilot.speech.endpoints import Endpointer, EndpointPolicy, OpenStretch, Stretch, Voice
from copilot.speech.voice import FRAME, FRAME_S

SILENT, WEAK, VOICED = 0.05, 0.4, 0.9
PADDING = 8  # frames, a quarter of a second
POLICY = EndpointPolicy()


def _frames(seconds: float) -> int:
    return round(seconds / FRAME_S)


def _run(*parts: tuple[float, int]) -> list[float]:
    """Probabilities: each part's value for as many frames."""
    return [probability for probability, count in parts for _ in range(count)]


def _samples(count: int, start: int = 0) -> np.ndarray:
    """Frames in which every sample is its own index."""
    return np.arange(start * FRAME, (start + count) * FRAME, dtype=np.float32)


def _feed(endpointer: Endpointer, probabilities: list[float], chunk: int = 10**9) -> list[Stretch]:
    ended: list[Stretch] = []
    for start in range(0, len(probabilities), chunk):
        part = np.array(probabilities[start : start + chunk], np.float32)
        ended += endpointer.feed(_samples(len(part), start), part)
    return ended


def _stretches(probabilities: list[float], policy: EndpointPolicy = POLICY) -> list[Stretch]:
    """What is found in the whole, its end included."""
    endpointer = Endpointer(Channel.CANDIDATE, policy)
    return [*_feed(endpointer, probabilities), *endpointer.flush()]


def _span(stretch: Stretch) -> tuple[int, int]:
    """Its first frame and the one after its last; every sample must be the one of its place."""
    expected = np.arange(stretch.start, stretch.start + len(stretch.samples), dtype=np.float32)
    np.testing.assert_array_equal(stretch.samples, expected)
    return stretch.start // FRAME, (stretch.start + len(stretch.samples)) // FRAME


# -- beginning and end ----------------------------------------------------------------------------


def test_speech_ends_after_silence_and_keeps_a_quarter_second_on_both_sides() -> None:
    (stretch,) = _stretches(_run((SILENT, 40), (VOICED, 50), (SILENT, 40)))

    assert _span(stretch) == (40 - PADDING, 90 + PADDING)
    assert stretch.channel is Channel.CANDIDATE
    assert stretch.start_s == pytest.approx((40 - PADDING) * FRAME_S)
    assert stretch.end_s == pytest.approx((90 + PADDING) * FRAME_S)
    assert stretch.speech_end_s == pytest.approx(90 * FRAME_S)


def test_it_ends_as_soon_as_the_silence_is_long_enough_and_not_before() -> None:
    endpointer = Endpointer(Channel.CANDIDATE)
    needed = int(np.ceil(POLICY.end_silence_s / FRAME_S))

    assert _feed(endpointer, _run((VOICED, 50), (SILENT, needed - 1))) == []
    assert endpointer.speaking
    last = endpointer.feed(_samples(1, 50 + needed - 1), np.array([SILENT], np.float32))
    assert len(last) == 1
    assert not endpointer.speaking


def test_a_short_pause_does_not_cut_a_sentence() -> None:
    (stretch,) = _stretches(_run((VOICED, 40), (SILENT, 12), (VOICED, 40), (SILENT, 40)))

    assert _span(stretch) == (0, 92 + PADDING)


def test_weak_speech_goes_on_but_does_not_begin() -> None:
    assert _stretches(_run((WEAK, 100))) == []

    (stretch,) = _stretches(_run((VOICED, 20), (WEAK, 60), (SILENT, 40)))
    assert stretch.speech_end_s == pytest.approx(80 * FRAME_S)


def test_two_sentences_are_two_stretches() -> None:
    first, second = _stretches(
        _run((SILENT, 40), (VOICED, 30), (SILENT, 40), (VOICED, 30), (SILENT, 40))
    )

    assert _span(first) == (40 - PADDING, 70 + PADDING)
    assert _span(second) == (110 - PADDING, 140 + PADDING)


def test_padding_of_neighbours_does_not_overlap() -> None:
    gap = int(np.ceil(POLICY.end_silence_s / FRAME_S))
    first, second = _stretches(_run((VOICED, 30), (SILENT, gap), (VOICED, 30), (SILENT, 40)))

    assert _span(first)[1] <= _span(second)[0]
    assert _span(second)[0] <= 30 + gap  # the first word is whole all the same


def test_speech_from_the_first_frame_on_has_no_padding_to_take() -> None:
    (stretch,) = _stretches(_run((VOICED, 30), (SILENT, 40)))

    assert stretch.start == 0


# -- clicks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [1, 2, 4])
def test_a_click_or_a_breath_is_no_speech(length: int) -> None:
    assert _stretches(_run((SILENT, 40), (VOICED, length), (SILENT, 40))) == []


def test_a_short_word_is_speech() -> None:
    assert len(_stretches(_run((SILENT, 40), (VOICED, 6), (SILENT, 40)))) == 1


def test_a_click_takes_nothing_from_what_is_said_after_it() -> None:
    (stretch,) = _stretches(
        _run((SILENT, 40), (VOICED, 2), (SILENT, 40), (VOICED, 30), (SILENT, 40))
    )

    assert _span(stretch) == (82 - PADDING, 112 + PADDING)


# -- long speech ----------------------------------------------------------------------------------


def test_after_ten_seconds_a_shorter_pause_is_enough() -> None:
    pause = _frames(0.35)
    short, long = _frames(8), _frames(12)

    assert len(_stretches(_run((VOICED, short), (SILENT, pause), (VOICED, 30)))) == 1
    assert len(_stretches(_run((VOICED, long), (SILENT, pause), (VOICED, 30)))) == 2


@pytest.mark.parametrize("seconds", [30, 100])
def test_speech_without_a_pause_is_cut_into_pieces_that_lose_and_double_no_sample(
    seconds: float,
) -> None:
    rng = np.random.default_rng(5)
    voiced = rng.uniform(0.6, 1.0, _frames(seconds)).tolist()
    stretches = _stretches([*_run((SILENT, 40)), *voiced, *_run((SILENT, 40))])

    spans = [_span(stretch) for stretch in stretches]
    assert len(spans) > 1
    assert spans[0][0] == 40 - PADDING
    assert spans[-1][1] == 40 + len(voiced) + PADDING
    assert all(before[1] == after[0] for before, after in itertools.pairwise(spans))
    longest = max(len(stretch.samples) for stretch in stretches) / SAMPLE_RATE_HZ
    assert longest <= POLICY.longest_s + 2 * POLICY.padding_s


def test_endless_speech_is_cut_where_it_is_quietest() -> None:
    dip = _frames(19)
    first, _ = _stretches(_run((VOICED, dip), (WEAK, 5), (VOICED, _frames(8)), (SILENT, 40)))

    assert dip < _span(first)[1] <= dip + 5
    assert first.speech_end_s == pytest.approx(first.end_s)


def test_endless_speech_is_cut_where_it_is_quietest_even_if_that_is_hardly_quieter() -> None:
    dip = _frames(19)
    first, _ = _stretches(_run((VOICED, dip), (0.7, 5), (VOICED, _frames(8)), (SILENT, 40)))

    assert dip < _span(first)[1] <= dip + 5


# -- speech that has not ended --------------------------------------------------------------------


def _opened(endpointer: Endpointer) -> OpenStretch:
    assert endpointer.open is not None
    return endpointer.open


def test_while_nobody_speaks_nothing_is_open() -> None:
    endpointer = Endpointer(Channel.CANDIDATE)
    _feed(endpointer, _run((SILENT, 40)))
    assert endpointer.open is None

    _feed(endpointer, _run((VOICED, 20), (SILENT, 40)))
    assert endpointer.open is None


def test_what_is_being_said_can_be_looked_at() -> None:
    endpointer = Endpointer(Channel.INTERVIEWER)
    _feed(endpointer, _run((SILENT, 40), (VOICED, 20), (WEAK, 5), (SILENT, 6)))

    stretch = _opened(endpointer)

    assert stretch.channel is Channel.INTERVIEWER
    assert (stretch.start, stretch.end) == ((40 - PADDING) * FRAME, 71 * FRAME)
    assert stretch.voice_end == 65 * FRAME
    assert stretch.voiced_s == pytest.approx(25 * FRAME_S)
    assert stretch.silence_s == pytest.approx(6 * FRAME_S)


@pytest.mark.parametrize("skipped", [0, 1, FRAME - 1, FRAME, 3 * FRAME + 7])
def test_its_sound_can_be_had_from_any_sample_on(skipped: int) -> None:
    endpointer = Endpointer(Channel.CANDIDATE)
    _feed(endpointer, _run((SILENT, 40), (VOICED, 20)))
    stretch = _opened(endpointer)

    samples = stretch.samples(stretch.start + skipped)

    expected = np.arange(stretch.start + skipped, stretch.end, dtype=np.float32)
    np.testing.assert_array_equal(samples, expected)


def test_what_was_looked_at_does_not_grow() -> None:
    endpointer = Endpointer(Channel.CANDIDATE)
    _feed(endpointer, _run((VOICED, 20)))
    stretch = _opened(endpointer)

    endpointer.feed(_samples(10, 20), np.full(10, VOICED, np.float32))

    assert stretch.end == 20 * FRAME
    assert len(stretch.samples(stretch.start)) == 20 * FRAME
    assert _opened(endpointer).end == 30 * FRAME


def test_the_stretch_it_becomes_begins_and_stops_with_the_same_samples() -> None:
    endpointer = Endpointer(Channel.CANDIDATE)
    _feed(endpointer, _run((SILENT, 40), (VOICED, 20), (SILENT, 8)))
    opened = _opened(endpointer)

    (ended,) = endpointer.feed(_samples(30, 68), np.full(30, SILENT, np.float32))

    assert ended.start == opened.start
    assert round(ended.speech_end_s * SAMPLE_RATE_HZ) == opened.voice_end


def test_after_a_cut_what_goes_on_begins_where_the_cut_is() -> None:
    endpointer = Endpointer(Channel.CANDIDATE)

    (cut,) = _feed(endpointer, _run((VOICED, _frames(24.5))))

    opened = _opened(endpointer)
    assert opened.start == cut.start + len(cut.samples)
    assert opened.voiced_s == pytest.approx((opened.end - opened.start) / SAMPLE_RATE_HZ)


# -- how sure the voice is ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "longest", "surest"),
    [
        ([(0.9, 20)], 20, 0.9),
        ([(0.9, 3), (WEAK, 4), (0.7, 5), (SILENT, 3), (0.6, 2)], 5, 0.9),
        ([(0.5, 6), (0.45, 1), (0.95, 1)], 6, 0.95),
    ],
)
def test_a_stretch_tells_its_longest_and_its_surest_voice(
    parts: list[tuple[float, int]], longest: int, surest: float
) -> None:
    (stretch,) = _stretches(_run((SILENT, 40), *parts, (SILENT, 40)))

    assert stretch.voice.longest_s == pytest.approx(longest * FRAME_S)
    assert stretch.voice.surest == pytest.approx(surest)


@pytest.mark.parametrize(
    ("voice", "weak"),
    [
        (Voice(), False),
        (Voice(0.29, 0.91), True),
        (Voice(0.32, 0.6), False),  # long enough for a word
        (Voice(0.19, 0.95), False),  # a short one, but sure
    ],
)
def test_a_voice_that_is_short_and_doubtful_is_weak(voice: Voice, weak: bool) -> None:
    assert voice.weak is weak


# -- the end of the sound -------------------------------------------------------------------------


def test_what_is_being_said_when_the_sound_ends_is_kept() -> None:
    endpointer = Endpointer(Channel.CANDIDATE)
    assert _feed(endpointer, _run((SILENT, 40), (VOICED, 30))) == []

    (stretch,) = endpointer.flush()

    assert _span(stretch) == (40 - PADDING, 70)
    assert not endpointer.speaking


def test_nothing_is_left_after_the_end() -> None:
    endpointer = Endpointer(Channel.CANDIDATE)
    _feed(endpointer, _run((VOICED, 30)))

    assert len(endpointer.flush()) == 1
    assert endpointer.flush() == []


def test_silence_at_the_end_is_no_speech() -> None:
    endpointer = Endpointer(Channel.CANDIDATE)
    _feed(endpointer, _run((VOICED, 30), (SILENT, 40)))

    assert endpointer.flush() == []


def test_a_click_at_the_end_is_no_speech() -> None:
    assert _stretches(_run((SILENT, 40), (VOICED, 2))) == []


def test_the_voice_stopped_when_it_stopped_even_if_the_sound_ends_soon_after() -> None:
    (stretch,) = _stretches(_run((VOICED, 30), (SILENT, 10)))

    assert stretch.speech_end_s == pytest.approx(30 * FRAME_S)


# -- anything -------------------------------------------------------------------------------------

_parts = st.lists(
    st.tuples(st.sampled_from([SILENT, WEAK, 0.5, VOICED]), st.integers(1, 60)), max_size=12
)
# Short limits, so that the random sequences meet each of them.
_HASTY = dataclasses.replace(POLICY, long_s=1.5, longest_s=2.5)


@settings(max_examples=200)
@given(parts=_parts, chunk=st.integers(1, 100))
def test_whatever_is_said_stretches_follow_each_other_and_no_word_is_lost(
    parts: list[tuple[float, int]], chunk: int
) -> None:
    probabilities = _run(*parts)
    endpointer = Endpointer(Channel.INTERVIEWER, _HASTY)
    stretches = [*_feed(endpointer, probabilities, chunk), *endpointer.flush()]

    spans = [_span(stretch) for stretch in stretches]
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    kept = {frame for start, stop in spans for frame in range(start, stop)}
    start = 0
    for probability, count in parts:
        long_enough = count * FRAME_S >= _HASTY.shortest_s * 2
        if probability >= _HASTY.begin and long_enough:
            lost = set(range(start, start + count)) - kept
            # A remainder shorter than a word may be left over where endless speech is cut.
            assert len(lost) * FRAME_S < _HASTY.shortest_s
        start += count


@settings(max_examples=100)
@given(parts=_parts, chunk=st.integers(1, 100))
def test_it_does_not_matter_in_which_portions_the_frames_come(
    parts: list[tuple[float, int]], chunk: int
) -> None:
    probabilities = _run(*parts)
    endpointer = Endpointer(Channel.CANDIDATE, _HASTY)

    in_portions = [*_feed(endpointer, probabilities, chunk), *endpointer.flush()]

    whole = _stretches(probabilities, _HASTY)
    assert [(_span(s), s.speech_end_s) for s in in_portions] == [
        (_span(s), s.speech_end_s) for s in whole
    ]


def test_silence_of_hours_is_not_kept_in_memory() -> None:
    endpointer = Endpointer(Channel.CANDIDATE)
    _feed(endpointer, _run((SILENT, 5000)), chunk=100)

    assert len(endpointer._frames) <= PADDING
