"""An encrypted session while a screen shows it."""

import contextlib

from copilot.store import SessionFolder
from copilot.store.encryption.keys import Key
from copilot.store.encryption.opening import opened


class Unlocked:
    """An opened session that is closed from elsewhere than where it was opened.

    Attributes:
        folder: What can be read and written.
        is_in_memory: Whether no disk sees it.
    """

    def __init__(self, folder: SessionFolder, key: Key) -> None:
        """Open it; ``close`` it in the end.

        Args:
            folder: The encrypted session.
            key: What opens it.

        Raises:
            SessionError: It is in use, the key does not fit, or a file is damaged.
            StorageError: There is no room for it.
            UsageError: What encrypts is not installed.
        """
        self._held = contextlib.ExitStack()
        copy = self._held.enter_context(opened(folder, key))
        self.folder = copy.folder
        self.is_in_memory = copy.is_in_memory

    def close(self) -> None:
        """Encrypt what was changed and remove what can be read; nothing the second time.

        Raises:
            SessionError: It was changed elsewhere meanwhile.
            StorageError: The disk refused what was changed; the next opening takes it over.
        """
        self._held.close()
