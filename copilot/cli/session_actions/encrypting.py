"""``sessions encrypt``: nobody reads a session without its passphrase or key file."""

import argparse
import sys

from copilot.cli.json_output import print_json
from copilot.cli.key_asking import new_key
from copilot.cli.opening import ID_HELP, add_new_key
from copilot.errors import ExitCode
from copilot.store import SessionStore
from copilot.store.encryption.changing import check_encryptable, encrypt
from copilot.store.encryption.keys import FileKey


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("id", metavar="ID", help=ID_HELP)
    add_new_key(parser)
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """Encrypt it."""
    folder = SessionStore().find(options.id)
    with folder.locked():
        check_encryptable(folder)  # before anybody has to type
    interrupted = folder.state() == "interrupted"
    key = new_key(options.key_file, ask=options.passphrase)
    manifest = encrypt(folder, key)
    opened_by = "key file" if isinstance(key, FileKey) else "passphrase"
    if options.json:
        done = {"id": folder.id, "files": len(manifest.files), "bytes": manifest.length}
        print_json({**done, "opened_by": opened_by})
        return ExitCode.OK
    sys.stdout.write(
        f"{folder.id}: {len(manifest.files)} files, {manifest.length / 1e6:.1f} MB, are encrypted "
        f"and can only be read with the {opened_by}. Without it they are lost for good.\n"
    )
    if interrupted:
        sys.stdout.write("It was interrupted; to go on with it, decrypt it first.\n")
    return ExitCode.OK
