"""``sessions verify``: check a journal's hash chain, and the guide beside it."""

import argparse
import sys

from copilot.cli.json_output import print_json
from copilot.cli.opening import add_session_argument, opened_session
from copilot.engine.session_guide import session_guide
from copilot.errors import ExitCode, SessionError
from copilot.interview import Interview, replay
from copilot.store import SessionFolder
from copilot.store.guides import has_kept_guide


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
    guide, damaged = _guide(folder, interview)
    result = {
        "id": folder.id,
        "events": len(reading.events),
        "utterances": len(interview.utterances),
        "head": reading.head,
        "torn_bytes": reading.torn_bytes,
        "ended": interview.ended is not None,
        "guide": guide,
    }
    if as_json:
        print_json(result)
        return ExitCode.OK if damaged is None else damaged.exit_code
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
    if damaged is not None:
        raise damaged
    return ExitCode.OK


def _guide(folder: SessionFolder, interview: Interview) -> tuple[str, SessionError | None]:
    """Whether the guide that the session ran with is there, and what is wrong with it."""
    started = interview.started
    if started is None or not has_kept_guide(folder):
        return "not kept", None
    try:
        session_guide(folder, started)
    except SessionError as error:
        return "damaged", error
    return "kept", None
