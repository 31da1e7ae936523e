"""Which line of the transcript stands where; entries are wrapped once a width."""

from bisect import bisect_right
from collections.abc import Iterable

from copilot.timecode import timecode
from copilot.tui.transcript.entry import Entry
from copilot.tui.transcript.wrapping import Range, wrap

_NAME_WIDTH = 4
#: ``59:59``; from the first hour on ``1:00:00`` needs more.
_TIME_WIDTH, _LONG_TIME_WIDTH = 5, 7
_NARROWEST_TEXT = 8


class Lines:
    """The entries of a transcript and the lines they take in the width that there is.

    As long as the width is 0 nothing is wrapped: the transcript cannot be seen.

    Attributes:
        entries: Oldest first; changed by the methods alone.
        time_width: Columns of the time at the begin of a line.
    """

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.time_width = _TIME_WIDTH
        self._by_id: dict[str, int] = {}
        self._width = 0
        self._wrapped: list[tuple[Range, ...]] = []
        #: The first line of each entry, and behind them the first that is free.
        self._tops: list[int] = [0]

    @property
    def width(self) -> int:
        """Columns of a line."""
        return self._width

    @property
    def text_column(self) -> int:
        """The column in which texts begin."""
        return self.time_width + _NAME_WIDTH + 2

    @property
    def count(self) -> int:
        """How many lines there are."""
        return self._tops[-1]

    def set_width(self, width: int) -> bool:
        """Wrap for another width; whether anything changed."""
        if width == self._width:
            return False
        self._width = width
        self._wrap_all()
        return True

    def append(self, entry: Entry) -> bool:
        """Add an entry at the end; whether the lines before it changed as well."""
        if entry.id:
            self._by_id[entry.id] = len(self.entries)
        self.entries.append(entry)
        if self._make_room_for(entry):
            self._wrap_all()
            return True
        if self._width:
            self._take(entry)
        return False

    def set_all(self, entries: Iterable[Entry]) -> None:
        """Show these entries and no others."""
        self.entries = list(entries)
        self._by_id = {entry.id: index for index, entry in enumerate(self.entries) if entry.id}
        for entry in self.entries:
            self._make_room_for(entry)
        self._wrap_all()

    def replace(self, index: int, entry: Entry) -> None:
        """Put another entry in the place of one; it keeps its id."""
        self.entries[index] = entry
        if not self._width:
            return
        wrapped = self._wrap(entry)
        more = len(wrapped) - len(self._wrapped[index])
        self._wrapped[index] = wrapped
        if more:
            for later in range(index + 1, len(self._tops)):
                self._tops[later] += more

    def index_of(self, utterance_id: str) -> int | None:
        """Which entry shows an utterance; None for one that is not here."""
        return self._by_id.get(utterance_id)

    def at(self, y: int) -> tuple[int, int] | None:
        """Which entry has line ``y``, and which of its lines that is; None below the last."""
        if not 0 <= y < self.count:
            return None
        index = bisect_right(self._tops, y) - 1
        return index, y - self._tops[index]

    def top(self, index: int) -> int:
        """The first line of an entry; 0 as long as nothing is wrapped."""
        return self._tops[index] if index < len(self._tops) else 0

    def wrapped(self, index: int) -> tuple[Range, ...]:
        """The lines of an entry, as parts of its full text; none while nothing is wrapped."""
        return self._wrapped[index] if self._width else ()

    def line_of(self, index: int, offset: int) -> int:
        """The line in which a character of an entry's full text stands."""
        above = sum(end <= offset for _, end in self.wrapped(index)[:-1])
        return self.top(index) + above

    def _make_room_for(self, entry: Entry) -> bool:
        """Widen the column of times if it has to be; whether it was."""
        if entry.at_s is None or len(timecode(entry.at_s)) <= self.time_width:
            return False
        self.time_width = _LONG_TIME_WIDTH
        return True

    def _wrap(self, entry: Entry) -> tuple[Range, ...]:
        return wrap(entry.full, max(_NARROWEST_TEXT, self._width - self.text_column))

    def _take(self, entry: Entry) -> None:
        wrapped = self._wrap(entry)
        self._wrapped.append(wrapped)
        self._tops.append(self._tops[-1] + len(wrapped))

    def _wrap_all(self) -> None:
        self._wrapped, self._tops = [], [0]
        if self._width:
            for entry in self.entries:
                self._take(entry)
