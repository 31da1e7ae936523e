"""Opened copies of encrypted sessions: what reviews and reports read and write.

A copy lies in memory where that is possible, else in the session's own folder. It is found again
by its name: a program that was killed leaves it, and the next one to open the session takes over
what had been changed. ``state.json`` beside it tells what it was made from.
"""

import contextlib
import hashlib
import os
import shutil
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.errors import SessionError, StorageError
from copilot.i18n import _
from copilot.private_file import write_private
from copilot.store.encryption.marker import RECORD
from copilot.store.encryption.places import has_room, memory_folders
from copilot.store.encryption.plain import OPENED, plain_files
from copilot.store.encryption.vault import Manifest, SealedFile, Vault, head_of
from copilot.store.session_folder import SessionFolder

_STATE = "state.json"


class _State(BaseModel):
    """What a whole copy was made from.

    Attributes:
        made_from: ``Vault.head`` of the session then.
        becoming: The head it will have once what is being saved counts; None at other times.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    made_from: str
    becoming: str | None = None


class OpenedCopy:
    """A copy of one session that can be read."""

    def __init__(self, path: Path, session_id: str) -> None:
        """Use ``make`` or ``left_copies``.

        Args:
            path: The folder that holds the copy and its state.
            session_id: The session's id, and the name of the folder inside.
        """
        self.path = path
        self.folder = SessionFolder(path / session_id, is_opened_copy=True)
        self._is_made = False

    @classmethod
    def make(cls, session: Path, vault: Vault) -> "OpenedCopy":
        """Decrypt a session.

        Args:
            session: Its folder, which we hold.
            vault: Its encrypted files.

        Raises:
            SessionError: A file is missing or damaged, or the files are another session's.
            StorageError: There is no room for it.
        """
        manifest = vault.manifest()
        copy = cls(_place(session, manifest.length), session.name)
        try:
            copy.folder.path.mkdir(parents=True, mode=0o700)
            copy.path.chmod(0o700)
            for file in manifest.files:
                vault.extract(file, copy.folder.path)
            _check_same(copy.folder, session)
            copy._write(_State(made_from=vault.head()))
            copy._is_made = True
        except OSError as error:
            copy.remove()
            raise StorageError.from_os_error(error, copy.path) from error
        except BaseException:  # Ctrl-C too: nothing readable is to be left
            copy.remove()
            raise
        return copy

    @property
    def is_in_memory(self) -> bool:
        """Whether no disk sees it."""
        return self.path.name != OPENED

    def save(self, vault: Vault) -> None:
        """Encrypt what was changed in the copy since it was made or saved.

        Raises:
            SessionError: The session was changed elsewhere since, or the copy has lost what every
                session has; the copy stays as it is.
            StorageError: The disk refused; the session is as before, and the copy stays.
        """
        state = self._read()
        if state is None:
            if self._is_made:
                raise self._cleared_away(self.path / _STATE)
            return  # another program's that never was whole, so nobody has changed it
        head = vault.head()
        if head not in (state.made_from, state.becoming):
            raise SessionError(
                _(
                    "session {session} was changed elsewhere while a copy of it was open: {path}.",
                    session=self.folder.id,
                    path=self.path,
                ),
                _("Move that folder away, open the session again and compare."),
            )
        self._check_whole()
        manifest = vault.manifest()
        now = self._sealed(vault, manifest)
        if now == manifest:
            return
        prepared = vault.prepared(now)
        self._write(_State(made_from=head, becoming=head_of(prepared)))
        vault.replace(prepared)
        self._write(_State(made_from=head_of(prepared)))
        vault.tidy(now)

    def _check_whole(self) -> None:
        """Make sure that nobody is clearing the copy away, as systems do with a user who left.

        What is missing in it would else count as removed, and go from what is encrypted as well.
        """
        for path in (self.folder.path / RECORD, self.folder.journal_path):
            if not path.is_file():
                raise self._cleared_away(path)

    def _cleared_away(self, path: Path) -> SessionError:
        return SessionError(
            _(
                "the opened copy of session {session} was cleared away: {path}.",
                session=self.folder.id,
                path=path,
            ),
            _("What is encrypted stays as it is. Move what is left of the copy away."),
        )

    def _sealed(self, vault: Vault, manifest: Manifest) -> Manifest:
        known = {file.name: file for file in manifest.files}
        return Manifest(
            files=tuple(
                file
                if (file := known.get(name)) is not None and self._is_unchanged(file)
                else vault.add(self.folder.path / name, name)
                for name in plain_files(self.folder.path)
            )
        )

    def _is_unchanged(self, file: SealedFile) -> bool:
        path = self.folder.path / file.name
        try:
            found = path.stat()
        except OSError as error:
            raise StorageError.from_os_error(error, path) from error
        return (found.st_size, found.st_mtime_ns) == (file.bytes, file.changed_ns)

    def remove(self) -> None:
        """Remove the copy and its state; the state first, so that half a copy counts as none."""
        with contextlib.suppress(OSError):
            (self.path / _STATE).unlink(missing_ok=True)
        shutil.rmtree(self.path, ignore_errors=True)

    def _read(self) -> _State | None:
        try:
            return _State.model_validate_json((self.path / _STATE).read_bytes())
        except (OSError, ValidationError):
            return None

    def _write(self, state: _State) -> None:
        write_private(self.path / _STATE, state.model_dump_json().encode() + b"\n")


def left_copies(session: Path) -> list[OpenedCopy]:
    """The opened copies of a session there are: of a program that has it open, or was killed.

    Args:
        session: The session's folder.
    """
    places = [*(folder / _name(session) for folder in memory_folders()), session / OPENED]
    return [OpenedCopy(place, session.name) for place in places if place.is_dir()]


def take_over_left(session: Path, vault: Vault) -> None:
    """Encrypt what left copies have changed and remove them; we hold the session's folder.

    Raises:
        SessionError: The session was changed elsewhere since.
        StorageError: The disk refused; the copies stay.
    """
    for copy in left_copies(session):
        copy.save(vault)
        copy.remove()


def remove_copies(session: Path) -> None:
    """Remove the opened copies of a session that is deleted, and with them what they changed.

    Args:
        session: The session's folder, under the name it had.
    """
    for copy in left_copies(session):
        copy.remove()


def _place(session: Path, length: int) -> Path:
    for folder in memory_folders(make=True):
        if has_room(folder, length):
            return folder / _name(session)
    return session / OPENED


def _name(session: Path) -> str:
    """A name no other session's copy has, whatever data folder that lies in."""
    where = hashlib.sha256(os.fsencode(session.resolve())).hexdigest()
    return f"{session.name}-{where[:16]}"


def _check_same(copy: SessionFolder, session: Path) -> None:
    found = copy.record().id
    if found != session.name:
        raise SessionError(
            _(
                "{path}: the encrypted files are those of session {found}.",
                path=session,
                found=found,
            ),
            _("Restore the session's folder from a backup."),
        )
