"""What the page is made of: harmless text, dates, places in the picture, pieces of lines."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.events import Channel, Evidence, GapCause
from copilot.html.typography import date_text, french_spaces, harmless, share_text
from copilot.review.html.timeline import SignKind, timeline_of
from copilot.review.html.transcript import passages
from copilot.review.html.words import PAGE_WORDS
from copilot.review.report import report_of
from copilot.review.reviewed import Reviewed
from tests.review.html.reports import a_full_report
from tests.story import Story

# -- text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, à l'œil, 漢字, 🙂", "plain, à l'œil, 漢字, 🙂"),
        ("line\nend\tand tab", "line\nend\tand tab"),
        ("\x00\x1b[31m", "␀␛[31m"),
        ("\x7f\x9f\ud800\ue000", "\ufffd" * 4),
        ("abc\u202edef\u2066", "abc[U+202E]def[U+2066]"),
        ("נעים\u200f", "נעים\u200f"),
        ("no\u00a0break\u202fspace", "no\u00a0break\u202fspace"),
    ],
)
def test_what_is_not_seen_or_turns_text_around_is_made_visible(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(st.text())
def test_harmless_text_can_be_stored_and_stays_harmless(text: str) -> None:
    assert harmless(harmless(text)) == harmless(text)
    harmless(text).encode()


def test_french_gets_its_spaces() -> None:
    assert french_spaces("Vu : « oui » ; non ? 14% 5 %; si") == (
        "Vu\u00a0: «\u202foui\u202f»\u202f; non\u202f? 14\u202f% 5\u202f%; si"
    )
    assert share_text(0.777, "fr") == "78\u202f%"
    assert share_text(0.777, "en") == "78%"
    assert share_text(None, "en") == "-"


@pytest.mark.parametrize(
    ("moment", "after_s", "shown"),
    [
        ("2026-03-02T09:00:00+00:00", 0.0, "2 March 2026, 09:00 (UTC)"),
        ("2026-03-02T23:30:00-05:30", 3600.0, "3 March 2026, 00:30 (UTC-05:30)"),
        ("2026-03-02T09:00:00", 0.0, "2 March 2026, 09:00 (UTC)"),
        ("yesterday", 0.0, "yesterday"),
        ("2026-03-02T09:00:00+00:00", 1e300, "2026-03-02T09:00:00+00:00"),
    ],
)
def test_a_date_is_told_in_words_and_what_is_none_as_it_is(moment, after_s, shown) -> None:
    words = PAGE_WORDS["en"]

    assert date_text(moment, words.date, words.months, after_s) == shown


# -- the picture ---------------------------------------------------------------------------------


def test_everything_stands_at_its_time() -> None:
    drawn = timeline_of(a_full_report())

    assert [(each.number, each.left, each.width) for each in drawn.questions] == [
        (1, 0.0, 60.0),
        (2, 60.0, 40.0),
    ]
    assert [each.left for each in drawn.speech[Channel.INTERVIEWER]] == [0.0, 16.0]
    assert [(each.kind, each.left, each.target) for each in drawn.findings] == [
        (SignKind.EVIDENCED, 5.0, "u2"),
        (SignKind.DENIED, 12.0, "u3"),
        (SignKind.FLAG, 18.0, "u5"),
        (SignKind.EVIDENCED, 62.0, "u6"),
    ]
    assert [(each.kind, each.row, each.target) for each in drawn.notes] == [
        (SignKind.NOTE, 0, "note-n1"),
        (SignKind.MARK, 1, "u5"),
    ]
    ((gap),) = drawn.gaps
    assert (gap.stretch.left, gap.stretch.width, gap.gap.cause) == (40, 10, GapCause.OFF_RECORD)


@pytest.mark.parametrize("length_s", [1.0, 59.0, 246.0, 3600.0, 9000.0, 90000.0])
def test_the_scale_has_a_few_times_at_any_length(length_s: float) -> None:
    story = Story()
    story.end(at_s=length_s)
    ticks = timeline_of(report_of(Reviewed(story.interview))).ticks

    assert ticks[0] == (0.0, "0:00")
    assert len(ticks) <= 8
    assert all(0 <= left <= 100 for left, _ in ticks)


def test_signs_at_one_time_stand_below_each_other_and_never_leave_the_picture() -> None:
    story = Story()
    for number in range(40):
        story.note(f"Note {number}", moment_s=10.0 + number / 10)
    story.end(at_s=1000)
    drawn = timeline_of(report_of(Reviewed(story.interview)))

    assert [each.row for each in drawn.notes[:3]] == [0, 1, 2]
    assert drawn.note_rows == 6
    assert len(drawn.notes) == 40


# -- the transcript ------------------------------------------------------------------------------


def _pieces(quotes: list[Evidence], *texts: str) -> list[list[tuple[str, bool]]]:
    report = a_full_report()
    lines = tuple(
        dataclasses.replace(line, text=text)
        for line, text in zip(report.transcript, texts, strict=False)
    )
    question = report.summary.questions[0]
    point = dataclasses.replace(question.points[0], evidence=tuple(quotes))
    asked = dataclasses.replace(question, points=(point,))
    summary = dataclasses.replace(report.summary, questions=(asked,), flags=())
    told = dataclasses.replace(report, summary=summary, transcript=lines)
    return [
        [(piece.text, piece.quoted) for piece in line.pieces]
        for passage in passages(told)
        for line in passage.lines
    ]


def _quote(text: str, *lines: str) -> Evidence:
    return Evidence(utterance_ids=lines, quote=text, start_s=0.0, end_s=1.0)


def test_quotes_that_overlap_are_highlighted_once() -> None:
    quotes = [_quote("two three", "u1"), _quote("three four", "u1"), _quote("six", "u1")]

    assert _pieces(quotes, "one two three four five six") == [
        [("one ", False), ("two three four", True), (" five ", False), ("six", True)]
    ]


def test_a_quote_over_lines_is_highlighted_in_each() -> None:
    assert _pieces([_quote("b c d", "u1", "u2", "u3")], "a b", "c", "d e") == [
        [("a ", False), ("b", True)],
        [("c", True)],
        [("d", True), (" e", False)],
    ]


def test_a_quote_that_does_not_stand_there_any_more_highlights_nothing() -> None:
    quotes = [_quote("gone", "u1"), _quote("of nobody", "u99"), _quote("", "u1"), _quote("x")]

    assert _pieces(quotes, "still here") == [[("still here", False)]]


@given(st.lists(st.text("ab ", min_size=1, max_size=6), min_size=1, max_size=3), st.data())
def test_the_pieces_of_a_line_are_the_line(texts: list[str], data: st.DataObject) -> None:
    ids = tuple(f"u{number}" for number in range(1, len(texts) + 1))
    whole = " ".join(texts)
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start, len(whole)))
    found = _pieces([_quote(whole[start:end], *ids)], *texts)

    assert ["".join(text for text, _ in line) for line in found] == texts
