"""A real Dask cluster on this machine: a scheduler and workers, each a process of its own."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from copilot.lab.executing.cluster import Cluster
from tests.builders import ROOT
from tests.lab.executing import work

_DEADLINE_S = 60.0
_Seen = TypeVar("_Seen")


@dataclass
class DaskCluster:
    """Processes of Dask; ``close`` ends them."""

    folder: Path
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a ``dask`` command."""
        log = (self.folder / f"{len(self.processes)}.log").open("wb")
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "OPENBLAS_NUM_THREADS": "1",
            # Twice, so that a test of it need not kill four workers.
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        }
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
                cwd=self.folder,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        """Start it, and wait until it says where it listens."""
        process = self.start("scheduler", "--host", "127.0.0.1", "--port", "0")
        log = self.folder / f"{len(self.processes) - 1}.log"
        mark = "Scheduler at:"
        line = _waited_for(
            lambda: next((at for at in log.read_text().splitlines() if mark in at), "")
        )
        self.address = line.split(mark)[1].strip()
        return process

    def start_worker(self) -> None:
        """Start one with one thread; what watches over it starts it anew when it dies."""
        self.start("worker", self.address, "--nthreads", "1", "--host", "127.0.0.1")

    def worker_pid(self) -> int:
        """The process of one of the workers."""
        with Cluster(self.address) as cluster:
            (found,) = cluster.each(work.whose, [("pid", b"")])
        return int(found.value)

    def logs(self) -> str:
        """Everything that scheduler and workers wrote."""
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def close(self) -> None:
        """End them all, with the processes that they started."""
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def dask_cluster(folder: Path, workers: int) -> Iterator[DaskCluster]:
    """A scheduler with so many workers, all of them there."""
    cluster = DaskCluster(folder)
    try:
        cluster.start_scheduler()
        for _ in range(workers):
            cluster.start_worker()
        _waited_for(lambda: cluster.logs().count("Registered to:") >= workers)
        yield cluster
    finally:
        cluster.close()


def all_back(cluster: Cluster, workers: int = 2) -> None:
    """Wait until so many workers are there, as after one was killed."""
    _waited_for(lambda: len(cluster.workers()) == workers)


def kill(pid: int) -> None:
    """As the system does when memory runs out."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _waited_for(look: Callable[[], _Seen]) -> _Seen:
    end = time.monotonic() + _DEADLINE_S
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError("the cluster did not come up")
