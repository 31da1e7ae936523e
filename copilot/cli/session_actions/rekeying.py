"""``sessions rekey``: another passphrase or key file for an encrypted session."""

import argparse
import sys
from pathlib import Path

from copilot.cli.json_output import print_json
from copilot.cli.key_asking import key_of, new_key
from copilot.cli.opening import add_session_argument
from copilot.errors import ExitCode
from copilot.store import SessionStore
from copilot.store.encryption.changing import check_encrypted, check_key, rekey


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    add_session_argument(parser)
    parser.add_argument(
        "--new-key-file",
        type=Path,
        metavar="FILE",
        help="the key file that is to open it from now on (default: a new passphrase is asked for)",
    )
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """Change what opens it."""
    folder = SessionStore().find(options.id)
    with folder.locked():
        check_encrypted(folder)
    old = key_of(folder, options.key_file)
    check_key(folder, old)  # before anybody has to think of a new one
    rekey(folder, old, new_key(options.new_key_file, ask=options.new_key_file is None))
    if options.json:
        print_json({"id": folder.id, "rekeyed": True})
    else:
        sys.stdout.write(
            f"{folder.id}: only the new key opens it from now on. A copy of the folder made "
            "earlier, such as a backup, still opens with the old one.\n"
        )
    return ExitCode.OK
