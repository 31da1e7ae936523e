"""Two runs beside each other: what it comes to, and what became of each case."""

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.content import Content

from copilot.errors import CopilotError
from copilot.i18n import N_, _, ngettext
from copilot.lab.comparing.measured import Tested
from copilot.lab.comparing.model import Change, Compared, Word
from copilot.tui.keys.action import bindings
from copilot.tui.keys.lab import LAB_COMPARISON_ACTIONS
from copilot.tui.lab.base import when
from copilot.tui.lab.comparison_board import FILTER_WORDS, ComparisonBoard
from copilot.tui.lab.outcomes import CHANGES
from copilot.tui.lab.reading import Arrived, NotRead, ReadComparison, comparison_read
from copilot.tui.lab.walking import WalkingScreen
from copilot.tui.lists.base import one_line

#: Looked up with ``_`` where they are shown; shape, style and words.
_VERDICTS: dict[Word, tuple[str, str]] = {
    "better": ("$text-success", N_("B is better.")),
    "worse": ("$text-error", N_("B is worse.")),
    "mixed": ("$text-warning", N_("B is better in some respects and worse in others.")),
    "same": ("", N_("No difference that is more than noise.")),
    "incomparable": ("$text-warning", N_("They cannot be compared.")),
}
#: Names of figures, looked up with ``_`` where they are shown.
FIGURES = {
    "": N_("pass rate"),
    "point": N_("F1 of points"),
    "flag": N_("F1 of flags"),
    "question": N_("F1 of questions"),
    "refusal": N_("F1 of refusals"),
    "sentence": N_("F1 of sentences left out"),
}
_FIGURES_SHOWN = 2
_LINES = 4


class ComparisonScreen(WalkingScreen[ComparisonBoard]):
    """Compares two runs and walks through what changed, what got worse first."""

    ACTIONS = LAB_COMPARISON_ACTIONS
    BINDINGS: ClassVar = bindings(LAB_COMPARISON_ACTIONS)
    HELP = N_(
        "Two runs, case by case: ▼ broken, ▲ fixed, ≈ repeats differ, ! error, ◁ ▷ only one has"
        " it, # the case itself changed. A difference counts only where a paired test says that"
        " chance alone would hardly bring it."
    )

    def __init__(self, a: Path, b: Path, variants: tuple[str, str] | None = None) -> None:
        """Compare two runs.

        Args:
            a: Folder of what was before.
            b: Folder of what is compared with it; may be the same, with ``variants``.
            variants: Ids of the variant of A and of B; those of the same id by default.
        """
        super().__init__()
        self._a, self._b, self._variants = a, b, variants

    def on_mount(self) -> None:
        """Read both once the first picture stands."""
        self.call_after_refresh(self._read)

    @work(thread=True)
    def _read(self) -> None:
        try:
            self.post_message(Arrived(comparison_read(self._a, self._b, self._variants)))
        except CopilotError as error:
            self.post_message(NotRead(error))

    def on_arrived(self, message: Arrived) -> None:
        """Show them."""
        if isinstance(message.found, ReadComparison):
            self._board = ComparisonBoard(message.found)
            self.draw()
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Variants are walked through only where there are several."""
        if action == "step_variants":
            return self._board is not None and len(self._board.read.comparison.pairs) > 1
        return super().check_action(action, parameters)

    # -- drawing --------------------------------------------------------------------------------

    def head(self) -> Content:
        """What it comes to, with its figures; how many cases went how; what went in otherwise."""
        board = self._shown
        comparison, pair = board.read.comparison, board.pair
        style, words = _VERDICTS[pair.verdict.word]
        lines = [
            Content.styled(_(words), f"{style} bold"),
            *(Content(figure_text(each)) for each in _to_show(pair.tests)),
            _counts(board),
            Content(f"A {_run_text(comparison.a)}   B {_run_text(comparison.b)}"),
        ]
        told = one_line(f"{pair.a} → {pair.b}" if pair.a != pair.b else pair.b)
        if len(comparison.pairs) > 1:
            others = len(comparison.pairs) - 1
            more = ngettext("and {count} more pair", "and {count} more pairs", others)
            told += f"  ({more})"
        changed = ", ".join(each.what for each in comparison.inputs) or _("nothing")
        lines.append(Content(told + "  " + _("changed: {what}", what=one_line(changed))))
        lines.append(self.shown_line(_(FILTER_WORDS[board.filter]), board.total))
        return Content("\n").join(lines)

    def row(self, key: str, width: int) -> Content:
        """What became of it, and what it says now."""
        board = self._shown
        sign = CHANGES[board.of(key).change]
        id_width = min(board.longest_id, max(14, width * 2 // 5))
        outputs = board.outputs(key)
        text = one_line(outputs[-1].result.text) if outputs else ""
        shown_id = one_line(key)
        if len(shown_id) > id_width:
            shown_id = shown_id[: id_width - 1] + "…"
        return Content.assemble(
            (f"{sign.shape} ", f"{sign.style} bold"),
            (f"{shown_id:<{id_width}}  ", "bold"),
            text or _("(silent)"),
        )

    def detail(self, key: str) -> Content:
        """Which checks and decisions are not what they were."""
        pair = self._shown.of(key)
        lines = [Content.assemble(self._shown.remark(key), f"  {one_line(pair.note)}")]
        lines += [
            Content.assemble(
                (f"{CHANGES[check.change].shape} ", CHANGES[check.change].style),
                one_line(f"{check.name}: {_share(check.a)} → {_share(check.b)}"),
            )
            for check in pair.checks
        ]
        for flip in pair.flips:
            what = f"{flip.kind} {flip.target}".strip()
            told = _(
                "{what}: {before} → {after}, labelled {label}",
                what=what,
                before=flip.before,
                after=flip.after,
                label=flip.label,
            )
            lines.append(Content(one_line(told)))
        left = len(lines) - _LINES
        if left > 0:
            more = ngettext("… and {count} more", "… and {count} more", left)
            lines = [*lines[:_LINES], Content(more)]
        return Content("\n").join(lines)

    def action_step_variants(self) -> None:
        """To the next two variants that were compared."""
        self._shown.step_variants(1)
        self.draw()


def figure_text(test: Tested) -> str:
    """A figure in both runs, with its interval and how likely chance brings as much."""
    name = _(FIGURES[test.kind]) if test.kind in FIGURES else test.name
    told = f"{name}: {_share(test.a)} → {_share(test.b)}"
    if test.difference is None:
        return told
    more = [_("{points} points", points=f"{100 * test.difference:+.1f}")]
    if test.low is not None and test.high is not None:
        more.append(
            _(
                "95 % from {low} to {high}",
                low=f"{100 * test.low:+.1f}",
                high=f"{100 * test.high:+.1f}",
            )
        )
    chance = test.adjusted_p if test.adjusted_p is not None else test.p
    if chance is not None:
        more.append(f"p = {chance:.3f}" if chance >= 0.001 else "p < 0.001")
    if test.by_case:
        more.append(
            ngettext(
                "{count} group only: each case counts by itself",
                "{count} groups only: each case counts by itself",
                test.groups,
            )
        )
    return f"{told} ({', '.join(more)})"


def _to_show(tests: tuple[Tested, ...]) -> list[Tested]:
    """The pass rate, then what is least likely to be chance."""
    rest = sorted(tests[1:], key=lambda each: 1.0 if each.adjusted_p is None else each.adjusted_p)
    return [*tests[:1], *rest][:_FIGURES_SHOWN]


def _counts(board: ComparisonBoard) -> Content:
    parts: list[str | tuple[str, str]] = []
    for change, sign in CHANGES.items():
        count = board.pair.count(change)
        if count or change in (Change.BROKEN, Change.FIXED):
            parts += [(f"{sign.shape} ", sign.style), f"{count} {_(sign.word)}  "]
    return Content.assemble(*parts)


def _run_text(run: Compared) -> str:
    told = f"{one_line(run.suite)} {when(run.began_at)}"
    return told if run.finished else told + " " + _("(not finished)")


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
