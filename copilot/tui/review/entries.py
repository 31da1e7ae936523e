"""A reviewed session as the entries of a transcript."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from copilot.events import Channel, Event, Utterance
from copilot.i18n import _
from copilot.review.reviewed import Reviewed
from copilot.tui.names import SHORT_NAMES
from copilot.tui.signs import BY_HAND
from copilot.tui.transcript.entry import Entry, EntryKind
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
    entry = said_by(
        utterance,
        remark=remark(utterance),
        corrected=None if corrected is None else corrected.text,
    )
    speaker = reviewed.speaker_of(utterance_id)
    return entry if speaker is utterance.channel else _said_by(entry, speaker)


def _said_by(entry: Entry, speaker: Channel) -> Entry:
    """The entry as the words of the other side; what was heard stays in its utterance."""
    lead = entry.lead if entry.lead.startswith(BY_HAND) else f"{BY_HAND} {entry.lead}"
    doubtful = entry.kind is EntryKind.UNCERTAIN
    return replace(
        entry,
        name=_(SHORT_NAMES[speaker])[:4],
        kind=entry.kind if doubtful else EntryKind(speaker.value),
        lead=lead,
    )
