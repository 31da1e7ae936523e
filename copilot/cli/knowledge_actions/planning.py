"""``knowledge plan``: a role's plans, and a new one by hand."""

import argparse
import sys
from pathlib import Path

from pydantic import ValidationError

from copilot.cli.knowledge_actions.plan_writing import add_writing, write_plan
from copilot.errors import ExitCode, GuideError, UsageError
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from copilot.knowledge.plan import (
    DEFAULT_PROBES,
    Chosen,
    Plan,
    plan_names,
    plan_path,
    plans_folder,
    read_plan,
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("role", metavar="ROLE", help="a guide's id, or the path of its file")
    parser.add_argument(
        "questions",
        nargs="*",
        metavar="QUESTION[:MINUTES]",
        help="ids of the guide, in the order to ask them; without any, the role's plans are listed",
    )
    add_writing(parser)


def run(options: argparse.Namespace) -> int:
    """List the plans, or write one."""
    guide = load_guide(options.role)
    if not options.questions:
        return _listed(guide)
    probes = DEFAULT_PROBES if options.probes is None else options.probes
    plan = _checked(tuple(map(_chosen, options.questions)), probes, guide)
    return write_plan(plan, guide, options)


def _chosen(written: str) -> Chosen:
    name, sign, minutes = written.partition(":")
    try:
        return Chosen(id=name, minutes=float(minutes.replace(",", ".")) if sign else None)
    except (ValueError, ValidationError) as error:
        raise UsageError(
            f"{written!r} is no question with its minutes.", "Write it as roster, or as roster:8."
        ) from error


def _checked(questions: tuple[Chosen, ...], probes: int, guide: Guide) -> Plan:
    for number, chosen in enumerate(questions):
        guide.question(chosen.id)
        if any(chosen.id == other.id for other in questions[:number]):
            raise UsageError(f"{chosen.id!r} is named twice.", "Name each question once.")
    return Plan(questions=questions, probes=probes)


def _listed(guide: Guide) -> int:
    names = plan_names(guide.id)
    if not names:
        sys.stdout.write(f"No plan for {guide.id} in {plans_folder(guide.id)}.\n")
        sys.stdout.write(f"The questions: {', '.join(q.id for q in guide.questions)}\n")
        return ExitCode.OK
    for name in names:
        sys.stdout.write(f"{name:<24}{_told(plan_path(name, guide.id), guide)}\n")
    return ExitCode.OK


def _told(path: Path, guide: Guide) -> str:
    try:
        plan = read_plan(path, guide)
    except GuideError as error:
        # One broken plan must not hide the others.
        return f"has errors: {error.message.splitlines()[-1].strip()}"
    minutes = sum(plan.minutes.get(name, guide.question(name).minutes) for name in plan.ids)
    count = "1 question" if len(plan.ids) == 1 else f"{len(plan.ids)} questions"
    return f"{count}, about {minutes:g} min, follow-ups each: {plan.probes}"
