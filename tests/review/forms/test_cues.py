"""Subtitles that can be read: short lines, short cues, cut where sentences end."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.events import Channel
from copilot.review.forms.cues import LINE_CHARS, LONGEST_S, Cue, cues_of
from tests.review.forms.told import source_of, with_words
from tests.story import Story

_PREFIXES = {Channel.INTERVIEWER: "Interviewer: ", Channel.CANDIDATE: "Candidate: "}


def _cues(story: Story, prefixes: dict[Channel, str] | None = None) -> list[Cue]:
    source = source_of(story)
    return cues_of(source.report, source.word_times, prefixes)


def _texts(cues: list[Cue]) -> list[str]:
    return [" ".join(cue.lines) for cue in cues]


def test_a_short_utterance_is_one_cue_at_its_time() -> None:
    story = Story()
    with_words(story, "We had a way back.", start_s=10, word_s=0.5)

    (cue,) = _cues(story)

    assert (cue.start_ms, cue.end_ms, cue.lines) == (10_000, 12_500, ("We had a way back.",))


def test_cues_end_with_sentences_where_they_can() -> None:
    story = Story()
    told = (
        "We kept the old oven for a month. Every night we baked in both of them. "
        "Then we compared the bread, and only after that did we sell the old one."
    )
    with_words(story, told, start_s=0)

    texts = _texts(_cues(story))

    assert texts[0] == "We kept the old oven for a month. Every night we baked in both of them."
    assert texts[1].startswith("Then we compared the bread,")


def test_a_cue_does_not_run_over_a_pause() -> None:
    story = Story()
    with_words(story, "We had, um, a way back to it", start_s=0, pauses={3: 3.0})

    first, second = _cues(story)

    assert first.lines == ("We had, um,",)
    assert second.start_ms == 3_900


def test_two_lines_are_about_as_long_as_each_other() -> None:
    story = Story()
    with_words(story, "We kept the old oven beside the new one for a month", start_s=0)

    (cue,) = _cues(story)

    upper, lower = map(len, cue.lines)
    assert abs(upper - lower) <= 8


def test_what_stands_before_a_line_takes_room_in_it() -> None:
    story = Story()
    with_words(story, "We kept the old oven beside the new one for a whole month " * 3, start_s=0)

    cues = _cues(story, _PREFIXES)

    assert all(cue.lines[0].startswith("Candidate: ") for cue in cues)
    assert max(len(line) for cue in cues for line in cue.lines) <= LINE_CHARS


def test_a_word_longer_than_a_line_is_broken() -> None:
    story = Story()
    with_words(story, "x" * 100, start_s=0, word_s=4.0)

    cues = _cues(story)

    assert "".join(line for cue in cues for line in cue.lines) == "x" * 100
    assert max(len(line) for cue in cues for line in cue.lines) <= LINE_CHARS


def test_a_brief_cue_stays_for_a_second_but_not_into_the_next_of_its_side() -> None:
    story = Story()
    with_words(story, "Yes.", start_s=0, word_s=0.2)
    with_words(story, "Well.", start_s=0.5, word_s=0.2)

    yes, well = _cues(story)

    assert (yes.start_ms, yes.end_ms) == (0, 500)
    assert (well.start_ms, well.end_ms) == (500, 1500)


def test_both_sides_may_speak_at_once() -> None:
    story = Story()
    with_words(story, "We had a way back to the old oven.", start_s=0, word_s=0.5)
    with_words(story, "I see.", start_s=1, word_s=0.5, channel=Channel.INTERVIEWER)

    candidate, interviewer = _cues(story)

    assert candidate.end_ms == 4_500
    assert (interviewer.start_ms, interviewer.end_ms) == (1_000, 2_000)


def test_an_utterance_corrected_to_more_words_keeps_its_time(tmp_path) -> None:
    story = Story()
    said = with_words(story, "Yes.", start_s=5, word_s=0.4)
    source = source_of(story)
    (line,) = source.report.transcript
    assert line.utterance_id == said.id

    (cue,) = cues_of(source.report, {})  # as where no word stands as it was heard

    assert (cue.start_ms, cue.lines) == (5_000, ("Yes.",))


_WORD = st.text("abcdefg.,", min_size=1, max_size=60)


@given(
    words=st.lists(_WORD, min_size=1, max_size=60),
    word_s=st.floats(0.0, 9.0),
    prefix=st.sampled_from(["", "Interviewer: "]),
)
def test_no_cue_is_too_long_and_no_word_is_lost(
    words: list[str], word_s: float, prefix: str
) -> None:
    story = Story()
    with_words(story, " ".join(words), start_s=1, word_s=word_s)

    cues = _cues(story, dict.fromkeys(Channel, prefix))

    shown = "".join(line.removeprefix(prefix) for cue in cues for line in cue.lines)
    assert shown.replace(" ", "") == "".join(words)
    for cue in cues:
        assert 1 <= len(cue.lines) <= 2
        assert max(map(len, cue.lines)) <= LINE_CHARS
        assert 0 < cue.end_ms - cue.start_ms <= LONGEST_S * 1000 + 1
    assert [cue.start_ms for cue in cues] == sorted(cue.start_ms for cue in cues)
    assert all(a.end_ms <= b.start_ms for a, b in itertools.pairwise(cues))


@pytest.mark.parametrize("count", [0, 1])
def test_an_interview_in_which_hardly_anything_was_said(count: int) -> None:
    story = Story()
    for number in range(count):
        with_words(story, "Yes.", start_s=number)

    assert len(_cues(story)) == count
