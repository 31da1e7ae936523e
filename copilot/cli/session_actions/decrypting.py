"""``sessions decrypt``: make an encrypted session an ordinary one again."""

import argparse
import sys

from copilot.cli.json_output import print_json
from copilot.cli.key_asking import key_of
from copilot.cli.opening import add_session_argument
from copilot.errors import ExitCode
from copilot.store import SessionStore
from copilot.store.encryption.changing import check_encrypted, decrypt


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    add_session_argument(parser)
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """Decrypt it."""
    folder = SessionStore().find(options.id)
    with folder.locked():
        check_encrypted(folder)
    manifest = decrypt(folder, key_of(folder, options.key_file))
    if options.json:
        print_json({"id": folder.id, "files": len(manifest.files), "bytes": manifest.length})
    else:
        sys.stdout.write(
            f"{folder.id}: {len(manifest.files)} files, {manifest.length / 1e6:.1f} MB, can be "
            "read by you without a key again.\n"
        )
    return ExitCode.OK
