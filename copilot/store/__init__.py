"""What is kept: journals and session folders."""

from copilot.store.journal import (
    GENESIS,
    Journal,
    JournalReading,
    head_after,
    line_hash,
    read_journal,
    read_journal_so_far,
)
from copilot.store.record import SessionRecord
from copilot.store.recordings import AudioForm
from copilot.store.session_folder import Resumed, SessionFolder, open_journal
from copilot.store.sessions import SessionStore, new_session_id

__all__ = [
    "GENESIS",
    "AudioForm",
    "Journal",
    "JournalReading",
    "Resumed",
    "SessionFolder",
    "SessionRecord",
    "SessionStore",
    "head_after",
    "line_hash",
    "new_session_id",
    "open_journal",
    "read_journal",
    "read_journal_so_far",
]
