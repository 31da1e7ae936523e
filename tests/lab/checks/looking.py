"""Outputs to be checked."""

from typing import Any

from copilot.lab.bench import Bench
from copilot.lab.cases import Assertion, Case
from copilot.lab.checks.base import Seen
from copilot.lab.checks.checking import check
from copilot.lab.grid import Materials
from copilot.lab.results import Checked, Decision, Produced
from copilot.lab.tasks.base import View

#: One for all: it keeps the gate.
BENCH = Bench(Materials())


def seen(
    text: str = "",
    *asserts: Assertion,
    task: str = "follow_up",
    expected: dict[str, Any] | None = None,
    produced: Produced | None = None,
    language: str = "en",
    **view: Any,
) -> Seen:
    """An output that says ``text``."""
    case = Case(
        id="c1",
        task=task,
        vars={"role": "cook", "language": language, "question": "How would you bring in an oven?"},
        expected=expected or {},
        asserts=asserts,
    )
    made = produced or Produced(output={"text": text}, model="local")
    output = view.pop("output", made.output)
    return Seen(case, made, View(language=language, text=text, output=output, **view), BENCH)


def one(text: str, kind: str, value: Any = None, threshold: float | None = None, **at: Any) -> Any:
    """What a single check finds of an output."""
    [found] = check(seen(text, Assertion(type=kind, value=value, threshold=threshold), **at))
    assert isinstance(found, Checked)
    return found


def decision(label: str, state: str, *, kind: Any = "point", **more: Any) -> Decision:
    """A label beside what was shown."""
    given: dict[str, Any] = {
        "shown": state in ("evidenced", "raised"),
        "right": label == "said",
        "target": "rollback",
        **more,
    }
    return Decision(kind=kind, label=label, state=state, **given)
