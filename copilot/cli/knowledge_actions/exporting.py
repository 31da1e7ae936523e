"""``knowledge export``: a guide as a document, for people without the app."""

import argparse
import sys
from pathlib import Path

from copilot.cli import options as shared
from copilot.errors import ExitCode, UsageError
from copilot.guides.editing.guide_file import write_whole
from copilot.knowledge.loading import load_guide
from copilot.knowledge.plan import plan_path, read_plan

_FORMATS = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("role", metavar="ROLE", help="a guide's id, or the path of its file")
    shared.add_language(parser)
    parser.add_argument(
        "--format",
        choices=("md", "html"),
        help="Markdown, or one HTML file that prints well (default: by FILE's name, else md)",
    )
    parser.add_argument(
        "--full", action="store_true", help="with every sentence listened for, and every origin"
    )
    parser.add_argument(
        "--plan",
        metavar="PLAN",
        help="the questions of this plan alone, in its order: a file, or the name of one",
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="where to (default: standard output)"
    )


def run(options: argparse.Namespace) -> int:
    """Write it."""
    from copilot.guides.exporting import sheet_of, to_html, to_markdown  # noqa: PLC0415 - templates

    guide = load_guide(options.role, options.language)
    plan = read_plan(plan_path(options.plan, guide.id), guide) if options.plan else None
    sheet = sheet_of(guide, plan, full=options.full)
    text = (to_html if _format(options) == "html" else to_markdown)(sheet)
    if options.output is None:
        sys.stdout.write(text)
        return ExitCode.OK
    write_whole(options.output, text)
    sys.stdout.write(f"{options.output}\n")
    return ExitCode.OK


def _format(options: argparse.Namespace) -> str:
    if options.format or options.output is None:
        return options.format or "md"
    found = _FORMATS.get(options.output.suffix.lower())
    if found is None:
        raise UsageError(
            f"{options.output}: a guide is exported as .md or .html.",
            "Name the file so, or say --format. For PDF: print the page from a browser.",
        )
    return found
