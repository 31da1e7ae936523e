"""``sessions``: what can be done with what is stored; each action is a module of its own."""

import argparse
from typing import NamedTuple, Protocol

from copilot.cli import resuming
from copilot.cli.session_actions import (
    anonymising,
    decrypting,
    deleting,
    due,
    encrypting,
    exporting,
    guiding,
    holding,
    indexing,
    key_files,
    listing,
    naming,
    packing,
    purging,
    receipts,
    rekeying,
    retaining,
    showing,
    verifying,
)


class ActionModule(Protocol):
    """What every action's module offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the action's arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the exit code."""


class Action(NamedTuple):
    """An action: what it is for, in the words of the help, and its module."""

    help: str
    module: ActionModule


ACTIONS = {
    "list": Action("all stored sessions, newest first", listing),
    "show": Action("what happened, line by line", showing),
    "guide": Action("the guide a session ran with, to read or to take out", guiding),
    "alias": Action("what the candidate is called instead of a name", naming),
    "verify": Action("check a journal's hash chain", verifying),
    "resume": Action("go on with an interrupted session", resuming),
    "pack": Action("store a session's sound as FLAC: smaller, nothing lost", packing),
    "encrypt": Action("let nobody read a session without passphrase or key file", encrypting),
    "decrypt": Action("make an encrypted session an ordinary one again", decrypting),
    "rekey": Action("change the passphrase or key file of an encrypted session", rekeying),
    "key": Action("make a key file to encrypt sessions with", key_files),
    "export": Action("a copy for the candidate of what is held about them", exporting),
    "anonymise": Action("a copy with placeholders for names and contact data", anonymising),
    "delete": Action("remove a session with everything in it, and check that it is gone", deleting),
    "receipts": Action("what was deleted, when and by whom", receipts),
    "retention": Action("how long interviews are kept, by role", retaining),
    "due": Action("what is past its date, and what will be within two weeks", due),
    "purge": Action("delete what is past its date", purging),
    "index": Action("bring the index that the search asks up to date", indexing),
    "hold": Action("keep a session for now, whatever its age", holding),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, action in ACTIONS.items():
        action.module.configure(actions.add_parser(name, help=action.help))


def run(options: argparse.Namespace) -> int:
    """Do what the action says."""
    return ACTIONS[options.action].module.run(options)
