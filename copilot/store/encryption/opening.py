"""Reading an encrypted session: a private copy for as long as it is open."""

import contextlib
import threading
from collections.abc import Iterator

from copilot.errors import CopilotError, StorageError
from copilot.i18n import _
from copilot.store.encryption.changing import opened_vault
from copilot.store.encryption.copies import OpenedCopy, take_over_left
from copilot.store.encryption.keys import Key
from copilot.store.encryption.vault import Vault
from copilot.store.session_folder import SessionFolder

#: How often what a review writes is encrypted while the session is open: what a power cut takes.
_SAVE_EVERY_S = 30.0


@contextlib.contextmanager
def opened(folder: SessionFolder, key: Key) -> Iterator[OpenedCopy]:
    """A copy of an encrypted session that everything can be done with as with a plain one.

    What is changed in it is encrypted again about twice a minute and on leaving, when the copy is
    removed. Where a program was killed meanwhile, what its copy has changed is taken over first.

    Args:
        folder: The encrypted session; nobody else can open it until the block is left.
        key: What opens it.

    Raises:
        SessionError: It is in use or not encrypted, the key does not fit, or a file is damaged.
        StorageError: There is no room for the copy; or on leaving, the disk refused what was
            changed: the copy stays, and the next opening takes that over.
        UsageError: The package ``cryptography`` is not installed.
    """
    with folder.locked():
        vault = opened_vault(folder, key)
        take_over_left(folder.path, vault)
        copy = OpenedCopy.make(folder.path, vault)
        with _closing(copy, vault), _saving(copy, vault):
            yield copy


@contextlib.contextmanager
def _closing(copy: OpenedCopy, vault: Vault) -> Iterator[None]:
    try:
        yield
    finally:
        try:
            copy.save(vault)
        except StorageError as error:
            error.remedy = _(
                "What was changed is kept in {path}. Make room and open the session again.",
                path=copy.path,
            )
            raise
        copy.remove()


@contextlib.contextmanager
def _saving(copy: OpenedCopy, vault: Vault) -> Iterator[None]:
    over = threading.Event()

    def save() -> None:
        while not over.wait(_SAVE_EVERY_S):
            # Tried again, and on leaving it is told.
            with contextlib.suppress(CopilotError):
                copy.save(vault)

    saver = threading.Thread(target=save, name="encrypting", daemon=True)
    saver.start()
    try:
        yield
    finally:
        over.set()
        saver.join()
