"""``lab list``: the suites that can be run, and the runs there are."""

import argparse
import sys
from pathlib import Path

from copilot.cli.json_output import print_json
from copilot.cli.parsing import positive
from copilot.errors import CopilotError, ExitCode
from copilot.lab.folders import shipped_suites
from copilot.lab.running.folder import ListedRun, list_runs
from copilot.lab.suite.files import suite_files
from copilot.lab.suite.loading import load_suite
from copilot.lab.suite.model import Suite

_RUNS = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("--suite", default="", metavar="NAME", help="only the runs of this suite")
    parser.add_argument(
        "--limit", type=positive, default=_RUNS, metavar="N", help=f"newest runs (default {_RUNS})"
    )
    parser.add_argument("--json", action="store_true", help="for machines: an object a line")


def run(options: argparse.Namespace) -> int:
    """List them; what cannot be read is told and hides nothing."""
    if not options.suite:
        _tell_suites(as_json=options.json)
    runs = list_runs(suite=options.suite, on_problem=_tell_problem)
    if not options.json:
        sys.stdout.write("Runs, newest first:\n" if runs else "No run yet: lab run SUITE.\n")
    for each in runs[: options.limit]:
        _tell_run(each, as_json=options.json)
    if len(runs) > options.limit and not options.json:
        sys.stdout.write(f"  … and {len(runs) - options.limit} before; --limit shows more.\n")
    return ExitCode.OK


def _tell_suites(*, as_json: bool) -> None:
    if not as_json:
        sys.stdout.write("Suites:\n")
    paths = suite_files()
    width = max((len(path.stem) for path in paths), default=0)
    for path in paths:
        try:
            suite = load_suite(path)
        except CopilotError as error:
            _tell_problem(error)
            continue
        _tell_suite(path, suite, width, as_json=as_json)
    if not as_json:
        sys.stdout.write("\n")


def _tell_suite(path: Path, suite: Suite, width: int, *, as_json: bool) -> None:
    ships = path.is_relative_to(shipped_suites())
    if as_json:
        print_json(
            {
                "suite": suite.name,
                "path": str(path),
                "ships": ships,
                "task": suite.task,
                "cases": len(suite.cases),
                "description": suite.description,
            }
        )
        return
    whose = "" if ships else " (your own)"
    sys.stdout.write(
        f"  {suite.name:<{width}}  {len(suite.cases):>4} cases  {suite.description}{whose}\n"
    )


def _tell_run(listed: ListedRun, *, as_json: bool) -> None:
    record = listed.record
    if as_json:
        whole = record.model_dump(mode="json")
        print_json({"run": whole, "path": str(listed.path), "state": listed.state})
        return
    passed = record.totals.get("passed")
    share = "" if passed is None else f"{passed:.0f} of {record.items} passed"
    errors = record.totals.get("errors", 0)
    if errors:
        share += f", {errors:.0f} errors"
    # The id begins with the time.
    sys.stdout.write(f"  {record.id}  {record.suite}  {listed.state}  {share}".rstrip() + "\n")
    if record.stopped:
        sys.stdout.write(f"    {record.stopped}\n")


def _tell_problem(error: CopilotError) -> None:
    sys.stderr.write(f"{error}\n")
