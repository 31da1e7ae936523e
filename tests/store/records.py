"""Session records for tests."""

from typing import Any

from copilot.store import JournalReading, SessionRecord


def a_record(session_id: str = "20260302-090000-abcd", **changes: Any) -> SessionRecord:
    """What ``session.json`` says of a session that has begun."""
    values: dict[str, Any] = {
        "id": session_id,
        "role": "baker",
        "title": "Head Baker",
        "language": "en",
        "source": "recording interview.wav",
        "started_at": "2026-03-02T09:00:00+00:00",
        "app_version": "0.1.0",
    }
    return SessionRecord(**{**values, **changes})


def ended_with(reading: JournalReading) -> SessionRecord.End:
    """A clean end of a session whose journal reads so."""
    return SessionRecord.End(
        ended_at="2026-03-02T09:30:00+00:00",
        duration_s=1800.0,
        events=len(reading.events),
        journal_head=reading.head,
    )
