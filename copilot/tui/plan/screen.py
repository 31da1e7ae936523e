"""The plan, edited in place."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from copilot.errors import CopilotError
from copilot.guides.editing.guide_file import write_whole
from copilot.i18n import N_, _, ngettext
from copilot.knowledge.guide import Guide
from copilot.knowledge.plan import own_plan_path, plan_names, plan_path, plan_text, read_plan
from copilot.tui.keys.action import bindings
from copilot.tui.keys.plan import PLAN_ACTIONS
from copilot.tui.plan.name_dialog import NameDialog
from copilot.tui.rows.rows import Row, Rows
from copilot.tui.rows.screen import RowsScreen, in_words
from copilot.tui.start.choices import (
    LONGEST_MIN,
    SHORTEST_MIN,
    PlanChoice,
    Step,
    chosen_plan,
    moved,
    plan_of,
    planned_by_guide,
)
from copilot.tui.start.wording import minutes, thin_in_words

_MOST_MIN = 120
_MOST_PROBES = 9


class PlanScreen(RowsScreen[PlanChoice]):
    """Gives back the plan, however it is left; there is nothing to lose by looking."""

    ACTIONS = PLAN_ACTIONS
    BINDINGS: ClassVar = bindings(PLAN_ACTIONS)
    HELP = N_("The questions in the order to ask them; what has no number is left out.")

    def __init__(self, guide: Guide, plan: PlanChoice) -> None:
        """Prepare.

        Args:
            guide: Where the questions come from.
            plan: With every question of the guide.
        """
        super().__init__()
        self._guide = guide
        self._plan = plan
        self._named = ""

    @property
    def plan(self) -> PlanChoice:
        """As it stands."""
        return self._plan

    # -- what it shows --------------------------------------------------------------------------

    def heading(self) -> str:
        """Whose plan it is."""
        return _("Plan: {role}", role=self._guide.title)

    def above(self) -> str:
        """What it comes to."""
        plan = self._plan
        left = plan.length_min - plan.total_min
        parts = [
            ngettext("{count} question", "{count} questions", len(plan.taken)),
            _("{minutes} min", minutes=minutes(plan.total_min)),
            _("{left} of {length} min left", left=minutes(left), length=plan.length_min)
            if left >= 0
            else _("▲ {over} min more than {length}", over=minutes(-left), length=plan.length_min),
            ngettext("{count} follow-up a question", "{count} follow-ups a question", plan.probes),
        ]
        thin = thin_in_words(self._guide, plan)
        return " · ".join(parts) + (f"\n{thin}" if thin else "")

    def rows(self) -> Sequence[Row]:
        """The questions; what is left out has no number."""
        rows: list[Row] = []
        number = 0
        for step in self._plan.steps:
            number += step.taken
            rows.append(self._row(step, number))
        return rows

    def _row(self, step: Step, number: int) -> Row:
        question = self._guide.question(step.id)
        place = f"{number:>2}." if step.taken else "  ·"
        value = _("{minutes} min", minutes=minutes(step.minutes)) if step.taken else _("left out")
        return Row(step.id, f"{place} {question.label}", value, question.text)

    # -- what the user does ---------------------------------------------------------------------

    def chosen(self, row: Row) -> None:
        """In or out."""
        index = self._index(row)
        step = self._plan.steps[index]
        if step.taken and len(self._plan.taken) == 1:
            self.say(_("A plan has one question at least."))
            return
        self._put(index, replace(step, taken=not step.taken))

    def action_turn(self, by: int) -> None:
        """A minute more or less."""
        row = self.query_one(Rows).current
        if row is None:
            return
        index = self._index(row)
        step = self._plan.steps[index]
        if step.taken:
            self.say("")
            wanted = min(max(step.minutes + by, 1), _MOST_MIN)
            self._put(index, replace(step, minutes=wanted))

    def action_move(self, by: int) -> None:
        """Earlier or later; the highlight goes with it."""
        row = self.query_one(Rows).current
        if row is not None:
            self.say("")
            steps = moved(self._plan.steps, self._index(row), by)
            self._set(replace(self._plan, steps=steps))

    def action_probes(self, by: int) -> None:
        """More or fewer follow-ups under each question."""
        wanted = min(max(self._plan.probes + by, 0), _MOST_PROBES)
        self._set(replace(self._plan, probes=wanted))

    def action_length(self, by: int) -> None:
        """A longer or shorter interview; the questions stay as they are."""
        wanted = min(max(self._plan.length_min + by, SHORTEST_MIN), LONGEST_MIN)
        self._set(replace(self._plan, length_min=wanted))

    def action_reset(self) -> None:
        """Back to the guide's own."""
        plan = planned_by_guide(self._guide, self._plan.length_min)
        self._set(replace(plan, probes=self._plan.probes))

    def action_named(self) -> None:
        """The next of the plans that were kept under a name."""
        names = plan_names(self._guide.id)
        if not names:
            self.say(_("No plan was kept under a name yet."))
            return
        here = names.index(self._named) if self._named in names else -1
        name = names[(here + 1) % len(names)]
        self._named = name
        try:
            read = read_plan(plan_path(name, self._guide.id), self._guide)
        except CopilotError as error:
            self.say(f"{name}: {in_words(error)}")
            return
        self._set(chosen_plan(read, self._guide, self._plan.length_min))
        self.say(
            _(
                "{name}, plan {number} of {count}",
                name=name,
                number=names.index(name) + 1,
                count=len(names),
            )
        )

    def action_keep(self) -> None:
        """Ask for a name, and keep it."""
        self.app.push_screen(NameDialog(self._named, self._guide.id), self._keep)

    def _keep(self, name: str | None) -> None:
        if not name:
            return
        try:
            path = own_plan_path(name, self._guide.id)
            replaced = path.exists()
            write_whole(path, plan_text(plan_of(self._plan), self._guide))
        except CopilotError as error:
            self.say_error(error)
            return
        self._named = name
        self.say(
            _("{name} was there and is replaced.", name=name)
            if replaced
            else _("Kept as {name}.", name=name)
        )

    def action_back(self) -> None:
        """Use it."""
        self.dismiss(self._plan)

    def _index(self, row: Row) -> int:
        return next(i for i, step in enumerate(self._plan.steps) if step.id == row.id)

    def _put(self, index: int, step: Step) -> None:
        steps = list(self._plan.steps)
        steps[index] = step
        self._set(replace(self._plan, steps=tuple(steps)))

    def _set(self, plan: PlanChoice) -> None:
        self._plan = plan
        self.draw()
