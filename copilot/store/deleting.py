"""Deleting sessions for good, so that it is either not begun or brought to its end.

    1. phrases of the transcript are taken into memory, and a receipt is begun on disk
    2. the folder gets a hidden name: from now on the session is gone for everyone
    3. the index and every other trace are removed, then its files, the journals last
    4. the data folder is searched, byte by byte, for the phrases; the receipt says what was found

A program killed before 2 has deleted nothing; one killed later has its work finished by the next
look (``finish_deletions``).
"""

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import filelock

from copilot import __version__
from copilot.errors import SessionError, StorageError
from copilot.i18n import _
from copilot.private_file import sync_folder
from copilot.store.byte_search import ByteSearch, search_bytes
from copilot.store.exports import Exported, known_exports
from copilot.store.holds import Holds
from copilot.store.receipts import Check, Outside, Receipt, Receipts
from copilot.store.removing import HIDDEN, counted, forget_elsewhere, remove_folder
from copilot.store.review_files import held_for_review
from copilot.store.session_folder import SessionFolder
from copilot.store.sessions import SessionStore
from copilot.store.telling_phrases import telling_phrases

#: What is removed together: the folder under its hidden name, and what of the text to look for.
_Going = tuple[Receipt, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Deletion:
    """Who deletes, when, and why.

    Attributes:
        by: Their login name.
        now: The time, with its offset.
        reason: Because somebody asked, or because the sessions are past their date.
    """

    by: str
    now: datetime
    reason: Literal["asked", "retention"] = "asked"


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody with the key of an encrypted session has read in it before.

    Attributes:
        phrases: Phrases of what was said, to be searched for.
        exports: Copies that were written elsewhere.
    """

    phrases: tuple[str, ...] = ()
    exports: tuple[Exported, ...] = ()


def known_of(folder: SessionFolder) -> Known:
    """What there is to know of a session before it is deleted."""
    return Known(telling_phrases(folder.path), known_exports(folder.path))


def check_deletable(folder: SessionFolder) -> None:
    """Make sure that a session may be deleted now.

    Raises:
        SessionError: It is running, being reviewed, or on hold.
        StorageError: Its folder cannot be written.
    """
    hold = Holds(_data(folder)).of(folder.id)
    if hold is not None:
        raise SessionError(
            _(
                "session {session} is on hold since {since}, by {by}. {reason}",
                session=folder.id,
                since=hold.since,
                by=hold.by,
                reason=hold.reason,
            ).strip(),
            _("Take the hold off first: interview-copilot sessions hold {id} --off.", id=folder.id),
        )
    if folder.path.is_symlink():
        raise SessionError(
            _("{path} is a link to another place.", path=folder.path),
            _("Delete what it leads to by hand, then the link."),
        )
    try:
        with folder.locked(), held_for_review(folder):
            pass
    except OSError as error:
        raise StorageError.from_os_error(error, folder.path) from error


def delete_sessions(
    folders: Sequence[SessionFolder],
    deletion: Deletion,
    known: Mapping[str, Known] | None = None,
) -> list[Receipt]:
    """Delete sessions of one store with everything of theirs, and search for what may be left.

    Args:
        folders: The sessions.
        deletion: Who deletes them, when and why.
        known: By their ids, what was read in encrypted ones; of the others it is read here.

    Returns:
        A receipt each, which lies in the data folder as well.

    Raises:
        SessionError: One is running, being reviewed, on hold or in use by the lab, or another
            program is deleting; nothing was deleted then. Or somebody opened one after that had
            been looked at: it is kept, and the others are deleted.
        StorageError: The disk refused; what has begun is finished at the next look.
    """
    if not folders:
        return []
    # Here and not at the top: it reads YAML, and listing sessions deletes none.
    from copilot.store.lab_traces import check_lab_free  # noqa: PLC0415

    data = _data(folders[0])
    for folder in folders:
        check_deletable(folder)
    check_lab_free(data, [folder.id for folder in folders])
    with _alone(data):
        going: list[_Going] = []
        opened: list[SessionError] = []
        for folder in folders:
            try:
                going.append(
                    _begin(folder, deletion, (known or {}).get(folder.id) or known_of(folder))
                )
            except SessionError as error:
                opened.append(error)
        forget_elsewhere(data, [receipt.id for receipt, _phrases in going])
        for receipt, _phrases in going:
            remove_folder(folders[0].path.parent, receipt.id)
        receipts = _settle(data, going, deletion.now)
    if opened:
        raise opened[0]
    return receipts


def finish_deletions(store: SessionStore, now: datetime) -> list[Receipt]:
    """Bring deletions to their end that were cut off.

    Returns:
        Their receipts; none where another program is deleting at the moment.

    Raises:
        StorageError: The disk refused.
    """
    data = store.root.parent
    if not _cut_off(store.root):
        return []
    try:
        with _alone(data):
            return _finish(store.root, data, now)
    except SessionError:
        return []


def _finish(root: Path, data: Path, now: datetime) -> list[Receipt]:
    receipts = Receipts(data)
    going: list[_Going] = []
    for session_id in _cut_off(root):
        hidden = root / f"{HIDDEN}{session_id}"
        receipt = receipts.begun(session_id)
        if not hidden.exists() and (root / session_id).exists():
            receipts.forget_begun(session_id)  # killed before anything had happened to it
            continue
        if receipt is None:
            receipt = Receipt(
                id=session_id,
                begun_at=now.isoformat(timespec="seconds"),
                by="",
                reason="asked",
                removed=counted(hidden),
                outside=_outside(known_exports(hidden)),
                app_version=__version__,
            )
            receipts.begin(receipt)
        going.append((receipt, telling_phrases(hidden)))
    forget_elsewhere(data, [receipt.id for receipt, _phrases in going])
    for receipt, _phrases in going:
        remove_folder(root, receipt.id)
    return _settle(data, going, now)


def _cut_off(root: Path) -> list[str]:
    found = set(Receipts(root.parent).begun_ids())
    with contextlib.suppress(OSError), os.scandir(root) as entries:
        found |= {
            entry.name.removeprefix(HIDDEN) for entry in entries if entry.name.startswith(HIDDEN)
        }
    return sorted(found)


def _begin(folder: SessionFolder, deletion: Deletion, known: Known) -> _Going:
    receipt = Receipt(
        id=folder.id,
        begun_at=deletion.now.isoformat(timespec="seconds"),
        by=deletion.by,
        reason=deletion.reason,
        removed=counted(folder.path),
        outside=_outside(known.exports),
        app_version=__version__,
    )
    Receipts(_data(folder)).begin(receipt)
    try:
        with _unused(folder):
            folder.path.rename(folder.path.with_name(f"{HIDDEN}{folder.id}"))
    except (OSError, SessionError, StorageError) as error:
        with contextlib.suppress(StorageError):  # nothing has happened to it
            Receipts(_data(folder)).forget_begun(folder.id)
        if isinstance(error, OSError):
            raise StorageError.from_os_error(error, folder.path) from error
        raise
    sync_folder(folder.path.parent)
    return receipt, known.phrases


@contextlib.contextmanager
def _unused(folder: SessionFolder) -> Iterator[None]:
    """Hold a folder while it gets its hidden name, so that nobody begins to use it at that moment.

    Raises:
        SessionError: Somebody has begun.
        StorageError: The folder cannot be written.
    """
    with contextlib.ExitStack() as held:
        held.enter_context(folder.locked())
        held.enter_context(held_for_review(folder))
        if sys.platform == "win32":
            held.close()  # no folder with an open file in it is renamed there
        yield


def _settle(data: Path, going: Sequence[_Going], now: datetime) -> list[Receipt]:
    """Search, and write the receipts."""
    # Once for all of them: there may be many hours of sound to read through.
    seen = search_bytes(data, [phrase for _receipt, phrases in going for phrase in phrases])
    done: list[Receipt] = []
    for receipt, phrases in going:
        check = _check(seen, phrases)
        through = receipt.model_copy(
            update={"deleted_at": now.isoformat(timespec="seconds"), "check": check}
        )
        Receipts(data).finish(through)
        done.append(through)
    return done


def _check(seen: ByteSearch, phrases: tuple[str, ...]) -> Check:
    if not phrases:
        return Check(result="not possible")
    places = dict.fromkeys(place for phrase in phrases for place in seen.found[phrase])
    return Check(
        result="found" if places else "unread" if seen.unread else "clean",
        phrases=len(phrases),
        files=seen.files,
        bytes=seen.bytes,
        found_in=tuple(places),
        unread=seen.unread,
    )


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Only one program deletes at a time."""
    receipts = Receipts(data)
    receipts.make_folder()
    lock = filelock.FileLock(receipts.folder / ".lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise SessionError(
            _("another program is deleting sessions at the moment."),
            _("Wait until it is through, then try again."),
        ) from error
    except OSError as error:
        raise StorageError.from_os_error(error, receipts.folder) from error
    try:
        yield
    finally:
        lock.release()


def _outside(exports: Sequence[Exported]) -> tuple[Outside, ...]:
    return tuple(
        Outside(path=each.path, kind=each.kind, written_at=each.written_at) for each in exports
    )


def _data(folder: SessionFolder) -> Path:
    return folder.path.parent.parent
