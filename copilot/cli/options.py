"""Arguments that several commands share."""

import argparse
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copilot.errors import UsageError, nearest
from copilot.knowledge.guide import LANGUAGES
from copilot.llm.profile import Profile, active_profile
from copilot.settings import load_settings
from copilot.speech.models.catalogue import DEFAULT_MODEL
from copilot.speech.server import DEFAULT_SERVER_MODEL, Server, server

if TYPE_CHECKING:
    from copilot.audio.capture.devices import Choice


def speed(text: str) -> float:
    """``1``, ``2.5`` or ``max``, which reads as infinity."""
    if text == "max":
        return math.inf
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no speed; give a number such as 4, or max")
    return value


def ids(text: str) -> tuple[str, ...]:
    """``a,b,c`` as three ids."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if not found:
        raise argparse.ArgumentTypeError("no id is named")
    return found


def add_role(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """``--role``: a guide's id or file."""
    parser.add_argument(
        "--role", required=required, metavar="ROLE", help="a guide's id, or the path of its file"
    )


def add_language(parser: argparse.ArgumentParser, *, default: str | None = "en") -> None:
    """``--language``."""
    parser.add_argument(
        "--language",
        default=default,
        metavar="|".join(LANGUAGES),
        help="language of the interview" + (f" (default {default})" if default else ""),
    )


def chosen_model(text: str) -> str:
    """The speech model that is meant: the one named, or else the one chosen by ``models use``.

    Raises:
        InputError: None is named, and the settings cannot be understood.
    """
    return text or load_settings().model or DEFAULT_MODEL


def add_model(parser: argparse.ArgumentParser) -> None:
    """``--model``."""
    # An empty text as the default, because argparse hands that to ``type`` when nothing is given.
    parser.add_argument(
        "--model",
        type=chosen_model,
        default="",
        metavar="NAME",
        help="speech model, or the folder of one (default: the one chosen by models use, "
        f"else {DEFAULT_MODEL})",
    )


def add_step_down(parser: argparse.ArgumentParser) -> None:
    """``--step-down``."""
    parser.add_argument(
        "--step-down",
        default="",
        metavar="NAME",
        help="a faster speech model that takes over while the text is far behind (default none)",
    )


def add_server(parser: argparse.ArgumentParser) -> None:
    """``--no-server``."""
    parser.add_argument(
        "--no-server",
        action="store_true",
        help="send no sound to the transcription server of models server, if there is one",
    )


def chosen_server(options: argparse.Namespace) -> Server | None:
    """The transcription server chosen by ``models server``; None without one or not wanted.

    Raises:
        InputError: The settings cannot be understood.
        UsageError: They name no usable server.
    """
    return None if options.no_server else configured_server()


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


def add_llm(parser: argparse.ArgumentParser) -> None:
    """``--llm``."""
    parser.add_argument(
        "--llm",
        metavar="NAME|off",
        help="profile of the language model that is sent text for sharper suggestions, or off "
        "(default: the one chosen by llm use, else off)",
    )


def chosen_llm(options: argparse.Namespace) -> Profile | None:
    """The language model that is meant: the one named, or else the one chosen by ``llm use``.

    Raises:
        InputError: The settings cannot be understood.
        UsageError: There is no such profile.
    """
    if options.llm == "off":
        return None
    return configured_llm() if options.llm is None else named_llm(options.llm)


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
        raise UsageError(f"there is no profile {name!r} of a language model.", remedy)
    return known


def add_speed(parser: argparse.ArgumentParser, *, default: str) -> None:
    """``--speed``."""
    parser.add_argument(
        "--speed",
        type=speed,
        default=speed(default),
        metavar="N|max",
        help="how much faster than natural speed, or as fast as the machine can "
        f"(default {default})",
    )


def add_questions(parser: argparse._ActionsContainer) -> None:
    """``--questions``: the plan, by ids."""
    parser.add_argument(
        "--questions",
        type=ids,
        default=(),
        metavar="ID,ID,…",
        help="the planned questions in order (default: all of the guide's)",
    )


def add_law(parser: argparse.ArgumentParser) -> None:
    """``--law``: which packs of off-limits topics apply."""
    parser.add_argument(
        "--law",
        type=ids,
        default=None,
        metavar="ID,ID,…",
        help="whose off-limits topics you are warned of when your own question touches one: "
        "fr, eu, us, a pack of your own, or none (default: the settings', else by language)",
    )


def chosen_laws(options: argparse.Namespace, language: str) -> tuple[str, ...]:
    """The ids of the packs of off-limits topics that apply.

    Raises:
        InputError: None is named, and the settings cannot be understood.
        UsageError: There is no such pack.
        GuideError: A pack of the user's own is broken.
    """
    # Reads YAML, which not every command does.
    from copilot.knowledge.laws import every_pack, laws_for, own_files  # noqa: PLC0415

    chosen = options.law
    if chosen is None and (kept := load_settings().law) is not None:
        chosen = tuple(part.strip() for part in kept.split(",") if part.strip())
    laws = laws_for(language, chosen)
    if own_files():
        every_pack()  # while there is still time to mend one; those that ship are sound
    return laws


def add_devices(parser: argparse.ArgumentParser) -> None:
    """``--mic``, ``--call`` and ``--mixed``."""
    parser.add_argument(
        "--mic",
        metavar="NAME",
        help="what hears you: an input's name, or a part of it (default: the system's default)",
    )
    parser.add_argument(
        "--call",
        metavar="NAME",
        help="what hears the call: a monitor, an output or a virtual cable, by name "
        "(default: whatever the default output plays, also after it changes)",
    )
    parser.add_argument(
        "--mixed",
        action="store_true",
        help="one microphone in a room hears both; a key says who speaks",
    )


@dataclass(frozen=True, slots=True)
class Devices:
    """What ``add_devices`` was given.

    Attributes:
        microphone: What hears the interviewer; None for the system's default.
        call: What hears the call; None for what the default output plays.
        room: Whether one microphone hears both.
    """

    microphone: str | None
    call: str | None
    room: bool

    def choice(self) -> "Choice":
        """The same in the words of the capture."""
        # Loads numpy, which help and a first screen do not need.
        from copilot.audio.capture.devices import AUTOMATIC, Choice  # noqa: PLC0415

        return Choice(self.microphone or AUTOMATIC, self.call or AUTOMATIC, room=self.room)


def devices(options: argparse.Namespace) -> Devices:
    """What ``add_devices`` was given.

    Raises:
        UsageError: ``--mixed`` and ``--call`` contradict each other.
    """
    if options.mixed and options.call is not None:
        raise UsageError(
            "--mixed hears everything through one microphone.", "Leave --call or --mixed out."
        )
    return Devices(options.mic, options.call, options.mixed)


def chosen_devices(options: argparse.Namespace) -> "Choice":
    """``devices`` in the words of the capture.

    Raises:
        UsageError: ``--mixed`` and ``--call`` contradict each other.
    """
    return devices(options).choice()
