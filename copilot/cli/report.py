"""``report``: write a session's report."""

import argparse
import sys
from pathlib import Path

from copilot.cli.opening import add_session_argument, opened_session
from copilot.errors import ExitCode, StorageError
from copilot.private_file import write_private
from copilot.review.markdown import to_markdown
from copilot.review.reading import read_reviewed
from copilot.review.summarising import summarise
from copilot.review.summary import summary_to_json
from copilot.store import SessionFolder


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_session_argument(parser)
    parser.add_argument("--format", choices=["md", "json"], default="md", help="default md")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="where to write it (default: stdout)"
    )


def run(options: argparse.Namespace) -> int:
    """Write the report."""
    with opened_session(options.id, options.key_file) as folder:
        return _report(folder, options)


def _report(folder: SessionFolder, options: argparse.Namespace) -> int:
    summary = summarise(read_reviewed(folder))
    if folder.state() == "running":
        sys.stderr.write(f"Session {folder.id} is still running; this is its report until now.\n")
    if options.format == "json":
        data = summary_to_json(summary, indent=2) + b"\n"
    else:
        data = to_markdown(summary).encode()
    if options.output is None:
        sys.stdout.write(data.decode())
    else:
        _write(options.output, data)
        sys.stderr.write(f"Wrote {options.output}\n")
    return ExitCode.OK


def _write(path: Path, data: bytes) -> None:
    try:
        write_private(path, data)
    except StorageError as error:
        error.remedy = "Name a file in a folder that exists, can be written and has room."
        raise
