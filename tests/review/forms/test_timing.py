"""When each word was said: as heard where it stands as heard, shared out where it does not."""

import dataclasses
import itertools

import pytest

from copilot.events import Utterance
from copilot.review.forms.timing import timed_words
from copilot.review.report import ReportLine
from tests.review.forms.told import source_of, with_words
from tests.story import Story


def _line(text: str) -> tuple[ReportLine, dict[str, Utterance]]:
    story = Story()
    with_words(story, text, start_s=10, word_s=0.5)
    (line,) = source_of(story).report.transcript
    return line, dict(story.interview.utterances)


def test_words_as_they_were_heard_keep_their_times() -> None:
    line, heard = _line("We had a way back.")

    assert [(word.text, word.start_s) for word in timed_words(line, heard)] == [
        ("We", 10.0),
        ("had", 10.5),
        ("a", 11.0),
        ("way", 11.5),
        ("back.", 12.0),
    ]


def test_a_corrected_word_takes_the_time_of_the_one_it_stands_for() -> None:
    line, heard = _line("We had a weigh back.")
    shown = dataclasses.replace(line, text="We had a way back.")

    way = timed_words(shown, heard)[3]

    assert (way.text, way.start_s, way.end_s) == ("way", 11.5, 12.0)


def test_words_put_in_share_the_time_by_their_length() -> None:
    line, heard = _line("We X back.")
    shown = dataclasses.replace(line, text="We always returned back.")

    _, always, returned, back = timed_words(shown, heard)

    assert always.start_s == 10.5
    assert always.end_s == returned.start_s == pytest.approx(10.5 + 0.5 * 7 / 16)
    assert returned.end_s == back.start_s == 11.0


def test_the_sign_for_what_is_left_out_takes_the_time_of_what_it_hides() -> None:
    line, heard = _line("Because I have epilepsy now we had a way back.")
    shown = dataclasses.replace(line, text="[…] we had a way back.")

    sign, we, *_ = timed_words(shown, heard)

    assert (sign.text, sign.start_s, sign.end_s) == ("[…]", 10.0, 12.5)
    assert we.start_s == 12.5


def test_a_line_without_word_times_shares_its_whole_time() -> None:
    line, _ = _line("We had a way back.")

    words = timed_words(line, {})

    assert words[0].start_s == line.start_s
    assert words[-1].end_s == pytest.approx(line.end_s)
    assert all(a.end_s == b.start_s for a, b in itertools.pairwise(words))
