"""``sessions key``: key files, with which sessions are encrypted and opened without typing."""

import argparse
import sys
from pathlib import Path

from copilot.errors import ExitCode
from copilot.settings import change_settings
from copilot.store.encryption.keys import make_key_file, read_key_file
from copilot.store.encryption.library import check_installed


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    actions = parser.add_subparsers(dest="key_action", required=True, metavar="ACTION")
    new = actions.add_parser("new", help="write a new random key into a file only you can read")
    new.add_argument("file", type=Path, metavar="FILE", help="where; it must not exist yet")
    use = actions.add_parser("use", help="encrypt every interview with a key file when it ends")
    use.add_argument("file", metavar="FILE|off", help="a key file, or off to keep them as they are")


def run(options: argparse.Namespace) -> int:
    """Make one, or keep which one is used."""
    return _use(options.file) if options.key_action == "use" else _new(options.file.expanduser())


def _new(path: Path) -> int:
    make_key_file(path)
    sys.stdout.write(
        f"Wrote {path}. Keep a copy where the sessions are not: whoever loses it loses what was "
        "encrypted with it, and whoever finds it can read that.\n"
    )
    return ExitCode.OK


def _use(named: str) -> int:
    if named == "off":
        change_settings(encrypt_with=None)
        sys.stdout.write("Interviews are stored as they are when they end.\n")
        return ExitCode.OK
    check_installed()
    path = Path(named).expanduser().absolute()
    read_key_file(path)
    change_settings(encrypt_with=str(path))
    sys.stdout.write(f"Interviews are encrypted with {path} when they end, and opened with it.\n")
    return ExitCode.OK
