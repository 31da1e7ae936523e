"""A case: what was given and expected, and two outputs beside each other, to be labelled."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from copilot.errors import CopilotError
from copilot.i18n import N_, _
from copilot.lab.labels import Verdict, label_result
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.action import bindings
from copilot.tui.keys.in_force import key_of
from copilot.tui.keys.lab import LAB_CASE_ACTIONS
from copilot.tui.lab.base import LabScreen
from copilot.tui.lab.board import Board, Output
from copilot.tui.lab.case_text import expected_content, given_content, output_content
from copilot.tui.lab.prompts_text import prompts_content, prompts_title
from copilot.tui.lab.text_dialog import TextDialog
from copilot.tui.lab.walking import next_difference
from copilot.tui.lists.base import one_line
from copilot.tui.rows.dialogs import LineDialog


class _Body(VerticalScroll, inherit_bindings=False):
    """Scrolls up and down; left and right choose a column."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", show=False),
        Binding("down", "scroll_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]


class CaseScreen(LabScreen):
    """Walks through the cases of a board; the keys act on the column one is in."""

    ACTIONS = LAB_CASE_ACTIONS
    BINDINGS: ClassVar = bindings(LAB_CASE_ACTIONS)
    AUTO_FOCUS = "_Body"
    HELP = N_(
        "What a case was given, what is known to be right, and what came out. Words only one of"
        " two outputs has are struck through at the left and underlined at the right."
    )

    def __init__(self, board: Board, key: str) -> None:
        """Show a case.

        Args:
            board: The cases one walks through.
            key: The row to begin at.
        """
        super().__init__()
        self._board = board
        self.key = key
        #: Which outputs stand at the left and at the right.
        self._places = (0, 0)
        self._side = 0
        self._whole = False
        self._writing = asyncio.Lock()  # labels are kept in the order in which they were given

    def compose(self) -> ComposeResult:
        """Which case, then all there is to read, then the keys."""
        yield Static(classes="head", markup=False)
        with _Body(id="body"):
            yield Static(id="given", markup=False)
            yield Static(id="expected", markup=False)
            with Container(id="columns"):
                yield Static(id="left", classes="column", markup=False)
                yield Static(id="right", classes="column", markup=False)
        yield KeyFooter(LAB_CASE_ACTIONS)

    def on_mount(self) -> None:
        """Draw for the first time."""
        self._begin()

    # -- drawing --------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Show a case: the outputs chosen before where there are as many, else the first two.

        Who has scrolled down to the outputs sees the outputs of the next case, too.
        """
        outputs = self._board.outputs(self.key)
        if self._places[0] == self._places[1] or max(self._places) >= len(outputs):
            self._places = _first_two(outputs)
            self._side = 1 if len(outputs) > 1 else 0
        self._draw()
        body = self.query_one(_Body)
        if body.scroll_y > 0:
            columns = self.query_one("#columns")
            self.call_after_refresh(body.scroll_to_widget, columns, animate=False, top=True)

    def _draw(self) -> None:
        case, outputs = self._board.case(self.key), self._board.outputs(self.key)
        self.query_one(".head", Static).update(self._head())
        self.query_one("#given", Static).update(given_content(case))
        expected = expected_content(case)
        self.query_one("#expected", Static).update(expected)
        self.query_one("#expected").display = bool(expected.plain)
        for side, name in enumerate(("left", "right")):
            column = self.query_one(f"#{name}", Static)
            column.display = side < len(outputs)
            column.set_class(side == self._side and len(outputs) > 1, "-here")
            if side < len(outputs):
                column.update(self._column(side))

    def _head(self) -> Content:
        board, case = self._board, self._board.case(self.key)
        keys = list(board.keys)
        place = ""
        if self.key in keys:
            place = _("{place} of {count}", place=keys.index(self.key) + 1, count=len(keys))
        facts = [case.task, case.split, *(f"{k}: {v}" for k, v in case.metadata.items())]
        return Content("\n").join(
            [
                Content.assemble((one_line(case.id), "bold"), f"  {place}"),
                Content.assemble(board.remark(self.key), "  ", one_line(" · ".join(facts))),
            ]
        )

    def _column(self, side: int) -> Content:
        outputs = self._board.outputs(self.key)
        output = outputs[self._places[side]]
        beside = outputs[self._places[1 - side]] if len(outputs) > 1 else None
        return output_content(
            output.title,
            output.result,
            None if beside is None else beside.result,
            self._board.labels.of(output),
            whole=self._whole,
            here=side == self._side and len(outputs) > 1,
            is_left=side == 0,
        )

    # -- walking --------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """To another case of the list."""
        keys = list(self._board.keys)
        if self.key not in keys:
            return
        place = keys.index(self.key) + by
        if 0 <= place < len(keys):
            self.key = keys[place]
            self._begin()

    def action_next_difference(self) -> None:
        """To the next case that differs."""
        found = next_difference(self._board, self.key)
        if found is None:
            self.tell(_("No case of those shown differs."))
        else:
            self.key = found
            self._begin()

    def action_side(self, side: int) -> None:
        """To a column."""
        if side < len(self._board.outputs(self.key)):
            self._side = side
            self._draw()

    def action_other(self) -> None:
        """Show another output in the column one is in."""
        count = len(self._board.outputs(self.key))
        if count <= len(self._places):
            self.tell(_("All there is stands here already."))
            return
        places = list(self._places)
        taken = places[1 - self._side]
        place = (places[self._side] + 1) % count
        places[self._side] = place if place != taken else (place + 1) % count
        self._places = (places[0], places[1])
        self._draw()

    def action_whole(self) -> None:
        """All of the output, or its text alone."""
        self._whole = not self._whole
        self._draw()

    def action_prompts(self) -> None:
        """Show the prompts of what stands there."""
        from copilot.lab.measuring.figures import language_of  # noqa: PLC0415 - loads numpy

        language = language_of(self._board.case(self.key))
        outputs = self._board.outputs(self.key)
        found = [outputs[place].prompt(language) for place in self._places if place < len(outputs)]
        known = [prompt for prompt in found if prompt is not None]
        if not known:
            self.tell(_("No language model was asked here."))
            return
        before, after = known[0], known[-1]
        title = prompts_title(before, after, outputs=len(known))
        dialog = TextDialog(title, prompts_content(before, after))
        self.app.push_screen(dialog)

    # -- labels ---------------------------------------------------------------------------------

    @property
    def _here(self) -> Output | None:
        """The output the keys act on."""
        outputs = self._board.outputs(self.key)
        return outputs[self._places[self._side]] if outputs else None

    def action_label(self, verdict: Verdict) -> None:
        """Say that the output is good or bad, or take it back; a note that stands is kept."""
        output = self._here
        if output is None or output.result.produced.failed:
            self.tell(_("There is no output to be labelled."))
            return
        before = self._board.labels.of(output)
        if before is None and verdict == "clear":
            return
        note = before.note if before is not None and before.verdict == verdict else ""
        self._keep(self.key, output, verdict, note)

    def action_note(self) -> None:
        """Say why it is good or bad."""
        output = self._here
        label = None if output is None else self._board.labels.of(output)
        if output is None or label is None:
            self.tell(
                _(
                    "Say first whether it is good or bad, with {good} or {bad}.",
                    good=key_of("lab.good"),
                    bad=key_of("lab.bad"),
                )
            )
            return
        key, verdict = self.key, label.verdict

        def written(note: str | None) -> None:
            if note is not None:
                self._keep(key, output, verdict, note)

        title, about = _("Why is it good or bad?"), _("It is kept with the label on this computer.")
        self.app.push_screen(LineDialog(title, about, label.note), written)

    @work
    async def _keep(self, key: str, output: Output, verdict: Verdict, note: str) -> None:
        async with self._writing:
            try:
                label = await asyncio.to_thread(
                    label_result, output.run, output.result, verdict, note=note
                )
            except CopilotError as error:
                self.tell_of(error)
                return
            self._board.labels.take(label, self._board.outputs(key))
            self._draw()

    async def action_back(self) -> None:
        """Back to the list, once what was said is kept."""
        async with self._writing:
            self.dismiss(None)


def _first_two(outputs: Sequence[Output]) -> tuple[int, int]:
    """The first output, and the first beside it of another variant or run; else the next."""
    places = range(1, len(outputs))
    others = (place for place in places if _whose(outputs[place]) != _whose(outputs[0]))
    return 0, next(others, min(1, max(len(outputs) - 1, 0)))


def _whose(output: Output) -> tuple[str, str]:
    return output.run.record.id, output.result.variant
