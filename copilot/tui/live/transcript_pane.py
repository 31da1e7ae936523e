"""The live transcript of both sides, with questions, notes, marks and gaps where they fell."""

from collections.abc import Callable, Mapping

from copilot.events import MomentMarked, NoteTaken, Utterance
from copilot.i18n import _
from copilot.tui.live.pane import Pane
from copilot.tui.transcript.entry import Entry, said
from copilot.tui.transcript.happenings import (
    CaptureEvent,
    capture_entry,
    mark_entry,
    note_entry,
    question_entry,
    told_entry,
)
from copilot.tui.transcript.view import TranscriptView


class TranscriptPane(TranscriptView, Pane, can_focus=False):
    """What both sides said, newest at the bottom; doubtful text is marked with a question mark.

    It follows the newest text unless it was scrolled back.
    """

    def __init__(self) -> None:
        super().__init__()
        self._mark: Callable[[Utterance], str] = lambda _: ""
        self._question = ""

    def mark_by(self, mark: Callable[[Utterance], str]) -> None:
        """From now on, show beside an utterance what ``mark`` says of it."""
        self._mark = mark

    def add(self, utterance: Utterance) -> None:
        """Add one utterance at the bottom."""
        self.append(said(utterance, remark=self._mark(utterance)))

    def add_note(self, note: NoteTaken) -> None:
        """Add a line the interviewer wrote."""
        self.append(note_entry(note))

    def add_mark(self, mark: MomentMarked) -> None:
        """Add that a moment was marked."""
        self.append(mark_entry(mark))

    def add_question(self, label: str, at_s: float) -> None:
        """Add that a question is being answered, unless it is the one that was added last.

        Args:
            label: The question's label; empty for talk outside the plan, which has no heading.
            at_s: Session time from which on, in seconds.
        """
        if label and label != self._question:
            self.append(question_entry(label, at_s))
        self._question = label

    def add_capture(self, event: CaptureEvent) -> None:
        """Add what happened to the hearing; a gap that another line tells already is left out."""
        entry = capture_entry(event)
        if entry is not None:
            self.append(entry)

    def say_not_recording(self) -> None:
        """Say why nothing will come."""
        text = _(
            "Not recording: declined. No sound is opened. Plan, timer, notes and ratings work"
            " as always; notes appear here."
        )
        self.append(told_entry(text))

    def swap(self, utterances: Mapping[str, Utterance]) -> None:
        """Show each utterance as it is in ``utterances`` by now."""
        self.set_entries([self._now(entry, utterances) for entry in self.entries])

    def _now(self, entry: Entry, utterances: Mapping[str, Utterance]) -> Entry:
        utterance = utterances.get(entry.id)
        return entry if utterance is None else said(utterance, remark=self._mark(utterance))
