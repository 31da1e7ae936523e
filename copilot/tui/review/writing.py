"""What the reviewer writes: notes, marks, corrected text and speakers."""

from copilot.events import Channel, Utterance
from copilot.i18n import _
from copilot.tui.dialogs.note import NoteDialog
from copilot.tui.keys.in_force import key_of
from copilot.tui.review.base import ReviewBase
from copilot.tui.review.dialogs import CorrectDialog
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
        utterance = self._line_said()
        if utterance is None:
            return

        def written(text: str | None) -> None:
            review = self.opened.review
            if text is not None and self.change(lambda: review.correct(utterance.id, text)):
                self._show_again(utterance.id)

        text = self.opened.review.reviewed.text_of(utterance.id)
        self.app.push_screen(CorrectDialog(text, utterance.text), written)

    def action_speaker(self) -> None:
        """Say that the other side said the line with the cursor; again takes it back."""
        utterance = self._line_said()
        if utterance is None:
            return
        review = self.opened.review
        other = review.reviewed.speaker_of(utterance.id).other
        if self.change(lambda: review.correct_speaker(utterance.id, other)):
            self._show_again(utterance.id)
            key = key_of("text.review_speaker")
            told = {
                Channel.CANDIDATE: _("The candidate said this. {key} takes it back.", key=key),
                Channel.INTERVIEWER: _("You said this. {key} takes it back.", key=key),
            }
            self.tell(told[other])

    def _line_said(self) -> Utterance | None:
        """What was said in the line with the cursor; says so where nobody said it."""
        transcript = self.query_one(TranscriptView)
        entry = None if transcript.cursor is None else transcript.entries[transcript.cursor]
        if entry is None or entry.utterance is None:
            self.tell(_("Choose a line that somebody said first: Tab goes to the transcript."))
            return None
        return entry.utterance

    def _show_again(self, utterance_id: str) -> None:
        shown = said_now(self.opened.review.reviewed, utterance_id, self.opened.remark)
        self.query_one(TranscriptView).show_again(shown)

    def _write_anew(self) -> None:
        """Show lines that nobody said where they fell; what one was at stays where it is."""
        transcript = self.query_one(TranscriptView)
        at = None if transcript.cursor is None else transcript.entries[transcript.cursor].id
        review = self.opened.review
        said = [entry for entry in transcript.entries if entry.id]
        transcript.set_entries(entries_of(review.reviewed, review.events, said))
        if at:
            transcript.reveal_utterance(at)
