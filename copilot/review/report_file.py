"""The report as a file in the session's own folder."""

from pathlib import Path

from copilot.errors import StorageError
from copilot.private_file import write_private
from copilot.review.markdown import to_markdown
from copilot.review.reviewed import Reviewed
from copilot.review.summarising import summarise
from copilot.store import SessionFolder

_NAME = "report.md"


def write_report(folder: SessionFolder, reviewed: Reviewed) -> Path:
    """Write the report of a reviewed session, instead of an earlier one.

    Returns:
        Where it is.

    Raises:
        StorageError: The disk refused; an earlier report stays as it was.
        GuideError: A pack of the user's own is broken.
    """
    path = folder.reports_path / _NAME
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StorageError.from_os_error(error, path.parent) from error
    write_private(path, to_markdown(summarise(reviewed)).encode())
    return path
