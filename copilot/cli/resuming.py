"""``sessions resume``: go on with an interrupted session in the same folder."""

import argparse
import dataclasses
import sys

from copilot.cli import options as shared
from copilot.cli.calling import run_call
from copilot.cli.live import add_running
from copilot.cli.opening import ID_HELP
from copilot.errors import ExitCode
from copilot.store import SessionStore


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("id", metavar="ID", help=ID_HELP)
    parser.add_argument(
        "--role",
        metavar="ROLE",
        help="a guide's id or file, where the session kept no guide or its own is damaged",
    )
    shared.add_model(parser)
    shared.add_step_down(parser)
    shared.add_server(parser)
    shared.add_llm(parser)
    shared.add_devices(parser)
    add_running(parser)


def run(options: argparse.Namespace) -> int:
    """Go on with it; one that came to its end while it was interrupted is completed instead."""
    # Loads a lot, and the other actions on sessions do not need it.
    from copilot.engine.resuming import completed, on_devices, resumed_call  # noqa: PLC0415

    folder = SessionStore().find(options.id)
    if completed(folder):
        sys.stderr.write(f"{folder.id} had come to its end; its record says so now.\n")
        return ExitCode.OK
    before, consent = resumed_call(folder, options.role)
    if before.guide_notice:
        sys.stderr.write(f"{before.guide_notice}\n")
    live = dataclasses.replace(
        on_devices(before, shared.devices(options)),
        model=options.model,
        step_down=options.step_down,
        server=shared.chosen_server(options),
        llm=shared.chosen_llm(options),
        check=not options.no_check,
        headless=options.headless,
    )
    return run_call(live, consent, plain=options.plain)
