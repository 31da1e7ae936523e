"""What every executor offers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from copilot.lab.grid import Item
from copilot.lab.results import Produced


@dataclass(frozen=True, slots=True)
class Done:
    """An item that was done.

    Attributes:
        item: Which.
        produced: What came out.
        worker: Who did it, for the record.
    """

    item: Item
    produced: Produced
    worker: str = ""


class Executor(Protocol):
    """Does items and hands back what came out, in any order; made for one run.

    It writes nothing: what is stored is stored by whoever asked, so that nothing counts twice.

    Attributes:
        name: For the record, ``local`` or ``dask tcp://…``.
    """

    name: str

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    def run(self, items: Iterable[Item]) -> Iterator[Done]:
        """Do items, each exactly once, drawn one by one as there is room for them.

        Closing the iterator stops: nothing new begins, and what is under way is broken off.

        Raises:
            CopilotError: It cannot work at all, such as a scheduler that is not there.
        """
