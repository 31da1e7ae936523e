"""Pages on disk: a run's report beside its results, comparisons in a folder of their own."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from copilot.errors import StorageError
from copilot.lab.folders import lab_folder
from copilot.lab.labels import labels_for
from copilot.lab.measuring.agreement import beside_people
from copilot.lab.report.run_page import run_page
from copilot.lab.running.run import Run
from copilot.private_file import make_private_folder, write_private

REPORT = "report.html"


def write_report(run: Run) -> Path:
    """Write a run's page into its folder.

    Returns:
        Where it lies.

    Raises:
        StorageError: The disk refused.
    """
    path = run.path / REPORT
    write_private(path, run_page(run, beside=beside_people(run), labels=labels_for(run)).encode())
    return path


def pages_folder() -> Path:
    """Where pages lie that belong to no single run, or to one as it is looked at today."""
    return lab_folder() / "pages"


def write_page(path: Path, html: str) -> None:
    """Write a page for its owner alone.

    Raises:
        StorageError: The disk refused.
    """
    write_private(path, html.encode())


def store_page(name: str, html: str) -> Path:
    """Write a page among the lab's own.

    Args:
        name: What it shows, such as the ids of two runs; a page of the same is replaced.
        html: The page.

    Raises:
        StorageError: The disk refused.
    """
    folder = pages_folder()
    _made(folder, make_private_folder)
    path = folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.html"
    write_page(path, html)
    return path


def _made(folder: Path, make: Callable[[Path], None]) -> None:
    try:
        make(folder)
    except OSError as error:
        raise StorageError.from_os_error(error, folder) from error
