"""Which key file is meant where a command or a screen was told none."""

import os
from pathlib import Path

from copilot.settings import load_settings

#: Names the key file for every command.
VARIABLE = "INTERVIEW_COPILOT_KEY_FILE"


def chosen_key_file(given: Path | None = None) -> Path | None:
    """The key file that is meant: the one given, else the environment's, else the settings'.

    Returns:
        None where there is none, so that a passphrase is meant.

    Raises:
        InputError: The settings cannot be understood.
    """
    if given is not None:
        return given.expanduser()
    named = os.environ.get(VARIABLE) or load_settings().encrypt_with
    return Path(named).expanduser() if named else None
