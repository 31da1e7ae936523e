"""How a run is done: where, by what means, and who is told of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from copilot.lab.executing.base import Executor
from copilot.lab.executing.local import LocalExecutor, workers_for
from copilot.lab.grid import LOCAL, Item, Materials
from copilot.lab.running.cache import Cache
from copilot.lab.running.progress import Progress
from copilot.lab.small_model import AT_ONCE, SMALL_MODEL
from copilot.lab.suite.model import Limits


class ExecutorFactory(Protocol):
    """Makes the executor of a run."""

    def __call__(self, materials: Materials, items: Sequence[Item]) -> Executor:
        """The executor for some items, which are all that are to be done."""


@dataclass(frozen=True, slots=True)
class How:
    """How a run is done; nothing of it changes what comes out.

    Attributes:
        make_executor: Where items are done; this machine by default.
        runs: Where runs lie; the lab's own folder by default.
        cache: What need not be done again; None: everything is, and nothing is kept for later.
        limits: What may be used; the suite's by default.
        on_progress: Told after every result; must be quick.
        on_trouble: Told what went wrong and does not end the run, such as a report not written.
        now: The time of day, with the offset.
    """

    make_executor: ExecutorFactory | None = None
    runs: Path | None = None
    cache: Cache | None = field(default_factory=Cache)
    limits: Limits | None = None
    on_progress: Callable[[Progress], None] = lambda _progress: None
    on_trouble: Callable[[str], None] = lambda _trouble: None
    now: Callable[[], datetime] = lambda: datetime.now().astimezone()


def local_executor(concurrency: int, workers: int | None = None) -> ExecutorFactory:
    """Makes executors of this machine.

    Args:
        concurrency: Most requests to language models at once; the small model of this machine
            gets no more than it works on at a time.
        workers: Processes for what needs no language model; by default as many as are worthwhile.
    """

    def make(materials: Materials, items: Sequence[Item]) -> Executor:
        asked = {item.variant.provider.id for item in items} - {LOCAL}
        at_once = min(concurrency, AT_ONCE) if asked == {SMALL_MODEL} else concurrency
        return LocalExecutor(materials, concurrency=at_once, workers=workers or workers_for(items))

    return make
