"""A plan: which questions one interview asks, in which order, and how long each may take."""

import re
from pathlib import Path
from typing import Any

import yaml
from pydantic import ConfigDict, Field, ValidationError, model_validator

from copilot.errors import GuideError, UsageError, nearest
from copilot.i18n import N_, _
from copilot.knowledge.guide import Guide, Identifier, Minutes, Model
from copilot.knowledge.yaml_file import Problem, YamlFile, guide_error
from copilot.paths import config_folder, is_file

_NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")

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


def plans_folder(role: str) -> Path:
    """Where the user's plans for a role's interviews lie, a YAML file each."""
    return config_folder() / "plans" / role


def plan_names(role: str) -> list[str]:
    """The names of a role's plans, sorted."""
    folder = plans_folder(role)
    found = folder.glob("*.yaml") if folder.is_dir() else ()
    return sorted(path.stem for path in found if _NAME.match(path.stem))


def plan_path(named: str, role: str) -> Path:
    """Where a plan lies.

    Args:
        named: The path of a plan file, or the name of one of the role's plans.
        role: The guide's id.

    Raises:
        UsageError: A name is given, and there is no such plan; the message names the nearest.
    """
    if not _NAME.match(named):
        return Path(named)
    path = plans_folder(role) / f"{named}.yaml"
    if is_file(path):
        return path
    if is_file(Path(named)):
        return Path(named)
    known = plan_names(role)
    raise UsageError(
        _("there is no plan {name!r} for {role}.", name=named, role=role),
        nearest(named, known) if known else _("Make one: interview-copilot knowledge plan --help"),
    )


def own_plan_path(name: str, role: str) -> Path:
    """Where a plan of that name is to lie.

    Raises:
        UsageError: It is no name for a plan.
    """
    if not _NAME.match(name):
        raise UsageError(
            _("{name!r} is no name for a plan.", name=name),
            _("Lower-case letters and digits joined by hyphens, as first-talk."),
        )
    return plans_folder(role) / f"{name}.yaml"


def plan_text(plan: Plan, guide: Guide) -> str:
    """A plan as its file says it, with what each question is called.

    Minutes that are the guide's own are left to the guide.
    """
    lines = [f"# A plan for {guide.id}: the questions in the order to ask them.", "questions:"]
    for chosen in plan.questions:
        question = guide.question(chosen.id)
        differ = chosen.minutes is not None and chosen.minutes != question.minutes
        # YAML reads "no" and "2026" as something else than text.
        name = chosen.id if yaml.safe_load(chosen.id) == chosen.id else f'"{chosen.id}"'
        item = f"{{id: {name}, minutes: {chosen.minutes:g}}}" if differ else name
        lines.append(f"  - {item}  # {' '.join(question.label.split())}")
    lines.append(f"probes: {plan.probes}")
    return "\n".join(lines) + "\n"


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
