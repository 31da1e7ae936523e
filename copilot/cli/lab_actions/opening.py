"""``lab open``: runs on the screen of the terminal, case by case."""

import argparse

from copilot.errors import UsageError


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument(
        "run",
        metavar="RUN",
        nargs="?",
        help="a run's id or the beginning of one, its folder, or last (default: choose one)",
    )
    parser.add_argument(
        "--against", metavar="RUN", help="a run before it, to show what changed since"
    )


def run(options: argparse.Namespace) -> int:
    """Show it."""
    from copilot.lab.running.folder import find_run  # noqa: PLC0415 - loads a lot

    if options.against is not None and options.run is None:
        raise UsageError("--against needs a run to compare.", "lab open RUN --against BEFORE")
    chosen = None if options.run is None else find_run(options.run)
    before = None if options.against is None else find_run(options.against)
    # Not before it is known that there is something to show.
    from copilot.tui.lab.app import run_lab  # noqa: PLC0415

    return run_lab(chosen, before)
