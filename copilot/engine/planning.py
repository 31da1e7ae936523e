"""The questions of a plan, as a session's events carry them."""

from collections.abc import Mapping, Sequence

from copilot.errors import UsageError
from copilot.events import KnownCompetency, PlannedPoint, PlannedQuestion
from copilot.i18n import _
from copilot.knowledge.guide import Competency, Guide, Question


def planned_questions(
    guide: Guide, chosen: Sequence[str] = (), minutes: Mapping[str, float] | None = None
) -> tuple[PlannedQuestion, ...]:
    """The questions of a plan as events carry them.

    Args:
        guide: Where they come from.
        chosen: Their ids, in order; all of the guide's when empty.
        minutes: Minutes by question, where they differ from the guide's.

    Raises:
        UsageError: One is unknown or named twice.
    """
    ids = list(chosen) or [question.id for question in guide.questions]
    for number, question_id in enumerate(ids):
        if question_id in ids[:number]:
            raise UsageError(
                _("the plan names {question_id!r} twice.", question_id=question_id),
                _("Name each question once."),
            )
    planned: list[PlannedQuestion] = []
    for question_id in ids:
        question = guide.question(question_id)
        points = tuple(
            PlannedPoint(id=point.id, label=point.label, weight=point.weight)
            for point in guide.points_for(question_id)
        )
        planned.append(
            PlannedQuestion(
                id=question.id,
                label=question.label,
                text=question.text,
                minutes=(minutes or {}).get(question.id, question.minutes),
                points=points,
                anchors=_question_anchors(guide, question),
                competencies=question.competencies,
            )
        )
    return tuple(planned)


def known_competencies(
    guide: Guide, plan: Sequence[PlannedQuestion]
) -> tuple[KnownCompetency, ...]:
    """The guide's competencies that a plan's questions shed light on; all where none says which."""
    named = {competency for planned in plan for competency in planned.competencies}
    return tuple(
        KnownCompetency(id=known.id, label=known.label, anchors=_anchors(known))
        for known in guide.competencies
        if known.id in named or not named
    )


def _question_anchors(guide: Guide, question: Question) -> tuple[str, ...]:
    """What ratings 1 to 4 of the question's first competency look like."""
    for competency in guide.competencies:
        if competency.id in question.competencies[:1]:
            return _anchors(competency)
    return ()


def _anchors(competency: Competency) -> tuple[str, ...]:
    return competency.anchors.in_order() if competency.anchors else ()
