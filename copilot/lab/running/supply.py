"""Where a run's items are done, and which may be begun."""

import contextlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from copilot.lab.executing.base import Executor
from copilot.lab.grid import Item, Materials, Variant
from copilot.lab.results import Produced
from copilot.lab.running.budget import RunBudget
from copilot.lab.running.how import How, local_executor
from copilot.lab.small_model import SMALL_MODEL, serving
from copilot.lab.tasks import task_named
from copilot.lab.tasks.base import Estimate


class Place:
    """Where items are done; begun when the first has to be, and ended with the stack."""

    def __init__(
        self,
        how: How,
        materials: Materials,
        judge: Variant | None,
        stack: contextlib.ExitStack,
    ) -> None:
        """Begin nothing yet.

        Args:
            how: Makes the executor.
            materials: Of the run, with the judge's prompts.
            judge: Who gives opinions; None where nobody does.
            stack: Ends what is begun here.
        """
        self._how = how
        self._materials = materials
        self._judge = judge
        self._stack = stack
        self._executor: Executor | None = None

    def executor(self, items: Sequence[Item]) -> Executor:
        """The executor; made with the first items that are asked for.

        Raises:
            CopilotError: It cannot be begun, or the small model cannot.
        """
        if self._executor is None:
            asked = {item.variant.provider.id for item in items}
            if self._judge is not None:
                asked.add(self._judge.provider.id)
            materials = self._materials
            if SMALL_MODEL in asked:
                materials = self._with_small_model()
            make = self._how.make_executor or local_executor(4)
            self._executor = self._stack.enter_context(make(materials, items))
        return self._executor

    def _with_small_model(self) -> Materials:
        profile = self._stack.enter_context(serving())
        profiles = {**self._materials.profiles, SMALL_MODEL: profile}
        return replace(self._materials, profiles=profiles)


class Allowed:
    """Items as long as the budget reaches; what is drawn is set aside.

    Attributes:
        begun: How many were drawn.
        refused: Why the next was not; empty while none was refused.
    """

    def __init__(self, materials: Materials, budget: RunBudget, items: Sequence[Item]) -> None:
        """Draw nothing yet.

        Args:
            materials: What items refer to.
            budget: Of the run; nothing is set aside in it any more.
            items: What is left to be done, in order.
        """
        self._materials = materials
        self._budget = budget
        self._items = iter(items)
        self.begun = 0
        self.refused = ""

    def __iter__(self) -> Iterator[Item]:
        self._budget.release()
        for item in self._items:
            most = None
            if self._budget.limited:
                most = self._set_aside(item)
                if most is None:
                    return
            self.begun += 1
            yield replace(item, most=most)

    def _set_aside(self, item: Item) -> Estimate | None:
        """What the item may use, second tries included where there is room; None for nothing.

        Where there is not, those under way are waited for, which seldom use all they may.
        """
        task = task_named(item.case.task)
        once = task.estimate(item.case, item.variant, self._materials)
        often = once.with_second_tries
        self.refused = self._budget.reserve(item, often)
        if not self.refused:
            return often
        if self._budget.is_idle:
            self.refused = self._budget.reserve(item, once)
        return None if self.refused else once


def done_by(executor: Executor, items: Allowed) -> Generator[tuple[Item, Produced], None, None]:
    """What came out, item by item; closing this breaks off what is under way."""
    done = executor.run(items)
    try:
        for each in done:
            yield each.item, each.produced
    finally:
        close = getattr(done, "close", None)
        if close is not None:
            close()
