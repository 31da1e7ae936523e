"""``knowledge edit``: look at guides and change them on the screen."""

import argparse

from copilot.errors import ExitCode


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument(
        "role",
        nargs="?",
        default="",
        metavar="ROLE",
        help="a guide's id, or the path of its file (default: choose from all)",
    )


def run(options: argparse.Namespace) -> int:
    """Show them."""
    from copilot.knowledge.loading import find_guide  # noqa: PLC0415 - help needs none
    from copilot.tui.guides.app import run_guides  # noqa: PLC0415 - loads Textual

    if options.role:
        find_guide(options.role)  # a mistyped one is said before the screen is taken
    return run_guides(options.role) or ExitCode.OK
