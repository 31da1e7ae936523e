"""What an exported guide holds: the guide, or the part of it that one interview asks."""

from dataclasses import dataclass

from copilot.knowledge.guide import Competency, Guide, Question
from copilot.knowledge.plan import Plan


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with how long it may take.

    Attributes:
        question: As the guide has it.
        minutes: As the plan says, else as the guide does.
    """

    question: Question
    minutes: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document.

    Attributes:
        guide: In the language of the document.
        asked: The questions in the order to ask them.
        competencies: Those the questions shed light on; all where none says which.
        full: Whether the sentences that are listened for, and where things come from, are told too.
    """

    guide: Guide
    asked: tuple[Asked, ...]
    competencies: tuple[Competency, ...]
    full: bool = False

    @property
    def minutes(self) -> float:
        """How long all questions may take together."""
        return sum(each.minutes for each in self.asked)


def sheet_of(guide: Guide, plan: Plan | None = None, *, full: bool = False) -> Sheet:
    """The document of a guide.

    Args:
        guide: In the language of the document.
        plan: Which questions, in which order; all of the guide's without one.
        full: Whether to tell the sentences that are listened for, and where things come from.
    """
    if plan is None:
        asked = tuple(Asked(question, question.minutes) for question in guide.questions)
    else:
        questions = [guide.question(name) for name in plan.ids]
        asked = tuple(Asked(q, plan.minutes.get(q.id, q.minutes)) for q in questions)
    named = {name for each in asked for name in each.question.competencies}
    competencies = tuple(c for c in guide.competencies if c.id in named or not named)
    return Sheet(guide, asked, competencies, full)
