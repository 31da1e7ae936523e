"""``knowledge import-plan``: a list of questions, as somebody wrote it, as a plan."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from copilot.cli import options as shared
from copilot.cli.asking import says_yes
from copilot.cli.knowledge_actions.plan_writing import add_writing, write_plan
from copilot.errors import InputError
from copilot.guides.planning import Found, Listed, ListedLine, read_list
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from copilot.knowledge.plan import DEFAULT_PROBES, Chosen, Plan


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="a question a line: text, Markdown, CSV, web page, Word or PDF",
    )
    parser.add_argument("--role", required=True, metavar="ROLE", help="the guide they stand in")
    shared.add_language(parser)
    add_writing(parser)
    parser.add_argument(
        "--yes", action="store_true", help="take the questions that are near, without asking"
    )


def run(options: argparse.Namespace) -> int:
    """Find the questions, and write the plan."""
    guide = load_guide(options.role, options.language)
    listed = read_list(options.file, guide)
    taken = list(_taken(listed, guide, options))
    if not taken:
        raise InputError(
            f"{options.file}: no question of the guide {guide.id} stands in it.",
            "Name questions by their ids, labels or texts; they are listed by: interview-copilot "
            f"knowledge show {guide.id}",
        )
    probes = options.probes if options.probes is not None else listed.probes
    questions = tuple(Chosen(id=line.question, minutes=line.minutes) for line in taken)
    plan = Plan(questions=questions, probes=DEFAULT_PROBES if probes is None else probes)
    return write_plan(plan, guide, options)


def _taken(listed: Listed, guide: Guide, options: argparse.Namespace) -> Iterator[ListedLine]:
    for line in listed.lines:
        where = f"{options.file}:{line.line}"
        match line.found:
            case Found.SURE:
                yield line
            case Found.NEAR:
                question = guide.question(line.question)
                sys.stderr.write(f"{where}: {line.text!r}\n  near {question.id}: {question.text}\n")
                if options.yes or _agreed():
                    yield line
                else:
                    sys.stderr.write("  left out\n")
            case Found.TWICE:
                sys.stderr.write(f"{where}: {line.question} again; it stays where it was first\n")
            case Found.UNKNOWN:
                sys.stderr.write(f"{where}: no question of the guide: {line.text!r}\n")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        sys.stderr.write("  nobody is there to ask; take it with --yes\n")
        return False
    return says_yes("  is that it?")
