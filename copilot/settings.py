"""What the user chose once and for all: a small file in the settings folder.

The command line wins over it, and it over the defaults. A file that cannot be understood is an
error and never silently ignored.
"""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from copilot.errors import InputError, StorageError, nearest
from copilot.i18n import INTERFACE_LANGUAGES, N_, _
from copilot.paths import config_folder
from copilot.private_file import make_private_folder, write_private

_TITLE = N_("Unusable settings")


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be chosen; None where nothing was.

    Attributes:
        model: The speech model, by name or by the path of its folder.
        server: Address of the transcription server that is sent the sound; none where None.
        server_model: What that server calls its model.
        server_key: Where its key is, never the key: ``env:NAME`` or ``keyring``.
        server_http: ``allowed`` where it may be sent the sound unencrypted.
        law: Whose off-limits topics the interviewer is warned of, as ``--law`` takes them.
        llm: Name of the profile of the language model that is sent text; none where None.
        llm_profiles: The profiles by name, as ``copilot.llm.profile`` reads them.
        lang: Language of the interface; that of the machine where None.
        keys: Keys by the action's id, where they are others than those that ship.
        theme: Colours of the interface: ``dark``, ``light``, or those of the ``terminal``.
        motion: ``reduced`` where nothing on the screen is to move by itself.
        calm: ``on`` where interviews begin with suggestions hidden.
        encrypt_with: The key file that interviews are encrypted with when they end.
        retention: Days for which interviews are kept, by role, as ``copilot.store.retention``
            reads them.
        blind: ``off`` where a review may show findings of answers that nobody has rated yet.
    """

    model: str | None = None
    server: str | None = None
    server_model: str | None = None
    server_key: str | None = None
    server_http: str | None = None
    law: str | None = None
    llm: str | None = None
    llm_profiles: dict[str, Any] | None = None
    lang: str | None = None
    keys: dict[str, Any] | None = None
    theme: str | None = None
    motion: str | None = None
    calm: str | None = None
    encrypt_with: str | None = None
    retention: dict[str, Any] | None = None
    blind: str | None = None


#: The values of settings that have no others, the one that holds where none was chosen first.
CHOICES: dict[str, tuple[str, ...]] = {
    "theme": ("dark", "light", "terminal"),
    "motion": ("full", "reduced"),
    "calm": ("off", "on"),
    "blind": ("on", "off"),
}


def settings_path() -> Path:
    """Where the settings are kept."""
    return config_folder() / "settings.json"


def load_settings() -> Settings:
    """What the user chose.

    Raises:
        InputError: The file cannot be read or understood; the message names file, line and key.
    """
    path = settings_path()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or _("it is no UTF-8 text")
        raise _unusable(path, 0, f"{reason}.") from error
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise _unusable(path, error.lineno, _("no JSON: {msg}.", msg=error.msg)) from error
    if not isinstance(found, dict):
        raise _unusable(path, 1, _("an object such as {} is wanted."))
    return _checked(path, text, found)


def change_settings(**changes: str | dict[str, Any] | None) -> Settings:
    """Keep some settings, and the others as they are.

    Raises:
        InputError: The settings so far cannot be understood; they are left as they are.
        StorageError: The settings folder cannot be written.
    """
    settings = replace(load_settings(), **changes)  # type: ignore[arg-type]
    chosen = {name: value for name, value in asdict(settings).items() if value is not None}
    path = settings_path()
    try:
        make_private_folder(path.parent)
    except OSError as error:
        raise StorageError.from_os_error(error, path.parent) from error
    write_private(path, json.dumps(chosen, indent=2, ensure_ascii=False).encode() + b"\n")
    return settings


def _checked(path: Path, text: str, found: dict[str, Any]) -> Settings:
    known = [field.name for field in fields(Settings)]
    for key, value in found.items():
        line = _line_of(text, key)
        if key not in known:
            said = _("there is no setting {key!r}.", key=key)
            raise _unusable(path, line, said, nearest(key, known))
        if key in ("llm_profiles", "keys", "retention"):
            if not isinstance(value, dict):
                raise _unusable(path, line, _("{key!r} must be an object such as {{}}.", key=key))
        elif not isinstance(value, str) or not value:
            raise _unusable(
                path, line, _("{key!r} must be a text between quotation marks.", key=key)
            )
        elif key == "lang" and value not in INTERFACE_LANGUAGES:
            said = _("{key!r} cannot be {value!r}.", key=key, value=value)
            raise _unusable(path, line, said, nearest(value, INTERFACE_LANGUAGES))
        elif key in CHOICES and value not in CHOICES[key]:
            said = _("{key!r} cannot be {value!r}.", key=key, value=value)
            raise _unusable(path, line, said, nearest(value, CHOICES[key]))
    return Settings(**found)


def _line_of(text: str, key: str) -> int:
    before, found, _rest = text.partition(json.dumps(key))
    return before.count("\n") + 1 if found else 1


def _unusable(path: Path, line: int, what: str, hint: str = "") -> InputError:
    place = f"{path}:{line}" if line else str(path)
    mend = _("Mend the file, or delete it to go back to the defaults.")
    remedy = f"{hint} {mend}".strip()
    return InputError(f"{place}: {what}", remedy, title=_TITLE)
