"""What the lab can do with a case; a task a module, listed here by name."""

import importlib
from typing import cast

from copilot.errors import UsageError, nearest
from copilot.lab.tasks.base import Task

#: Name of each task and the module whose ``TASK`` it is; loaded when asked for.
TASKS = {
    "follow_up": "follow_up",
    "judge_points": "judging",
    "judge_flags": "judging",
    "recap": "recap",
    "recap_checks": "recap_checks",
    "match": "matching",
    "gate": "gate",
    "recognise": "recognition",
    "interview": "interview",
    "opinion": "opinion",
}


def task_named(name: str) -> Task:
    """The task of that name.

    Raises:
        UsageError: There is none.
    """
    if name not in TASKS:
        raise UsageError(f"there is no task {name!r}.", nearest(name, TASKS))
    module = importlib.import_module(f"copilot.lab.tasks.{TASKS[name]}")
    return cast("dict[str, Task]", module.TASKS)[name]
