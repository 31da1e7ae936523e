"""One item, done: whatever goes wrong becomes a result, so that no item ends a run."""

import traceback

from copilot.errors import CopilotError
from copilot.lab.bench import Bench
from copilot.lab.grid import Item
from copilot.lab.results import Produced
from copilot.lab.tasks import task_named


def do_item(item: Item, bench: Bench) -> Produced:
    """Do an item; for any thread or process that has a bench.

    Args:
        item: What is to be done.
        bench: With the run's materials.

    Returns:
        What came out. A defect of the program is told by its kind and place alone, because its own
        words may hold what a candidate said.
    """
    try:
        return task_named(item.case.task).produce(item, bench)
    except CopilotError as error:
        return Produced(error=f"{error.title}: {error.message}", error_kind=type(error).__name__)
    except Exception as error:  # noqa: BLE001 - a defect with one case must not lose the others
        return Produced(error=_place(error), error_kind=type(error).__name__)


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "copilot" in frame.filename] or frames
    where = f"{own[-1].filename}:{own[-1].lineno}" if own else "an unknown place"
    return f"A defect of the program: {type(error).__name__} at {where}"
