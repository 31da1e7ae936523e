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
        value: What kind of value it wants: None for none, several with ``NoneType`` among them
            where it may be left out.
        tasks: Tasks it can be used with; empty for all.
        of_text: Whether it looks for faults of a text, so that an output that stays silent has
            none; whether silence is right there is for ``silent``, ``speaks`` and ``right``.
        negatable: Whether ``not-`` may stand before it.
        most: The highest threshold; None where the check takes none.
        needed: Whether the threshold has to be given.
        faults: What is wrong with a value of the right kind; None where nothing can be.
    """

    name: str
    help: str
    look: Look
    value: type[Any] | tuple[type[Any], ...] | None = None
    tasks: tuple[str, ...] = ()
    of_text: bool = False
    negatable: bool = True
    most: float | None = None
    needed: bool = False
    faults: Callable[[Any], str] | None = None


def found(
    assertion: Assertion, passed: bool | None, reason: str, score: float | None = None
) -> Checked:
    """What a check found.

    Args:
        assertion: What was asked for.
        passed: Whether it holds; None where it could not be decided.
        reason: The fact it rests on, true of both a check and its opposite.
        score: 0 to 1, where there are degrees.
    """
    counts = assertion.weight > 0
    return Checked(name=assertion.name, passed=passed, score=score, reason=reason, counts=counts)
