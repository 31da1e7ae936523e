"""What the reviewer takes away or reads on the whole: competencies, recap and report."""

from pathlib import Path

from copilot.errors import CopilotError
from copilot.i18n import _, ngettext
from copilot.tui.review.base import ReviewBase
from copilot.tui.review.dialogs import ConfirmDialog


class ReportingControls(ReviewBase):
    """The keys that open the competencies, the recap and the report."""

    def action_competencies(self) -> None:
        """Rate the competencies, over all questions."""
        # Not for the first screen.
        from copilot.tui.review.competencies import CompetenciesScreen  # noqa: PLC0415

        if not self.opened.review.reviewed.interview.competencies:
            self.tell(
                _("This interview knows no competencies: its guide names none, or it is older.")
            )
            return

        def back(_: None) -> None:
            self.change(lambda: None)

        self.app.push_screen(CompetenciesScreen(self.opened), back)

    def action_recap(self) -> None:
        """Read what was said, question by question, as far as it may be seen."""
        from copilot.tui.review.recap import RecapScreen  # noqa: PLC0415 - as above

        def read(failure: CopilotError | None) -> None:
            if failure is not None:
                self.tell_of(failure)

        self.app.push_screen(RecapScreen(self.seeing, self._folder.id), read)

    def action_report(self) -> None:
        """Write the report; asks first where it would show what is still hidden."""
        hidden = self.seeing.hidden()
        if not hidden:
            self._choose_form()
            return

        def decided(write: bool | None) -> None:
            if write and self.change(lambda: self.opened.review.lift_blinding(None, "report")):
                self._choose_form()

        title = ngettext(
            "{count} question is not judged yet. Write the report all the same?",
            "{count} questions are not judged yet. Write the report all the same?",
            len(hidden),
        )
        about = _(
            "The report shows what the machine found everywhere. That it was written before all"
            " was judged is written down in the review."
        )
        self.app.push_screen(ConfirmDialog(title, about, does=_("write it")), decided)

    def _choose_form(self) -> None:
        from copilot.tui.review.report_dialog import ReportDialog  # noqa: PLC0415 - as above

        def written(outcome: Path | CopilotError | None) -> None:
            if isinstance(outcome, CopilotError):
                self.tell_of(outcome)
            elif outcome is not None and self._folder.is_opened_copy:
                self.tell(
                    _(
                        "The report is kept with the session, encrypted. As a file of its own:"
                        " interview-copilot report {session} --output FILE",
                        session=self._folder.id,
                    )
                )
            elif outcome is not None:
                self.tell(_("The report is written: {path}", path=outcome))

        self.app.push_screen(ReportDialog(self._folder, self.opened.review.reviewed), written)
