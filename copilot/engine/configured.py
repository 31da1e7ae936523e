"""What the user's settings say of a session: speech model, server, language model, laws."""

from collections.abc import Sequence

from copilot.errors import UsageError, nearest
from copilot.i18n import _
from copilot.llm.profile import Profile, active_profile
from copilot.settings import load_settings
from copilot.speech.models.catalogue import DEFAULT_MODEL
from copilot.speech.server import DEFAULT_SERVER_MODEL, Server, server


def configured_model() -> str:
    """The speech model chosen by ``models use``, else the one that ships.

    Raises:
        InputError: The settings cannot be understood.
    """
    return load_settings().model or DEFAULT_MODEL


def configured_server() -> Server | None:
    """The transcription server of the settings; None without one.

    Raises:
        InputError: The settings cannot be understood.
        UsageError: They name no usable server.
    """
    settings = load_settings()
    if settings.server is None:
        return None
    return server(
        settings.server,
        settings.server_model or DEFAULT_SERVER_MODEL,
        settings.server_key or "",
        allow_http=settings.server_http == "allowed",
    )


def configured_llm() -> Profile | None:
    """The language model chosen by ``llm use``; None without one.

    Raises:
        InputError: The settings cannot be understood.
    """
    settings = load_settings()
    return active_profile(settings.llm_profiles or {}, settings.llm)


def named_llm(name: str) -> Profile:
    """The profile of that name.

    Raises:
        InputError: The settings cannot be understood.
        UsageError: There is no such profile.
    """
    found = load_settings().llm_profiles or {}
    known = active_profile(found, name) if name in found else None
    if known is None:
        remedy = nearest(name, found) if found else "Set one up: interview-copilot llm add"
        raise UsageError(_("there is no profile {name!r} of a language model.", name=name), remedy)
    return known


def configured_laws(language: str, named: Sequence[str] | None = None) -> tuple[str, ...]:
    """The ids of the packs of off-limits topics that apply.

    Args:
        language: Language of the interview.
        named: The packs somebody named for this once; None for those of the settings.

    Raises:
        InputError: None is named, and the settings cannot be understood.
        UsageError: There is no such pack.
        GuideError: A pack of the user's own is broken.
    """
    # Reads YAML, which not every command does.
    from copilot.knowledge.laws import every_pack, laws_for, own_files  # noqa: PLC0415

    if named is None and (kept := load_settings().law) is not None:
        named = tuple(part.strip() for part in kept.split(",") if part.strip())
    laws = laws_for(language, named)
    if own_files():
        every_pack()  # while there is still time to mend one; those that ship are sound
    return laws
