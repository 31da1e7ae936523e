"""Would this count? A sentence is tried against a question, as a live session would hear it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from copilot.errors import CopilotError
from copilot.events import FindingKind
from copilot.guides.editing.edits import Action, Edit, Place
from copilot.guides.trying import Group, Outcome, Tried, Tryer, WhatIf
from copilot.i18n import N_, _
from copilot.knowledge.guide import Guide
from copilot.tui.guides.base import GuidesBase
from copilot.tui.guides.try_text import outcome_content, outcome_row
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.action import bindings
from copilot.tui.keys.guides import GUIDE_TRY_ACTIONS
from copilot.tui.lists.base import one_line
from copilot.tui.lists.table import Table

if TYPE_CHECKING:
    from copilot.tui.guides.guide_screen import GuideScreen

_GROUPS = {
    Group.SAYS: N_("says"),
    Group.DENIALS: N_("denials"),
    Group.NEAR_MISSES: N_("near misses"),
}


class Worked(Message):
    """Something was worked out off the screen's thread.

    Attributes:
        found: It, or why it could not be.
    """

    def __init__(self, found: "Tried | WhatIf | CopilotError") -> None:
        self.found = found
        super().__init__()


class TryScreen(GuidesBase):
    """A line to write in; below it what the sentence is to each point and flag."""

    ACTIONS = GUIDE_TRY_ACTIONS
    BINDINGS: ClassVar = bindings(GUIDE_TRY_ACTIONS)
    AUTO_FOCUS = "Input"
    HELP = N_(
        "Write what a candidate might say, then Enter: each point and flag says whether it would"
        " count, by the matcher that hears interviews, on this machine. A key adds the sentence to"
        " the says, denials or near misses of the one you are on; saving is up to you."
    )

    def __init__(self, guide: "GuideScreen", tryer: Tryer, place: Place) -> None:
        """Prepare.

        Args:
            guide: The screen of the guide that sentences are tried against, and added to.
            tryer: What tries them; its models are loaded with the first one.
            place: Where one was in the guide: the question, and the point, to begin with.
        """
        super().__init__()
        self._screen, self._tryer = guide, tryer
        self._now: Guide = guide.opened.guide(guide.language)
        self._question = self._now.questions[0].id
        if len(place) > 1 and place[0] == "questions":
            self._question = str(place[1])
        self._wanted = str(place[3]) if len(place) > 3 and place[2] == "points" else ""
        if place[:1] in (("red_flags",), ("competencies",)) and len(place) > 1:
            self._wanted = str(place[1])
        self._tried: Tried | None = None
        self._what_if: WhatIf | None = None
        self._is_working = False
        self._next: Callable[[], Tried | WhatIf] | None = None

    def compose(self) -> ComposeResult:
        """The question, the sentence, what came out, keys."""
        yield Static(classes="head", markup=False)
        yield Input(placeholder=_("What a candidate might say, then Enter"), compact=True)
        with Container(id="body"):
            yield Table()
            yield Static(classes="detail", markup=False)
        yield KeyFooter(GUIDE_TRY_ACTIONS)

    def on_mount(self) -> None:
        """Draw for the first time."""
        self._draw()

    # -- drawing --------------------------------------------------------------------------------

    @property
    def _outcomes(self) -> dict[str, Outcome]:
        found = () if self._tried is None else self._tried.outcomes
        return {f"{each.kind}/{each.id}": each for each in found}

    def _draw(self) -> None:
        asked = self._now.question(self._question)
        number = [each.id for each in self._now.questions].index(asked.id) + 1
        place = _("{place} of {count}", place=number, count=len(self._now.questions))
        state = _("Working …") if self._is_working else self._summary()
        self.query_one(".head", Static).update(
            Content("\n").join(
                [
                    Content.assemble((_("Would this count?"), "bold"), f"  {place}"),
                    Content(one_line(asked.text)),
                    Content.styled(state, "$text-accent"),
                ]
            )
        )
        outcomes = self._outcomes
        keys = tuple(outcomes)
        self.query_one(Table).show(
            keys, lambda index, width: outcome_row(outcomes[keys[index]], width)
        )
        self._draw_detail()
        self.refresh_bindings()

    def _summary(self) -> str:
        if self._tried is None:
            return ""
        counting = [one_line(each.label) for each in self._tried.counting]
        if not counting:
            return _("It would count for nothing here.")
        return _("It would count for: {labels}", labels=", ".join(counting))

    def _draw_detail(self) -> None:
        detail = self.query_one(".detail", Static)
        outcome = self._current()
        detail.display = outcome is not None
        if outcome is not None:
            same = self._what_if
            is_its = same is not None and (same.kind, same.id) == (outcome.kind, outcome.id)
            detail.update(outcome_content(outcome, same if is_its else None))

    def _current(self) -> Outcome | None:
        key = self.query_one(Table).current
        return None if key is None else self._outcomes.get(key)

    def on_table_reached(self, message: Table.Reached) -> None:
        """Say why."""
        message.stop()
        self._draw_detail()

    def on_resize(self) -> None:
        """Rows are cut to the width."""
        self.call_after_refresh(self._draw)

    # -- trying ---------------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Try it."""
        event.stop()
        if event.value.strip():
            self._try()

    def _try(self) -> None:
        text, guide, question = self.query_one(Input).value, self._now, self._question
        self._what_if = None
        self._work(lambda: self._tryer.try_sentence(guide, question, text))

    @property
    def _written(self) -> str:
        return " ".join(self.query_one(Input).value.split())

    def action_what_if(self) -> None:
        """Try it once more with the sentence among the says."""
        outcome = self._current()
        if outcome is None or self._tried is None:
            return
        text, guide, question = self._tried.text, self._now, self._question
        self._work(
            lambda: self._tryer.what_if(guide, question, text, outcome.id, kind=outcome.kind)
        )

    def _work(self, find: "Callable[[], Tried | WhatIf]") -> None:
        if self._is_working:
            self._next = find  # what was asked for last is shown, and nothing that came before it
            return
        self._is_working = True
        self._draw()
        self._work_off(find)

    @work(thread=True, group="trying")
    def _work_off(self, find: "Callable[[], Tried | WhatIf]") -> None:
        try:
            self.post_message(Worked(find()))
        except CopilotError as error:
            self.post_message(Worked(error))

    def on_worked(self, message: Worked) -> None:
        """Show what came of it, unless something else was asked for meanwhile."""
        self._is_working = False
        if self._next is not None:
            find, self._next = self._next, None
            self._work(find)
            return
        if isinstance(message.found, CopilotError):
            self.tell_of(message.found)
        elif isinstance(message.found, WhatIf):
            self._what_if = message.found
        else:
            self._tried = message.found
            self._draw()
            table = self.query_one(Table)
            table.focus()
            wanted = next((k for k, o in self._outcomes.items() if o.id == self._wanted), None)
            best = next(iter(message.found.counting), None)
            if wanted is not None:
                table.point_at(wanted)
            elif best is not None:
                table.point_at(f"{best.kind}/{best.id}")
        self._draw()

    # -- what the user does ---------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what there is can be added."""
        if action in ("take", "what_if"):
            return self._current() is not None and not self._is_working
        return True

    def action_write(self) -> None:
        """Back to the line."""
        self.query_one(Input).focus()

    def action_step(self, by: int) -> None:
        """The next question, or the one before, with the same sentence."""
        ids = [each.id for each in self._now.questions]
        self._question = ids[(ids.index(self._question) + by) % len(ids)]
        self._tried = None
        self._draw()
        if self.query_one(Input).value.strip():
            self._try()

    def action_take(self, group: str) -> None:
        """Add the sentence to the point or flag with the cursor."""
        outcome = self._current()
        if outcome is None or self._tried is None:
            return
        place = self._place_of(outcome, Group(group))
        text = self._tried.text
        if self._written != text:
            self.tell(_("The sentence was changed: try it first."))
            return
        name = _(_GROUPS[Group(group)])
        if self._stands(place, text):
            self.tell(_("It stands there already."))
            return
        if not self._screen.make([Edit(Action.ADD, place, text)], name):
            return
        self.tell(
            _("Added to the {list} of {label}. Not saved yet.", list=name, label=outcome.label)
        )
        try:
            self._now = self._screen.opened.guide(self._screen.language)
        except CopilotError as error:
            self.tell_of(error)
            return
        self._try()

    def _place_of(self, outcome: Outcome, group: Group) -> Place:
        way: Place = ("says",) if group is Group.SAYS else ("not_says", str(group))
        if outcome.kind is FindingKind.FLAG:
            return ("red_flags", outcome.id, *way)
        if self._now.question(self._question).points:
            return ("questions", self._question, "points", outcome.id, *way)
        return ("competencies", outcome.id, *way)

    def _stands(self, place: Place, text: str) -> bool:
        screen = self._screen
        try:
            there = screen.opened.file(screen.language).get(place) or ()
        except KeyError:
            return False
        said = (each.get("text") if isinstance(each, dict) else each for each in there)
        return text in said

    async def action_back(self) -> None:
        """From the line to what came out, where there is something; then back to the guide."""
        if self.query_one(Input).has_focus and self._tried is not None and self._outcomes:
            self.query_one(Input).value = self._tried.text
            self.query_one(Table).focus()
        else:
            self.dismiss(None)
