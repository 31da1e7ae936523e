"""The report as a file in the session's own folder."""

from pathlib import Path

from copilot.errors import SessionError, StorageError
from copilot.private_file import write_private
from copilot.review.forms.registry import FORMS, Source
from copilot.review.report import report_of
from copilot.review.reviewed import Reviewed
from copilot.store import SessionFolder


def write_report(
    folder: SessionFolder, reviewed: Reviewed, form: str = "md", language: str | None = None
) -> Path:
    """Write the report of a reviewed session, instead of an earlier one of the same form.

    Args:
        folder: The session's folder.
        reviewed: The session with its reviews.
        form: A name in ``copilot.review.forms.registry.FORMS``, such as ``html``.
        language: The report's language; that of the interview unless given.

    Returns:
        Where it is.

    Raises:
        StorageError: The disk refused; an earlier report stays as it was.
        GuideError: A pack of the user's own is broken.
        CopilotError: A PDF cannot be made on this machine.
    """
    source = Source(
        report=report_of(reviewed, language),
        word_times=reviewed.interview.utterances,
        alias=alias_of(folder),
    )
    path = reports_folder(folder) / FORMS[form].file_name
    write_private(path, FORMS[form].make(source))
    return path


def alias_of(folder: SessionFolder) -> str | None:
    """What the candidate is called; None where they have no alias, or its file is damaged."""
    try:
        return folder.record().alias
    except SessionError:
        return None


def reports_folder(folder: SessionFolder) -> Path:
    """The session's folder of reports, made where it is missing.

    Raises:
        StorageError: The disk refused.
    """
    path = folder.reports_path
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error
    return path
