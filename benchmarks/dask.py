"""The lab on a Dask cluster beside the lab on one machine, all of it on this machine.

    python -m benchmarks.dask [--repeats N] [--minutes N] [--model NAME]

Starts a scheduler and workers of its own, each worker a process with one thread, and ends them.
Needs the extra ``dask`` and the speech model.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

# As the command has it, before numpy is loaded: with more threads it adds up in another order.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import soundfile

from benchmarks.measuring import ROOT, progress, this_machine
from benchmarks.reporting import Report, Table, arguments, number, show
from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.audio.recording import RecordingSource
from copilot.events import Channel
from copilot.knowledge.loading import load_guide
from copilot.lab.cases import Case
from copilot.lab.executing.base import Executor
from copilot.lab.executing.cluster import Cluster
from copilot.lab.executing.dask import DaskExecutor
from copilot.lab.executing.local import LocalExecutor
from copilot.lab.folders import shipped_suites
from copilot.lab.grid import GuideText, Item, Materials, Variant
from copilot.lab.running.keys import hash_of, items_of
from copilot.lab.tasks import task_named
from copilot.lab.transcribing import Heard, Unit, heard_here, heard_there
from copilot.paths import demo_folder
from copilot.speech.models import speech_model

METHOD = """
Scheduler, workers and the one who asks share this machine and its cores, so that more workers than
cores cannot help, and what the cluster costs stands out. Every executor is first given a few
items, so that models are loaded, and is then timed on items with keys of their own. Matching: the
labelled answers that ship, as often as --repeats says. Nearly nothing: follow-ups that the gate
checks in a fraction of a millisecond, so that what is left is the way there and back. Ratios are
to the local executor with one process, of the same run.

Hearing: the demo's two channels, cut to so many minutes and each taken twice, so four recordings;
each is heard by a model loaded for it alone, with one thread.
"""

WORKERS, PROCESSES = (1, 2, 4), (1, 2)


@dataclass(frozen=True, slots=True)
class Row:
    """One way of doing the same."""

    what: str
    where: str
    units: int
    took_s: float
    ms_each: float
    ratio: float

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        figures = number(self.took_s, 1), number(self.ms_each, 1), number(self.ratio)
        return self.what, self.where, str(self.units), *figures


COLUMNS = ("what", "where", "n", "s", "ms each", "times as fast")


# -- what is done ---------------------------------------------------------------------------------


def answers() -> list[dict[str, Any]]:
    """The labelled answers that ship."""
    path = shipped_suites() / "data" / "answers.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def materials() -> Materials:
    """The guides of the answers."""
    guides = {}
    for role, language in sorted({(each["role"], each["language"]) for each in answers()}):
        content = load_guide(role, language).model_dump_json(by_alias=True)
        guides["shipped", role, language] = GuideText(
            label="shipped",
            role=role,
            language=language,
            sha256=hash_of(content),
            content=content,
        )
    return Materials(guides=guides)


def matching(given: Materials, repeats: int, mark: str) -> list[Item]:
    """The labelled answers; ``mark`` makes their keys others, and nothing else."""
    names = ("role", "question", "language", "answer")
    cases = [
        Case(
            id=f"{answer['id']}-{mark}-{repeat}",
            task="match",
            vars={name: answer[name] for name in names},
        )
        for answer in answers()
        for repeat in range(repeats)
    ]
    variants = [Variant(id="local", guide="shipped")]
    return list(items_of({"match": task_named("match")}, cases, variants, 1, given))


def gated(count: int, mark: str) -> list[Item]:
    """Follow-ups for the gate."""
    cases = [
        Case(
            id=f"{mark}-{number}",
            task="gate",
            vars={"context": {"language": "en"}, "text": f"What happened on day {number}?"},
        )
        for number in range(count)
    ]
    return list(items_of({"gate": task_named("gate")}, cases, [Variant(id="l")], 1, Materials()))


def demo_units(folder: Path, minutes: float, model: str) -> list[Unit]:
    """The demo's channels as files of their own, each twice."""
    source = RecordingSource.from_file(demo_folder() / "interview.ogg")
    parts: dict[Channel, list[Waveform]] = {channel: [] for channel in Channel}
    for block in source.blocks():
        if block.end_s > minutes * 60:
            break
        for channel, samples in block.samples.items():
            parts[channel].append(samples)
    units = []
    for number_ in (1, 2):
        for channel, pieces in parts.items():
            path = folder / f"{channel}-{number_}.wav"
            soundfile.write(path, np.concatenate(pieces), SAMPLE_RATE_HZ, subtype="PCM_16")
            sha256 = speech_model(model).sha256
            units.append(Unit(f"demo-{number_}", channel, path, "en", model, sha256))
    return units


# -- where ----------------------------------------------------------------------------------------


@contextlib.contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """A scheduler with so many workers; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    processes: list[subprocess.Popen[bytes]] = []

    def start(*given: str) -> None:
        command = [sys.executable, "-m", "dask", *given, "--no-dashboard", "--host", "127.0.0.1"]
        log = (folder / f"dask-{len(processes)}.log").open("wb")
        with log:
            processes.append(
                subprocess.Popen(
                    command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
                )
            )

    try:
        start("scheduler", "--port", str(port))
        for _ in range(workers):
            start("worker", address, "--nthreads", "1")
        with Cluster(address, connect_s=60) as asked:
            while len(asked.workers()) < workers:
                time.sleep(0.1)
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait()


def items_took(executor: Executor, warm: list[Item], items: list[Item]) -> float:
    """Seconds for ``items``, after ``warm``.

    Raises:
        RuntimeError: One failed; then the time means nothing.
    """
    with executor:
        list(executor.run(warm))
        began = time.perf_counter()
        done = list(executor.run(items))
        took_s = time.perf_counter() - began
    failed = [each for each in done if each.produced.failed]
    if failed or len(done) != len(items):
        raise RuntimeError(f"{len(failed)} items failed: {failed[:1]}")
    return took_s


def sound_took(hear: Callable[[], Iterator[Heard]], count: int) -> float:
    """Seconds for all recordings, after they were heard once: a new process has much to load.

    Raises:
        RuntimeError: One failed.
    """
    list(hear())
    began = time.perf_counter()
    heard = list(hear())
    took_s = time.perf_counter() - began
    if len(heard) != count or any(each.hearing is None for each in heard):
        raise RuntimeError(next((each.error for each in heard if each.error), "one is missing"))
    return took_s


def main() -> None:
    """Measure, then print."""
    parser = arguments(__doc__)
    parser.add_argument("--repeats", type=int, default=3, help="how often each answer is matched")
    parser.add_argument("--gated", type=int, default=500, help="follow-ups for the gate")
    parser.add_argument("--minutes", type=float, default=2.0, help="of the demo's sound")
    parser.add_argument("--model", default="base", help="speech model (default base)")
    options = parser.parse_args()
    machine = this_machine()
    given = materials()
    matched: list[Row] = []
    gates: list[Row] = []
    sound: list[Row] = []

    def row(rows: list[Row], what: str, where: str, units: int, took_s: float) -> None:
        first = rows[0].took_s if rows else took_s
        rows.append(Row(what, where, units, took_s, 1000 * took_s / units, first / took_s))

    def measure_items(where: str, make: Callable[[Materials], Executor]) -> None:
        progress(where)
        items = matching(given, options.repeats, where)
        warm = matching(given, 1, f"warm {where}")[::5]
        row(matched, "match", where, len(items), items_took(make(given), warm, items))
        items = gated(options.gated, where)
        warm = gated(20, f"warm {where}")
        row(gates, "gate", where, len(items), items_took(make(Materials()), warm, items))

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        units = demo_units(folder, options.minutes, options.model)
        for count in PROCESSES:
            where = f"local, {count}"
            measure_items(where, partial(LocalExecutor, workers=count))
            took_s = sound_took(partial(heard_here, units, count), len(units))
            row(sound, "hear", where, len(units), took_s)
        for count in WORKERS:
            where = f"dask, {count}"
            with cluster(folder, count) as address:
                measure_items(where, partial(DaskExecutor, address))
                if count > PROCESSES[-1]:
                    continue
                with Cluster(address) as asked:
                    took_s = sound_took(partial(heard_there, units, asked), len(units))
                row(sound, "hear", where, len(units), took_s)
    tables = [
        Table("Matching the labelled answers", COLUMNS, matched),
        Table("Nearly nothing to do, item by item", COLUMNS, gates),
        Table(f"Hearing {options.minutes:g} min of sound with {options.model}", COLUMNS, sound),
    ]
    show(Report("dask", METHOD, machine, tables), options)


if __name__ == "__main__":
    main()
