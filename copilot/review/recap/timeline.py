"""What happened in a session, in the order of time."""

from collections.abc import Collection, Iterator

from copilot.events import SuggestionFate
from copilot.review.recap.model import RowKind, TimelineRow
from copilot.review.summary import Summary

#: What became of the suggestions that were asked.
ASKED = (SuggestionFate.TAKEN, SuggestionFate.ASKED)


def timeline_of(summary: Summary, hidden: Collection[str] = ()) -> tuple[TimelineRow, ...]:
    """Questions, follow-ups, gaps, alarms, notes and marks; what was found is not among them.

    Args:
        summary: The session.
        hidden: Questions whose follow-ups are left out, because they tell what was found.
    """
    return tuple(sorted(_rows(summary, hidden), key=lambda row: row.start_s))


def _rows(summary: Summary, hidden: Collection[str]) -> Iterator[TimelineRow]:
    for question in summary.questions:
        for span in question.spans:
            yield TimelineRow(
                kind=RowKind.QUESTION, start_s=span.start_s, end_s=span.end_s, text=question.label
            )
    for item in summary.suggestions:
        if item.fate in ASKED and item.question not in hidden:
            at_s = item.offered_at_s if item.closed_at_s is None else item.closed_at_s
            yield TimelineRow(kind=RowKind.FOLLOW_UP, start_s=at_s, text=item.text)
    for gap in summary.gaps:
        yield TimelineRow(
            kind=RowKind.GAP,
            start_s=gap.start_s,
            end_s=gap.end_s,
            channel=gap.channel,
            cause=gap.cause,
        )
    for alarm in summary.alarms:
        yield TimelineRow(
            kind=RowKind.ALARM,
            start_s=alarm.start_s,
            end_s=alarm.end_s,
            channel=alarm.channel,
            alarm=alarm.kind,
        )
    for note in summary.notes:
        yield TimelineRow(kind=RowKind.NOTE, start_s=note.moment_s, text=note.text)
    for mark in summary.marks:
        yield TimelineRow(kind=RowKind.MARK, start_s=mark.moment_s)
