"""Session records for tests, and another program that holds a session's folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from copilot.store import JournalReading, SessionFolder, SessionRecord
from tests.builders import start_python


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


_HOLD = """
import sys
from pathlib import Path
from copilot.store import SessionFolder

with SessionFolder(Path(sys.argv[1])).locked():
    print("held")
    sys.stdin.readline()
"""


@contextmanager
def held_by_another_program(folder: SessionFolder) -> Iterator[None]:
    """Another program records into the session, and is killed in the end."""
    program = start_python(_HOLD, folder.path)
    assert program.stdout is not None
    with program:
        assert program.stdout.readline() == "held\n"
        yield
        program.kill()
