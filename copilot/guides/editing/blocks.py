"""Which lines of a YAML text belong to an item or key, its comments included."""

from copilot.guides.editing.tree import Entry, Node, column_of, line_end, line_start, parse


class Blocks:
    """One text with its tree.

    A comment belongs to the item or key below it where no blank line parts them; one further in
    than an item's dash belongs to that item.

    Attributes:
        text: The text.
        root: Its tree.
    """

    def __init__(self, text: str) -> None:
        """Parse a text.

        Raises:
            yaml.YAMLError: It is no YAML.
            ValueError: It is empty, or several documents.
        """
        self.text = text
        self.root = parse(text)

    def span(self, holder: Node, index: int) -> tuple[int, int]:
        """The lines of an entry, the comments above it and further in than it included."""
        entry = holder.entries[index]
        column = column_of(self.text, entry.start)
        floor = 0
        if index:
            floor = self.after(holder.entries[index - 1].value.end, column)
        start = line_start(self.text, entry.start)
        while start > floor:
            above = line_start(self.text, start - 1)
            if above < floor or not self.text[above:start].lstrip(" \t").startswith("#"):
                break
            start = above
        return start, self.after(entry.value.end, column)

    def after(self, end: int, column: int) -> int:
        """Behind the lines of what ends there, comments further in than ``column`` included."""
        text = self.text
        reach = at = line_end(text, end)
        while at < len(text):
            stop = line_end(text, at)
            line = text[at:stop].strip()
            inner = len(text[at:stop]) - len(text[at:stop].lstrip(" ")) > column
            if line.startswith("#") and inner:
                reach = stop
            elif line:
                break
            at = stop
        return reach

    def past_blanks(self, at: int) -> int:
        """Behind the blank lines from an offset on."""
        while at < len(self.text) and not self.text[at : line_end(self.text, at)].strip():
            at = line_end(self.text, at)
        return at

    def before_blanks(self, at: int) -> int:
        """Before the blank lines above an offset."""
        while at and not self.text[line_start(self.text, at - 1) : at].strip():
            at = line_start(self.text, at - 1)
        return at

    def begins_its_line(self, entry: Entry) -> bool:
        """Whether nothing but blanks stands before it on its line."""
        return not self.text[line_start(self.text, entry.start) : entry.start].strip()
