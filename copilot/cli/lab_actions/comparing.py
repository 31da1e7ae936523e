"""``lab compare``: what got better, what broke, and whether it is more than noise."""

import argparse
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from copilot.cli.json_output import print_json
from copilot.errors import ExitCode, UsageError
from copilot.lab.comparing import compare
from copilot.lab.comparing.baseline import Baseline, read_baseline, shipped_baseline
from copilot.lab.comparing.model import Comparison
from copilot.lab.comparing.regression import broken_quietly, regressions, rule
from copilot.lab.comparing.text import comparison_text
from copilot.lab.errors import RegressionError, RunError
from copilot.lab.labels import labels_for
from copilot.lab.running.folder import LAST, list_runs, read_run
from copilot.lab.running.run import Run
from copilot.store import SessionStore
from copilot.store.exports import remember_export

#: ``--baseline`` without a file.
_SHIPPED = ""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "runs",
        nargs="*",
        metavar="RUN",
        help="A and then B, by folder, id, a beginning of it, `last` or `last:SUITE`; with one, "
        "its suite's run before it is A; with none, the newest run is B",
    )
    parser.add_argument(
        "--variants",
        nargs=2,
        metavar=("X", "Y"),
        help="compare the variant X of A with Y of B, by id or a unique part of it; with one run, "
        "both are its own",
    )
    parser.add_argument(
        "--baseline",
        nargs="?",
        const=_SHIPPED,
        metavar="FILE",
        help="A is a baseline: the one that ships for the suite, or FILE; without a run, each "
        "suite with a baseline that ships has its newest run compared",
    )
    parser.add_argument(
        "--fail-on-regression",
        action="store_true",
        help="leave with 1 where something got worse; the rule is printed",
    )
    parser.add_argument(
        "--tolerance",
        type=_share,
        metavar="SHARE",
        help="how much worse counts as noise, 0 to 1 (default: the suite's)",
    )
    parser.add_argument(
        "--strict", action="store_true", help="any case that passed and now fails is a regression"
    )
    parser.add_argument("--json", action="store_true", help="print the comparison as JSON")
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="write the page that shows each case as well"
    )


def run(options: argparse.Namespace) -> int:
    """Compare."""
    if options.strict and not options.fail_on_regression:
        raise UsageError("--strict is a rule of --fail-on-regression.", "Give both.")
    found: list[str] = []
    looked_at: list[str] = []
    pairs = list(pairs_of(options))
    if options.html is not None and len(pairs) > 1:
        raise UsageError("--html writes one comparison.", "Name the run that is compared.")
    for number, (a, b) in enumerate(pairs):
        comparison = compare(a, b, variants=options.variants)
        tolerance = b.record.tolerance if options.tolerance is None else options.tolerance
        worse = regressions(comparison, tolerance=tolerance, strict=options.strict)
        if options.json:
            print_json({**comparison.model_dump(mode="json"), "regressions": list(worse)})
        else:
            sys.stdout.write(("\n\n" if number else "") + comparison_text(comparison))
        if options.html is not None:
            _write_page(a, b, comparison, options.html)
        if options.fail_on_regression:
            _tell_rule(comparison, worse, tolerance, options)
            found += [f"{b.record.suite}: {each}" for each in worse]
            if worse:
                looked_at = _named(a, b, options)
    if found:
        raise RegressionError(
            "\n  ".join([f"{len(found)} by that rule:", *found]),
            f"Look at the cases: interview-copilot lab view {' '.join(looked_at)}",
        )
    return ExitCode.OK


def pairs_of(options: argparse.Namespace) -> Iterator[tuple[Run | Baseline, Run]]:
    """What is compared with what.

    Raises:
        UsageError: The arguments do not go together.
        RunError: A run or baseline is not there or is damaged.
    """
    names = options.runs
    if len(names) > 2 or (options.baseline is not None and len(names) > 1):
        raise UsageError("too many runs.", "Name A and B, or B alone with --baseline.")
    if options.baseline is not None:
        yield from _with_baseline(names, options.baseline)
    elif len(names) == 2:
        yield _two(names[0], names[1], options.variants)
    else:
        yield _with_the_one_before(read_run(names[0] if names else "last"), options.variants)


def _two(first: str, second: str, variants: list[str] | None) -> tuple[Run, Run]:
    b = read_run(second)
    a = read_run(first)
    if a.path != b.path or variants is not None:
        return a, b
    if first.partition(":")[0] == LAST:
        # Whoever has just made B means the newest besides it.
        return _with_the_one_before(b, None)
    raise UsageError(
        f"A and B are both {b.record.id}.",
        "Name another run, or compare two of its variants: --variants X Y",
    )


def _with_baseline(names: list[str], file: str) -> Iterator[tuple[Baseline, Run]]:
    if file != _SHIPPED:
        yield read_baseline(Path(file)), read_run(names[0] if names else "last")
        return
    if names:
        run = read_run(names[0])
        path = shipped_baseline(run.record.suite)
        if path is None:
            raise RunError(
                f"no baseline ships for the suite {run.record.suite}.",
                "Write one with `lab baseline RUN --out FILE` and give it: --baseline FILE",
            )
        yield read_baseline(path), run
        return
    yield from _every_shipped()


def _every_shipped() -> Iterator[tuple[Baseline, Run]]:
    seen: dict[str, Path] = {}
    for each in list_runs():
        seen.setdefault(each.record.suite, each.path)
    shipped = {suite: shipped_baseline(suite) for suite in sorted(seen)}
    known = {suite: path for suite, path in shipped.items() if path is not None}
    if not known:
        told = "there is no run of a suite that has a baseline."
        raise RunError(told, "Make one: interview-copilot lab run local-matcher")
    for suite, path in known.items():
        yield read_baseline(path), read_run(seen[suite])


def _with_the_one_before(run: Run, variants: list[str] | None) -> tuple[Run, Run]:
    if variants is not None:
        return run, run
    before = [
        each.path
        for each in list_runs(suite=run.record.suite)
        if each.record.began_at < run.record.began_at and each.record.done_at
    ]
    if not before:
        raise RunError(
            f"{run.record.id} is the first run of {run.record.suite} that was done to the end.",
            "Name two runs, or compare two of its variants: --variants X Y",
        )
    return read_run(before[0]), run


def _tell_rule(
    comparison: Comparison, worse: tuple[str, ...], tolerance: float, options: argparse.Namespace
) -> None:
    sys.stderr.write(f"\n{rule(tolerance, strict=options.strict)}\n")
    quiet = broken_quietly(comparison)
    if quiet and not options.strict:
        named = ", ".join(quiet)
        sys.stderr.write(f"Broken, though not by that rule (--strict counts them): {named}\n")
    if not worse:
        sys.stderr.write("No regression by that rule.\n")


def _named(a: Run | Baseline, b: Run, options: argparse.Namespace) -> list[str]:
    """The arguments by which ``lab view`` shows the pair."""
    if isinstance(a, Baseline):
        file = [shlex.quote(options.baseline)] if options.baseline else []
        return [b.record.id, "--baseline", *file]
    if a.path == b.path and options.variants is not None:
        return [b.record.id, "--variants", *map(shlex.quote, options.variants)]
    return [a.record.id, b.record.id]


def _write_page(a: Run | Baseline, b: Run, comparison: Comparison, path: Path) -> None:
    from copilot.lab.report.comparing import comparison_page  # noqa: PLC0415 - only for the page
    from copilot.lab.report.writing import write_page  # noqa: PLC0415 - only for the page

    labels = ({} if isinstance(a, Baseline) else labels_for(a), labels_for(b))
    write_page(path, comparison_page(a, b, comparison, labels=labels))
    for session in _sessions(a, b):
        remember_export(session, path, "lab comparison")
    sys.stderr.write(f"Wrote {path}\n")


def _sessions(*runs: Run | Baseline) -> Iterator[Path]:
    """The folders of the stored sessions whose words are in it; they tell of it when deleted."""
    root = SessionStore().root
    cases = [case for run in runs if isinstance(run, Run) for case in run.cases.values()]
    for name in dict.fromkeys(case.session for case in cases if case.session):
        folder = root / name
        if folder.is_dir():
            yield folder


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        msg = f"{text!r} is no share; give a number from 0 to 1, such as 0.02"
        raise argparse.ArgumentTypeError(msg)
    return value
