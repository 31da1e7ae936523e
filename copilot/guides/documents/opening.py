"""A file's bytes, and what kind of document they are: told by what is in it, not by its name."""

import enum
import io
import re
import stat
import zipfile
from pathlib import Path

from copilot.guides.documents.trouble import DocumentError
from copilot.i18n import N_, _

#: Bytes. A guide with photographs has some; what is larger is a book.
LARGEST = 30_000_000
_MB = 1_000_000


class FileKind(enum.Enum):
    """What a file holds."""

    TEXT = enum.auto()
    PDF = enum.auto()
    WORD = enum.auto()


_KNOWN = N_("Give plain text, Markdown, a saved web page, a PDF file or a Word file (.docx).")
_AS_TEXT = N_("Type or paste its text into a text file and give that.")
_AS_WORD = N_("Open it in its program, save it as .docx or PDF, and give that.")

_IMAGE = N_("an image")
_SOUND = N_("a recording")
_ARCHIVE = N_("an archive")
_PROGRAM = N_("a program")
#: How a file begins, what it is then, and what to do.
_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", _IMAGE, _AS_TEXT),
    (b"\xff\xd8\xff", _IMAGE, _AS_TEXT),
    (b"GIF8", _IMAGE, _AS_TEXT),
    (b"BM", _IMAGE, _AS_TEXT),
    (b"II*\0", _IMAGE, _AS_TEXT),
    (b"MM\0*", _IMAGE, _AS_TEXT),
    (b"ID3", _SOUND, _KNOWN),
    (b"\xff\xfb", _SOUND, _KNOWN),
    (b"\xff\xf3", _SOUND, _KNOWN),
    (b"fLaC", _SOUND, _KNOWN),
    (b"OggS", _SOUND, _KNOWN),
    (b"\x1aE\xdf\xa3", _SOUND, _KNOWN),
    (b"\x1f\x8b", _ARCHIVE, _KNOWN),
    (b"7z\xbc\xaf", _ARCHIVE, _KNOWN),
    (b"Rar!", _ARCHIVE, _KNOWN),
    (b"\x7fELF", _PROGRAM, _KNOWN),
    (b"MZ", _PROGRAM, _KNOWN),
    (b"%!PS", N_("PostScript"), N_("Print it to PDF and give that.")),
    (b"{\\rtf", N_("a Rich Text file"), _AS_WORD),
)
#: What is told by the letters behind the length of its first box or chunk.
_BOXES = {b"WEBP": _IMAGE, b"WAVE": _SOUND, b"AVI ": _SOUND}
_BRANDS_OF_IMAGES = (b"heic", b"heix", b"mif1", b"avif")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_WEB_ARCHIVE = re.compile(rb"^(?:From:|MIME-Version:|Snapshot-Content-Location:)", re.MULTILINE)


def bytes_of(path: Path) -> bytes:
    """All of a file.

    Raises:
        DocumentError: There is none, it is empty, too large, or the system refuses.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise DocumentError(
                _("{path}: this is a folder.", path=path), N_("Name the documents in it.")
            )
        if not stat.S_ISREG(found.st_mode):
            raise DocumentError(_("{path}: this is no file.", path=path), _KNOWN)
        if found.st_size > LARGEST:
            raise _too_large(path, found.st_size)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(_("{path}: no such file.", path=path), N_("Check the path.")) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise DocumentError(
            _("{path}: {why}.", path=path, why=why), N_("Check the file's permissions.")
        ) from error
    if not content:
        raise DocumentError(_("{path}: the file is empty.", path=path), _KNOWN)
    return content


def kind_of(content: bytes, path: Path) -> FileKind:
    """What kind of document a file is.

    Args:
        content: All of it.
        path: Named in errors.

    Raises:
        DocumentError: It is something else.
    """
    if b"%PDF-" in content[:1024]:
        return FileKind.PDF
    if content.startswith(_ZIP):
        return _kind_of_zip(content, path)
    if content.startswith(_OLE):
        raise _old_office(content, path)
    for beginning, what, remedy in _BEGINNINGS:
        if content.startswith(beginning) and (len(beginning) > 2 or b"\0" in content[:512]):
            raise no_document(path, what, remedy)
    if content.startswith(b"RIFF") and content[8:12] in _BOXES:
        raise no_document(path, _BOXES[content[8:12]], _KNOWN)
    if content[4:8] == b"ftyp":
        image = content[8:12] in _BRANDS_OF_IMAGES
        raise no_document(path, _IMAGE if image else _SOUND, _AS_TEXT if image else _KNOWN)
    if b"multipart/related" in content[:4096] and _WEB_ARCHIVE.search(content[:4096]):
        remedy = N_("Save the page again as a web page, HTML only.")
        raise no_document(path, N_("a web archive (.mht)"), remedy)
    return FileKind.TEXT


def no_document(path: Path, what: str, remedy: str = _KNOWN) -> DocumentError:
    """The error that a file is something else.

    Args:
        path: Which.
        what: What it is, marked for the catalogue.
        remedy: What to do.
    """
    return DocumentError(_("{path}: this is {what}, no document.", path=path, what=_(what)), remedy)


def _too_large(path: Path, size: int) -> DocumentError:
    return DocumentError(
        _(
            "{path}: the file has {size} MB; at most {most} are read.",
            path=path,
            size=f"{size / _MB:.0f}",
            most=LARGEST // _MB,
        ),
        N_("Give the pages with the interview guide alone, as a file of their own."),
    )


def _kind_of_zip(content: bytes, path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise DocumentError(
            _("{path}: the file is broken; its end is missing or damaged.", path=path),
            N_("Fetch or save it again."),
        ) from error
    if "word/document.xml" in names:
        return FileKind.WORD
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise no_document(path, N_("a spreadsheet or a presentation"), _AS_WORD)
    if "mimetype" in names and "content.xml" in names:
        raise no_document(path, N_("an OpenDocument file"), _AS_WORD)
    if "mimetype" in names:
        raise no_document(path, N_("an electronic book"), _AS_TEXT)
    raise no_document(path, _ARCHIVE, N_("Take the document out of it and give that."))


def _old_office(content: bytes, path: Path) -> DocumentError:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return DocumentError(
            _("{path}: the file is locked with a password.", path=path),
            N_("Open it in its program, save it without a password, and give that."),
        )
    if "WordDocument".encode("utf-16-le") in content:
        return DocumentError(
            _("{path}: this is Word's old format (.doc), which is not read.", path=path),
            N_("Open it in Word or LibreOffice, save it as .docx or PDF, and give that."),
        )
    return no_document(path, N_("an old Office file"), _AS_WORD)
