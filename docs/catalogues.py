"""The catalogues of the interface's texts, kept up with the code.

``python -m docs.generate`` extracts every text that goes through the functions of ``copilot.i18n``,
carries it into each language's ``copilot.po`` and compiles ``copilot.mo``. Translations are written
in the ``.po`` by hand; a text that no longer stands in the code goes out of it.
"""

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from copilot.i18n import DOMAIN, INTERFACE_LANGUAGES, LOCALE_FOLDER

_PACKAGE = LOCALE_FOLDER.parent
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_HEADER = """\
# The interface's texts. Write translations here; the rest is kept by `python -m docs.generate`.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def translated() -> list[str]:
    """The languages that have a catalogue; English stands in the code."""
    return [language for language in INTERFACE_LANGUAGES if language != "en"]


def po_path(language: str) -> Path:
    """Where a language's translations are written."""
    return LOCALE_FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def mo_path(language: str) -> Path:
    """Where they lie for the program to read."""
    return po_path(language).with_suffix(".mo")


@cache
def texts() -> Catalog:
    """Every text of the code, with the files it stands in."""
    catalog = Catalog(charset="utf-8")
    for path in sorted(_PACKAGE.rglob("*.py")):
        where = path.relative_to(_PACKAGE.parent).as_posix()
        for line, message, _, context in extract_from_file("python", path, keywords=_KEYWORDS):
            catalog.add(message, None, [(where, line)], context=context)
    return catalog


def catalogue(language: str) -> Catalog:
    """A language's translations as they are written now, for the texts of the code."""
    path = po_path(language)
    with path.open("rb") as file:
        catalog = read_po(file, locale=language, ignore_obsolete=True)
    catalog.update(texts(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def po_text(language: str) -> str:
    """What the language's ``.po`` should be."""
    catalog = catalogue(language)
    written = BytesIO()
    write_po(written, catalog, width=100, omit_header=True, include_lineno=False)
    header = _HEADER.format(language=language, plurals=catalog.plural_forms)
    return header + written.getvalue().decode()


def mo_bytes(language: str) -> bytes:
    """The compiled catalogue of what is written."""
    with po_path(language).open("rb") as file:
        catalog = read_po(file, locale=language)
    # The header would hold the minute it was made in.
    catalog.creation_date = catalog.revision_date = _NO_DAY
    written = BytesIO()
    write_mo(written, catalog)
    return written.getvalue()


def compile_catalogues() -> None:
    """Write every ``.mo``."""
    for language in translated():
        mo_path(language).write_bytes(mo_bytes(language))
