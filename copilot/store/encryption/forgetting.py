"""Taking an encrypted session out of what was made of its text."""

import importlib


def forget(session_id: str) -> None:
    """Take a session out of the index of the search, where this version has one."""
    try:
        index = importlib.import_module("copilot.store.index")
    except ModuleNotFoundError:
        return
    index.forget(session_id)
