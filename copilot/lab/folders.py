"""Where the lab keeps what it makes: in the data folder, for its owner alone."""

from pathlib import Path

from copilot.paths import data_folder

_SUITES = Path(__file__).resolve().parent / "suites"


def lab_folder() -> Path:
    """Everything of the lab's; it holds what candidates said."""
    return data_folder() / "lab"


def runs_folder() -> Path:
    """A folder a run, by time."""
    return lab_folder() / "runs"


def cache_folder() -> Path:
    """Answers that need not be asked for again, by the hash of what was asked."""
    return lab_folder() / "cache"


def cases_folder() -> Path:
    """Cases made from stored sessions."""
    return lab_folder() / "cases"


def shipped_suites() -> Path:
    """The suites that ship, with their data."""
    return _SUITES
