"""``lab check``: whether suites can be run, told line by line before anything is asked."""

import argparse
import sys
from collections import Counter

from copilot.errors import CopilotError, ExitCode
from copilot.lab.checks.checking import cannot_pass
from copilot.lab.errors import SuiteError
from copilot.lab.grid import Materials, Variant
from copilot.lab.small_model import SMALL_MODEL, is_installed
from copilot.lab.suite.files import suite_files
from copilot.lab.suite.loading import load_suite
from copilot.lab.suite.materials import collect
from copilot.lab.suite.model import Suite
from copilot.lab.tasks import task_named

#: So many cases are named.
_NAMED = 3


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument(
        "suites",
        nargs="*",
        metavar="SUITE",
        help="names or files of suites (default: all that can be named)",
    )


def run(options: argparse.Namespace) -> int:
    """Read each suite with everything it names, and put each case with each prompt and guide."""
    worst = ExitCode.OK
    for name in options.suites or suite_files():
        try:
            suite = load_suite(name)
            materials, variants = collect(suite)
            _put(suite, materials, variants)
        except CopilotError as error:
            sys.stderr.write(f"{error}\n")
            worst = ExitCode.FAILED
            continue
        sys.stdout.write(_line(suite, variants))
    return worst


def _put(suite: Suite, materials: Materials, variants: tuple[Variant, ...]) -> None:
    """See that every case can be put."""
    task = task_named(suite.task)
    for variant in variants:
        if variant.provider.id == SMALL_MODEL and not is_installed():
            continue  # its file is part of what decides, and not everybody has it
        for case in suite.cases:
            try:
                task.fingerprint(case, variant, materials)
            except CopilotError as error:
                if case.origin in error.message:
                    raise
                raise SuiteError(f"{case.origin}: {error.message}", error.remedy) from error


def _line(suite: Suite, variants: tuple[Variant, ...]) -> str:
    count = "one case" if len(suite.cases) == 1 else f"{len(suite.cases)} cases"
    parts = Counter(case.split for case in suite.cases)
    shares = ", ".join(f"{parts[split]} {split}" for split in ("train", "dev", "test"))
    columns = "one variant" if len(variants) == 1 else f"{len(variants)} variants"
    told = f"{suite.name}: {count} ({shares}), {columns}, task {suite.task}\n"
    blind = [case for case in suite.cases if cannot_pass(case)]
    if blind:
        names = ", ".join(case.id for case in blind[:_NAMED])
        more = f" and {len(blind) - _NAMED} more" if len(blind) > _NAMED else ""
        told += f"  cannot pass, as nothing says what is right: {names}{more}\n"
    return told
