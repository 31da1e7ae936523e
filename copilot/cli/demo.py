"""``demo``: hear the interview that ships, in the app or as events."""

import argparse
import math

from copilot.cli import options as shared
from copilot.demo.interview import demo_session
from copilot.errors import ExitCode


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--headless", action="store_true", help="print the event stream instead of the app"
    )
    shared.add_speed(parser, default="1")
    shared.add_model(parser)
    parser.add_argument("--no-save", action="store_true", help="do not store it as a session")


def run(options: argparse.Namespace) -> int:
    """Play the demo."""
    setup, source = demo_session(
        speed=options.speed,
        model=options.model,
        save=not options.no_save,
        lockstep=options.headless and math.isinf(options.speed),
    )
    if options.headless:
        # Each front is imported only where it is used.
        from copilot.cli.headless import run_headless  # noqa: PLC0415

        run_headless(setup, source, as_json=True)
    else:
        from copilot.tui.app import run_app  # noqa: PLC0415

        run_app(setup, source)
    return ExitCode.OK
