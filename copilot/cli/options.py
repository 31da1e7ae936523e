"""Arguments that several commands share."""

import argparse
import math
from typing import TYPE_CHECKING

from copilot.engine.configured import (
    configured_laws,
    configured_llm,
    configured_model,
    configured_server,
    named_llm,
)
from copilot.engine.devices import Devices
from copilot.errors import UsageError
from copilot.llm.profile import Profile
from copilot.speech.models.catalogue import DEFAULT_MODEL
from copilot.speech.server import Server

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
    # Not for every command: it loads what checks guides.
    from copilot.knowledge.guide import LANGUAGES  # noqa: PLC0415

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
    return text or configured_model()


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


def add_front(parser: argparse.ArgumentParser) -> None:
    """``--headless`` and ``--plain``, for where the app would run otherwise."""
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--headless", action="store_true", help="print the event stream instead of the app"
    )
    instead.add_argument(
        "--plain",
        action="store_true",
        help="speak lines and understand typed words instead of drawing the app, "
        "for screen readers and simple terminals",
    )


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
    return configured_laws(language, options.law)


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
