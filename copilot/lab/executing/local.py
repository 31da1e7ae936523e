"""On this machine: language models are asked by threads, the program's own work is processes'.

        ┌─ lane of models ── threads ─────────────▶ endpoint
items ──┤                                                        ──▶ what came out
        └─ lane of local work ─ a thread a process ─▶ process
"""

import os
import queue
import threading
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Self

from copilot.lab.bench import Bench
from copilot.lab.executing.base import Done
from copilot.lab.executing.doing import do_item
from copilot.lab.executing.process import ItemProcess
from copilot.lab.grid import LOCAL, Item, Materials
from copilot.lab.results import Produced

#: So many items a process, or loading its models is not worth it.
_ITEMS_A_PROCESS = 8
_ENDING_S = 5.0
#: An item and where to put what comes out of it.
_Order = tuple[Item, "queue.SimpleQueue[Done]"]


def workers_for(items: Sequence[Item]) -> int:
    """How many processes are worth their while for some items; 1 means this one.

    Args:
        items: All that is to be done; those for language models take none.
    """
    local = sum(item.variant.provider.id == LOCAL for item in items)
    return max(1, min(os.cpu_count() or 1, local // _ITEMS_A_PROCESS))


class LocalExecutor:
    """Does items here, in any order.

    Attributes:
        name: ``local``.
    """

    name = "local"

    def __init__(self, materials: Materials, *, concurrency: int = 4, workers: int = 1) -> None:
        """Begin nothing yet.

        Args:
            materials: Of the run.
            concurrency: Most requests to language models at once.
            workers: Processes for what needs no language model; 1: it is done in this one.
        """
        self._materials = materials
        self._concurrency = concurrency
        self._workers = workers
        self._lanes: dict[bool, _Lane] = {}
        self._bench: Bench | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop()

    def run(self, items: Iterable[Item]) -> Iterator[Done]:
        """Do items, each exactly once, drawn one by one as there is room for them.

        Closing the iterator stops: nothing new begins, and what is under way is broken off, but for
        local work in this process, which ends with its item.
        """
        done: queue.SimpleQueue[Done] = queue.SimpleQueue()
        source = iter(items)
        held = next(source, None)
        under_way = 0
        whole = False
        try:
            while held is not None or under_way:
                while held is not None and (lane := self._lane(held)).has_room:
                    lane.put(held, done)
                    under_way += 1
                    held = next(source, None)
                found = done.get()
                under_way -= 1
                self._lane(found.item).under_way -= 1
                yield found
            whole = True
        finally:
            if not whole:
                self._stop()

    def _lane(self, item: Item) -> "_Lane":
        local = item.variant.provider.id == LOCAL
        if local not in self._lanes:
            self._lanes[local] = self._local_lane() if local else self._model_lane()
        return self._lanes[local]

    def _model_lane(self) -> "_Lane":
        return _Lane("thread", [_Here(self._here())] * self._concurrency, ahead=0)

    def _local_lane(self) -> "_Lane":
        if self._workers <= 1:
            return _Lane("thread", [_Here(self._here())], ahead=1)
        processes = [ItemProcess(self._materials) for _ in range(self._workers)]
        return _Lane("process", processes, ahead=self._workers)

    def _here(self) -> Bench:
        if self._bench is None:
            self._bench = Bench(self._materials, threads=1)
        return self._bench

    def _stop(self) -> None:
        lanes = tuple(self._lanes.values())
        self._lanes.clear()
        for lane in lanes:
            lane.stop()
        if self._bench is not None:
            self._bench.close()  # breaks off what is being asked
            self._bench = None
        for lane in lanes:
            lane.join()


class _Here:
    """Does items in this process, as ``ItemProcess`` does them in another."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def do(self, item: Item) -> Produced:
        return do_item(item, self._bench)

    def close(self) -> None:
        """The executor closes the bench, which is that of all."""


class _Lane:
    """Threads that take items from one queue.

    Attributes:
        under_way: Items that were put and have not been handed back.
    """

    def __init__(
        self, what: str, doers: "Sequence[_Here] | Sequence[ItemProcess]", *, ahead: int
    ) -> None:
        self.under_way = 0
        self._most = len(doers) + ahead
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._doers = doers
        self._threads = [
            threading.Thread(target=self._serve, args=(doer,), name=f"{what} {number}", daemon=True)
            for number, doer in enumerate(doers, start=1)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def has_room(self) -> bool:
        return self.under_way < self._most

    def put(self, item: Item, done: "queue.SimpleQueue[Done]") -> None:
        self.under_way += 1
        self._orders.put((item, done))

    def stop(self) -> None:
        self._stopped.set()
        for _ in self._threads:
            self._orders.put(None)
        for doer in self._doers:
            doer.close()

    def join(self) -> None:
        for thread in self._threads:
            thread.join(_ENDING_S)

    def _serve(self, doer: "_Here | ItemProcess") -> None:
        while (order := self._orders.get()) is not None and not self._stopped.is_set():
            item, done = order
            try:
                produced = doer.do(item)
            except Exception as error:  # noqa: BLE001 - who waits for it would wait for ever
                # Such as an item that cannot travel; its words may be anybody's.
                kind = type(error).__name__
                told = f"A defect of the program: it could not be handed over ({kind})."
                produced = Produced(error=told, error_kind=kind)
            done.put(Done(item, produced, threading.current_thread().name))
