"""What every check offers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from copilot.lab.bench import Bench
from copilot.lab.cases import Assertion, Case
from copilot.lab.results import Checked, Produced
from copilot.lab.tasks.base import View


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check looks at.

    Attributes:
        case: The case.
        produced: What came out.
        view: What the task makes of it.
        bench: Models, where a check needs one.
    """

    case: Case
    produced: Produced
    view: View
    bench: Bench


#: Looks; the value is that of the assertion, found in order when the suite was read.
Look = Callable[[Seen, Assertion], Checked]


@dataclass(frozen=True, slots=True)
class Check:
    """A kind of check.

    Attributes:
        name: How suites call it.
        help: What it looks for, in a line, for documentation and the schema.
        look: Looks.
        value: What kind of value it wants: None for none.
        tasks: Tasks it can be used with; empty for all.
    """

    name: str
    help: str
    look: Look
    value: type[Any] | tuple[type[Any], ...] | None = None
    tasks: tuple[str, ...] = ()
