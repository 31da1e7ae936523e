"""What is kept: journals and session folders."""

from copilot.store.journal import GENESIS, Journal, JournalReading, line_hash, read_journal
from copilot.store.sessions import (
    SessionFolder,
    SessionRecord,
    SessionStore,
    new_session_id,
    open_journal,
)

__all__ = [
    "GENESIS",
    "Journal",
    "JournalReading",
    "SessionFolder",
    "SessionRecord",
    "SessionStore",
    "line_hash",
    "new_session_id",
    "open_journal",
    "read_journal",
]
