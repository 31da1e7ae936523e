"""The transcript of an interview as one widget, however long it is."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.events import Click
from textual.message import Message

from copilot.events import Evidence, Utterance
from copilot.tui.keys.action import bindings
from copilot.tui.keys.transcript import TRANSCRIPT_ACTIONS
from copilot.tui.transcript.entry import Entry, clean
from copilot.tui.transcript.highlight import Highlight, HighlightKind, highlights_of
from copilot.tui.transcript.line_view import LineView
from copilot.tui.transcript.matches import Matches
from copilot.tui.transcript.painting import Styled
from copilot.tui.transcript.wrapping import Range


class TranscriptView(LineView):
    """Shows who said what and when; doubtful text has a ``?``, doubtful words are underlined.

    Evidence can be revealed and highlighted, text be searched, and an entry be chosen.
    """

    BINDINGS: ClassVar = bindings(TRANSCRIPT_ACTIONS)

    class Selected(Message):
        """An entry was chosen, by Enter or by a click.

        Attributes:
            utterance_id: The utterance; None for a line that nobody said.
            at_s: Session time from which to play: of the word that was clicked, else of the
                entry's begin, in seconds; None where it has none.
        """

        def __init__(self, utterance_id: str | None, at_s: float | None) -> None:
            self.utterance_id = utterance_id
            self.at_s = at_s
            super().__init__()

    def __init__(self, *, follows: bool = True, widget_id: str | None = None) -> None:
        """Make an empty one.

        Args:
            follows: Whether it begins at the end and goes along with it.
            widget_id: Its id in the screen.
        """
        super().__init__(follows=follows, widget_id=widget_id)
        self._matches = Matches()
        self._highlights: dict[str, list[Highlight]] = {}
        self._revealed: dict[str, list[Highlight]] = {}

    # -- what stands there ----------------------------------------------------------------------

    def append(self, entry: Entry) -> None:
        """Add an entry at the bottom; a search goes on in it."""
        super().append(entry)
        self._matches.also(len(self.entries) - 1, entry)

    def set_entries(self, entries: Iterable[Entry]) -> None:
        """Show these entries from the first one on, as when a session is read again."""
        super().set_entries(entries)
        self._matches.forget_all()
        self._matches.again(self.entries)

    def replace(self, index: int, entry: Entry) -> None:
        """Show another entry instead of one; what is being read stays at the top."""
        self._matches.forget_entry(index)
        super().replace(index, entry)
        self._matches.again(self.entries)

    def show_again(self, entry: Entry) -> None:
        """Show the entry of an utterance that is here already as it is now."""
        index = self._lines.index_of(entry.id)
        if index is not None and self.entries[index] != entry:
            self.replace(index, entry)

    # -- evidence and other highlights ----------------------------------------------------------

    def reveal(self, evidence: Evidence) -> bool:
        """Bring a quote into view and highlight it, it alone; whether it stands here."""
        found = list(highlights_of(evidence, self._utterances(), HighlightKind.REVEALED))
        self._revealed = _by_utterance(found)
        self._redraw()
        for highlight in found:
            index = self._lines.index_of(highlight.utterance_id)
            if index is not None:
                lead = len(self._lines.entries[index].lead)
                self._bring_into_view(index, lead + highlight.start)
                return True
        return False

    def reveal_utterance(self, utterance_id: str) -> bool:
        """Bring an utterance into view, with the cursor on it; whether it stands here."""
        index = self._lines.index_of(utterance_id)
        if index is None:
            return False
        self._move_to(index)
        return True

    def unreveal(self) -> None:
        """No longer highlight what was revealed."""
        self._revealed = {}
        self._redraw()

    def set_highlights(self, highlights: Iterable[Highlight]) -> None:
        """Highlight these stretches and no others; of those that overlap, the last one shows."""
        self._highlights = _by_utterance(highlights)
        self._redraw()

    def _utterances(self) -> Mapping[str, Utterance]:
        return {
            entry.utterance.id: entry.utterance
            for entry in self._lines.entries
            if entry.utterance is not None
        }

    # -- searching ------------------------------------------------------------------------------

    @property
    def match_number(self) -> int:
        """Which match is looked at, from 1; 0 for none."""
        return 0 if self._matches.current is None else self._matches.current + 1

    @property
    def match_count(self) -> int:
        """How many places the search has found until now."""
        return len(self._matches.found)

    def search(self, text: str) -> int:
        """Highlight every place where ``text`` stands, and go to the nearest; how many there are.

        Accents and capitals make no difference. An empty text ends the search.
        """
        found = self._matches.search(text, self._lines.entries)
        top = self._lines.at(self.scroll_offset.y)
        self._matches.look_near(0 if top is None else top[0])
        self._look()
        return found

    def next_match(self) -> int:
        """Go to the next match, after the last one to the first; its number, 0 for none."""
        return self._step(1)

    def previous_match(self) -> int:
        """Go to the match before, before the first one to the last; its number, 0 for none."""
        return self._step(-1)

    def clear_search(self) -> None:
        """End the search; what is in view stays."""
        self.search("")

    def _step(self, by: int) -> int:
        self._matches.step(by)
        self._look()
        return self.match_number

    def _look(self) -> None:
        match = self._matches.looked_at()
        if match is not None:
            index, (start, _) = match
            self._bring_into_view(index, start)
        self._redraw()

    # -- the cursor -----------------------------------------------------------------------------

    @property
    def cursor(self) -> int | None:
        """Index of the entry with the cursor; None for none."""
        return self._cursor

    def action_cursor_up(self) -> None:
        """To the entry before; the first time to the last one in view."""
        self._step_cursor(-1)

    def action_cursor_down(self) -> None:
        """To the next entry; the first time to the first one in view."""
        self._step_cursor(1)

    def action_select(self) -> None:
        """Choose the entry with the cursor."""
        if self._cursor is not None:
            entry = self._lines.entries[self._cursor]
            self.post_message(self.Selected(entry.id or None, entry.at_s))

    def action_older(self) -> None:
        """One page back."""
        self.scroll_page_up(animate=False)

    def action_newer(self) -> None:
        """One page on."""
        self.scroll_page_down(animate=False)

    def action_oldest(self) -> None:
        """To the begin."""
        self._go_to(0)

    def action_newest(self) -> None:
        """To the end, and stay there."""
        self.follow()

    def on_click(self, event: Click) -> None:
        """Choose what was clicked; on the line that says how many are new, go to the end."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y == self._height - 1 and self.new_count:
            self.follow()
            return
        line = self._lines.at(self.scroll_offset.y + offset.y)
        if line is None:
            return
        index, number = line
        entry = self._lines.entries[index]
        start, end = self._lines.wrapped(index)[number]
        place = min(start + max(0, offset.x - self._lines.text_column), end) - len(entry.lead)
        self._set_cursor(index)
        self.post_message(self.Selected(entry.id or None, entry.time_at(max(0, place))))

    def _step_cursor(self, by: int) -> None:
        if not self._lines.entries:
            return
        if self._cursor is None:
            first = self.scroll_offset.y
            y = first if by > 0 else first + self._height - 1
            line = self._lines.at(min(y, self._lines.count - 1))
            self._move_to(0 if line is None else line[0])
            return
        self._move_to(min(max(self._cursor + by, 0), len(self._lines.entries) - 1))

    def _move_to(self, index: int) -> None:
        self._set_cursor(index)
        self._bring_into_view(index, 0)

    def _set_cursor(self, index: int) -> None:
        self._cursor = index
        self._redraw()

    # -- painting -------------------------------------------------------------------------------

    def _styles(self, index: int, entry: Entry) -> list[Styled]:
        """Highlights over doubt, and what was searched for over all."""
        styles = super()._styles(index, entry)
        for highlights in (self._highlights, self._revealed):
            for highlight in highlights.get(entry.id, ()) if entry.id else ():
                styles.append((_bounds(entry, highlight), self._style(highlight.kind)))
        styles += [(place, self._style("match")) for place in self._matches.of(index)]
        looked_at = self._matches.looked_at()
        if looked_at is not None and looked_at[0] == index:
            styles.append((looked_at[1], self._style("looked-at")))
        return styles


def _bounds(entry: Entry, highlight: Highlight) -> Range:
    """Where a highlight stands in the full text; everywhere where the text was corrected."""
    lead = len(entry.lead)
    if entry.utterance is not None and entry.text == clean(entry.utterance.text):
        return lead + highlight.start, lead + highlight.end
    return lead, lead + len(entry.text)


def _by_utterance(highlights: Iterable[Highlight]) -> dict[str, list[Highlight]]:
    found: dict[str, list[Highlight]] = {}
    for highlight in highlights:
        found.setdefault(highlight.utterance_id, []).append(highlight)
    return found
