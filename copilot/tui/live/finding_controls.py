"""Findings by hand: the human's word on a point or flag wins."""

from copilot.engine.commands import SetFinding
from copilot.events import FindingKind, FindingState
from copilot.i18n import _
from copilot.tui.dialogs.set_finding import SetFindingDialog
from copilot.tui.keys.in_force import key_of
from copilot.tui.live.controls import LiveControls
from copilot.tui.live.items import Item
from copilot.tui.live.question_pane import PointChosen, QuestionPane

#: What a finding that is rejected falls back to.
_REJECTED = {
    FindingKind.POINT: FindingState.NOT_HEARD,
    FindingKind.FLAG: FindingState.NOT_RAISED,
}


class FindingControls(LiveControls):
    """The keys that select a point or flag and decide about it."""

    def action_select(self, by: int) -> None:
        """Select the next point or flag, or the one before."""
        keys = [item.key for item in self._items]
        if not keys:
            return
        chosen = self._chosen.shown
        first = 0 if by > 0 else len(keys) - 1
        index = first if chosen is None else (keys.index(chosen.key) + by) % len(keys)
        self._choose(self._items[index])

    def on_point_chosen(self, message: PointChosen) -> None:
        """One was clicked."""
        item = self._item(message.key)
        if item is not None:
            self._choose(item)

    def _choose(self, item: Item) -> None:
        self._chosen.take(item)
        self._draw_question()
        with self.pane(QuestionPane) as pane:
            pane.bring_into_view(item.key)

    def action_decide(self, confirm: bool) -> None:
        """Confirm the state that was shown, or reject it."""
        item = self._meant()
        if item is not None:
            state = item.state if confirm else _REJECTED[item.kind]
            self._send(SetFinding(*item.key, state))

    def action_set_finding(self) -> None:
        """Choose a state by hand."""
        item = self._meant()
        if item is None:
            return

        def decided(answer: tuple[FindingState | None] | None) -> None:
            if answer is not None:
                self._send(SetFinding(*item.key, answer[0]))

        self.app.push_screen(SetFindingDialog(item), decided)

    def action_release(self) -> None:
        """Take the human's word back, so that the machine's counts again."""
        item = self._meant()
        if item is not None:
            self._send(SetFinding(*item.key, None))

    def _meant(self) -> Item | None:
        """What was selected when the finger moved; says how to select where that is nothing."""
        meant = self._chosen.meant()
        if meant is None:
            keys = {"up": key_of("finding.previous"), "down": key_of("finding.next")}
            text = _("Select a point first, with {up} and {down} or a click.", **keys)
            self._hint(text)
        return meant
