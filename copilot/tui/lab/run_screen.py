"""A run: its cases, how each went with every variant, and what is wrong with those that failed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.content import Content

from copilot.errors import CopilotError
from copilot.i18n import N_, _, ngettext
from copilot.lab.labels import Label
from copilot.lab.results import Result
from copilot.tui.keys.action import bindings
from copilot.tui.keys.lab import LAB_RUN_ACTIONS
from copilot.tui.lab.base import when
from copilot.tui.lab.grid import FILTER_WORDS
from copilot.tui.lab.outcomes import LABELS, OUTCOMES
from copilot.tui.lab.reading import Arrived, Measured, NotRead, ReadRun, measured, run_read
from copilot.tui.lab.run_board import RunBoard
from copilot.tui.lab.walking import WalkingScreen
from copilot.tui.lists.base import one_line

if TYPE_CHECKING:
    from copilot.lab.measuring.model import Figures

#: More variants than this are not named above the list; a case names its own.
_NAMED = 3
_REASONS = 3


class RunScreen(WalkingScreen[RunBoard]):
    """Opens a run and walks through its cases."""

    ACTIONS = LAB_RUN_ACTIONS
    BINDINGS: ClassVar = bindings(LAB_RUN_ACTIONS)
    HELP = N_(
        "The cases of a run, a sign a variant: ✓ passed, ✕ failed, ≈ repeats differ, ! error,"
        " · not done; + and - are what people said of an output. Enter opens a case."
    )

    def __init__(self, path: Path) -> None:
        """Show a run.

        Args:
            path: Its folder.
        """
        super().__init__()
        self._path = path
        self._figures: Figures | None = None

    def on_mount(self) -> None:
        """Read it once the first picture stands."""
        self.call_after_refresh(self._read)

    @work(thread=True)
    def _read(self) -> None:
        try:
            read = run_read(self._path)
        except CopilotError as error:
            self.post_message(NotRead(error))
            return
        self.post_message(Arrived(read))
        if read.run.results:
            self.post_message(Arrived(measured(read.run)))

    def on_arrived(self, message: Arrived) -> None:
        """Show it."""
        if isinstance(message.found, ReadRun):
            self._board = RunBoard(message.found)
        elif isinstance(message.found, Measured):
            self._figures = message.found.figures
        self.draw()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Figures are there a little later."""
        if action == "figures":
            return self._figures is not None
        if action == "compare_variants":
            return self._board is not None and len(self._board.grid.variants) > 1
        return super().check_action(action, parameters)

    def action_compare_variants(self) -> None:
        """Compare two variants of this run; which, is asked where there are more."""
        first, *others = self._shown.grid.variants
        if len(others) == 1:
            self._compare(first, others[0])
            return

        def chosen_a(a: str) -> None:
            self._pick(_("… with which variant?"), a, lambda b: self._compare(a, b))

        self._pick(_("Compare which variant …"), "", chosen_a)

    def _pick(self, title: str, but: str, then: Callable[[str], None]) -> None:
        """Ask for a variant."""
        from copilot.tui.rows.dialogs import PickDialog  # noqa: PLC0415 - seldom
        from copilot.tui.rows.rows import Row  # noqa: PLC0415

        grid = self._shown.grid
        rows = [
            Row(variant, one_line(variant), self._in_short(variant))
            for variant in grid.variants
            if variant != but
        ]

        def picked(variant: str | None) -> None:
            if variant is not None:
                then(variant)

        self.app.push_screen(PickDialog(title, rows), picked)

    def _compare(self, a: str, b: str) -> None:
        from copilot.tui.lab.comparison_screen import ComparisonScreen  # noqa: PLC0415 - seldom

        self.app.push_screen(ComparisonScreen(self._path, self._path, (a, b)))

    def action_figures(self) -> None:
        """Show all figures of the run."""
        from copilot.tui.lab.figures_text import figures_content  # noqa: PLC0415 - seldom
        from copilot.tui.lab.text_dialog import TextDialog  # noqa: PLC0415

        if self._figures is not None:
            title = _("Figures, with 95 % intervals")
            self.app.push_screen(TextDialog(title, figures_content(self._figures)))

    # -- drawing --------------------------------------------------------------------------------

    def head(self) -> Content:
        """Which run, how its variants did, what is shown of it."""
        board = self._shown
        run, record = board.grid.run, board.grid.run.record
        title = f"{one_line(record.suite)} · {when(record.began_at)}"
        lines = [Content.assemble((title, "bold"), (_unfinished(board), "$text-warning"))]
        for number, variant in enumerate(board.grid.variants[:_NAMED], start=1):
            lines.append(Content(f"{number}  {one_line(variant)}: {self._in_short(variant)}"))
        left = len(board.grid.variants) - _NAMED
        if left > 0:
            lines.append(Content(ngettext("… and {count} more", "… and {count} more", left)))
        if record.removed:
            told = ngettext(
                "{count} result was taken out with a deleted session.",
                "{count} results were taken out with deleted sessions.",
                record.removed,
            )
            lines.append(Content.styled(told, "$text-warning"))
        if run.torn:
            told = _("The last line of its results was half written and is left out.")
            lines.append(Content.styled(told, "$text-warning"))
        lines.append(self.shown_line(_(FILTER_WORDS[board.filter]), len(board.grid.rows)))
        return Content("\n").join(lines)

    def _in_short(self, variant: str) -> str:
        """What a variant comes to; counted alone until the figures are there."""
        if self._figures is None:
            passed, done = self._shown.grid.passed(variant)
            return _("{passed} of {done} passed", passed=passed, done=done)
        from copilot.tui.lab.figures_text import in_short  # noqa: PLC0415 - loads numpy

        return next(in_short(each) for each in self._figures.variants if each.variant == variant)

    def row(self, key: str, width: int) -> Content:
        """Signs, labels, the case, what came out."""
        row = self._shown.grid.rows[key]
        signs = [OUTCOMES[each] for each in row.outcomes]
        id_width = min(self._shown.longest_id, max(14, width * 2 // 5))
        given = "".join(_label_sign(self._shown.labelled.get(each.item)) for each in row.results)
        labels = given.replace(" ", "")[:3]
        return Content.assemble(
            *((f"{sign.shape} ", sign.style) for sign in signs),
            (f"{labels:<3} ", "bold"),
            (f"{_cut(one_line(row.case.id), id_width):<{id_width}}  ", "bold"),
            (one_line(row.text) or _("(silent)"), "" if row.text else "$text-muted"),
        )

    def detail(self, key: str) -> Content:
        """What failed, and why."""
        board = self._shown
        row = board.grid.rows[key]
        troubles = [(each, told) for each in row.results for told in _troubles(each)]
        if not troubles:
            given = " · ".join(f"{name}: {value}" for name, value in row.case.metadata.items())
            return Content(one_line(given or row.case.origin or row.case.task))
        lines = []
        for result, told in troubles[:_REASONS]:
            of = f" ({result.variant})" if len(row.outcomes) > 1 else ""
            of += f" #{result.repeat + 1}" if board.grid.run.record.repeats > 1 else ""
            lines.append(Content.assemble(("✕ ", "$text-error"), one_line(told + of)))
        left = len(troubles) - _REASONS
        if left > 0:
            lines.append(Content(ngettext("… and {count} more", "… and {count} more", left)))
        return Content("\n").join(lines)


def _unfinished(board: RunBoard) -> str:
    record = board.grid.run.record
    if record.done_at:
        return ""
    done = len(board.grid.run.results)
    return "  " + _("not finished: {done} of {count}", done=done, count=record.items)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _label_sign(label: Label | None) -> str:
    return " " if label is None else LABELS[label.verdict].shape


def _troubles(result: Result) -> list[str]:
    if result.produced.failed:
        return [result.produced.error]
    return [
        f"{each.name}: {each.reason}"
        for each in result.checks
        if each.counts and each.passed is not True
    ]
