"""The check screen: five seconds in which both sides are proven, or what is to be mended."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Label, Static

from copilot.audio.capture.report import CheckReport, Problem
from copilot.engine.background_check import BackgroundCheck, MakeCheck
from copilot.events import Channel
from copilot.i18n import N_, _
from copilot.tui.check.run import CheckFailed, CheckOver, CheckReported, check_for
from copilot.tui.check.side_pane import SidePane
from copilot.tui.dialogs.help import HelpDialog
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.action import bindings
from copilot.tui.keys.check import CHECK_ACTIONS
from copilot.tui.names import NAMES, duration

#: How long devices may take to close before the call is opened all the same, in seconds.
_PATIENCE_S = 2.0


class CheckScreen(Screen[tuple[Problem, ...] | None]):
    """Gives back the problems it went on with; None where the user left.

    Once nothing grave is in the way it goes on by itself.
    """

    CSS_PATH = "check.tcss"
    HELP: ClassVar[str | None] = N_(
        "Proves that both sides are heard: say a few words, and listen for a short tone. What is"
        " wrong stands here with what to do about it; it goes on by itself once all is well."
    )
    BINDINGS: ClassVar = bindings(CHECK_ACTIONS)

    def __init__(self, make_check: MakeCheck) -> None:
        """Prepare to check.

        Args:
            make_check: Makes one check; called anew each time the user checks again.
        """
        super().__init__()
        self._make_check = make_check
        self._run: BackgroundCheck | None = None
        self._going = False
        self._found: tuple[Problem, ...] | None = None
        self._panes: dict[Channel, SidePane] = {}

    def compose(self) -> ComposeResult:
        """What to do, the sides, and later what is wrong."""
        yield Label(_("Checking the sound"), id="heading", classes="title")
        yield Label("", id="step", markup=False)
        yield Vertical(id="sides")
        with VerticalScroll(id="problems", can_focus=False):
            yield Static("", id="problem-lines")
        yield KeyFooter(CHECK_ACTIONS)

    def on_mount(self) -> None:
        """Begin once the screen stands."""
        self.call_after_refresh(self._begin)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Skip while it runs; check again, start anyway or read once it found something."""
        match action:
            case "skip":
                return self._found is None and not self._going
            case "again" | "start" | "help":  # a dialog would keep it from going on by itself
                return self._found is not None
            case _:
                return True

    def _begin(self) -> None:
        self._found = None
        self.query_one("#problem-lines", Static).update("")
        self.query_one("#heading", Label).update(_("Checking the sound"))
        self.query_one("#step", Label).update(_("Opening the devices …"))
        self.refresh_bindings()
        self._run = check_for(self, self._make_check)
        self._run.start()

    # -- what happens ---------------------------------------------------------------------------

    async def on_check_reported(self, message: CheckReported) -> None:
        """Draw how it stands."""
        if self._found is None and not self._going:
            await self._draw(message.report)

    async def on_check_over(self, message: CheckOver) -> None:
        """Go on, or say what is to be mended."""
        report = message.report
        if self._going or report.ready:
            self._finish(() if self._going else report.problems)
            return
        await self._draw(report)
        self._show_problems(report.problems)

    def on_check_failed(self, message: CheckFailed) -> None:
        """The check itself could not be done."""
        if self._going:
            self._finish(())
            return
        self._show_problems((Problem(message.error.message, message.error.remedy),))

    async def _draw(self, report: CheckReport) -> None:
        left = duration(report.remaining_s) if report.remaining_s > 0 else ""
        step = Content.assemble((report.step, "bold"), "   ", (left, "$text-muted"))
        self.query_one("#step", Label).update(step)
        for channel in Channel:
            if channel in report.sides:
                pane = await self._pane(channel, alone=len(report.sides) == 1)
                pane.show(report.sides[channel])

    async def _pane(self, channel: Channel, *, alone: bool) -> SidePane:
        if channel not in self._panes:
            pane = self._panes[channel] = SidePane(_("microphone") if alone else _(NAMES[channel]))
            await self.query_one("#sides", Vertical).mount(pane)
        return self._panes[channel]

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        self._found = problems
        self.query_one("#heading", Label).update(_("The sound is not ready"))
        self.query_one("#step", Label).update("")
        self.query_one("#problem-lines", Static).update(_listed(problems))
        self.refresh_bindings()

    # -- what the user does ---------------------------------------------------------------------

    def action_skip(self) -> None:
        """Go on without it, once the devices are closed."""
        self._going = True
        self.query_one("#step", Label).update(_("Skipped."))
        self.refresh_bindings()
        if self._run is not None:
            self._run.stop()
        self.set_timer(_PATIENCE_S, lambda: self._finish(()))

    def action_again(self) -> None:
        """Check once more."""
        self._begin()

    def action_start(self) -> None:
        """Start as it is."""
        self._finish(self._found or ())

    def action_help(self) -> None:
        """Say what this is for, and show the keys."""
        self.app.push_screen(HelpDialog(CHECK_ACTIONS))

    def action_leave(self) -> None:
        """Leave without a session."""
        if self._run is not None:
            self._run.stop()
        self._finish(None)

    def _finish(self, problems: tuple[Problem, ...] | None) -> None:
        # The user, the check and the timer may all come to an end.
        if self.is_current:
            self.dismiss(problems)


def _listed(problems: tuple[Problem, ...]) -> Content:
    """Each problem with its remedy; the first is the one to mend."""
    if not problems:
        return Content("▲ " + _("It could not be proven that both sides are heard."))
    blocks = [
        Content.assemble(
            ("▲ ", "bold $text-error") if problem.grave else ("· ", "$text-warning"),
            (problem.text, "bold" if number == 0 else ""),
            *((f"\n  → {problem.remedy}",) if problem.remedy else ()),
        )
        for number, problem in enumerate(problems)
    ]
    return Content("\n\n").join(blocks)
