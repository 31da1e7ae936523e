"""``start``: the app's start screen, which a terminal shows without a command as well."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copilot.audio import Source
    from copilot.engine.setup import SessionSetup


def configure(parser: argparse.ArgumentParser) -> None:
    """It takes no arguments."""


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 - as every command is called
    """Show it."""
    from copilot.tui.start.app import run_start  # noqa: PLC0415 - only where it is used

    return run_start(_demo)


def _demo(speed: float) -> "tuple[SessionSetup, Source]":
    # Loads a lot, and the app's first screen does not wait for it.
    from copilot.demo.interview import demo_session  # noqa: PLC0415
    from copilot.engine.configured import configured_model  # noqa: PLC0415

    return demo_session(speed=speed, model=configured_model(), save=False, lockstep=False)
