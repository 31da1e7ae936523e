"""The report as one CSV table (RFC 4180), for spreadsheets.

One long table and not a folder of small ones: it opens with one click, and a filter on its first
column leaves the points, the notes or the transcript. It begins with a byte order mark, because
Excel reads UTF-8 as something else without one. A cell that a spreadsheet would take for a formula
begins with an apostrophe instead.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

from copilot.events import Actor, Evidence, FindingState
from copilot.review.csv_cell import csv_cell
from copilot.review.forms.words import TABLE, Row
from copilot.review.judged import Judged, circumstances, history, rating_text
from copilot.review.report import Report, ReportLine
from copilot.review.summary_parts import FlagSummary, PointSummary, QuestionSummary
from copilot.review.wording.finding import FINDING
from copilot.review.wording.hearing import HEARING
from copilot.review.wording.judging import JUDGING
from copilot.review.wording.session import SESSION
from copilot.review.wording.signs import SIGNS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    """A row; the fields are the columns in their order."""

    row: Row
    question: str = ""
    item: str = ""
    state: str = ""
    rating: str = ""
    start: str = ""
    end: str = ""
    who: str = ""
    text: str = ""
    remark: str = ""


def to_csv(report: Report, delimiter: str = ",") -> str:
    """The whole report, every cell in quotation marks, lines ended by CR and LF.

    Args:
        report: What there is to tell.
        delimiter: A comma, or a semicolon where Excel wants one, as on a French Windows.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    words = TABLE[report.language]
    writer.writerow(words.columns)
    for cells in _rows(report):
        _, *rest = astuple(cells)
        writer.writerow([words.rows[cells.row], *map(csv_cell, rest)])
    return "\ufeff" + out.getvalue()


def _rows(report: Report) -> Iterator[_Cells]:
    yield from _judged(report)
    for question in report.summary.questions:
        for point in question.points:
            yield from _point(report, question, point)
    questions = _questions(report)
    for flag in report.summary.flags:
        yield from _flag(report, questions[flag.question], flag)
    yield from _offered_and_noted(report)
    yield from _heard(report)


def _judged(report: Report) -> Iterator[_Cells]:
    summary, words = report.summary, JUDGING[report.language]
    given = summary.recommendation
    if given is not None:
        yield _Cells(
            row=Row.RECOMMENDATION,
            rating=words.recommendations[given.recommendation].capitalize(),
            who=given.by,
            text=given.reason,
            remark=words.changed if given.earlier else "",
        )
    for competency in summary.competencies:
        yield _Cells(
            row=Row.COMPETENCY,
            item=competency.label,
            rating=rating_text(competency, report.language),
            text=competency.reason,
            remark=_how(report, competency),
        )
    for question in summary.questions:
        asked = TABLE[report.language].asked
        yield _Cells(
            row=Row.QUESTION,
            question=question.text,
            item=question.label,
            state=asked if question.asked else SESSION[report.language].not_asked,
            rating=rating_text(question, report.language),
            start=_clock(question.spans[0].start_s) if question.spans else "",
            end=_clock(question.spans[-1].end_s) if question.spans else "",
            text=question.reason,
            remark=_how(report, question),
        )


def _how(report: Report, item: Judged) -> str:
    """How a judgement came about: in the review, after the findings, and what stood before."""
    told = circumstances(item, report.language)
    if item.earlier:
        words = JUDGING[report.language]
        before = "; ".join(history(item, report.summary, report.language))
        told.append(f"{words.earlier}{SIGNS[report.language].colon}{before}")
    return "; ".join(told)


def _point(report: Report, question: QuestionSummary, point: PointSummary) -> Iterator[_Cells]:
    words = FINDING[report.language]
    not_asked = SESSION[report.language].not_asked
    is_unasked = point.state is FindingState.NOT_HEARD and not question.asked
    for quote in point.evidence or (None,):
        remarks = [words.misattributed] if point.misattributed else []
        remarks += _corrected(report, quote, point.corrected)
        yield _Cells(
            row=Row.POINT,
            question=question.text,
            item=point.label,
            state=not_asked if is_unasked else words.states[point.state].capitalize(),
            **_quoted(quote),
            who=TABLE[report.language].by[point.by] if _is_decided(point) else "",
            remark="; ".join(remarks),
        )


def _is_decided(point: PointSummary) -> bool:
    return point.confidence is not None or point.by is Actor.HUMAN


def _flag(report: Report, question: str, flag: FlagSummary) -> Iterator[_Cells]:
    words = FINDING[report.language]
    for quote in flag.evidence or (None,):
        remarks = [words.benign.format(text=flag.benign_reading)] if flag.benign_reading else []
        remarks += [words.misattributed] if flag.misattributed else []
        remarks += _corrected(report, quote, flag.corrected)
        yield _Cells(
            row=Row.FLAG,
            question=question,
            item=flag.label,
            state=words.states[FindingState.RAISED],
            **_quoted(quote),
            who=TABLE[report.language].by[flag.by],
            remark="; ".join(remarks),
        )


def _quoted(quote: Evidence | None) -> dict[str, str]:
    if quote is None:
        return {}
    return {"start": _clock(quote.start_s), "end": _clock(quote.end_s), "text": quote.quote}


def _corrected(report: Report, quote: Evidence | None, corrected: Sequence[str]) -> list[str]:
    was = quote is not None and any(uid in corrected for uid in quote.utterance_ids)
    return [FINDING[report.language].corrected] if was else []


def _offered_and_noted(report: Report) -> Iterator[_Cells]:
    questions, words = _questions(report), FINDING[report.language]
    for item in report.summary.suggestions:
        yield _Cells(
            row=Row.SUGGESTION,
            question=questions.get(item.question, ""),
            state="" if item.fate is None else words.fates[item.fate],
            start=_clock(item.offered_at_s),
            text=item.text,
            remark=item.reason,
        )
    for note in report.summary.notes:
        asked = questions.get(note.question or "", "")
        yield _Cells(row=Row.NOTE, question=asked, start=_clock(note.moment_s), text=note.text)
    for mark in report.summary.marks:
        asked = questions.get(mark.question or "", "")
        yield _Cells(row=Row.MARK, question=asked, start=_clock(mark.moment_s))


def _heard(report: Report) -> Iterator[_Cells]:
    questions, words = _questions(report), HEARING[report.language]
    for gap in report.summary.gaps:
        yield _Cells(
            row=Row.GAP,
            start=_clock(gap.start_s),
            end=_clock(gap.end_s),
            who=words.sides[gap.channel],
            remark=words.causes[gap.cause],
        )
    for line in report.transcript:
        yield _Cells(
            row=Row.SAID,
            question=questions.get(line.question or "", ""),
            item=line.utterance_id,
            start=_clock(line.start_s),
            end=_clock(line.end_s),
            who=words.sides[line.speaker],
            text=line.text,
            remark=_signs(report, line),
        )


def _signs(report: Report, line: ReportLine) -> str:
    words = SESSION[report.language]
    signs = [words.corrected] if line.corrected else []
    return "; ".join(signs + ([words.doubtful] if line.uncertain else []))


def _questions(report: Report) -> dict[str, str]:
    return {question.id: question.text for question in report.summary.questions}


def _clock(seconds: float) -> str:
    """Hours, minutes and seconds, which spreadsheets read as a time; ``1:15`` would be hours."""
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
