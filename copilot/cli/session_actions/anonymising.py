"""``sessions anonymise``: a copy with placeholders instead of names and contact data."""

import argparse
import sys
from pathlib import Path

from copilot.cli.json_output import print_json
from copilot.cli.opening import add_session_argument, opened_session
from copilot.errors import ExitCode, UsageError
from copilot.review.anonymising import Replacement, anonymise, write_anonymised
from copilot.store.exports import remember_export
from copilot.store.guides import has_kept_guide


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    add_session_argument(parser)
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FOLDER",
        help="the folder to make; it serves as a data folder with this one session in it",
    )
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="NAME",
        help="replace this name too, however it is written; may be given again",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="list what would be replaced, and write nothing"
    )
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """Write the copy, and list what was replaced: a rule finds no more than it knows."""
    if (options.output is None) != options.dry_run:
        raise UsageError(
            "either a folder or a dry run is wanted.", "Add --output FOLDER, or --dry-run."
        )
    with opened_session(options.id, options.key_file) as folder:
        made = anonymise(folder, options.name)
        lacks_guide = made.guide is None and has_kept_guide(folder)
        if options.output is not None:
            written = write_anonymised(made, options.output)
            remember_export(folder.path, options.output, "anonymised")
    for each in made.replacements:
        if options.json:
            print_json(
                {
                    "placeholder": each.placeholder,
                    "kind": each.kind.value,
                    "originals": list(each.originals),
                    "count": each.count,
                }
            )
        else:
            sys.stdout.write(_line(each) + "\n")
    if options.output is not None:
        if lacks_guide:
            sys.stderr.write(
                "The copy goes without the guide that the session ran with: it is damaged, or a "
                "label in it holds a name.\n"
            )
        sys.stderr.write(
            f"Wrote {written.path}\nRead it through before you hand it on: rules miss names. "
            "--name replaces those you find.\n"
        )
    return ExitCode.OK


def _line(each: Replacement) -> str:
    return f"{each.placeholder:<14} {each.count:>4}  {', '.join(each.originals)}"
