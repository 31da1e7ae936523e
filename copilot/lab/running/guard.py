"""Stops a run whose language model is not there at all, instead of failing with every item."""

from collections import Counter
from collections.abc import Iterable

from copilot.errors import ModelError
from copilot.lab.grid import LOCAL, Item
from copilot.lab.results import Produced

#: So many items have to fail of it before anything worked.
ENOUGH = 5
#: Kinds of errors that the next item would meet as well.
LASTING = frozenset(
    {"EndpointError", "ModelError", "NotTakenError", "RestingError", "UnreachableError"}
)


class Guard:
    """Watches the first items of each language model."""

    def __init__(self, items: Iterable[Item]) -> None:
        """Begin to watch.

        Args:
            items: All that are to be done; a model with fewer than ``ENOUGH`` fails with all.
        """
        self._wanted = Counter(item.variant.provider.id for item in items)
        self._failed: Counter[str] = Counter()
        self._worked = {LOCAL}

    def saw(self, item: Item, produced: Produced) -> None:
        """An item is done.

        Raises:
            ModelError: Its model is not there.
        """
        provider = item.variant.provider
        if not produced.failed:
            self._worked.add(provider.id)
        elif produced.error_kind in LASTING and provider.id not in self._worked:
            self._failed[provider.id] += 1
            count = self._failed[provider.id]
            if count >= min(ENOUGH, self._wanted[provider.id] or ENOUGH):
                first = produced.error.splitlines()[0]
                raise ModelError(
                    f"{provider.name} did none of the first {count} items. {first}",
                    "Mend that (`llm check` tries a profile), then go on with "
                    "`lab run --resume last`, or with another address or model run the suite "
                    "again: what is done is kept.",
                )
