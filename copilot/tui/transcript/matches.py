"""What a search has found in a transcript."""

from bisect import bisect_left
from collections.abc import Sequence

from copilot.tui.transcript.entry import Entry
from copilot.tui.transcript.folding import folded, occurrences
from copilot.tui.transcript.wrapping import Range

#: Index of an entry and where in its full text.
Match = tuple[int, Range]


class Matches:
    """The places of one text, and which of them is looked at.

    Each entry is folded once, however many searches there are.

    Attributes:
        found: All places, in the order of the transcript.
        current: Which of them is looked at; None for none.
    """

    def __init__(self) -> None:
        self.found: list[Match] = []
        self.current: int | None = None
        self._wanted = ""
        self._folded: dict[int, str] = {}

    def forget_entry(self, index: int) -> None:
        """An entry says something else now."""
        self._folded.pop(index, None)

    def forget_all(self) -> None:
        """Every entry may be another one now."""
        self._folded.clear()

    def search(self, text: str, entries: Sequence[Entry]) -> int:
        """Look for another text; how many places there are. None is looked at yet."""
        self._wanted = folded(" ".join(text.split()))
        self.found, self.current = [], None
        if self._wanted:
            for index, entry in enumerate(entries):
                self.also(index, entry)
        return len(self.found)

    def also(self, index: int, entry: Entry) -> None:
        """Look in one more entry, at the end."""
        if not self._wanted:
            return
        full = entry.full
        searched = self._folded.get(index)
        if searched is None:
            searched = self._folded[index] = folded(full)
        self.found += [(index, place) for place in occurrences(full, searched, self._wanted)]

    def again(self, entries: Sequence[Entry]) -> None:
        """Look for the same once more, because an entry changed; keep the place if it remains."""
        looked_at = None if self.current is None else self.found[self.current]
        wanted = self._wanted
        self.search(wanted, entries)
        if looked_at in self.found:
            self.current = self.found.index(looked_at)

    def of(self, index: int) -> Sequence[Range]:
        """The places in one entry."""
        begin = bisect_left(self.found, (index, (0, 0)))
        end = bisect_left(self.found, (index + 1, (0, 0)))
        return [place for _, place in self.found[begin:end]]

    def looked_at(self) -> Match | None:
        """The place that is looked at."""
        return None if self.current is None else self.found[self.current]

    def look_near(self, index: int) -> None:
        """Look at the first place from an entry on, or else at the last one before it."""
        if self.found:
            after = bisect_left(self.found, (index, (0, 0)))
            self.current = min(after, len(self.found) - 1)

    def step(self, by: int) -> None:
        """Look at the next place or the one before, round the ends."""
        if self.found:
            self.current = ((self.current or 0) + by) % len(self.found)
