"""Anonymising a stored session: a whole copy that replays, can be reviewed, and makes reports."""

import dataclasses
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from copilot.errors import SessionError, StorageError, UsageError
from copilot.events import Event, ReviewOpened, SessionEnded, SessionStarted, UtteranceHeard
from copilot.i18n import _
from copilot.interview import replay
from copilot.review.anonymising.guide import anonymised_guide
from copilot.review.anonymising.names import NameFinder
from copilot.review.anonymising.replacing import Replacer
from copilot.review.anonymising.rewriting import SOURCE, Rewriter, free_texts
from copilot.review.anonymising.table import Replacement
from copilot.review.reading import read_reviewed
from copilot.review.reviewed import reviewed
from copilot.store import (
    Journal,
    SessionFolder,
    SessionRecord,
    SessionStore,
    head_after,
    open_journal,
    read_journal,
)
from copilot.store.guides import KeptGuide, keep_guide


@dataclass(frozen=True, slots=True)
class Anonymised:
    """A session with placeholders.

    Attributes:
        record: Its record, without an end.
        events: Its events; every quote stands in the replaced text.
        changes: What its reviewers changed, in the same way.
        replacements: What was replaced, for somebody to look through.
        guide: The guide it ran with, in the same way; None where there is none to go with it.
    """

    record: SessionRecord
    events: tuple[Event, ...]
    changes: tuple[Event, ...]
    replacements: tuple[Replacement, ...]
    guide: KeptGuide | None = None


def anonymise(folder: SessionFolder, names: Iterable[str] = ()) -> Anonymised:
    """Replace names and contact data in everything said and written, and blur when it was.

    Args:
        folder: The session.
        names: Names of people to replace beside those that are found, however they are written.

    Raises:
        SessionError: It is running, holds nothing, or a journal is broken.
        EventError: A quote would not stand in the replaced text: a defect.
    """
    if folder.state() == "running":
        raise SessionError(
            _("session {session} is running.", session=folder.id),
            _("End it first, then anonymise it."),
        )
    events = folder.read_journal().events
    started = events[0] if events else None
    if not isinstance(started, SessionStarted):
        raise SessionError(
            _("session {session} holds no event yet.", session=folder.id),
            _("It was stopped before anything happened."),
        )
    changes: tuple[Event, ...] = ()
    if folder.review_path.exists():
        changes = read_journal(folder.review_path).events
    record = folder.record()
    texts = [text for event in (*events, *changes) for text in free_texts(event)]
    finder = NameFinder(texts, _terms(started))
    known = [*names, *([record.alias] if record.alias else [])]
    replacer = Replacer(finder, finder.find(), known)
    said = {
        each.utterance.id: each.utterance for each in events if isinstance(each, UtteranceHeard)
    }
    # When it was points at who it was: only the month is left.
    month = started.started_at[:7]
    moment = f"{month}-01T00:00:00+00:00"
    session_id = f"{month.replace('-', '')}01-000000-{secrets.token_hex(2)}"
    rewriter = Rewriter(replacer, said, session_id, moment)
    guide = anonymised_guide(folder, replacer.text)
    copied = tuple(_of_guide(rewriter.event(event), guide) for event in events)
    copied_changes = tuple(rewriter.event(event) for event in changes)
    reviewed(replay(copied), copied_changes)  # every quote is checked, as in a live session
    return Anonymised(
        record=SessionRecord(
            id=session_id,
            role=record.role,
            title=record.title,
            language=record.language,
            source=SOURCE,
            capture=record.capture,
            started_at=moment,
            app_version=record.app_version,
        ),
        events=copied,
        changes=copied_changes,
        replacements=tuple(replacer.table.used()),
        guide=guide,
    )


def _of_guide(event: Event, guide: KeptGuide | None) -> Event:
    """The first event naming the guide that the copy goes with."""
    if guide is None or not isinstance(event, SessionStarted):
        return event
    named = dataclasses.replace(event.guide, sha256=guide.sha256)
    return dataclasses.replace(event, guide=named)


def write_anonymised(made: Anonymised, path: Path) -> SessionFolder:
    """Write a new folder that can be used as a data folder, with this one session in it.

    Returns:
        The session in it.

    Raises:
        UsageError: There is something of that name already.
        StorageError: The disk refused; nothing is left behind.
    """
    if not path.name or path.exists() or path.is_symlink():
        raise UsageError(
            _("{path}: there is something of that name already.", path=path),
            _("Name another folder with --output."),
        )
    draft = path.with_name(f".{path.name}.new")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        folder = SessionStore(draft / "sessions").create(made.record)
        _write(made, folder)
        read_reviewed(folder)
        draft.rename(path)
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return SessionFolder(path / "sessions" / made.record.id)


def _write(made: Anonymised, folder: SessionFolder) -> None:
    if made.guide is not None:
        keep_guide(folder, made.guide.guide)
    with open_journal(folder) as journal:
        for event in made.events:
            journal.append(event)
    last = made.events[-1]
    if isinstance(last, SessionEnded):
        reading = read_journal(folder.journal_path)
        end = SessionRecord.End(
            ended_at=made.record.started_at,
            duration_s=last.duration_s,
            events=len(reading.events),
            journal_head=reading.head,
        )
        folder.write_record(made.record.model_copy(update={"ended": end}))
    if made.changes:
        with Journal(folder.review_path) as review:
            for event in made.changes:
                review.append(_following(event, folder))


def _following(event: Event, folder: SessionFolder) -> Event:
    """A sitting that names the line of the copy's journal which it follows."""
    if not isinstance(event, ReviewOpened):
        return event
    head = head_after(folder.journal_path, event.journal_events)
    return dataclasses.replace(event, journal_head=head)


def _terms(started: SessionStarted) -> Iterator[str]:
    """The words of the guide, whose capitals name nobody."""
    yield started.guide.title
    for question in started.plan:
        yield from (question.label, question.text, *question.anchors)
        yield from (point.label for point in question.points)
    yield from (text for flag in started.flags for text in (flag.label, flag.benign_reading))
    yield from (each.label for each in started.competencies)
    yield from (text for each in started.topics for text in (each.label, each.why, each.instead))
