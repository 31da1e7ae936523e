"""What a run says of itself: code, libraries, machine, and what it came to."""

import os
import platform
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from copilot import __version__
from copilot.lab.results import Result, RunRecord
from copilot.lab.running.plan import Plan

#: What may change what comes out.
_LIBRARIES = (
    "pydantic",
    "Jinja2",
    "numpy",
    "onnxruntime",
    "openai",
    "faster-whisper",
    "ctranslate2",
    "xllamacpp",
    "distributed",
)
_PATIENCE_S = 10.0


def record_of(plan: Plan, executor: str, now: datetime) -> RunRecord:
    """The record of a run that begins; its id is given with its folder.

    Args:
        plan: What is run.
        executor: Where.
        now: With the offset.
    """
    return RunRecord(
        id="",
        suite=plan.suite.name,
        suite_path=str(plan.suite.path.absolute()),
        suite_sha256=plan.suite.sha256,
        description=plan.suite.description,
        task=plan.suite.task,
        began_at=now.isoformat(timespec="milliseconds"),
        plan_sha256=plan.sha256,
        items=len(plan.items),
        variants=plan.variants,
        repeats=plan.repeats,
        tolerance=plan.suite.tolerance,
        commit=commit(),
        versions=versions(),
        machine={
            "system": platform.platform(),
            "cores": str(os.cpu_count() or 1),
            "executor": executor,
        },
    )


def versions() -> Mapping[str, str]:
    """Of the program, Python and the libraries that matter, as far as they are installed."""
    found = {"interview-copilot": __version__, "python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def commit() -> str:
    """The checkout's commit, with ``+`` for changes; empty where the program is none."""
    checkout = Path(__file__).resolve().parents[3]
    if not (checkout / ".git").exists():
        return ""
    head = _git(checkout, "rev-parse", "HEAD")
    if not head:
        return ""
    changed = _git(checkout, "status", "--porcelain", "--untracked-files=no")
    return f"{head}+" if changed or changed is None else head


def really_asked(lines: Iterable[Result]) -> Iterator[Result]:
    """The lines of a file of results that somebody was asked for, one a time it was asked.

    A line after one that stands is the same output with a verdict.
    """
    stood = set()
    for line in lines:
        if line.item in stood:
            continue
        if not line.produced.failed:
            stood.add(line.item)
        if not line.cached:
            yield line


def totals_of(
    results: Sequence[Result],
    opinions: Sequence[Result],
    asked: Sequence[Result],
    seconds: float,
) -> dict[str, float]:
    """Sums of a run.

    Args:
        results: The last result of each item.
        opinions: Votes of a model that gives opinions.
        asked: All that somebody was asked for, also what failed and was done anew.
        seconds: How long it was worked on, with everything that went on at once.
    """
    errors = sum(result.produced.failed for result in results)
    passed = sum(result.passed for result in results)
    found: dict[str, float] = {
        "passed": passed,
        "failed": len(results) - passed - errors,
        "errors": errors,
        "cached": sum(result.cached for result in results),
        "seconds": round(seconds, 3),
    }
    found |= {
        "requests": sum(result.produced.requests for result in asked),
        "tokens_in": sum(result.produced.tokens_in for result in asked),
        "tokens_out": sum(result.produced.tokens_out for result in asked),
        "opinions": len(opinions),
    }
    costs = [result.produced.cost for result in asked if result.produced.cost is not None]
    if costs:
        found["cost"] = sum(costs)
    return found


def latency_of(results: Iterable[Result]) -> dict[str, dict[str, float]]:
    """By variant, p50 and p95 in seconds of what was really done, and of how many that is."""
    took: dict[str, list[float]] = defaultdict(list)
    for result in results:
        if not result.cached and not result.produced.failed:
            took[result.variant].append(result.produced.took_s)
    return {
        variant: {
            "p50": round(quantile(values, 0.5), 6),
            "p95": round(quantile(values, 0.95), 6),
            "count": len(values),
        }
        for variant, values in took.items()
    }


def quantile(values: Iterable[float], share: float) -> float:
    """The value that so many of them do not exceed, between two where it lies between two.

    Args:
        values: At least one.
        share: 0 to 1.
    """
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - nothing of it comes from outside
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - whichever git is installed
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
