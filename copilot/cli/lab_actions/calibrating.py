"""``lab calibrate``: fit the local matcher's thresholds to labelled answers."""

import argparse
import math
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from copilot.cli.json_output import print_json
from copilot.cli.lab_actions.asking import confirm
from copilot.cli.lab_actions.telling import table_lines
from copilot.cli.parsing import positive
from copilot.errors import ExitCode, InputError
from copilot.lab.calibrating.calibration import Calibration, calibrate, labelled_suite
from copilot.lab.calibrating.validating import Held, KindFit
from copilot.lab.measuring.bootstrap import Estimate
from copilot.lab.running.cache import Cache
from copilot.matching.rules import NEVER, SHIPPED_RULES, StateRule
from copilot.matching.rules_file import rules_as_json, rules_path, write_rules

_F = {"point": "F1", "flag": "F0.5"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument(
        "names",
        nargs="+",
        metavar="SUITE|FILE",
        help="a suite of the task match, or files of labelled answers (*.jsonl)",
    )
    parser.add_argument(
        "--target-precision",
        type=_share,
        default=0.9,
        metavar="SHARE",
        help="how many of those shown should be right, 0 to 1 (default 0.9)",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the thresholds to a file")
    parser.add_argument(
        "--use", action="store_true", help="hold interviews with these thresholds from now on"
    )
    parser.add_argument(
        "--force", action="store_true", help="write them though they are not shown to be better"
    )
    parser.add_argument("--yes", action="store_true", help="replace a file without being asked")
    parser.add_argument(
        "--workers", type=positive, metavar="N", help="processes (default: as many as pay)"
    )
    parser.add_argument("--no-cache", action="store_true", help="match everything anew")
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """Fit, tell, and write where that was asked for."""
    found = calibrate(
        labelled_suite(options.names),
        options.target_precision,
        cache=None if options.no_cache else Cache(),
        workers=options.workers,
        on_done=_Matching(),
    )
    if options.json:
        print_json(_as_json(found, forced=options.force))
    else:
        sys.stdout.write(calibration_text(found))
    paths = [path for path in (options.out, rules_path() if options.use else None) if path]
    if not paths:
        return ExitCode.OK
    if not found.is_better and not options.force:
        raise InputError(
            "nothing was written: the fitted thresholds are not better by more than noise.",
            "Stay with those that ship, or label more answers; --force writes them all the same.",
            title="Nothing to use",
        )
    for path in paths:
        if path.exists():
            confirm(f"{path} is there already. Replace it?", yes=options.yes)
        today = datetime.now().astimezone().date().isoformat()
        write_rules(path, found.rules(forced=options.force), found.learned_from(today))
        sys.stderr.write(f"Wrote {path}\n")
    if options.use:
        sys.stderr.write(f"Interviews use it from now on. To go back, remove {rules_path()}\n")
    return ExitCode.OK


def calibration_text(found: Calibration) -> str:
    """What was fitted, and what it is worth on what it was not fitted to."""
    failed = f", {found.failed} of them not matched" if found.failed else ""
    lines = [f"{found.data}: {found.answers} labelled answers{failed}"]
    for kind in found.kinds:
        lines += ["", *_kind_lines(kind)]
    lines += ["", _advice(found)]
    return "\n".join(lines) + "\n"


def _kind_lines(kind: KindFit) -> list[str]:
    name = f"{kind.kind.value}s".capitalize()
    counted = f"{kind.labels} labels of {kind.groups} questions"
    lines = [f"{name}: {counted}, {kind.said} said, {kind.denied} denied"]
    if kind.too_few or kind.difference is None:
        return [*lines, f"  Nothing is fitted: {kind.too_few}."]
    lines.append(f"  Wanted: the best {_F[kind.kind.value]} with a precision of {kind.target:g}")
    lines += [f"  Take care: {warning}." for warning in kind.warnings]
    shipped, fitted = SHIPPED_RULES.of(kind.kind), kind.rule
    rows: list[tuple[str, ...]] = [
        ("  on questions left out", "shipped", "fitted"),
        ("  precision", *_both(kind, "precision")),
        ("  recall", *_both(kind, "recall")),
        (f"  {_F[kind.kind.value]}", *_both(kind, "f")),
    ]
    if kind.denied:
        rows.append(("  denials found", *_both(kind, "denied")))
        rows.append(("  denials right", *_both(kind, "denied_precision")))
    rows.append(("  missed, but in doubt", *_both(kind, "missed")))
    rows.append(("  doubts with reason", *_both(kind, "missed_precision")))
    rows += [
        (f"  threshold {name}", _threshold(shipped, name), _threshold(fitted, name))
        for name in ("says", "denies", "doubt")
        if getattr(fitted, name) < NEVER
    ]
    test = kind.difference
    if kind.is_better:
        noise = "better by more than noise"
    elif kind.misses_target:
        noise = "less reliable than asked for"
    else:
        noise = "not better" if test.difference <= 0 else "this is not more than noise"
    change = (
        f"  {_F[kind.kind.value]} {test.difference:+.3f} ({test.low:+.3f} to {test.high:+.3f}), "
        f"p {test.p:.3f}: {noise}."
    )
    return [*lines, *table_lines(rows), change]


def _advice(found: Calibration) -> str:
    better = [f"{kind.kind.value}s" for kind in found.kinds if kind.is_better]
    if not better:
        return "Stay with the thresholds that ship: nothing fitted here is shown to be better."
    named = " and ".join(better)
    return f"Fitted thresholds are better for {named}. Use them with --use; the rest stays."


def _both(kind: KindFit, name: str) -> tuple[str, str]:
    return _estimate(getattr(kind.shipped, name)), _estimate(getattr(kind.fitted, name))


def _estimate(estimate: Estimate) -> str:
    if math.isnan(estimate.value):
        return "-"
    return f"{estimate.value:.2f} ({estimate.low:.2f} to {estimate.high:.2f})"


def _threshold(rule: StateRule, name: str) -> str:
    return f"{getattr(rule, name):.2f}"


class _Matching:
    """Tells how far matching is, on a terminal alone and only where it takes a while."""

    def __call__(self, done: int, total: int) -> None:
        if sys.stderr.isatty() and done < total:
            sys.stderr.write(f"\rMatched {done} of {total} ")
        elif sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _as_json(found: Calibration, *, forced: bool) -> dict[str, object]:
    return {
        "data": found.data,
        "sha256": found.sha256,
        "answers": found.answers,
        "failed": found.failed,
        "better": found.is_better,
        "rules": rules_as_json(found.rules(forced=forced)),
        "kinds": [
            {
                "kind": kind.kind.value,
                "labels": kind.labels,
                "said": kind.said,
                "denied": kind.denied,
                "groups": kind.groups,
                "too_few": kind.too_few,
                "warnings": list(kind.warnings),
                "target_precision": kind.target,
                "better": kind.is_better,
                "fitted_rule": {
                    name: None if value >= NEVER else value
                    for name, value in asdict(kind.rule).items()
                },
                "shipped": _held(kind.shipped),
                "fitted": _held(kind.fitted),
                "difference": None if kind.difference is None else asdict(kind.difference),
            }
            for kind in found.kinds
        ],
    }


def _held(held: Held) -> dict[str, object]:
    return {
        name: None if math.isnan(each["value"]) else each for name, each in asdict(held).items()
    }


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= 1:
        msg = f"{text!r} is no share; give a number above 0 and up to 1, such as 0.9"
        raise argparse.ArgumentTypeError(msg)
    return value
