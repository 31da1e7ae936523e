"""A reviewed session as the entries of a transcript."""

from collections.abc import Callable, Iterable

from copilot.events import Event, Utterance
from copilot.review.reviewed import Reviewed
from copilot.tui.transcript.entry import Entry
from copilot.tui.transcript.entry import said as said_by
from copilot.tui.transcript.happenings import (
    CaptureEvent,
    capture_entry,
    mark_entry,
    note_entry,
    question_entry,
)

#: What an utterance's line says of it in brackets; empty for nothing.
Remark = Callable[[Utterance], str]


def entries_of(reviewed: Reviewed, events: Iterable[Event], said: Iterable[Entry]) -> list[Entry]:
    """Everything in the order in which it happened, the questions as headings.

    Args:
        reviewed: The session.
        events: The session's own events.
        said: The entries of what was said, as ``said_now`` makes them.
    """
    interview = reviewed.interview
    found: list[Entry] = []
    last: str | None = None
    for asked in interview.questions_asked:
        if asked.question is not None and asked.question != last:
            label = interview.planned(asked.question).label
            found.append(question_entry(label, asked.since_s))
        last = asked.question
    found += said
    found += (mark_entry(mark) for mark in interview.marks)
    found += (note_entry(note) for note in interview.notes)
    happened = (capture_entry(event) for event in events if isinstance(event, CaptureEvent))
    found += (entry for entry in happened if entry is not None)
    # Stable: at the same moment a heading stands above what was said.
    return sorted(found, key=lambda entry: 0.0 if entry.at_s is None else entry.at_s)


def said_now(reviewed: Reviewed, utterance_id: str, remark: Remark) -> Entry:
    """An utterance as it reads by now."""
    utterance = reviewed.interview.utterances[utterance_id]
    corrected = reviewed.corrections.get(utterance_id)
    return said_by(
        utterance,
        remark=remark(utterance),
        corrected=None if corrected is None else corrected.text,
    )
