"""Which language the interface speaks: the command line's, the user's, or the machine's."""

import os

from copilot.errors import InputError, UsageError, nearest
from copilot.i18n import INTERFACE_LANGUAGES, language_of_the_machine
from copilot.settings import load_settings

#: Names the language where the command line does not.
VARIABLE = "INTERVIEW_COPILOT_LANG"


def interface_language(asked: str | None) -> str:
    """One of ``INTERFACE_LANGUAGES``: the first of command line, environment, settings, machine.

    Settings that cannot be used are passed over; whoever needs them says what is wrong.

    Args:
        asked: What the command line asks for; None where it does not.

    Raises:
        UsageError: The environment names a language there is none of.
    """
    if asked is not None:
        return asked
    named = os.environ.get(VARIABLE, "")
    if named:
        if named not in INTERFACE_LANGUAGES:
            hint = nearest(named, INTERFACE_LANGUAGES)
            raise UsageError(f"{VARIABLE}={named}: there is no such language.", hint)
        return named
    return _of_settings() or language_of_the_machine()


def _of_settings() -> str | None:
    try:
        return load_settings().lang
    except InputError:
        return None
