"""The words of a reviewed session: a transcript that tells where its cursor goes."""

from textual.message import Message

from copilot.i18n import N_
from copilot.tui.transcript.view import TranscriptView


class WordsPane(TranscriptView):
    """Everything said, from the first word on; it follows nothing."""

    HELP = N_(
        "Everything that was said, with notes and marks where they fell. What stands out is the"
        " evidence for this question. Enter or a click plays from a line."
    )

    class LineReached(Message):
        """The cursor is on another line.

        Attributes:
            at_s: Session time of the line, in seconds; None where it has none.
        """

        def __init__(self, at_s: float | None) -> None:
            self.at_s = at_s
            super().__init__()

    def __init__(self) -> None:
        super().__init__(follows=False, widget_id="words")

    def _set_cursor(self, index: int) -> None:
        super()._set_cursor(index)
        self.post_message(self.LineReached(self.entries[index].at_s))
