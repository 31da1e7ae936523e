"""How what humans judged is named in an applicant-tracking system: a small YAML or JSON file."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from copilot.errors import GuideError, InputError, nearest
from copilot.events import Recommendation
from copilot.i18n import N_
from copilot.knowledge.loading import roles
from copilot.knowledge.yaml_file import Problem, YamlFile
from copilot.paths import config_folder, is_file
from copilot.review.summary import Summary

_TITLE = N_("Unusable scorecard mapping")
_REMEDY = N_("Mend the lines named above; docs/exports.md tells what may stand in the file.")


def _unread_yes(value: object) -> object:
    """``yes`` and ``no`` without quotes are booleans to YAML; here they are words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


RatingWord = Annotated[
    Literal["definitely_not", "no", "mixed", "yes", "strong_yes", "no_decision"],
    BeforeValidator(_unread_yes),
]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AttributeName(_Model):
    """What a competency or question is called there.

    Attributes:
        name: The attribute's name there; the guide's label where None.
        type: The attribute's group there.
        leave_out: Whether it is not handed on.
    """

    name: str | None = None
    type: str | None = None
    leave_out: bool = False


class Submitter(_Model):
    """Who submits the scorecard, as the system knows them."""

    id: int | None = None
    name: str | None = None
    employee_id: str | None = None


class ScorecardMapping(_Model):
    """Names and words of a scorecard; every one has a default.

    Attributes:
        interview: What the interview is called there; the guide's title where None.
        submitted_by: Who submits; by default whoever reviewed last.
        competency_type: Group of the attributes made from competencies.
        question_type: Group of the attributes made from questions.
        attributes: Names by role, then by the id of a competency or question.
        ratings: The word for each rating, 1 to 4.
        unrated: The word where a human said why they give no rating.
        recommendations: The word for each recommendation.
        reason: The question under which the reason of the recommendation stands.
        notes: The question under which the notes stand.
    """

    interview: str | None = None
    submitted_by: Submitter = Submitter()
    competency_type: str = "Skills"
    question_type: str = "Qualifications"
    attributes: dict[str, dict[str, AttributeName]] = {}
    ratings: dict[Annotated[int, Field(ge=1, le=4)], RatingWord] = {
        1: "definitely_not",
        2: "no",
        3: "yes",
        4: "strong_yes",
    }
    unrated: RatingWord = "no_decision"
    recommendations: dict[Annotated[Recommendation, BeforeValidator(_unread_yes)], RatingWord] = {
        Recommendation.STRONG_NO: "definitely_not",
        Recommendation.NO: "no",
        Recommendation.UNDECIDED: "no_decision",
        Recommendation.YES: "yes",
        Recommendation.STRONG_YES: "strong_yes",
    }
    reason: str = "Key Take-Aways"
    notes: str = "Private Notes"


def mapping_path() -> Path:
    """Where the user's own mapping is looked for."""
    return config_folder() / "scorecard.yaml"


def load_mapping(summary: Summary, path: Path | None = None) -> ScorecardMapping:
    """The mapping for a session.

    Args:
        summary: The session, whose competencies and questions the file may name.
        path: The file; by default the user's own, and the defaults where there is none.

    Raises:
        InputError: It cannot be read, or names what there is not; the message names the file, the
            line and the nearest that there is.
    """
    if path is None:
        path = mapping_path()
        if not is_file(path):
            return ScorecardMapping()
    try:
        file = YamlFile(path)
    except GuideError as error:
        # Without its count of problems in a guide.
        listed = error.message.partition(":\n")[2].strip() or error.message
        raise InputError(listed, _REMEDY, title=_TITLE) from error
    try:
        mapping = ScorecardMapping.model_validate(file.data)
    except ValidationError as error:
        raise _unusable(file.problems_of(error, ScorecardMapping)) from error
    problems = _problems(file, mapping, summary)
    if problems:
        raise _unusable(problems)
    return _completed(mapping)


def _completed(mapping: ScorecardMapping) -> ScorecardMapping:
    """With the defaults of the ratings and recommendations that the file does not name."""
    default = ScorecardMapping()
    return mapping.model_copy(
        update={
            "ratings": {**default.ratings, **mapping.ratings},
            "recommendations": {**default.recommendations, **mapping.recommendations},
        }
    )


def _problems(file: YamlFile, mapping: ScorecardMapping, summary: Summary) -> list[Problem]:
    """Roles and ids that there are not; the ids of other roles are for other sessions to check."""
    role = summary.guide.role
    known_roles = {*roles(), role}
    known_ids = {each.id for each in summary.competencies}
    known_ids |= {each.id for each in summary.questions}
    # A plan takes a choice of the guide's questions; those left out of it may be named as well.
    problems = [
        file.problem(
            ("attributes", each), f"there is no role {each!r}. {nearest(each, known_roles)}"
        )
        for each in mapping.attributes
        if each not in known_roles
    ]
    for each in mapping.attributes.get(role, {}):
        if each not in known_ids and each not in _ids_of_guide(role):
            message = f"{role} has no competency or question {each!r}. {nearest(each, known_ids)}"
            problems.append(file.problem(("attributes", role, each), message))
    return problems


def _ids_of_guide(role: str) -> set[str]:
    """Everything that the role's guide rates; nothing where there is no such guide any more."""
    # Here and not at the top: only files that name a question of another plan need it.
    from copilot.errors import CopilotError  # noqa: PLC0415
    from copilot.knowledge.loading import find_guide, read_guide  # noqa: PLC0415

    try:
        guide = read_guide(find_guide(role).guide)
    except CopilotError:
        return set()
    competencies = {each.id for each in guide.competencies}
    return competencies | {each.id for each in guide.questions}


def _unusable(problems: list[Problem]) -> InputError:
    # One stands behind the title; each of several on a line of its own.
    listed = str(problems[0]) if len(problems) == 1 else "".join(f"\n  {one}" for one in problems)
    return InputError(listed, _REMEDY, title=_TITLE)
