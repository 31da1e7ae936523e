"""What the reviewer writes: notes, marks, corrected text, the report."""

from copilot.errors import CopilotError
from copilot.i18n import _, ngettext
from copilot.tui.dialogs.note import NoteDialog
from copilot.tui.review.base import ReviewBase
from copilot.tui.review.dialogs import ConfirmDialog, CorrectDialog
from copilot.tui.review.entries import entries_of, said_now
from copilot.tui.transcript.view import TranscriptView


class WritingControls(ReviewBase):
    """The keys that write."""

    def action_note(self) -> None:
        """Write a line about the moment one is at."""
        at_s = self.moment_s()

        def written(text: str | None) -> None:
            if text is not None and self.change(lambda: self.opened.review.note(text, at_s)):
                self._write_anew()

        self.app.push_screen(NoteDialog(at_s), written)

    def action_mark(self) -> None:
        """Mark the moment one is at."""
        at_s = self.moment_s()
        if self.change(lambda: self.opened.review.mark(at_s)):
            self._write_anew()

    def action_correct(self) -> None:
        """Correct the text of the line with the cursor."""
        transcript = self.query_one(TranscriptView)
        entry = None if transcript.cursor is None else transcript.entries[transcript.cursor]
        if entry is None or entry.utterance is None:
            self.tell(_("Choose a line that somebody said first: Tab goes to the transcript."))
            return
        utterance = entry.utterance

        def written(text: str | None) -> None:
            review = self.opened.review
            if text is not None and self.change(lambda: review.correct(utterance.id, text)):
                shown = said_now(review.reviewed, utterance.id, self.opened.remark)
                transcript.show_again(shown)

        text = self.opened.review.reviewed.text_of(utterance.id)
        self.app.push_screen(CorrectDialog(text, utterance.text), written)

    def action_report(self) -> None:
        """Write the report; asks first where it would show what is still hidden."""
        hidden = self.seeing.hidden()
        if not hidden:
            self._write_report()
            return

        def decided(write: bool | None) -> None:
            if write and self.change(lambda: self.opened.review.lift_blinding(None, "report")):
                self._write_report()

        title = ngettext(
            "{count} question is not rated yet. Write the report all the same?",
            "{count} questions are not rated yet. Write the report all the same?",
            len(hidden),
        )
        about = _(
            "The report shows what the machine found everywhere. That it was written before all"
            " was rated is written down in the review."
        )
        self.app.push_screen(ConfirmDialog(title, about, does=_("write it")), decided)

    def _write_report(self) -> None:
        # Not for the first screen.
        from copilot.review.report_file import write_report  # noqa: PLC0415

        try:
            path = write_report(self._folder, self.opened.review.reviewed)
        except CopilotError as error:
            self.tell_of(error)
            return
        if self._folder.is_opened_copy:
            self.tell(
                _(
                    "The report is kept with the session, encrypted. As a file of its own:"
                    " interview-copilot report {session} --output FILE",
                    session=self._folder.id,
                )
            )
            return
        self.tell(_("The report is written: {path}", path=path))

    def _write_anew(self) -> None:
        """Show lines that nobody said where they fell; what one was at stays where it is."""
        transcript = self.query_one(TranscriptView)
        at = None if transcript.cursor is None else transcript.entries[transcript.cursor].id
        review = self.opened.review
        said = [entry for entry in transcript.entries if entry.id]
        transcript.set_entries(entries_of(review.reviewed, review.events, said))
        if at:
            transcript.reveal_utterance(at)
