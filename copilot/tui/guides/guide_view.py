"""A guide as a list that opens part by part, and what there is to know of one."""

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from copilot.errors import CopilotError
from copilot.guides.editing.fields import Form
from copilot.guides.editing.parts import Part
from copilot.i18n import N_, _, ngettext
from copilot.tui.dialogs.search import SearchDialog
from copilot.tui.guides.base import GuidesBase
from copilot.tui.guides.part_text import part_content
from copilot.tui.guides.tree import Line, Tree, row
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.action import bindings
from copilot.tui.keys.guides import GUIDE_ACTIONS
from copilot.tui.keys.in_force import key_of
from copilot.tui.lists.base import one_line
from copilot.tui.lists.table import Table
from copilot.tui.names import LANGUAGES

if TYPE_CHECKING:
    from copilot.guides.editing.open_guide import OpenGuide
    from copilot.guides.editing.troubles import Trouble


class Opened(Message):
    """The guide was read, or cannot be.

    Attributes:
        guide: It; None where it cannot be read.
        error: Why.
    """

    def __init__(self, guide: "OpenGuide | None", error: CopilotError | None = None) -> None:
        self.guide, self.error = guide, error
        super().__init__()


class Judged(Message):
    """The guide was held to the rules of guides, which takes a moment with a long one.

    Attributes:
        troubles: What is wrong with it.
    """

    def __init__(self, troubles: "list[Trouble]") -> None:
        self.troubles = troubles
        super().__init__()


class GuideView(GuidesBase):
    """Shows a guide, in one of its languages; what changes it is a subclass's."""

    ACTIONS = GUIDE_ACTIONS
    BINDINGS: ClassVar = bindings(GUIDE_ACTIONS)
    AUTO_FOCUS = "Table"
    HELP = N_(
        "A guide, part by part. Enter opens what has parts and changes what is a text. Nothing is"
        " written before you save; what is not saved survives a crash and is offered again."
    )

    def __init__(self, role: str) -> None:
        """Show a guide.

        Args:
            role: Its id, or the path of its file.
        """
        super().__init__()
        self._role = role
        self._guide: OpenGuide | None = None
        self._language = ""
        self._search = ""
        self._troubles: list[Trouble] = []
        self._wrong: set[str] = set()
        self._elsewhere = ""  # a language whose file somebody else has written
        self._doing = ""  # what takes a moment just now
        self._tree = Tree()
        self._parts: dict[str, Part] = {}

    def compose(self) -> ComposeResult:
        """Which guide and how it stands, its parts, the one with the cursor, keys."""
        yield Static(_("Reading the guide …"), classes="head", markup=False)
        with Container(id="body"):
            yield Table()
            yield Static(classes="detail", markup=False)
        yield KeyFooter(GUIDE_ACTIONS)

    def on_mount(self) -> None:
        """Read it once the first picture stands."""
        self.call_after_refresh(self.read)

    def read(self) -> None:
        """Read it anew, off the screen's thread."""
        self._read()

    @work(thread=True, exclusive=True, group="guide")
    def _read(self) -> None:
        from copilot.guides.editing.open_guide import OpenGuide  # noqa: PLC0415 - paint first

        try:
            opened = OpenGuide(self._role)
            opened.file(opened.language).line_of(())  # looked up here, and not at the first key
        except CopilotError as error:
            self.post_message(Opened(None, error))
        else:
            self.post_message(Opened(opened))

    def on_opened(self, message: Opened) -> None:
        """Show it, or say why there is nothing to show."""
        if message.guide is None:
            if message.error is not None:
                self.leave_because(message.error)
            return
        self._guide = message.guide
        if self._language not in message.guide.languages:
            self._language = message.guide.language
        self._elsewhere = ""
        self.changed()
        self.refresh_bindings()
        self.was_opened()

    def was_opened(self) -> None:
        """It is there now."""

    # -- drawing --------------------------------------------------------------------------------

    @property
    def opened(self) -> "OpenGuide":
        """The guide; nothing is asked of it before it was read."""
        if self._guide is None:
            raise AssertionError("nothing is done before it was read")
        return self._guide

    def changed(self) -> None:
        """Look anew at what the guide says, and draw it."""
        if self._guide is not None:
            self._parts.clear()
            self._judge(self._guide)
        self.draw()

    @work(thread=True, exclusive=True, group="judging")
    def _judge(self, guide: "OpenGuide") -> None:
        worker = get_current_worker()
        troubles = guide.troubles()
        if not worker.is_cancelled:  # else it was changed once more meanwhile
            self.post_message(Judged(troubles))

    def on_judged(self, message: Judged) -> None:
        """Show what is wrong."""
        if message.troubles != self._troubles:
            self._troubles = message.troubles
            self.draw()

    @property
    def _root(self) -> Part:
        """The parts of the language that is shown."""
        if self._language not in self._parts:
            self._parts[self._language] = self.opened.parts(self._language)
        return self._parts[self._language]

    def draw(self) -> None:
        """Draw everything as it stands; walking and folding change nothing of the guide."""
        if self._guide is None:
            return
        self._tree.show(self._root, self._search)
        self._wrong = self._wrong_parts()
        self._draw_head()
        lines = list(self._tree.lines.values())
        keys = tuple(self._tree.lines)
        self.query_one(Table).show(
            keys,
            lambda index, width: row(
                lines[index],
                width,
                is_open=bool(self._search) or self._tree.is_open(keys[index]),
                is_wrong=keys[index] in self._wrong,
            ),
        )
        self._draw_detail()

    def _wrong_parts(self) -> set[str]:
        """The parts in which something is wrong, and those they lie in."""
        lines = [t.line for t in self._troubles if t.language == self._language and t.line]
        found: set[str] = set()
        for line in lines:
            part = self.part_at(line)
            if part is not None:
                ends = range(1, len(part.place) + 1)
                found |= {"/".join(map(str, part.place[:end])) for end in ends}
        return found

    def part_at(self, line: int) -> Part | None:
        """The part that stands on a line of the file, or the last above it."""
        parts = [part for top in self._root.children for part in top.walk()]
        file = self.opened.file(self._language)
        found: tuple[int, Part] | None = None
        for part, at in zip(parts, file.lines_of([part.place for part in parts]), strict=True):
            if at and at <= line and (found is None or at >= found[0]):
                found = (at, part)
        return None if found is None else found[1]

    def _draw_head(self) -> None:
        guide = self.opened
        language = _(LANGUAGES.get(self._language, self._language))
        title = one_line(str(guide.file(guide.language).data.get("title", guide.role)))
        mark = _("● not saved")
        unsaved = (f"  {mark}", "bold $text-warning") if guide.is_changed else ""
        lines = [Content.assemble((title, "bold"), f"  {language}", unsaved)]
        if self._doing:
            lines.append(Content.styled(self._doing, "$text-accent"))
        elif self._elsewhere:
            told = _(
                "▲ The file was changed by somebody else; {key} compares both.",
                key=key_of("guides.save"),
            )
            lines.append(Content.styled(told, "$text-warning"))
        elif self._troubles:
            count = ngettext("{count} problem", "{count} problems", len(self._troubles))
            told = f"✕ {count}: {one_line(str(self._troubles[0]))}"
            lines.append(Content.styled(told, "$text-error"))
        elif guide.is_shipped:
            told = _("It ships: saving makes your own copy, {path}", path=guide.goes_to)
            lines.append(Content.styled(told, "$text-muted"))
        else:
            lines.append(Content.styled(str(guide.file(self._language).path), "$text-muted"))
        if self._search:
            found = _("Shown: what has “{text}” in it", text=one_line(self._search))
            lines.append(Content.styled(found, "$text-accent"))
        self.query_one(".head", Static).update(Content("\n").join(lines))

    @property
    def current(self) -> Line | None:
        """The row with the cursor."""
        key = self.query_one(Table).current
        return None if key is None else self._tree.lines.get(key)

    def _draw_detail(self) -> None:
        detail = self.query_one(".detail", Static)
        line = self.current
        detail.display = line is not None
        if line is not None:
            detail.update(part_content(self.opened, self._language, line))

    def on_table_reached(self, message: Table.Reached) -> None:
        """Say what there is to know of it."""
        message.stop()
        self._draw_detail()

    def on_resize(self) -> None:
        """Rows are cut to the width."""
        self.call_after_refresh(self.draw)

    def show_place(self, key: str) -> None:
        """Put the cursor on a part, opening what it lies in."""
        self._tree.reveal(tuple(int(p) if p.isdigit() else p for p in key.split("/")))
        self.draw()
        self.query_one(Table).point_at(key)

    # -- walking --------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Until it was read one can only go back, or ask for help."""
        return self._guide is not None or action in ("back", "help", "command_palette")

    def action_fold(self, is_open: bool) -> None:
        """Open or close the part with the cursor; closed already, go one level up."""
        line = self.current
        if line is None:
            return
        key = line.part.key
        if is_open and line.part.children:
            self._tree.fold(key, is_open=True)
        elif not is_open and self._tree.is_open(key) and line.part.children:
            self._tree.fold(key, is_open=False)
        elif not is_open and line.above is not None:
            self.query_one(Table).point_at(line.above.part.key)
            return
        self.draw()

    def action_search(self) -> None:
        """Ask what to search for."""

        def asked(text: str | None) -> None:
            if text is not None:
                self._search = text
                self.draw()

        self.app.push_screen(SearchDialog(self._search), asked)

    def action_language(self) -> None:
        """Show the next language; offer to begin one that is not there."""
        known = self.opened.languages
        if len(known) > 1:
            self._language = known[(known.index(self._language) + 1) % len(known)]
            self.draw()
            return
        from copilot.tui.guides.ask_dialog import AskDialog  # noqa: PLC0415 - seldom

        other = next(each for each in LANGUAGES if each != self._language)
        name = _(LANGUAGES[other])

        def asked(key: str | None) -> None:
            if key == "y":
                self.opened.begin_overlay(other)
                self._language = other
                self.changed()

        text = _("The guide has no texts in this language: {language}. Begin them?", language=name)
        choices = [("y", _("begins them")), ("escape", _("leaves it"))]
        self.app.push_screen(AskDialog(name, text, choices), asked)

    @property
    def is_original(self) -> bool:
        """Whether the guide's own language is shown, in which items come and go."""
        return self._language == self.opened.language

    def is_item(self, part: Part) -> bool:
        """Whether a part is an item, such as a question or a point."""
        return part.form is Form.ITEM
