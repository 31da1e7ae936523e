"""What the reviewer decides: ratings, findings, and to look at the machine's before."""

from copilot.events import FindingState
from copilot.i18n import _
from copilot.tui.dialogs.rate import RateDialog
from copilot.tui.dialogs.set_finding import SetFindingDialog
from copilot.tui.review.base import ReviewBase
from copilot.tui.review.dialogs import ConfirmDialog
from copilot.tui.review.points_pane import PointsPane


class JudgingControls(ReviewBase):
    """The keys that rate, set findings and lift the blinding."""

    def action_rate(self, rating: int) -> None:
        """Rate the answer; 0 takes the rating back."""
        question = self._question
        if question is None:
            self.no_question()
            return
        self.change(lambda: self.opened.review.rate(question, rating or None))

    def action_anchors(self) -> None:
        """Show what each rating means, and rate there."""
        question = self._question
        if question is None:
            self.no_question()
            return

        def rated(rating: int | None) -> None:
            if rating is not None:
                self.change(lambda: self.opened.review.rate(question, rating or None))

        interview = self.opened.review.reviewed.interview
        dialog = RateDialog(interview.planned(question), interview.rating_of(question))
        self.app.push_screen(dialog, rated)

    def action_reveal(self) -> None:
        """Show what the machine found under this question before it was rated; asks once."""
        question = self._question
        if question is None:
            return

        def decided(look: bool | None) -> None:
            if look:
                self.change(lambda: self.opened.review.lift_blinding(question, "asked"))

        about = _(
            "Whoever rates first is not led by what the machine found. That you looked before is"
            " written down in the review."
        )
        title = _("Look at the findings before you have rated?")
        self.app.push_screen(ConfirmDialog(title, about, does=_("show them")), decided)

    def action_set_finding(self) -> None:
        """Set the state of the point or flag with the cursor."""
        item = self.query_one(PointsPane).current
        if item is None:
            self.tell(_("Choose a point or flag first: Tab goes to them, the arrows walk."))
            return

        def decided(answer: tuple[FindingState | None] | None) -> None:
            if answer is not None:
                self.change(lambda: self.opened.review.set_finding(*item.key, answer[0]))

        self.app.push_screen(SetFindingDialog(item), decided)
