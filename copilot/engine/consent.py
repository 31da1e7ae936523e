"""The notice that is read out before anything is recorded: shipped wording, or the user's own."""

from pathlib import Path

from copilot.errors import InputError, StorageError, UsageError
from copilot.i18n import _
from copilot.paths import config_folder, is_file
from copilot.private_file import make_private_folder, write_private

# Each can be read out in twenty seconds, and says what, where, what for, who sees it, that one
# may refuse or pause, and how to have it deleted.
_SHIPPED = {
    "en": (
        "If you agree, this computer will record our conversation and write it down as text.\n"
        "I use that for my notes on this interview; only I and those deciding on the position"
        " see it.\n"
        "You can say no, or ask for a pause at any time, without any disadvantage.\n"
        "To have it deleted, just tell me."
    ),
    "fr": (
        "Si vous êtes d'accord, cet ordinateur enregistrera notre conversation et la transcrira.\n"
        "Je m'en sers pour mes notes sur cet entretien ; en dehors de moi, seules les personnes"
        " qui décident pour ce poste y ont accès.\n"
        "Vous pouvez refuser, ou demander une pause à tout moment, sans aucun désavantage.\n"
        "Pour tout faire effacer, il suffit de me le dire."
    ),
}

# Added where sound leaves the machine, also to a notice of the user's own.
_SENT = {
    "en": "The sound of our voices is sent to another computer, {host}, to be written down.",
    "fr": "Le son de nos voix est envoyé à un autre ordinateur, {host}, pour être transcrit.",
}


# Added where text leaves the machine for a language model.
_SENT_TEXT = {
    "en": (
        "What we say is sent as text to another computer, {host}, where a language model helps me"
        " with my next question."
    ),
    "fr": (
        "Ce que nous disons est envoyé sous forme de texte à un autre ordinateur, {host}, où un"
        " modèle de langage m'aide pour ma question suivante."
    ),
}


def notice_path(language: str) -> Path:
    """Where the user's own notice in ``language`` lies, whether or not there is one."""
    return config_folder() / f"consent.{language}.txt"


def consent_notice(language: str, sound_goes_to: str = "", llm_goes_to: str = "") -> str:
    """The notice to read out in ``language``: the user's own where there is one.

    Args:
        language: ISO 639-1 code.
        sound_goes_to: A host that is sent the sound; the notice then names it in a sentence more.
        llm_goes_to: A host that is sent text, for a language model; likewise.

    Raises:
        InputError: The user's own is empty or cannot be read.
        UsageError: No notice ships in that language, and there is no own one.
    """
    notice = _notice(language)
    added = [
        sentences.get(language, sentences["en"]).format(host=host)
        for sentences, host in ((_SENT, sound_goes_to), (_SENT_TEXT, llm_goes_to))
        if host and host not in notice
    ]
    return "\n".join([notice, *added])


def _notice(language: str) -> str:
    path = notice_path(language)
    if path.exists() or path.is_symlink():
        return _own(path)
    shipped = _SHIPPED.get(language)
    if shipped is None:
        raise UsageError(
            _("there is no notice about recording in {language!r}.", language=language),
            _("Write one into {path}.", path=path),
        )
    return shipped


def save_notice(language: str, text: str) -> None:
    """Keep ``text`` as the user's own notice in ``language``.

    Raises:
        InputError: It is empty.
        StorageError: The disk refused; an earlier notice stays as it was.
    """
    path = notice_path(language)
    if not text.strip():
        raise _unusable(path, _("the notice is empty"), _("Write what is to be read out."))
    try:
        make_private_folder(path.parent)
    except OSError as error:
        raise StorageError(
            f"{path.parent}: {error.strerror or error}.",
            _("Choose another folder with INTERVIEW_COPILOT_CONFIG."),
        ) from error
    write_private(path, (text.strip() + "\n").encode())


def _own(path: Path) -> str:
    remedy = _("Write the notice into it as UTF-8 text, or delete it to use the one that ships.")
    if not is_file(path):
        raise _unusable(path, _("is not a file"), remedy)
    try:
        text = path.read_text(encoding="utf-8-sig").strip()
    except OSError as error:
        raise _unusable(path, error.strerror or str(error), remedy) from error
    except UnicodeDecodeError as error:
        raise _unusable(path, _("is not UTF-8 text"), remedy) from error
    if not text:
        raise _unusable(path, _("is empty"), remedy)
    return text


def _unusable(path: Path, reason: str, remedy: str) -> InputError:
    return InputError(f"{path}: {reason}.", remedy, title=_("Unusable notice"))
