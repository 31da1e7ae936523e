"""``sessions alias``: what the candidate of a session is called instead of a name."""

import argparse
import sys

from copilot.cli.opening import add_session_argument, opened_session
from copilot.errors import ExitCode, SessionError, UsageError
from copilot.review.plain_line import plain_line
from copilot.store import SessionFolder

_LONGEST = 80


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    add_session_argument(parser)
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("alias", metavar="NAME", nargs="?", help="such as B-07, or their name")
    wanted.add_argument("--none", action="store_true", help="take the alias away")


def run(options: argparse.Namespace) -> int:
    """Write it into ``session.json``."""
    alias = None if options.none else checked_alias(options.alias)
    with opened_session(options.id, options.key_file) as folder:
        _rename(folder, alias)
        told = "has no alias now" if alias is None else f"is called {alias} now"
        sys.stderr.write(f"Session {folder.id} {told}.\n")
    return ExitCode.OK


def checked_alias(text: str) -> str:
    """An alias as it is kept.

    Raises:
        UsageError: It is empty or too long.
    """
    alias = plain_line(text)
    if not alias or len(alias) > _LONGEST:
        raise UsageError(
            f"an alias has 1 to {_LONGEST} characters, {text[:20]!r} has {len(alias)}.",
            "Give a short one, such as B-07.",
        )
    return alias


def _rename(folder: SessionFolder, alias: str | None) -> None:
    if folder.state() == "running":
        raise SessionError(f"session {folder.id} is running.", "End it first, then name it.")
    with folder.locked():
        record = folder.record()
        folder.write_record(record.model_copy(update={"alias": alias}))
