"""``lab baseline``: keep a run without its texts, to compare with later."""

import argparse
import sys
from pathlib import Path

from copilot.errors import ExitCode, StorageError
from copilot.lab.comparing.baseline import baseline_of, baseline_to_json
from copilot.lab.running.folder import read_run


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("name", metavar="RUN", help="by folder, id, `last` or `last:SUITE`")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help="where to write it; it holds ids, states and numbers, and nothing anybody said",
    )


def run(options: argparse.Namespace) -> int:
    """Write it."""
    data = baseline_to_json(baseline_of(read_run(options.name)))
    try:
        options.out.write_bytes(data)
    except OSError as error:
        raise StorageError.from_os_error(error, options.out) from error
    sys.stderr.write(f"Wrote {options.out} ({len(data) / 1000:.0f} kB)\n")
    return ExitCode.OK
