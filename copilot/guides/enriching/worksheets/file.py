"""The file of a worksheet: reading it as text, and whom it is for."""

from pathlib import Path

from copilot.errors import InputError
from copilot.guides.enriching.worksheets.lines import Heading, parts_of
from copilot.i18n import N_, _
from copilot.knowledge.guide import LANGUAGES

#: Larger than any worksheet of the longest guide.
_MOST_BYTES = 4_000_000


class WorksheetError(InputError):
    """A worksheet cannot be read, or is none."""

    title = N_("Unusable worksheet")


def sheet_of(path: Path) -> tuple[str, str | None]:
    """The role a worksheet is for, and the language where it is for an overlay.

    Raises:
        WorksheetError: It cannot be read, or is no worksheet.
    """
    for part in parts_of(sheet_text(path)):
        if isinstance(part, Heading) and part.depth == 1 and part.name:
            role, _dot, language = part.name.partition(".")
            if language in ("", *LANGUAGES):
                return role, language or None
    raise WorksheetError(
        _("{path}: this is no worksheet: no title names a role in brackets.", path=path),
        _("Put its first line back, such as: # Worksheet: Head Baker [head-baker]"),
    )


def sheet_text(path: Path) -> str:
    """A worksheet as text.

    Raises:
        WorksheetError: It cannot be read.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise WorksheetError(
                _("{path}: this is too large for a worksheet.", path=path),
                _("Name the worksheet that was filled in."),
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WorksheetError(
            _("{path}: this is no text in UTF-8.", path=path),
            _("Save it as plain text or Markdown in UTF-8, then try again."),
        ) from error
    except OSError as error:
        raise WorksheetError(
            f"{path}: {error.strerror or error}.", _("Name the worksheet that was filled in.")
        ) from error
