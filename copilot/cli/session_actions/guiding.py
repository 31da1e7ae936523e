"""``sessions guide``: the guide a session ran with, to read or to take out."""

import argparse
import sys
from pathlib import Path

from copilot.cli.opening import add_session_argument, opened_session
from copilot.engine.session_guide import session_guide
from copilot.errors import ExitCode, SessionError
from copilot.interview import replay
from copilot.knowledge.guide import Guide
from copilot.knowledge.showing import to_text
from copilot.store import SessionFolder


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    add_session_argument(parser)
    parser.add_argument("--full", action="store_true", help="with every sentence listened for")
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FOLDER|FILE",
        help="write it as a guide's file instead, which --role and knowledge diff take; in the "
        "language of the interview alone",
    )


def run(options: argparse.Namespace) -> int:
    """Print it, or write it as YAML."""
    with opened_session(options.id, options.key_file) as folder:
        guide = guide_of(folder)
    if options.output is None:
        sys.stdout.write(to_text(guide, full=options.full))
        return ExitCode.OK
    from copilot.guides.taking_out import take_out  # noqa: PLC0415 - only this writes YAML

    sys.stdout.write(f"{take_out(guide, options.output)}\n")
    return ExitCode.OK


def guide_of(folder: SessionFolder) -> Guide:
    """The very guide a session ran with.

    Raises:
        SessionError: It holds no event yet, kept no guide, or its guide is damaged.
        UsageError: It kept none, and the folders of guides have none either.
    """
    started = replay(folder.read_journal().events).started
    if started is None:
        raise SessionError(
            f"session {folder.id} holds no event yet.", "It was stopped before anything happened."
        )
    found = session_guide(folder, started)
    if not found.is_its_own:
        raise SessionError(
            found.notice, f"For that version: interview-copilot knowledge show {found.guide.id}."
        )
    if found.notice:
        sys.stderr.write(f"{found.notice}\n")
    return found.guide
