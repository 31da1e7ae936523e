"""Checking an output, and beforehand the assertions themselves."""

import math
from types import NoneType
from typing import Any

from copilot.errors import nearest
from copilot.lab.cases import Assertion, Case
from copilot.lab.checks.base import Check, Seen, found
from copilot.lab.checks.opinions import is_opinion
from copilot.lab.checks.registry import CHECKS, check_named, kinds
from copilot.lab.results import Checked

#: What kinds of values are called in YAML.
_KINDS = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    dict: "keys with values",
    list: "a list",
}
#: Checks that need to be told what is right.
_OF_LABELS = frozenset({"right", "states"})
#: Tasks whose cases say in their turns what is right.
_SAYS_IN_VARS = frozenset({"recognise"})
#: Types of promptfoo's that run code, or ask over the network.
_CODE = frozenset({"javascript", "python", "webhook", "ruby"})


def check(seen: Seen) -> tuple[Checked, ...]:
    """What the checks of a case find, in order; opinions are left to whoever asks for them.

    A check that fails itself is undecided, which is no pass.
    """
    if seen.produced.failed:
        return ()
    return tuple(_one(seen, one) for one in seen.case.asserts if not is_opinion(one))


def _one(seen: Seen, assertion: Assertion) -> Checked:
    named = check_named(assertion.type)
    if named is None:
        return found(assertion, None, f"there is no check {assertion.type!r}")
    kind, negated = named
    if kind.of_text and not seen.view.text.strip():
        return found(assertion, True, "it stays silent, so that nothing is wrong with it")
    try:
        made = kind.look(seen, assertion)
    except Exception as error:  # noqa: BLE001 - one odd output must not stop a run of thousands
        # Its message may repeat what somebody said.
        return found(assertion, None, f"the check itself failed ({type(error).__name__})")
    if not negated or made.passed is None:
        return made
    score = None if made.score is None else 1 - made.score
    return made.model_copy(update={"passed": not made.passed, "score": score})


def cannot_pass(case: Case) -> bool:
    """Whether all that counts asks for what is right, and the case does not say what is."""
    if case.expected or case.task in _SAYS_IN_VARS:
        return False
    kinds = [each.type.removeprefix("not-") for each in case.asserts if each.weight > 0]
    return bool(kinds) and all(kind in _OF_LABELS for kind in kinds)


def assertion_problems(assertion: Assertion, task: str) -> list[str]:
    """What is wrong with an assertion, for the suite's author; empty where nothing is.

    Args:
        assertion: As it stands in the suite.
        task: Name of the case's task.
    """
    named = check_named(assertion.type)
    if named is None:
        return [_unknown(assertion.type)]
    kind, _ = named
    problems = [_value_problem(kind, assertion.value), _threshold_problem(kind, assertion)]
    if kind.tasks and task not in kind.tasks:
        problems.append(f"{kind.name} is not for the task {task} (it is for {_or(kind.tasks)})")
    if not (assertion.weight >= 0 and math.isfinite(assertion.weight)):
        problems.append("weight must not be negative")
    return [f"{problem}." for problem in problems if problem]


def _unknown(kind: str) -> str:
    if kind in _CODE:
        return f"suites run no code, so that there is no check {kind!r}. {nearest('', CHECKS)}"
    plain = kind.removeprefix("not-")
    if plain in CHECKS:
        return f"{plain} has no opposite, since it asks already that something is not there."
    return f"there is no check {kind!r}. {nearest(kind, kinds())}"


def _value_problem(kind: Check, value: Any) -> str:
    if kind.value is None:
        return "" if value is None else f"{kind.name} takes no value"
    wanted = kind.value if isinstance(kind.value, tuple) else (kind.value,)
    if value is None and NoneType in wanted:
        return ""
    if not isinstance(value, wanted) or isinstance(value, bool):
        names = dict.fromkeys(_KINDS[each] for each in wanted if each in _KINDS)
        return f"{kind.name} needs {_or(tuple(names))} as its value"
    fault = kind.faults(value) if kind.faults is not None else ""
    return f"the value of {kind.name} {fault}" if fault else ""


def _threshold_problem(kind: Check, assertion: Assertion) -> str:
    threshold = assertion.threshold
    if threshold is None:
        return f"{kind.name} needs a threshold" if kind.needed else ""
    if kind.most is None:
        return f"{kind.name} takes no threshold"
    if not 0 <= threshold <= kind.most:
        return f"the threshold of {kind.name} has to be 0 to {kind.most:g}"
    return ""


def _or(names: tuple[str, ...]) -> str:
    *some, last = names
    return f"{', '.join(some)} or {last}" if some else last
