"""Making a recap from a report: quotes only, no model, nothing in other words.

With a language model's recap in the report, its sentences that still stand are put beside the
quotes of their question.
"""

from collections.abc import Collection, Mapping

from copilot.events import FindingState, RecapSentence, RecapWritten
from copilot.review.recap.limits import gaps_by_cause, limits_of
from copilot.review.recap.model import (
    ExtractiveRecap,
    HiddenQuestion,
    QuestionTime,
    RecappedFlag,
    RecappedFollowUp,
    RecappedPoint,
    RecappedQuestion,
    WrittenBy,
)
from copilot.review.recap.quoting import best_quote
from copilot.review.recap.timeline import ASKED, timeline_of
from copilot.review.report import Report, ReportLine
from copilot.review.summary import Summary
from copilot.review.summary_parts import FlagSummary, PointSummary, QuestionSummary

__all__ = ["ExtractiveRecap", "extract"]


_Lines = Mapping[str, ReportLine]


def extract(report: Report, hidden: Collection[str] = ()) -> ExtractiveRecap:
    """The recap of a session.

    Args:
        report: What there is to tell of it.
        hidden: Ids of the questions to leave out because nobody has judged them yet, such as
            ``Reviewed.hidden()``; nothing the machine found under them is told.
    """
    summary = report.summary
    lines = {line.utterance_id: line for line in report.transcript}
    written = report.recap
    return ExtractiveRecap(
        session_id=summary.session_id,
        language=report.language,
        title=summary.guide.title,
        started_at=summary.started_at,
        duration_s=summary.duration_s,
        questions=tuple(
            _question(summary, question, lines, written)
            for question in summary.questions
            if question.id not in hidden
        ),
        hidden=tuple(
            HiddenQuestion(id=question.id, label=question.label, text=question.text)
            for question in summary.questions
            if question.id in hidden
        ),
        times=tuple(
            QuestionTime(
                question=question.id,
                label=question.label,
                asked=question.asked,
                seconds=question.seconds,
                minutes_planned=question.minutes_planned,
            )
            for question in summary.questions
        ),
        talk=summary.talk,
        timeline=timeline_of(summary, hidden),
        gaps=gaps_by_cause(summary),
        limits=limits_of(summary),
        written=None if written is None else _written_by(written, hidden),
    )


def _question(
    summary: Summary, question: QuestionSummary, lines: _Lines, written: RecapWritten | None
) -> RecappedQuestion:
    def points(state: FindingState) -> tuple[RecappedPoint, ...]:
        return tuple(_point(point, lines) for point in question.points if point.state is state)

    unheard = (point for point in question.points if point.state is FindingState.NOT_HEARD)
    return RecappedQuestion(
        id=question.id,
        label=question.label,
        text=question.text,
        asked=question.asked,
        seconds=question.seconds,
        minutes_planned=question.minutes_planned,
        evidenced=points(FindingState.EVIDENCED),
        unclear=points(FindingState.UNCLEAR),
        denied=points(FindingState.DENIED),
        not_heard=tuple(point.label for point in unheard),
        flags=tuple(_flag(flag, lines) for flag in summary.flags if flag.question == question.id),
        follow_ups=_follow_ups(summary, question.id),
        sentences=_sentences(written, question.id),
        unread=written is not None and question.id in written.unread,
    )


def _point(point: PointSummary, lines: _Lines) -> RecappedPoint:
    quote = best_quote(point.evidence, point.corrected, lines)
    return RecappedPoint(
        id=point.id,
        label=point.label,
        quote=quote,
        others=max(len(point.evidence) - 1, 0),
        by=point.by,
        corrected=quote is not None and any(uid in point.corrected for uid in quote.utterance_ids),
    )


def _flag(flag: FlagSummary, lines: _Lines) -> RecappedFlag:
    quote = best_quote(flag.evidence, flag.corrected, lines)
    return RecappedFlag(
        id=flag.id,
        label=flag.label,
        benign_reading=flag.benign_reading,
        quote=quote,
        by=flag.by,
        corrected=quote is not None and any(uid in flag.corrected for uid in quote.utterance_ids),
    )


def _follow_ups(summary: Summary, question: str) -> tuple[RecappedFollowUp, ...]:
    return tuple(
        RecappedFollowUp(
            text=item.text,
            kind=item.kind,
            fate=item.fate,
            at_s=item.offered_at_s if item.closed_at_s is None else item.closed_at_s,
        )
        for item in summary.suggestions
        if item.question == question and item.fate in ASKED
    )


def _sentences(written: RecapWritten | None, question: str) -> tuple[RecapSentence, ...]:
    parts = () if written is None else written.parts
    return tuple(each for part in parts if part.question == question for each in part.sentences)


def _written_by(written: RecapWritten, hidden: Collection[str]) -> WrittenBy:
    shown = (part for part in written.parts if part.question not in hidden)
    return WrittenBy(
        answered_by=written.answered_by,
        goes_to=written.goes_to,
        proposed=written.proposed,
        kept=sum(len(part.sentences) for part in shown),
        dropped=written.dropped,
        unread=tuple(question for question in written.unread if question not in hidden),
    )
