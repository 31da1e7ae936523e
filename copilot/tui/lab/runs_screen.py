"""The runs there are: which suite, when, how it went; one is opened, two are compared."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from copilot.i18n import N_, _, ngettext
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.action import bindings
from copilot.tui.keys.in_force import key_of
from copilot.tui.keys.lab import LAB_ACTIONS
from copilot.tui.lab.base import LabScreen, when
from copilot.tui.lab.reading import Arrived, RunsListed, runs_listed
from copilot.tui.lists.base import one_line
from copilot.tui.lists.table import Table
from copilot.tui.names import duration

if TYPE_CHECKING:
    from copilot.lab.results import RunRecord
    from copilot.lab.running.folder import ListedRun

#: Looked up with ``_`` where they are shown.
_STATES = {
    "done": "",
    "stopped": N_("stopped"),
    "cut off": N_("cut off"),
    "running": N_("is running"),
}
_WIDE = 90  # columns
_COMMIT = 10  # characters
_TREND = 8  # runs


class RunsScreen(LabScreen):
    """Newest first."""

    ACTIONS = LAB_ACTIONS
    BINDINGS: ClassVar = bindings(LAB_ACTIONS)
    AUTO_FOCUS = "Table"
    HELP = N_(
        "The runs of the lab, newest first. Enter opens one. To see what changed from one to"
        " another, mark the one before as A and compare the other with it."
    )

    def __init__(self) -> None:
        super().__init__()
        self._listed: RunsListed | None = None
        self._runs: dict[str, ListedRun] = {}
        self._a = ""

    def compose(self) -> ComposeResult:
        """What is marked, the runs, what there is to know of one."""
        yield Static(classes="head", markup=False)
        yield Table()
        yield Static(classes="detail", markup=False)
        yield KeyFooter(LAB_ACTIONS)

    def on_mount(self) -> None:
        """Read what there is once the first picture stands."""
        self._draw()
        self.call_after_refresh(self.action_again)

    def on_screen_resume(self) -> None:
        """Somebody may have run a suite meanwhile."""
        if self._listed is not None:
            self.action_again()

    def action_again(self) -> None:
        """Read anew."""
        self._read()

    @work(thread=True, exclusive=True, group="runs")
    def _read(self) -> None:
        self.post_message(Arrived(runs_listed()))

    def on_arrived(self, message: Arrived) -> None:
        """Show them."""
        if not isinstance(message.found, RunsListed):
            return
        self._listed = message.found
        self._runs = {each.path.name: each for each in message.found.runs}
        if self._a not in self._runs:
            self._a = ""
        self._draw()
        for error in message.found.problems[:3]:
            self.tell_of(error)

    # -- drawing --------------------------------------------------------------------------------

    def _draw(self) -> None:
        self.query_one(".head", Static).update(self._head())
        names = tuple(self._runs)
        self.query_one(Table).show(
            names, lambda index, width: self._row(self._runs[names[index]], width)
        )
        self._draw_detail()

    def _head(self) -> Content:
        title = Content.styled(_("Lab"), "bold")
        if self._listed is None:
            return Content.assemble(title, "  …")
        if not self._runs:
            told = _("Nothing was run yet: interview-copilot lab run SUITE does.")
            return Content.assemble(title, f"  {told}")
        count = ngettext("{count} run", "{count} runs", len(self._runs))
        if not self._a:
            return Content.assemble(title, f"  {count}")
        marked = self._runs[self._a].record
        told = _(
            "A is {suite}, {when}; {key} compares another with it.",
            suite=one_line(marked.suite),
            when=when(marked.began_at),
            key=key_of("lab.compare"),
        )
        return Content.assemble(title, f"  {told}")

    def _row(self, listed: "ListedRun", width: int) -> Content:
        record = listed.record
        mark = "A" if listed.path.name == self._a else " "
        state = _(_STATES[self._state(listed)])
        suite_width = max(12, min(36, width - 42))
        suite = one_line(record.suite)[:suite_width]
        counts = f"{_passed(record):>11}"
        parts: list[str | tuple[str, str]] = [
            (f"{mark} ", "bold $text-accent"),
            f"{when(record.began_at)}  ",
            (f"{suite:<{suite_width}}  ", "bold"),
            (counts, "$text-success" if _all_passed(record) else ""),
        ]
        if width >= _WIDE:
            variants = ngettext("{count} variant", "{count} variants", len(record.variants))
            parts.append((f"  {variants}", "$text-muted"))
        if state:
            parts.append((f"  {state}", "$text-warning"))
        return Content.assemble(*parts)

    def _state(self, listed: "ListedRun") -> str:
        return "done" if self._listed is None else self._listed.states[listed.path.name]

    def _draw_detail(self) -> None:
        name = self.query_one(Table).current
        detail = self.query_one(".detail", Static)
        detail.display = name is not None
        if name is not None:
            about = [_about(self._runs[name].record), self._over_time(name)]
            detail.update("\n".join(line for line in about if line))

    def _over_time(self, name: str) -> str:
        """How the runs of a suite did until this one, the latest last; empty for the first."""
        names = list(self._runs)
        suite = self._runs[name].record.suite
        records = [self._runs[each].record for each in names[names.index(name) :]]
        shares = [_share(each) for each in records if each.suite == suite][:_TREND]
        if len(shares) == 1:
            return ""
        return _("over time: {shares}", shares=" → ".join(reversed(shares)))

    def on_table_reached(self, message: Table.Reached) -> None:
        """Say what there is to know of it."""
        message.stop()
        self._draw_detail()

    def on_resize(self) -> None:
        """Rows are cut to the width."""
        self.call_after_refresh(self._draw)

    # -- what the user does ---------------------------------------------------------------------

    def on_table_chosen(self, message: Table.Chosen) -> None:
        """Open it."""
        message.stop()
        self._open(self._runs[message.key].path)

    def action_open(self) -> None:
        """Open the run with the cursor."""
        self.query_one(Table).action_choose()

    def _open(self, path: Path) -> None:
        from copilot.tui.lab.run_screen import RunScreen  # noqa: PLC0415 - not for the list

        self.app.push_screen(RunScreen(path))

    def action_mark(self) -> None:
        """Take the run with the cursor as A; again, and it is none."""
        name = self.query_one(Table).current
        if name is not None:
            self._a = "" if self._a == name else name
            self._draw()

    def action_compare(self) -> None:
        """Compare the run with the cursor with A, or with the one before it of its suite."""
        name = self.query_one(Table).current
        if name is None:
            return
        before = self._a or self._one_before(name)
        if not before:
            self.tell(
                _(
                    "There is no run before it of this suite: mark one as A first, with {key}.",
                    key=key_of("lab.mark"),
                )
            )
        elif before == name:
            self.tell(_("This is A itself: go to another run."))
        else:
            self._compare(self._runs[before].path, self._runs[name].path)

    def _one_before(self, name: str) -> str:
        names = list(self._runs)
        suite = self._runs[name].record.suite
        older = names[names.index(name) + 1 :]
        return next((each for each in older if self._runs[each].record.suite == suite), "")

    def _compare(self, a: Path, b: Path) -> None:
        from copilot.tui.lab.comparison_screen import ComparisonScreen  # noqa: PLC0415 - as above

        self.app.push_screen(ComparisonScreen(a, b))


def _passed(record: "RunRecord") -> str:
    passed = record.totals.get("passed")
    if passed is None:
        return _("of {count}", count=record.items)
    return f"{passed:.0f}/{record.items}"


def _share(record: "RunRecord") -> str:
    passed = record.totals.get("passed")
    return "-" if passed is None or not record.items else f"{passed / record.items:.0%}"


def _all_passed(record: "RunRecord") -> bool:
    return record.totals.get("passed") == record.items


def _about(record: "RunRecord") -> str:
    """What there is to know of a run, in up to four lines."""
    totals = record.totals
    counts = [
        _("{count} passed", count=f"{totals.get('passed', 0):.0f}"),
        _("{count} failed", count=f"{totals.get('failed', 0):.0f}"),
        _("{count} with errors", count=f"{totals.get('errors', 0):.0f}"),
        _("{count} from the cache", count=f"{totals.get('cached', 0):.0f}"),
    ]
    if totals.get("seconds"):
        counts.append(duration(totals["seconds"]))
    if totals.get("cost"):
        counts.append(_("cost {cost}", cost=f"{totals['cost']:.4f}"))
    variants = "; ".join(one_line(each.id) for each in record.variants)
    about = [one_line(record.description or record.task), " · ".join(counts) if totals else ""]
    about.append(_("variants: {names}", names=variants))
    about.append(
        one_line(record.stopped)
        or _("{id} · program {commit}", id=record.id, commit=_short(record.commit))
    )
    return "\n".join(line for line in about if line)


def _short(commit: str) -> str:
    """A commit as people write it; what was changed since keeps its sign."""
    if not commit:
        return "?"
    return commit.removesuffix("+")[:_COMMIT] + ("+" if commit.endswith("+") else "")
