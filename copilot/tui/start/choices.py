"""What one chooses for an interview before it begins."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from copilot.engine.calling import LiveOptions
from copilot.engine.configured import (
    configured_laws,
    configured_model,
    configured_server,
    named_llm,
)
from copilot.engine.devices import Devices
from copilot.errors import CopilotError
from copilot.i18n import _
from copilot.knowledge.guide import Guide
from copilot.knowledge.plan import DEFAULT_PROBES, Chosen, Plan
from copilot.knowledge.shelf import SHELF

#: How long an interview is to take where nobody said, in minutes.
DEFAULT_LENGTH_MIN = 60
SHORTEST_MIN, LONGEST_MIN = 10, 240


@dataclass(frozen=True, slots=True)
class Step:
    """A question of the guide in a plan being made.

    Attributes:
        id: The question's id.
        minutes: How long it may take.
        taken: Whether it is to be asked.
    """

    id: str
    minutes: float
    taken: bool = True


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan being made: every question of the guide, in order, the ones left out included.

    Attributes:
        steps: The questions; those that are asked in the order to ask them.
        probes: Follow-ups under one question before the next is suggested.
        length_min: How long the interview may take, in minutes.
    """

    steps: tuple[Step, ...] = ()
    probes: int = DEFAULT_PROBES
    length_min: int = DEFAULT_LENGTH_MIN

    @property
    def taken(self) -> tuple[Step, ...]:
        """The questions to ask."""
        return tuple(step for step in self.steps if step.taken)

    @property
    def total_min(self) -> float:
        """What they take together, in minutes."""
        return sum(step.minutes for step in self.taken)


@dataclass(frozen=True, slots=True)
class Choices:
    """An interview as somebody prepared it.

    Attributes:
        role: The guide's id.
        language: Language of the interview.
        plan: Which questions, in which order; none for those of the guide that fit.
        devices: Which inputs to hear.
        llm: Name of the language model's profile that is sent text; empty for none.
        server: Whether the transcription server of the settings is sent the sound.
        keep_audio: Whether the sound is stored.
        check: Whether the sound is checked before.
    """

    role: str
    language: str = "en"
    plan: PlanChoice = field(default_factory=PlanChoice)
    devices: Devices = field(default_factory=Devices)
    llm: str = ""
    server: bool = True
    keep_audio: bool = True
    check: bool = True

    def options(self) -> LiveOptions:
        """What the session is begun with, everything read anew.

        Of a guide that was broken since it was read, the version read before is taken.

        Raises:
            UsageError: The guide is gone, or something chosen is.
            GuideError: The guide is broken, and was so from the first.
            InputError: The settings cannot be understood.
        """
        shelved = SHELF.guide(self.role, self.language)
        guide = shelved.guide
        plan = fitted(self.plan, guide)
        return LiveOptions(
            guide=guide,
            devices=self.devices,
            plan=tuple(step.id for step in plan.taken),
            minutes={step.id: step.minutes for step in plan.taken},
            probes=plan.probes,
            laws=configured_laws(self.language),
            model=configured_model(),
            server=configured_server() if self.server else None,
            llm=named_llm(self.llm) if self.llm else None,
            keep_audio=self.keep_audio,
            check=self.check,
            guide_notice="" if shelved.broken is None else broken_since(shelved.broken),
        )


def broken_since(error: CopilotError) -> str:
    """What is said of a guide that is used as it was before its file was broken."""
    used = _("Until it is mended, the version read before is used.")
    return f"{' '.join(error.message.split())} {used}"


def planned_by_guide(guide: Guide, length_min: int = DEFAULT_LENGTH_MIN) -> PlanChoice:
    """The guide's own order and minutes, as many questions from the first on as fit."""
    steps: list[Step] = []
    left = float(length_min)
    for question in guide.questions:
        taken = question.minutes <= left or not steps
        left = left - question.minutes if taken else 0.0
        steps.append(Step(question.id, question.minutes, taken))
    return PlanChoice(tuple(steps), length_min=length_min)


def fitted(plan: PlanChoice, guide: Guide) -> PlanChoice:
    """A plan made earlier as the guide allows today: what is gone is left out, what is new shown.

    Without questions that are to be asked it is the guide's own.
    """
    known = {question.id: question for question in guide.questions}
    steps = [step for step in plan.steps if step.id in known]
    if not any(step.taken for step in steps):
        return replace(planned_by_guide(guide, plan.length_min), probes=plan.probes)
    named = {step.id for step in steps}
    added = [Step(q.id, q.minutes, taken=False) for q in guide.questions if q.id not in named]
    return replace(plan, steps=(*steps, *added))


def chosen_plan(plan: Plan, guide: Guide, length_min: int) -> PlanChoice:
    """A plan file as a plan being made: what it does not name is left out."""
    asked = [Step(name, plan.minutes.get(name, guide.question(name).minutes)) for name in plan.ids]
    return fitted(PlanChoice(tuple(asked), plan.probes, length_min), guide)


def plan_of(choice: PlanChoice) -> Plan:
    """What is asked, as a plan file has it."""
    questions = tuple(Chosen(id=step.id, minutes=step.minutes) for step in choice.taken)
    return Plan(questions=questions, probes=choice.probes)


def moved(steps: Sequence[Step], index: int, by: int) -> tuple[Step, ...]:
    """The steps with one of them further up or down; as they were at either end."""
    to = index + by
    if not 0 <= to < len(steps):
        return tuple(steps)
    changed = list(steps)
    changed.insert(to, changed.pop(index))
    return tuple(changed)
