"""A comparison as one long CSV table (RFC 4180), to filter in a spreadsheet.

One row a rating, point, quote or follow-up. Nothing is counted or averaged here; a spreadsheet can
do that, and then it was a human who did.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from copilot.events import Channel, Evidence
from copilot.review.comparing.cells import Cell, Judged
from copilot.review.comparing.model import Column, ComparedQuestion, Comparison
from copilot.review.comparing.outlining import judgement_words
from copilot.review.comparing.words import WORDS, CompareWords
from copilot.review.csv_cell import csv_cell
from copilot.timecode import timecode

_Row = list[str]


def to_csv(comparison: Comparison) -> str:
    """The table, every cell quoted, with a byte order mark so that Excel reads it as UTF-8."""
    words = WORDS[comparison.language]
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(words.csv_columns)
    for row in _rows(comparison, words):
        writer.writerow(map(csv_cell, row))
    return "\ufeff" + out.getvalue()


def _rows(comparison: Comparison, words: CompareWords) -> Iterator[_Row]:
    for at, column in enumerate(comparison.columns):
        yield _row(
            "interview", column, words, remark=f"{column.guide.sha256[:12]} {column.language}"
        )
        for question in comparison.questions:
            yield from _question(question, question.cells[at], column, words)
        for competency in comparison.competencies:
            judged = competency.cells[at].judged
            yield from _judged("competency", competency.label, judged, column, words)
        judged = comparison.recommendations[at]
        yield from _judged("recommendation", "", judged, column, words)


def _row(
    kind: str,
    column: Column,
    words: CompareWords,
    *,
    about: str = "",
    item: str = "",
    state: str = "",
    rating: str = "",
    who: str = "",
    at: str = "",
    text: str = "",
    remark: str = "",
) -> _Row:
    first = [words.csv_rows[kind], column.session_id, column.name, column.started_at]
    return [*first, about, item, state, rating, who, at, text, remark]


def _question(
    question: ComparedQuestion, cell: Cell, column: Column, words: CompareWords
) -> Iterator[_Row]:
    about = question.text
    state = words.session.not_asked.capitalize() if cell.planned else words.not_planned
    if cell.asked:
        planned = f"{cell.minutes_planned or 0:g}"
        state = words.time.format(spent=timecode(cell.seconds), planned=planned)
    hidden = words.hidden if cell.hidden else ""
    yield _row("question", column, words, about=about, state=state, remark=hidden)
    yield from _judged("rating", about, cell.judged, column, words)
    for point in cell.points:
        told = words.finding.states[point.state].capitalize()
        remark = words.finding.by_human if point.by_human else ""
        for quote in _quotes(point.evidence):
            yield _row(
                *("point", column, words),
                about=about,
                item=point.label,
                state=told,
                at="" if quote is None else timecode(quote.start_s),
                text="" if quote is None else quote.quote,
                remark=remark,
            )
    for flag in cell.flags:
        benign = words.finding.benign.format(text=flag.benign_reading)
        for quote in _quotes(flag.evidence):
            yield _row(
                *("flag", column, words),
                about=about,
                item=flag.label,
                at="" if quote is None else timecode(quote.start_s),
                text="" if quote is None else quote.quote,
                remark=benign if flag.benign_reading else "",
            )
    for probe in cell.probes:
        at = timecode(probe.at_s)
        yield _row("probe", column, words, about=about, at=at, text=probe.text)


def _quotes(evidence: Sequence[Evidence]) -> Sequence[Evidence | None]:
    return evidence or (None,)


def _judged(
    kind: str, about: str, judged: Judged, column: Column, words: CompareWords
) -> Iterator[_Row]:
    for opinion in judged.opinions:
        yield _row(
            *(kind, column, words),
            about=about,
            rating=judgement_words(opinion, words) or f"{opinion.rating}",
            who=opinion.by or words.hearing.sides[Channel.INTERVIEWER],
            text=opinion.reason,
            remark=words.judging.in_review if opinion.in_review else "",
        )
