"""The rows of a guide: parts that are open show what is in them, a search only what it found."""

from dataclasses import dataclass

from textual.content import Content

from copilot.guides.editing.edits import Place
from copilot.guides.editing.fields import Form
from copilot.guides.editing.parts import Part
from copilot.i18n import _, ngettext
from copilot.tui.lists.base import one_line

_INDENT = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A part as a row.

    Attributes:
        part: It.
        depth: How many parts it lies in.
        above: The part it lies in; None on the outside.
    """

    part: Part
    depth: int
    above: "Line | None"

    @property
    def way(self) -> "tuple[Part, ...]":
        """The parts it lies in, the outermost first, and itself."""
        return (*(() if self.above is None else self.above.way), self.part)


class Tree:
    """What of a guide is shown, and which of its parts are open."""

    def __init__(self) -> None:
        self._open: set[str] = {"questions"}
        self._root: Part | None = None
        self._search = ""
        self.lines: dict[str, Line] = {}

    def show(self, root: Part, search: str = "") -> None:
        """Show a guide as it stands now.

        Args:
            root: All of it.
            search: What has to stand in a part, or in something it holds; empty for all.
        """
        self._root, self._search = root, search.casefold()
        self.lines = {}
        for part in root.children:
            self._add(part, 0, None)

    def _add(self, part: Part, depth: int, above: Line | None) -> None:
        if self._search and not any(map(self._found, part.walk())):
            return
        line = Line(part, depth, above)
        self.lines[part.key] = line
        if self._search or part.key in self._open:
            whole = bool(self._search) and part.form is Form.ITEM and self._found(part)
            before, self._search = self._search, "" if whole else self._search
            for child in part.children if not whole or part.key in self._open else ():
                self._add(child, depth + 1, line)
            self._search = before

    def _found(self, part: Part) -> bool:
        told = part.title if part.form is Form.ITEM else part.text
        return self._search in told.casefold()

    def fold(self, key: str, *, is_open: bool) -> None:
        """Open or close a part."""
        (self._open.add if is_open else self._open.discard)(key)

    def is_open(self, key: str) -> bool:
        """Whether a part shows what is in it."""
        return key in self._open

    def reveal(self, place: Place) -> str:
        """Open all that a place lies in; the key of the deepest part there is."""
        key = ""
        keys = {part.key for part in self._root.walk()} if self._root is not None else set()
        for end in range(1, len(place) + 1):
            name = "/".join(map(str, place[:end]))
            if name not in keys:
                continue
            if key:
                self._open.add(key)
            key = name
        return key


def row(line: Line, width: int, *, is_open: bool, is_wrong: bool) -> Content:
    """A part on one line."""
    part = line.part
    lead = " " * (_INDENT * line.depth)
    sign = "  " if not part.children else ("▾ " if is_open else "▹ ")
    wrong = ("✕ ", "$text-error") if is_wrong else ""
    if part.form is Form.ITEM:
        return Content.assemble(lead, sign, wrong, (one_line(part.title), "bold"), _about(part))
    if part.form in (Form.ITEMS, Form.TEXTS):
        count = len(part.children)
        told = f"({count})" if count else _("(none)")
        style = "$text-muted" if count else "$text-warning"
        absent = _("▲ not translated") if part.is_missing else ""
        missing = (f" {absent}", "$text-warning")
        return Content.assemble(lead, sign, wrong, f"{part.title} ", (told, style), missing)
    listed = part.field is None
    name = f"{int(part.place[-1]) + 1}. " if listed else _("{title}: ", title=part.title)
    if part.is_missing:
        original = one_line(str(part.original))
        told = _("▲ not translated")
        return Content.assemble(
            lead,
            sign,
            wrong,
            (name, "$text-muted"),
            (told, "$text-warning"),
            (f"  {original}", "$text-muted"),
        ).truncate(max(1, width), ellipsis=True)
    text = one_line(part.text)
    shown: str | tuple[str, str] = text if text else (_("none"), "$text-muted")
    return Content.assemble(lead, sign, wrong, (name, "$text-muted"), shown).truncate(
        max(1, width), ellipsis=True
    )


def _about(part: Part) -> tuple[str, str]:
    """How much there is in an item that is listened for."""
    counts = {each.place[-1]: len(each.children) for each in part.children}
    if part.item == "question":
        count = counts.get("points", 0)
        told = ngettext("{count} point", "{count} points", count) if count else _("no points")
        return (f"  {told}", "$text-muted")
    if part.item in ("point", "competency", "flag"):
        says = counts.get("says", 0)
        if says:
            told = ngettext("{count} says", "{count} says", says)
            return (f"  {told}", "$text-muted")
        told = _("▲ nothing to be heard by")
        return (f"  {told}", "$text-warning")
    return ("", "")
