"""Sessions on disk for reviews."""

from collections.abc import Iterable

from copilot.events import Event, SessionEnded, SessionStarted
from copilot.store import SessionFolder, SessionRecord, SessionStore, open_journal, read_journal
from tests.store.records import ended_with


def keep(events: Iterable[Event], session_id: str = "20260302-090000-abcd") -> SessionFolder:
    """Store a session with these events; one without an end was interrupted."""
    told = list(events)
    started = told[0]
    assert isinstance(started, SessionStarted)
    record = SessionRecord(
        id=session_id,
        role=started.guide.role,
        title=started.guide.title,
        language=started.language,
        source=started.source,
        started_at=started.started_at,
        app_version=started.app_version,
    )
    folder = SessionStore().create(record)
    with open_journal(folder) as journal:
        for event in told:
            journal.append(event)
    if isinstance(told[-1], SessionEnded):
        end = ended_with(read_journal(folder.journal_path))
        end = end.model_copy(update={"duration_s": told[-1].duration_s})
        folder.write_record(record.model_copy(update={"ended": end}))
    return folder
