"""``sessions index``: bring the search index up to date, or make it anew."""

import argparse
import sys

from copilot.cli.json_output import print_json
from copilot.errors import ExitCode
from copilot.store.index import bring_up_to_date, index_path


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument(
        "--rebuild", action="store_true", help="throw it away first; nothing else is lost"
    )
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """Read what changed."""
    # Here and not at the top: the other actions need none of what reads a session's text.
    from copilot.cli.search import tell_progress  # noqa: PLC0415
    from copilot.review.indexing import content_of  # noqa: PLC0415

    count = bring_up_to_date(content_of, anew=options.rebuild, progress=tell_progress)
    path = index_path()
    size = path.stat().st_size if path.exists() else 0
    if options.json:
        print_json({"read": count, "bytes": size, "path": str(path)})
    else:
        sys.stdout.write(
            f"{count} session{'' if count == 1 else 's'} read; {path} has {size / 1e6:.1f} MB.\n"
        )
    return ExitCode.OK
