"""Running a system that writes down speech while it is spoken: on a clock, or as if on one."""

import heapq
import itertools
import math
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from benchmarks.streaming_screen import Final, Screen, Seen
from copilot.audio import Block
from copilot.speech.hearing import Heard, Hearing
from copilot.speech.streaming import Partial

#: Takes in what a piece of work found; given how long it took, in seconds.
Answer = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Work:
    """Something for a worker to do.

    Attributes:
        kind: What it is, for counting.
        run: Does it, and changes nothing; may take place on any thread.
    """

    kind: str
    run: Callable[[], Answer]


class System(Protocol):
    """What turns the sound of a session into text; called by one thread at a time."""

    @property
    def hearing(self) -> Hearing:
        """Its voice activity and endpoints."""

    def hear(self, heard: Heard) -> None:
        """Take in what a block brought."""

    def next(self) -> Work | None:
        """What an idle worker is to do now; None where there is nothing."""

    def finals(self) -> Sequence[Final]:
        """What has become final since the last call."""

    @property
    def lines(self) -> Iterable[Partial]:
        """The text of what is not final."""

    @property
    def done(self) -> bool:
        """Whether all that ended has its text."""


@dataclass(slots=True)
class Jobs:
    """Work of one kind.

    Attributes:
        count: How often.
        wall_s: How long it took altogether, in seconds.
    """

    count: int = 0
    wall_s: float = 0.0


@dataclass(slots=True)
class Run:
    """A session that has been run."""

    seen: Seen
    jobs: dict[str, Jobs] = field(default_factory=dict)
    duration_s: float = 0.0

    def count(self, kind: str, took_s: float) -> None:
        """One more piece of work."""
        jobs = self.jobs.setdefault(kind, Jobs())
        jobs.count += 1
        jobs.wall_s += took_s


def run_virtual(
    system: System,
    blocks: Iterable[Block],
    workers: int,
    screen: Screen,
    clock: Callable[[], float] = time.perf_counter,
) -> Run:
    """Run on a clock that is only counted: work takes as long as it just took by ``clock``."""
    run, numbers = Run(screen.seen), itertools.count()
    busy: list[tuple[float, int, float, Answer]] = []

    def start(now_s: float) -> None:
        while len(busy) < workers and (work := system.next()) is not None:
            began = clock()
            answer = work.run()
            took_s = clock() - began
            run.count(work.kind, took_s)
            heapq.heappush(busy, (now_s + took_s, next(numbers), took_s, answer))
        screen.look(now_s, system.lines, system.finals())

    def finish(until_s: float) -> None:
        while busy and busy[0][0] <= until_s:
            now_s, _, took_s, answer = heapq.heappop(busy)
            answer(took_s)
            start(now_s)

    for block in blocks:
        finish(block.end_s)
        run.duration_s = block.end_s
        system.hear(system.hearing.hear(block))
        start(block.end_s)
    system.hear(_end(system, run.duration_s))
    start(run.duration_s)
    finish(math.inf)
    screen.end(run.duration_s)
    return run


def run_real(system: System, blocks: Iterable[Block], workers: int, screen: Screen) -> Run:
    """Run by the clock on the wall, each worker on a thread, as a live session does."""
    run, changed = Run(screen.seen), threading.Condition()
    over = threading.Event()
    began = time.monotonic()

    def look() -> None:
        screen.look(time.monotonic() - began, system.lines, system.finals())

    def await_work() -> Work | None:
        with changed:
            while (work := system.next()) is None:
                look()
                if over.is_set() and system.done:
                    changed.notify_all()
                    return None
                changed.wait()
            look()
            return work

    def be_worker() -> None:
        while (work := await_work()) is not None:
            started = time.monotonic()
            answer = work.run()
            took_s = time.monotonic() - started
            with changed:
                answer(took_s)
                run.count(work.kind, took_s)
                look()
                changed.notify_all()

    def hear(heard: Heard) -> None:
        with changed:
            system.hear(heard)
            changed.notify_all()

    with ThreadPoolExecutor(workers) as pool:
        working = [pool.submit(be_worker) for _ in range(workers)]
        for block in blocks:
            run.duration_s = block.end_s
            time.sleep(max(0.0, began + block.end_s - time.monotonic()))
            hear(system.hearing.hear(block))
        over.set()
        hear(_end(system, run.duration_s))
    for worker in working:
        worker.result()
    screen.end(time.monotonic() - began)
    return run


def _end(system: System, end_s: float) -> Heard:
    """What is left when the sound has ended."""
    return Heard(end_s, system.hearing.flush(), frozenset(), {})
