"""Writing a plan file: where to, and what is told of it."""

import argparse
import shlex
import sys
from pathlib import Path

from copilot.errors import ExitCode, UsageError
from copilot.guides.editing.guide_file import write_whole
from copilot.knowledge.guide import Guide
from copilot.knowledge.plan import Plan, own_plan_path, plan_text


def add_writing(parser: argparse.ArgumentParser) -> None:
    """Where a plan is written to, its follow-ups, and the time it should keep to."""
    parser.add_argument(
        "--probes",
        type=int,
        choices=range(10),
        metavar="N",
        help="follow-ups a question gets, 0 to 9 (default: 2)",
    )
    parser.add_argument(
        "--length", type=float, metavar="MIN", help="minutes there are; what is over them is said"
    )
    to = parser.add_mutually_exclusive_group()
    to.add_argument(
        "--name", help="keep it as a plan of the role, for: live --role ROLE --plan NAME"
    )
    to.add_argument("--output", type=Path, metavar="FILE", help="write it into this file")
    parser.add_argument("--replace", action="store_true", help="where there is one already")


def write_plan(plan: Plan, guide: Guide, options: argparse.Namespace) -> int:
    """Write it, or print it where nobody said where to.

    Raises:
        UsageError: The name is none, or taken.
        StorageError: The disk refused.
    """
    text = plan_text(plan, guide)
    minutes = sum(plan.minutes.get(name, guide.question(name).minutes) for name in plan.ids)
    count = "1 question" if len(plan.ids) == 1 else f"{len(plan.ids)} questions"
    told = f"{count}, about {minutes:g} min"
    over = "" if options.length is None else _over(minutes, options.length)
    sys.stderr.write(f"{told}{over}\n")
    path = own_plan_path(options.name, guide.id) if options.name else options.output
    if path is None:
        sys.stdout.write(text)
        return ExitCode.OK
    if path.exists() and not options.replace:
        raise UsageError(f"{path} is there already.", "Choose another name, or say --replace.")
    write_whole(path, text)
    sys.stdout.write(f"{path}\n")
    if options.name:
        live = f"interview-copilot live --role {guide.id} --plan {shlex.quote(options.name)}"
        sys.stderr.write(f"To interview by it: {live}\n")
    return ExitCode.OK


def _over(minutes: float, length: float) -> str:
    over = minutes - length
    return f", {over:g} more than the {length:g} there are" if over > 0 else f" of {length:g}"
