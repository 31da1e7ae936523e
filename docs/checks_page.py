"""The page of the lab's checks, made from their registry."""

import types

from copilot.lab.checks.registry import CHECKS
from copilot.lab.tasks import TASKS, task_named

_WORDS = {
    bool: "true or false",
    dict: "a mapping",
    float: "a number",
    int: "a number",
    list: "a list",
    tuple: "a list",
    str: "a text",
    types.NoneType: "nothing",
}


def checks_page() -> str:
    """Every check: what it wants, what it holds for, and where it counts by default."""
    lines = [
        "# Checks of the lab",
        "",
        "Made from the code by `python -m docs.generate`; do not edit.",
        "",
        "An assertion of a [suite](suites.md) names one of these as `type`. `not-` before the name",
        "means the opposite, where there is one. `threshold` is the score from which on it has",
        "passed, `weight: 0` only shows it, `metric` counts it under another name. What cannot be",
        "decided is no pass. Silence passes what looks for faults of a text.",
        "",
        "| type | value | holds where | only for | opposite |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, check in sorted(CHECKS.items()):
        tasks = ", ".join(f"`{task}`" for task in check.tasks)
        opposite = f"`not-{name}`" if check.negatable else ""
        lines.append(f"| `{name}` | {_value(check.value)} | {check.help} | {tasks} | {opposite} |")
    lines += ["", "Where neither suite nor test asserts anything:", ""]
    lines += ["| task | is checked by |", "| --- | --- |"]
    for name in TASKS:
        types_ = ", ".join(f"`{assertion.type}`" for assertion in task_named(name).checks)
        lines.append(f"| `{name}` | {types_} |")
    return "\n".join([*lines, ""])


def _value(wanted: object) -> str:
    if wanted is None or wanted is types.NoneType:
        return ""
    kinds = wanted if isinstance(wanted, tuple) else (wanted,)
    return " or ".join(dict.fromkeys(_WORDS.get(kind, kind.__name__) for kind in kinds))
