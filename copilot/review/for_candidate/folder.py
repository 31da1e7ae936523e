"""The folder a candidate is given: a page, the transcript, data for machines, recordings."""

import shutil
from pathlib import Path

from copilot.errors import StorageError, UsageError
from copilot.i18n import _
from copilot.private_file import create_private, write_private
from copilot.review.for_candidate.held import Held, held_to_json
from copilot.review.for_candidate.page import page_of
from copilot.review.for_candidate.transcript import transcript_of

PAGE, TRANSCRIPT, DATA = "about-you.html", "transcript.txt", "data.json"


def write_for_candidate(held: Held, path: Path, recordings: tuple[Path, ...] = ()) -> None:
    """Write a new folder that its owner alone can read; whole, or not at all.

    Args:
        held: What is held.
        path: The folder to make.
        recordings: Those to copy into it.

    Raises:
        UsageError: There is something of that name already.
        StorageError: The disk refused; nothing is left behind.
    """
    check_free(path)
    draft = path.with_name(f".{path.name}.new")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        copied = tuple(recording.name for recording in recordings)
        write_private(draft / PAGE, page_of(held, copied).encode())
        write_private(draft / TRANSCRIPT, transcript_of(held).encode())
        write_private(draft / DATA, held_to_json(held))
        for recording in recordings:
            with recording.open("rb") as source, create_private(draft / recording.name) as target:
                shutil.copyfileobj(source, target, 1 << 20)
        draft.rename(path)
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def check_free(path: Path) -> None:
    """Make sure that nothing is overwritten.

    Raises:
        UsageError: There is something of that name already, or the name cannot be one.
    """
    if not path.name or path.exists() or path.is_symlink():
        raise UsageError(
            _("{path}: there is something of that name already.", path=path),
            _("Name another folder with --output."),
        )
