"""Encrypting a session, undoing that, and changing its passphrase.

``session.json`` decides what a folder is. It is replaced in one step, after everything it speaks of
is on disk. A program killed before that leaves the session as it was, one killed afterwards leaves
it as it was to be, and ``settle`` clears away at the next look what the other one consisted of.
Encrypted files beside a plain ``session.json`` only go where a note says that they are passing: one
that was put back by hand must not cost what is encrypted.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from copilot.errors import CopilotError, SessionError, StorageError
from copilot.i18n import _
from copilot.private_file import sync_folder, write_private
from copilot.store.encryption.copies import take_over_left
from copilot.store.encryption.forgetting import forget
from copilot.store.encryption.key_slot import Scrypt
from copilot.store.encryption.keys import Key
from copilot.store.encryption.marker import (
    RECORD,
    SEALED,
    Marker,
    forget_passing,
    is_passing,
    note_passing,
    read_marker,
    remove_sealed,
)
from copilot.store.encryption.plain import plain_files, remove_plain
from copilot.store.encryption.vault import Manifest, SealedFile, Vault, named
from copilot.store.review_files import held_for_review
from copilot.store.session_folder import SessionFolder


def encrypt(folder: SessionFolder, key: Key, *, scrypt: Scrypt | None = None) -> Manifest:
    """Encrypt a session; its plain files are removed once all of it was read back and compared.

    Args:
        folder: The session, which nobody records or reviews.
        key: What will open it.
        scrypt: How much work a passphrase is to be; as much as is usual where None.

    Returns:
        What was encrypted.

    Raises:
        SessionError: It is in use, encrypted already, or holds nothing.
        StorageError: The disk refused; the session is plain as before.
        UsageError: The package ``cryptography`` is not installed.
    """
    with _held(folder):
        _settle(folder)
        check_encryptable(folder)
        names = plain_files(folder.path)
        try:
            vault = Vault.create(folder.path, key, scrypt=scrypt)
            manifest = Manifest(files=tuple(vault.add(folder.path / n, n) for n in names))
            vault.replace(vault.prepared(manifest))
            for file in manifest.files:
                _compare(vault, file, folder.path / file.name)
            _check_listed(folder, names)
            Marker(id=folder.id, plain_left=True).write(folder.path)
        except CopilotError:
            with contextlib.suppress(StorageError):
                remove_sealed(folder.path)
            raise
        _clear_plain(folder)
        return manifest


def check_encryptable(folder: SessionFolder) -> None:
    """Make sure that there is something to encrypt.

    Raises:
        SessionError: The session is encrypted already, its record is broken, it holds nothing, or
            it was encrypted before and plain files were put back by hand.
    """
    if folder.is_encrypted:
        raise SessionError(
            _("session {session} is encrypted already.", session=folder.id),
            _(
                "For another key: interview-copilot sessions rekey {session}.",
                session=folder.id,
            ),
        )
    folder.record()  # a folder whose record is broken is not made worse
    sealed = folder.path / SEALED
    if sealed.exists() and not is_passing(folder.path):
        raise SessionError(
            _(
                "{path}: encrypted files of an earlier state lie beside the plain ones.",
                path=sealed,
            ),
            _(
                "Move that folder away and keep it until you know that nothing is missing,"
                " then try again."
            ),
        )
    if not folder.journal_path.is_file():
        raise SessionError(
            _("session {session} holds no event yet.", session=folder.id),
            _(
                "Delete it instead: interview-copilot sessions delete {session}.",
                session=folder.id,
            ),
        )


def decrypt(folder: SessionFolder, key: Key) -> Manifest:
    """Make an encrypted session an ordinary one again.

    What an opened copy that was left behind has changed is taken over first.

    Returns:
        What was decrypted.

    Raises:
        SessionError: It is in use or not encrypted, the key does not fit, a file is damaged, or
            readable files were put beside the encrypted ones.
        StorageError: The disk refused; the session is encrypted as before.
        UsageError: The package ``cryptography`` is not installed.
    """
    with _held(folder):
        vault = opened_vault(folder, key)
        _check_alone(folder)
        take_over_left(folder.path, vault)
        manifest = vault.manifest()
        Marker(id=folder.id, plain_left=True).write(folder.path)
        sync_folder(folder.path)
        try:
            for file in manifest.files:
                if file.name != RECORD:
                    vault.extract(file, folder.path)
            record = b"".join(vault.chunks(named(manifest, RECORD)))
            for path in [folder.path, *(p for p in folder.path.rglob("*") if p.is_dir())]:
                sync_folder(path)
            note_passing(folder.path)
            write_private(folder.path / RECORD, record)
        except CopilotError:
            with contextlib.suppress(StorageError):
                _clear_plain(folder)
            raise
        sync_folder(folder.path)
        remove_sealed(folder.path)
        return manifest


def rekey(folder: SessionFolder, old: Key, new: Key, *, scrypt: Scrypt | None = None) -> None:
    """Let another passphrase or key file open a session; its files stay as they are.

    Raises:
        SessionError: It is in use or not encrypted, or the old key does not fit.
        StorageError: The disk refused; the old key still opens it.
        UsageError: The package ``cryptography`` is not installed.
    """
    with _held(folder):
        opened_vault(folder, old).lock_with(new, scrypt=scrypt)


def check_encrypted(folder: SessionFolder) -> None:
    """Make sure that a session is encrypted.

    Raises:
        SessionError: It is not.
    """
    if not folder.is_encrypted:
        raise SessionError(
            _("session {session} is not encrypted.", session=folder.id),
            _("It can be read as it is."),
        )


def check_key(folder: SessionFolder, key: Key) -> None:
    """Make sure that a key opens an encrypted session.

    Raises:
        SessionError: The key does not fit, or ``key.json`` is damaged.
        UsageError: The package ``cryptography`` is not installed.
    """
    Vault.open(folder.path, key)


def opened_vault(folder: SessionFolder, key: Key) -> Vault:
    """The encrypted files of a session, cleared of what a killed program left; we hold the folder.

    Raises:
        SessionError: It is not encrypted, the key does not fit, or ``key.json`` is damaged.
        StorageError: The disk refused to clear up.
        UsageError: The package ``cryptography`` is not installed.
    """
    check_encrypted(folder)
    _settle(folder)
    vault = Vault.open(folder.path, key)
    vault.tidy(vault.manifest())
    return vault


def settle(folder: SessionFolder) -> None:
    """Clear away what a program left that was killed while it encrypted or decrypted.

    Where another program holds the folder, or the disk refuses, that is left to the next look.
    """
    if not (folder.path / SEALED).is_dir():
        return
    with contextlib.suppress(SessionError, StorageError), folder.locked():
        _settle(folder)


def _settle(folder: SessionFolder) -> None:
    marker = read_marker(folder.path)
    if marker is not None:
        if marker.plain_left:
            _clear_plain(folder)
    elif is_passing(folder.path) and folder.journal_path.is_file():
        folder.record()  # where it is broken, what is encrypted may be all there is
        sync_folder(folder.path)
        remove_sealed(folder.path)


def _clear_plain(folder: SessionFolder) -> None:
    sync_folder(folder.path)
    # First: without its plain files the session must not hang on what session.json says.
    forget_passing(folder.path)
    forget(folder.id)
    remove_plain(folder.path)
    Marker(id=folder.id).write(folder.path)
    sync_folder(folder.path)


def _check_alone(folder: SessionFolder) -> None:
    """Make sure that nothing lies beside the encrypted files that decrypting would overwrite."""
    beside = [name for name in plain_files(folder.path) if name != RECORD and name[0] != "."]
    if beside:
        raise SessionError(
            _("{path}: this lies beside the encrypted files.", path=folder.path / beside[0]),
            _("Take it out of the session's folder, then try again. Nothing was changed."),
        )


def _check_listed(folder: SessionFolder, names: list[str]) -> None:
    """Make sure that no file came in meanwhile, which would go with the others unencrypted."""
    for name in sorted({*plain_files(folder.path)} ^ {*names}):
        raise _meanwhile(folder.path / name)


def _compare(vault: Vault, file: SealedFile, plain: Path) -> None:
    """Make sure that a plain file can go because all of it can be had again."""
    try:
        with plain.open("rb") as source:
            same = all(source.read(len(chunk)) == chunk for chunk in vault.chunks(file))
            if same and not source.read(1):
                return
    except OSError as error:
        raise StorageError.from_os_error(error, plain) from error
    raise _meanwhile(plain)


def _meanwhile(path: Path) -> SessionError:
    return SessionError(
        _("{path} was changed while it was encrypted.", path=path),
        _("Close the program that writes it, then try again. Nothing was changed."),
    )


@contextlib.contextmanager
def _held(folder: SessionFolder) -> Iterator[None]:
    with folder.locked(), held_for_review(folder):
        yield
