"""``sessions verify``: check a journal's hash chain."""

import argparse
import sys

from copilot.cli.json_output import print_json
from copilot.cli.opening import add_session_argument, opened_session
from copilot.errors import ExitCode
from copilot.interview import replay
from copilot.store import SessionFolder


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    add_session_argument(parser)
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """Read it all and say whether the chain is whole."""
    with opened_session(options.id, options.key_file) as folder:
        return _verify(folder, as_json=options.json)


def _verify(folder: SessionFolder, *, as_json: bool) -> int:
    reading = folder.read_journal()
    interview = replay(reading.events)
    result = {
        "id": folder.id,
        "events": len(reading.events),
        "utterances": len(interview.utterances),
        "head": reading.head,
        "torn_bytes": reading.torn_bytes,
        "ended": interview.ended is not None,
    }
    if as_json:
        print_json(result)
        return ExitCode.OK
    sys.stdout.write(
        f"{folder.id}: {result['events']} events, the chain is whole (head {reading.head[:12]}…)\n"
    )
    if reading.torn_bytes:
        sys.stdout.write(
            f"The last line was cut off ({reading.torn_bytes} bytes): the program was stopped "
            "while writing it. Everything before it stands.\n"
        )
    if interview.ended is None and folder.state() == "running":
        sys.stdout.write("The session is still running.\n")
    elif interview.ended is None:
        sys.stdout.write("The session was interrupted: it has no end.\n")
    return ExitCode.OK
