"""A guide's YAML file as it is, for what cannot be changed part by part, such as a broken one."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static, TextArea

from copilot.errors import CopilotError
from copilot.guides.editing.guide_file import GuideFile, write_whole
from copilot.guides.editing.troubles import Trouble, troubles_in
from copilot.guides.enriching.own import own_folder
from copilot.i18n import N_, _
from copilot.knowledge.loading import read_guide
from copilot.paths import shipped_knowledge
from copilot.tui.guides.ask_dialog import AskDialog
from copilot.tui.guides.base import GuidesBase
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.action import bindings
from copilot.tui.keys.guides import GUIDE_FILE_ACTIONS
from copilot.tui.lists.base import one_line

_BOM = "\ufeff"


class FileScreen(GuidesBase):
    """The file's text, to be changed by hand; saving says what is still wrong."""

    ACTIONS = GUIDE_FILE_ACTIONS
    BINDINGS: ClassVar = bindings(GUIDE_FILE_ACTIONS)
    AUTO_FOCUS = "TextArea"
    HELP = N_("The YAML file itself. Saving checks it, and names the line of what is wrong.")

    def __init__(self, path: Path, line: int = 1) -> None:
        """Show a file.

        Args:
            path: The file.
            line: Where to begin, counted from 1.
        """
        super().__init__()
        self._path, self._line = path, max(1, line)
        self._before = ""
        self._told: Trouble | None = None
        self._on_disk = ""
        self._lead, self._newline = "", "\n"

    def compose(self) -> ComposeResult:
        """Which file and what is wrong, its text, keys."""
        yield Static(classes="head", markup=False)
        yield TextArea("", soft_wrap=False, show_line_numbers=True)
        yield KeyFooter(GUIDE_FILE_ACTIONS)

    def on_mount(self) -> None:
        """Read it."""
        try:
            text = self._read()
        except (OSError, UnicodeDecodeError):
            # Not to be shown as text, so not to be written as such either.
            self._fail()
            return
        self._on_disk = text
        self._lead = _BOM if text.startswith(_BOM) else ""
        ends = (end for end in ("\r\n", "\n", "\r") if end in text)
        self._newline = next(ends, "\n")
        self._before = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
        area = self.query_one(TextArea)
        area.text = self._before
        self._before = area.text  # it takes a few rare characters for ends of lines
        self._say(self._trouble())
        self.call_after_refresh(self._go_to, self._line)

    def _read(self) -> str:
        with self._path.open(encoding="utf-8", newline="") as file:
            return file.read()

    def _fail(self) -> None:
        def read(_: str | None) -> None:
            self.dismiss(None)

        text = _("{path} cannot be shown: it is no text in UTF-8.", path=self._path)
        choices = [("escape", _("goes back"))]
        self.app.push_screen(AskDialog(_("A guide's file"), text, choices), read)

    @property
    def _text(self) -> str:
        return self.query_one(TextArea).text

    @property
    def _is_changed(self) -> bool:
        return self._text != self._before

    def _go_to(self, line: int) -> None:
        area = self.query_one(TextArea)
        area.move_cursor((min(max(line, 1), area.document.line_count) - 1, 0), center=True)
        area.focus()

    def _say(self, trouble: Trouble | None) -> None:
        self._told = trouble
        mark = _("● not saved")
        unsaved = (f"  {mark}", "bold $text-warning") if self._is_changed else ""
        lines = [Content.assemble((self._target.name, "bold"), f"  {self._target}", unsaved)]
        if trouble is not None:
            lines.append(Content.styled(f"✕ {one_line(str(trouble))}", "$text-error"))
        elif self._target != self._path:
            told = _("It ships: saving makes your own copy, {path}", path=self._target)
            lines.append(Content.styled(told, "$text-muted"))
        self.query_one(".head", Static).update(Content("\n").join(lines))

    def on_text_area_changed(self) -> None:
        """What is not saved is marked; what was wrong stands until it is saved again."""
        self._say(self._told)

    @property
    def _target(self) -> Path:
        is_shipped = self._path.parent == shipped_knowledge()
        return own_folder() / self._path.name if is_shipped else self._path

    def _trouble(self) -> Trouble | None:
        """What is wrong first with the file as it is written here; None for nothing."""
        try:
            file = GuideFile(self._path, self._text)
            role, *language = self._path.stem.split(".")
            if language:
                file.check(read_guide(self._path.with_name(f"{role}{self._path.suffix}")))
            else:
                file.check()
        except CopilotError as error:
            return troubles_in(error)[0]
        return None

    # -- what the user does ---------------------------------------------------------------------

    def action_save(self) -> None:
        """Write it; where something is still wrong, say what and ask."""
        trouble = self._trouble()
        if self._changed_on_disk():
            about = _("{path} was changed by somebody else meanwhile.", path=self._path)
            trouble = Trouble("", 0, about)
        if trouble is None:
            self._write()
            return
        self._say(trouble)

        def asked(key: str | None) -> None:
            if key == "w":
                self._write()
                return
            if trouble.line:
                self._go_to(trouble.line)

        choices = [("escape", _("goes to the line")), ("w", _("writes it as it is"))]
        self.app.push_screen(AskDialog(_("Something is wrong still"), str(trouble), choices), asked)

    def _changed_on_disk(self) -> bool:
        try:
            return self._read() != self._on_disk
        except (OSError, UnicodeDecodeError):
            return True

    def _write(self) -> None:
        text = self._text
        written = self._lead + text.replace("\n", self._newline)
        try:
            if self._target != self._path:
                self._copy_others()
            write_whole(self._target, written)
        except CopilotError as error:
            self.tell_of(error)
            return
        self._path = self._target
        self._before, self._on_disk = text, written
        self._say(None)
        self.tell(_("Saved: {files}", files=self._path))

    def _copy_others(self) -> None:
        """A guide's own copy needs all of its files."""
        from copilot.guides.enriching.own import own_file  # noqa: PLC0415 - seldom

        own_file(self._path.name.split(".")[0])

    async def action_back(self) -> None:
        """Back; what is not saved is asked about."""
        if not self._is_changed:
            self.dismiss(None)
            return

        def asked(key: str | None) -> None:
            if key == "g":
                self.dismiss(None)
            elif key == "s":
                self.action_save()

        choices = [("s", _("saves")), ("g", _("gives them up")), ("escape", _("stays here"))]
        text = _("There are changes that are not saved.")
        self.app.push_screen(AskDialog(_("Leave the file?"), text, choices), asked)
