"""``demo``: hear the interview that ships, in the app or as events."""

import argparse
import math
from typing import TYPE_CHECKING

from copilot.cli import options as shared
from copilot.errors import ExitCode

if TYPE_CHECKING:
    from copilot.audio import Source
    from copilot.engine.setup import SessionSetup


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    shared.add_front(parser)
    shared.add_speed(parser, default="1")
    shared.add_model(parser)
    shared.add_server(parser)
    shared.add_llm(parser)
    parser.add_argument("--no-save", action="store_true", help="do not store it as a session")


def run(options: argparse.Namespace) -> int:
    """Play the demo."""

    def prepare() -> "tuple[SessionSetup, Source]":
        # Loads a lot, and the app's first screen does not wait for it.
        from copilot.demo.interview import demo_session  # noqa: PLC0415

        return demo_session(
            speed=options.speed,
            model=options.model,
            server=shared.chosen_server(options),
            llm=shared.chosen_llm(options),
            save=not options.no_save,
            lockstep=(options.headless or options.plain) and math.isinf(options.speed),
        )

    # Each front is imported only where it is used.
    if options.headless:
        from copilot.cli.headless import run_headless  # noqa: PLC0415

        run_headless(*prepare(), as_json=True)
        return ExitCode.OK
    if options.plain:
        from copilot.plain.run import run_plain  # noqa: PLC0415

        return run_plain(prepare)
    from copilot.tui.app import run_app  # noqa: PLC0415

    return run_app(prepare)
