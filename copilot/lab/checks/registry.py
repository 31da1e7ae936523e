"""All checks there are, by name."""

from collections.abc import Mapping

from copilot.lab.cases import Assertion
from copilot.lab.checks import opinions, outputs, questions, texts
from copilot.lab.checks.base import Check, Seen, found
from copilot.lab.results import Checked

_NOT = "not-"


def _rubric(seen: Seen, assertion: Assertion) -> Checked:  # noqa: ARG001 - needs a model
    """Votes are asked for and counted elsewhere; see ``copilot.lab.checks.opinions``."""
    weightless = assertion.model_copy(update={"weight": 0.0})
    return found(weightless, None, "nobody was asked")


def _rubric_faults(value: object) -> str:
    try:
        opinions.rubric(value)
    except ValueError as error:
        return f"is not in order ({error})"
    return ""


CHECKS: Mapping[str, Check] = {
    check.name: check
    for check in (
        *texts.CHECKS,
        *questions.CHECKS,
        *outputs.CHECKS,
        Check(
            opinions.RUBRIC,
            "most of several opinions of a model say that this holds; it never counts",
            _rubric,
            (str, dict),
            faults=_rubric_faults,
        ),
    )
}


def check_named(kind: str) -> tuple[Check, bool] | None:
    """The check of an assertion's type, and whether its opposite is meant; None for none."""
    if kind in CHECKS:
        return CHECKS[kind], False
    check = CHECKS.get(kind.removeprefix(_NOT)) if kind.startswith(_NOT) else None
    return (check, True) if check is not None and check.negatable else None


def kinds() -> tuple[str, ...]:
    """Every type an assertion can have, sorted."""
    opposites = (f"{_NOT}{name}" for name, check in CHECKS.items() if check.negatable)
    return tuple(sorted({*CHECKS, *opposites}))
