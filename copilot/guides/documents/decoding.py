"""The text of a file's bytes, whatever encoding they are in."""

import codecs
import re
from pathlib import Path

from copilot.guides.documents.opening import no_document
from copilot.guides.documents.trouble import DocumentError, missing_library
from copilot.i18n import N_, _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding=["']([\w.:-]+)""",
    re.IGNORECASE,
)
#: What pages that declare these really are.
_MEANT = {"iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}
#: What English and French were written in before UTF-8.
_WESTERN = ["cp1252", "latin_1", "iso8859_15", "mac_roman"]
_AS_UTF8 = N_("Open it in an editor, mend what looks wrong, and save it as UTF-8.")
#: More of these among so many characters and it is no text.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.002
_HEAD = 4096


def text_of(content: bytes, path: Path) -> str:
    """The text of a file.

    Args:
        content: All of it.
        path: Named in errors.

    Raises:
        DocumentError: It is no text, or in several encodings at once.
    """
    text = _decoded(content, path)
    controls = len(_CONTROL.findall(text))
    if controls > 8 + _MOST_CONTROL * len(text) or (controls and len(text) < 64 and "\0" in text):
        raise no_document(path, N_("binary data"))
    return text


def _decoded(content: bytes, path: Path) -> str:
    encoding = _marked(content) or _wide(content)
    if encoding:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            raise _broken(content, error, encoding, path) from error
    declared = _declared(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise no_document(path, N_("binary data")) from error
        _refuse_mixed(content, path)
        if declared and declared != "utf-8":
            return content.decode(declared, errors="replace")
    return _guessed(content, path)


def _marked(content: bytes) -> str:
    return next((name for mark, name in _MARKS if content.startswith(mark)), "")


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: every other byte of a text in our languages is zero."""
    head = content[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) < 4 or max(even, odd) < 0.35 * len(head) / 2 or min(even, odd) > 0.02 * len(head):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _declared(content: bytes) -> str:
    """The encoding that a web page says it is in; empty without one we know."""
    found = _DECLARED.search(content[:_HEAD])
    if found is None:
        return ""
    name = (found[1] or found[2]).decode("ascii", "replace").lower()
    try:
        return codecs.lookup(_MEANT.get(name, name)).name
    except LookupError:
        return ""


def _refuse_mixed(content: bytes, path: Path) -> None:
    """Refuse a file put together of parts in different encodings: either reading garbles one."""
    utf8: list[int] = []
    other: list[int] = []
    for number, line in enumerate(re.split(rb"\r\n|\r|\n", content), start=1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            other.append(number)
        else:
            utf8.append(number)
    if not utf8 or not other:
        return
    odd = min(utf8, other, key=len)
    rest = N_("an older encoding") if odd is utf8 else "UTF-8"
    own = "UTF-8" if odd is utf8 else N_("an older encoding")
    raise DocumentError(
        _(
            "{path}: the file mixes encodings: line {line} is in {own}, other lines in {rest}.",
            path=path,
            line=odd[0],
            own=_(own),
            rest=_(rest),
        ),
        _AS_UTF8,
    )


def _broken(content: bytes, error: UnicodeDecodeError, encoding: str, path: Path) -> DocumentError:
    before = content[: error.start].decode(encoding, errors="replace")
    return DocumentError(
        _(
            "{path}: line {line} is not {encoding}, as the rest of the file is.",
            path=path,
            line=before.count("\n") + 1,
            encoding=encoding.upper().removesuffix("-SIG"),
        ),
        _AS_UTF8,
    )


def _guessed(content: bytes, path: Path) -> str:
    try:
        from charset_normalizer import from_bytes  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise missing_library("charset-normalizer") from error
    best = from_bytes(content, cp_isolation=_WESTERN).best()
    if best is None:
        raise DocumentError(
            _("{path}: its encoding is not known; it may be no text at all.", path=path),
            _AS_UTF8,
        )
    return content.decode(best.encoding)
