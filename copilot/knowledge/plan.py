"""A plan: which questions one interview asks, in which order, and how long each may take."""

from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field, ValidationError, model_validator

from copilot.errors import GuideError, nearest
from copilot.i18n import N_
from copilot.knowledge.guide import Guide, Identifier, Minutes, Model
from copilot.knowledge.yaml_file import Problem, YamlFile, guide_error

#: Follow-ups under one question where the plan does not say how many.
DEFAULT_PROBES = 2


class Chosen(Model):
    """A question of the guide that is to be asked."""

    id: Identifier
    minutes: Minutes | None = None
    """How long it may take; by default what the guide says."""

    @model_validator(mode="before")
    @classmethod
    def _a_name_alone(cls, data: Any) -> Any:
        return {"id": data} if isinstance(data, str) else data


class Plan(Model):
    """A plan file: questions in order, each an id, or an id with its minutes."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    questions: tuple[Chosen, ...] = Field(min_length=1)
    probes: int = Field(default=DEFAULT_PROBES, ge=0, le=9, strict=True)
    """Follow-ups under one question before the next is suggested: the same for every candidate."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The questions' ids in order."""
        return tuple(chosen.id for chosen in self.questions)

    @property
    def minutes(self) -> dict[str, float]:
        """Minutes by question, where the plan says them."""
        return {c.id: float(c.minutes) for c in self.questions if c.minutes is not None}


def read_plan(path: Path, guide: Guide) -> Plan:
    """Read a plan file and check it against the guide it is for.

    Raises:
        GuideError: It is no plan, or names a question twice or one the guide does not have; the
            message names the line.
    """
    try:
        file = YamlFile(path)
        plan = Plan.model_validate(file.data)
    except ValidationError as error:
        raise _plan_error(file.problems_of(error, Plan)) from error
    except GuideError as error:
        raise GuideError(error.message, _REMEDY, title=_TITLE) from error
    known = [question.id for question in guide.questions]
    problems: list[Problem] = []
    for index, question_id in enumerate(plan.ids):
        if question_id not in known:
            message = f"{guide.id} has no question {question_id!r}. {nearest(question_id, known)}"
            problems.append(file.problem(("questions", index), message))
        elif question_id in plan.ids[:index]:
            problems.append(
                file.problem(("questions", index), f"{question_id!r} is planned twice.")
            )
    if problems:
        raise _plan_error(problems)
    return plan


_TITLE = N_("Plan with errors")
_REMEDY = (
    "A plan is YAML with a list `questions`: ids of the guide, in the order to ask them, "
    "and if need be `probes`: how many follow-ups a question gets."
)


def _plan_error(problems: list[Problem]) -> GuideError:
    return GuideError(guide_error(problems).message, _REMEDY, title=_TITLE)
