"""Writing reports: to stdout, to a file, or every form into a folder."""

import errno
import os
import sys
from dataclasses import replace
from pathlib import Path

from copilot.cli.reporting.request import Request
from copilot.errors import CopilotError, StorageError, UsageError
from copilot.private_file import write_private
from copilot.review.forms.registry import Form, Source
from copilot.review.report_file import reports_folder
from copilot.store import SessionFolder
from copilot.store.exports import remember_export

_REMEDY = "Name a file in a folder that exists, can be written and has room."
_REMEDY_ALL = "Name a folder, or a new one in a folder that exists and can be written."


def check_place(request: Request) -> None:
    """Make sure that what is asked for has a place, before anything is shown or noted.

    Raises:
        StorageError: The folder is missing, is none, or cannot be written.
    """
    if request.output is None:
        return
    path, parent = request.output, request.output.parent
    wrong = None
    if request.is_all and path.is_dir():
        parent = path
    if request.is_all and path.exists() and not path.is_dir():
        wrong = errno.ENOTDIR
    elif not request.is_all and path.is_dir():
        wrong = errno.EISDIR
    elif not parent.is_dir():
        wrong = errno.ENOTDIR if parent.exists() else errno.ENOENT
    elif not os.access(parent, os.W_OK) and not (path.exists() and not path.is_file()):
        wrong = errno.EACCES
    if wrong is not None:
        error = StorageError.from_os_error(OSError(wrong, os.strerror(wrong)), path)
        error.remedy = _REMEDY_ALL if request.is_all else _REMEDY
        raise error


def check_own_place(folder: SessionFolder, request: Request) -> None:
    """Make sure that what goes into the session's own folder can be opened there.

    Raises:
        UsageError: The session is encrypted, and so would the report be: what is open of it is a
            copy that is gone in a moment.
    """
    goes_there = request.is_all or not request.forms[0].is_text
    if folder.is_opened_copy and request.output is None and goes_there:
        what = "every form" if request.is_all else request.forms[0].name
        raise UsageError(
            f"session {folder.id} is encrypted, and so would its {what} be.",
            "Say with --output where to write it, outside the session.",
        )


def write_reports(folder: SessionFolder, request: Request, source: Source) -> None:
    """Write what is asked for, and say where it is.

    Raises:
        StorageError: The disk refused; an earlier file stays as it was.
        UsageError: A PDF cannot be made here.
        AudioFileError: A recording is damaged.
    """
    if request.is_all:
        _write_all(folder, request, source)
        return
    (form,) = request.forms
    if request.output is None and form.is_text:
        _print(form.make(source))
        return
    path = request.output or reports_folder(folder) / form.file_name
    _write(folder, form, path, _with_sound(folder, path, request, source))


def _write_all(folder: SessionFolder, request: Request, source: Source) -> None:
    place = reports_folder(folder) if request.output is None else _made(request.output)
    for form in request.forms:
        path = place / form.file_name
        if form.name != "pdf":
            _write(folder, form, path, _with_sound(folder, path, request, source, form))
            continue
        try:
            _write(folder, form, path, source)
        except UsageError as error:  # no browser: all the rest is worth having without it
            sys.stderr.write(f"No PDF: {error.message}\n")


def _write(folder: SessionFolder, form: Form, path: Path, source: Source) -> None:
    data = form.make(source)
    try:
        write_private(path, data)
    except StorageError as error:
        error.remedy = _REMEDY
        raise
    _told(folder, path, form.kind)


def _with_sound(
    folder: SessionFolder, path: Path, request: Request, source: Source, form: Form | None = None
) -> Source:
    """The source of an HTML report whose sound lies beside it now, where that is wanted."""
    if not request.with_sound or (form is not None and form.name != "html"):
        return source
    # Here and not at the top: other forms need nothing that reads sound.
    from copilot.review.sound_files import write_sound  # noqa: PLC0415

    try:
        files = write_sound(folder, path.parent, path.stem)
    except StorageError as error:
        error.remedy = _REMEDY
        raise
    for file in files.values():
        _told(folder, file, "sound")
    if files:
        sys.stderr.write("The sound is whole: what the text leaves out can be heard in it.\n")
    else:
        sys.stderr.write("No sound of this session was kept.\n")
    return replace(source, sound={side: file.name for side, file in files.items()})


def _made(place: Path) -> Path:
    try:
        place.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        refused = StorageError.from_os_error(error, place)
        refused.remedy = _REMEDY_ALL
        raise refused from error
    return place


def _told(folder: SessionFolder, path: Path, kind: str) -> None:
    try:
        remember_export(folder.path, path, kind)
    except CopilotError as error:
        sys.stderr.write(f"Where it is could not be noted in the session: {error.message}\n")
    sys.stderr.write(f"Wrote {path}\n")


def _print(data: bytes) -> None:
    """The bytes as they would be in a file, whatever the terminal's own encoding and line ends."""
    sys.stdout.flush()
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        sys.stdout.write(data.decode())
    else:
        raw.write(data)
        raw.flush()
