"""``sessions key``: key files, with which sessions are encrypted and opened without typing."""

import argparse
import sys
from pathlib import Path

from copilot.errors import ExitCode
from copilot.store.encryption.keys import make_key_file


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    actions = parser.add_subparsers(dest="key_action", required=True, metavar="ACTION")
    new = actions.add_parser("new", help="write a new random key into a file only you can read")
    new.add_argument("file", type=Path, metavar="FILE", help="where; it must not exist yet")


def run(options: argparse.Namespace) -> int:
    """Make one."""
    path = options.file.expanduser()
    make_key_file(path)
    sys.stdout.write(
        f"Wrote {path}. Keep a copy where the sessions are not: whoever loses it loses what was "
        "encrypted with it, and whoever finds it can read that.\n"
    )
    return ExitCode.OK
