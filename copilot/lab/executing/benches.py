"""What a worker process keeps from item to item: a bench for each run that sends it some."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from copilot.lab.bench import Bench
from copilot.lab.grid import Materials

#: Runs that are served side by side without loading their models again and again.
_MOST = 3


@dataclass(slots=True)
class _Place:
    bench: Bench
    users: int = 0


class Benches:
    """One bench for all threads of a process and all items with the same materials."""

    def __init__(self, most: int = _MOST) -> None:
        """Keep none yet.

        Args:
            most: How many are kept; one in use is never closed.
        """
        self._most = most
        self._lock = threading.Lock()
        self._places: dict[str, _Place] = {}

    @contextlib.contextmanager
    def lent(self, name: str, materials: Callable[[], Materials]) -> Iterator[Bench]:
        """The bench of that name, made at first; it is kept open until the block is left.

        Args:
            name: Hash of the materials.
            materials: Makes them, where there is no bench yet.
        """
        with self._lock:
            place = self._places.pop(name, None) or _Place(Bench(materials()))
            self._places[name] = place  # the one used last stands last
            place.users += 1
            idle = [key for key, each in self._places.items() if not each.users]
            leaving = [
                self._places.pop(key) for key in idle[: max(0, len(self._places) - self._most)]
            ]
        for each in leaving:
            each.bench.close()
        try:
            yield place.bench
        finally:
            with self._lock:
                place.users -= 1


#: Of this process.
BENCHES = Benches()
