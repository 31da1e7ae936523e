"""The language of the interface: texts are written in English and looked up in a catalogue.

A text that is shown goes through ``_`` when it is shown, with its values named:
``_("{count} of {total} heard", count=3, total=5)``. A text that is defined before the language is
known, such as a label in a table, is marked with ``N_`` there and goes through ``_`` later.
The catalogues are gettext's, in ``copilot/locale``; ``python -m docs.generate`` keeps them up with
the code. The language of an interview is another matter and may differ.
"""

import contextlib
import gettext
import locale
import os
from pathlib import Path

#: Languages the interface speaks, with their own names.
INTERFACE_LANGUAGES = {"en": "English", "fr": "Français"}
LOCALE_FOLDER = Path(__file__).resolve().parent / "locale"
DOMAIN = "copilot"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def speak(language: str) -> None:
    """Show texts in ``language`` from now on, one of ``INTERFACE_LANGUAGES``.

    Raises:
        KeyError: There is no such language.
    """
    global _catalogue, _language  # noqa: PLW0603 - one interface, one language
    if language not in INTERFACE_LANGUAGES:
        raise KeyError(language)
    _language = language
    _catalogue = gettext.NullTranslations()
    if language != "en":
        _catalogue = gettext.translation(DOMAIN, LOCALE_FOLDER, languages=[language], fallback=True)


def spoken() -> str:
    """The language the interface speaks now."""
    return _language


def language_of_the_machine() -> str:
    """The language the machine is set to, English where it is none of ours.

    Read as gettext does: ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES``, ``LANG``; on machines that set
    none of them, the system's own setting.
    """
    wanted = ""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = os.environ.get(variable, "")
        if wanted:
            break
    if not wanted:
        with contextlib.suppress(ValueError):
            wanted = locale.getlocale()[0] or ""
    code = wanted.split(":")[0][:2].lower()
    return code if code in INTERFACE_LANGUAGES else "en"


def _(text: str, /, **values: object) -> str:
    """``text`` in the interface's language, with ``values`` put in by name."""
    found = _catalogue.gettext(text) if text else ""  # an empty one would be the header
    return found.format(**values) if values else found


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """The one of two texts that fits ``count``, which stands in both as ``{count}``."""
    return _catalogue.ngettext(one, many, count).format(count=count, **values)


def pgettext(context: str, text: str, /) -> str:
    """``text``, which means several things in English, as it is meant in ``context``."""
    return _catalogue.pgettext(context, text)


def N_(text: str, /) -> str:  # noqa: N802 - gettext's customary name for it
    """Mark ``text`` for the catalogues without looking it up yet."""
    return text
