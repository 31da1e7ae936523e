"""Entries as lines that can be scrolled, painted only where they can be seen."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from copilot.i18n import ngettext
from copilot.timecode import timecode
from copilot.tui.transcript.entry import Entry, EntryKind
from copilot.tui.transcript.highlight import HighlightKind
from copilot.tui.transcript.lines import Lines
from copilot.tui.transcript.painting import Styled, centred, filled, styled

#: More painted lines than this are not kept.
_KEPT_STRIPS = 2000
_STYLE = "transcript--"
_SIGN = Style(bold=True, dim=False, italic=False)


class LineView(ScrollView):
    """Shows entries; an entry is wrapped once a width, and a line is painted when it is seen.

    So two hours are as light as two minutes. It follows the newest entry until it is scrolled
    back; from then on nothing moves, and its last line says how many entries are new.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"{_STYLE}{kind}" for kind in EntryKind),
        *(f"{_STYLE}{kind}" for kind in HighlightKind),
        *(
            f"{_STYLE}{part}"
            for part in ("time", "doubtful", "remark", "cursor", "match", "looked-at", "news")
        ),
    }
    DEFAULT_CSS: ClassVar[str] = """
    LineView {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
    }
    LineView > .transcript--time, LineView > .transcript--interviewer,
    LineView > .transcript--mark { text-style: dim; }
    LineView > .transcript--uncertain, LineView > .transcript--told,
    LineView > .transcript--remark { text-style: dim italic; }
    LineView > .transcript--heading, LineView > .transcript--note { text-style: bold; }
    LineView > .transcript--doubtful { text-style: underline; }
    LineView > .transcript--cursor { background: $surface-lighten-1; }
    LineView > .transcript--evidenced {
        background: $success-muted; color: $text; text-style: bold;
    }
    LineView > .transcript--unclear, LineView > .transcript--raised {
        background: $warning-muted; color: $text; text-style: bold;
    }
    LineView > .transcript--denied {
        background: $error-muted; color: $text; text-style: bold;
    }
    LineView > .transcript--revealed {
        background: $primary; color: $text; text-style: bold;
    }
    LineView > .transcript--match { text-style: reverse; }
    LineView > .transcript--looked-at { text-style: bold reverse underline; }
    LineView > .transcript--news {
        background: $primary-background; color: $text; text-style: bold;
    }
    """

    def __init__(self, *, follows: bool = True, widget_id: str | None = None) -> None:
        """Make an empty one.

        Args:
            follows: Whether it begins at the end and goes along with it.
            widget_id: Its id in the screen.
        """
        super().__init__(id=widget_id)
        self._lines = Lines()
        self._strips: dict[tuple[int, int], Strip] = {}
        self._cursor: int | None = None
        self._follows = self._following = follows
        #: How many entries there were when it was scrolled back.
        self._known = 0
        #: What to bring into view as soon as there is room: an entry and where in its full text.
        self._wanted: tuple[int, int] | None = None

    # -- what stands there ----------------------------------------------------------------------

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries, oldest first."""
        return self._lines.entries

    def append(self, entry: Entry) -> None:
        """Add an entry at the bottom; it comes into view where the newest is being followed."""
        if self._lines.append(entry):
            self._strips.clear()
        self._fit()
        self.refresh()

    def set_entries(self, entries: Iterable[Entry]) -> None:
        """Show these entries and no others; what stood at the top stays there."""
        place, before = self._place(), len(self.entries)
        self._lines.set_all(entries)
        if len(self.entries) != before:
            self._cursor, self._known = None, len(self.entries)
        self._fit()
        self._return_to(place)
        self._redraw()

    def replace(self, index: int, entry: Entry) -> None:
        """Show another entry instead of one; what is being read stays at the top."""
        place = self._place()
        self._lines.replace(index, entry)
        self._fit()
        self._return_to(place)
        self._redraw()

    # -- following and scrolling ----------------------------------------------------------------

    @property
    def following(self) -> bool:
        """Whether new entries are brought into view."""
        return self._following

    @property
    def new_count(self) -> int:
        """How many entries have come since it was scrolled back and have not been seen."""
        if self._following:
            return 0
        below = self._lines.at(self.scroll_offset.y + self._height - 2)
        seen = 0 if below is None else below[0] + 1
        return max(0, len(self._lines.entries) - max(self._known, seen))

    def follow(self) -> None:
        """Go to the end and stay there."""
        self._wanted = None
        self._following = self._follows
        self._go_to(self.max_scroll_y)
        self.refresh()

    def leave_end(self) -> None:
        """Stay where it is from now on, whatever comes."""
        if self._following:
            self._following = False
            self._known = len(self._lines.entries)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow again once the end is reached, and no longer once it is left."""
        super().watch_scroll_y(old_value, new_value)
        if self.is_vertical_scroll_end:
            self._following = self._follows
        else:
            self.leave_end()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - as Textual calls it
        """Wrap for the new width; what is being read stays at the top."""
        width = self.scrollable_content_region.width
        if not width:
            return
        place = self._place()
        following = self._following
        if self._lines.set_width(width):
            self._strips.clear()
            self._fit()
            self._return_to(place)
        if self._wanted is not None:
            self._bring_into_view(*self._wanted)
        elif following:
            self.follow()

    def notify_style_update(self) -> None:
        """Paint anew where the theme changed."""
        super().notify_style_update()
        self._strips.clear()

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    def _fit(self) -> None:
        """Make the lines scrollable, and follow them."""
        if not self._lines.width:
            return
        self.virtual_size = Size(self._lines.width, self._lines.count)
        if self._following:
            self._go_to(self.max_scroll_y)

    def _go_to(self, y: int) -> None:
        self.scroll_to(y=y, animate=False, force=True)

    def _place(self) -> tuple[int, int] | None:
        """What stands at the top: an entry and where in its full text; None for nothing."""
        line = self._lines.at(self.scroll_offset.y)
        if line is None:
            return None
        index, number = line
        return index, self._lines.wrapped(index)[number][0]

    def _return_to(self, place: tuple[int, int] | None) -> None:
        """Have the same at the top as before."""
        if place is not None and not self._following and self._lines.width:
            self._go_to(self._lines.line_of(*place))

    def _bring_into_view(self, index: int, offset: int) -> None:
        """Scroll so that a place can be read, with what was said before it above."""
        if not self._lines.width or not self._height:
            self._wanted = index, offset
            return
        self._wanted = None
        line = self._lines.line_of(index, offset)
        first = self.scroll_offset.y
        if not first <= line < first + self._height - 1:
            self._go_to(max(0, line - self._height // 3))
        if not self.is_vertical_scroll_end:
            self.leave_end()

    # -- painting -------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Line ``y`` of what is in view."""
        width = self.scrollable_content_region.width
        if y == self._height - 1:
            news = self.new_count
            if news:
                text = ngettext("↓ {count} new line", "↓ {count} new lines", news)
                return centred(text, width, self.get_component_rich_style(f"{_STYLE}news"))
        line = self._lines.at(self.scroll_offset.y + y)
        if line is None:
            return Strip.blank(width, self.rich_style)
        strip = self._strips.get(line)
        if strip is None:
            if len(self._strips) >= _KEPT_STRIPS:
                self._strips.clear()
            strip = self._strips[line] = self._paint(*line)
        return strip

    def _paint(self, index: int, number: int) -> Strip:
        entry = self._lines.entries[index]
        at_cursor = index == self._cursor
        blank = self.rich_style
        if at_cursor:
            blank += self._style("cursor")
        quiet = blank + self._style("time")
        first = number == 0
        time = timecode(entry.at_s) if first and entry.at_s is not None else ""
        name = entry.name if first else ""
        segments = [
            Segment(f"{time:>{self._lines.time_width}} {name:<4}", quiet),
            Segment("▌" if at_cursor else " ", blank),
            *styled(
                entry.full,
                self._lines.wrapped(index)[number],
                blank + self._style(entry.kind),
                self._styles(index, entry),
            ),
        ]
        return filled(segments, self._lines.width, blank)

    def _styles(self, index: int, entry: Entry) -> list[Styled]:  # noqa: ARG002 - for who derives
        """Every part of an entry's full text that looks otherwise than the rest."""
        lead, end = len(entry.lead), len(entry.lead) + len(entry.text)
        styles: list[Styled] = []
        if lead:
            styles.append(((0, lead), _SIGN))
        if entry.tail:
            styles.append(((end, len(entry.full)), self._style("remark")))
        doubtful = self._style("doubtful")
        styles += [((lead + begin, lead + stop), doubtful) for begin, stop in entry.doubtful]
        return styles

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"{_STYLE}{part}", partial=True)

    def _redraw(self) -> None:
        self._strips.clear()
        self.refresh()
