"""From what came out of an item to a result: what a person would read, and what the checks find."""

from collections.abc import Mapping

from copilot.lab.bench import Bench
from copilot.lab.checks.base import Seen
from copilot.lab.checks.checking import check
from copilot.lab.grid import Item
from copilot.lab.results import Produced, Result
from copilot.lab.tasks.base import Task


class Maker:
    """For one run.

    Attributes:
        bench: What checks use where they need a model.
    """

    def __init__(self, tasks: Mapping[str, Task], bench: Bench) -> None:
        """Make nothing yet.

        Args:
            tasks: By name, every one that a case has.
            bench: With the run's materials.
        """
        self.bench = bench
        self._tasks = tasks

    def result(self, item: Item, produced: Produced, *, cached: bool) -> Result:
        """The result of an item."""
        bare = Result(
            item=item.id,
            case=item.case.id,
            variant=item.variant.id,
            repeat=item.repeat,
            key=item.key,
            cached=cached,
            produced=produced,
        )
        if produced.failed:
            return bare
        try:
            seen = self.seen(item, produced)
            checks = check(seen)
        except Exception as error:  # noqa: BLE001 - one odd output must not end a run of thousands
            # Its words may repeat what somebody said.
            kind = type(error).__name__
            told = f"A defect of the program: its output could not be looked at ({kind})."
            broken = produced.model_copy(update={"error": told, "error_kind": kind})
            return bare.model_copy(update={"produced": broken})
        return bare.model_copy(
            update={"text": seen.view.text, "checks": checks, "decisions": seen.view.decisions}
        )

    def seen(self, item: Item, produced: Produced) -> Seen:
        """An output as checks see it.

        Raises:
            CopilotError: It cannot be looked at.
        """
        task = self._tasks[item.case.task]
        view = task.view(item.case, item.variant, produced, self.bench.materials)
        return Seen(item.case, produced, view, self.bench)
