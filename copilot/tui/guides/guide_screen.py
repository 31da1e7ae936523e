"""The screen of one guide: changed, saved whole or not at all, nothing lost on the way."""

import difflib
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content

from copilot.errors import CopilotError
from copilot.i18n import _
from copilot.tui.guides.ask_dialog import AskDialog
from copilot.tui.guides.changing import Changing
from copilot.tui.names import LANGUAGES
from copilot.tui.rows.dialogs import PickDialog
from copilot.tui.rows.rows import Row

if TYPE_CHECKING:
    from copilot.guides.editing.open_guide import OpenGuide
    from copilot.guides.trying import Tryer
    from copilot.tui.guides.problems import Found, ProblemsFound

_LOOK_EVERY_S = 4.0
_MOST_LINES = 400


class GuideScreen(Changing):
    """Saving, what happens elsewhere, what was left unsaved, and the screens it leads to."""

    def __init__(self, role: str) -> None:
        """Show a guide.

        Args:
            role: Its id, or the path of its file.
        """
        super().__init__(role)
        self._tryer: Tryer | None = None

    def on_mount(self) -> None:
        """Read it, and look from time to time whether somebody else writes it."""
        super().on_mount()
        self.set_interval(_LOOK_EVERY_S, self._look_elsewhere)

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return self._guide is not None and self._guide.is_changed

    def was_opened(self) -> None:
        """Offer what was not saved when the program was ended."""
        unsaved = self.opened.unsaved()
        if not unsaved:
            return

        def asked(key: str | None) -> None:
            try:
                if key == "t":
                    self.opened.take_up(unsaved)
                elif key == "f":
                    self.opened.give_up()
                else:
                    self.dismiss(None)
                    return
            except CopilotError as error:
                self.tell_of(error)
            self.changed()

        files = {self.opened.file(each).path.name: each for each in self.opened.languages}
        texts = [
            difference(self.opened.file(files[name]).text() if name in files else "", each.text)
            for name, each in unsaved.items()
        ]
        choices = [("t", _("takes them up")), ("f", _("forgets them")), ("escape", _("goes back"))]
        title = _("Changes of this guide were not saved")
        self.app.push_screen(AskDialog(title, Content("\n").join(texts), choices), asked)

    # -- saving ---------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Write what was changed; where somebody else has written, show both first."""
        from copilot.guides.editing.open_guide import ChangedOnDiskError  # noqa: PLC0415 - seldom

        if self._elsewhere and not self.is_changed:
            self._compare(self._elsewhere)
            return
        try:
            paths = self.opened.save()
        except ChangedOnDiskError as error:
            self._compare(error.language)
            return
        except CopilotError as error:
            self.changed()
            self.tell_of(error)
            return
        self._elsewhere = ""
        self.changed()
        if paths:
            self.tell(_("Saved: {files}", files=", ".join(map(str, paths))))
        else:
            self.tell(_("Nothing was changed."))

    def _compare(self, language: str) -> None:
        """Show one's own beside what somebody else wrote; keep one of them."""
        file = self.opened.file(language)
        mine = file.text()
        is_there = file.path.exists()
        try:
            theirs = file.path.read_text(encoding="utf-8") if is_there else ""
        except (OSError, UnicodeDecodeError):
            theirs = ""

        def asked(key: str | None) -> None:
            try:
                if key == "m":
                    self.opened.keep_mine(language)
                    self._elsewhere = ""
                    self.action_save()
                elif key == "t":
                    self.opened.take_theirs(language)
                    self._elsewhere = ""
            except CopilotError as error:
                self.tell_of(error)
            self.changed()

        choices = [
            ("m", _("keeps mine")),
            ("t", _("takes theirs; undo brings mine back")),
            ("escape", _("decides later")),
        ]
        if not is_there:
            about = _("{path} is no longer there. Keeping yours writes it again.", path=file.path)
            choices.pop(1)
            self.app.push_screen(AskDialog(_("The file is gone"), about, choices), asked)
            return
        about = _("{path} was changed by somebody else meanwhile.", path=file.path)
        legend = _("+ is theirs, - is yours")
        text = Content("\n").join([Content(about), Content(legend), difference(mine, theirs)])
        self.app.push_screen(AskDialog(_("Two versions"), text, choices), asked)

    def _look_elsewhere(self) -> None:
        """Whether somebody else has written; without changes of one's own, read it anew."""
        # ``is_current`` holds below another screen too, as that of proposals, which writes itself.
        if self._guide is None or self.app.screen is not self:
            return
        found = self.opened.changed_on_disk()
        if found == self._elsewhere:
            return
        self._elsewhere = found
        if found and not self.is_changed:
            self.tell(_("The file was changed by somebody else; it was read anew."))
            self.read()
        else:
            self.changed()

    # -- leaving --------------------------------------------------------------------------------

    async def action_back(self) -> None:
        """End the search, then go back; what is not saved is asked about."""
        if self._search:
            self._search = ""
            self.draw()
        elif self.is_changed:
            self.ask_to_leave(lambda: self.dismiss(None))
        else:
            self.dismiss(None)

    def ask_to_leave(self, leave: Callable[[], object]) -> None:
        """Ask what to do with changes that are not saved, then leave or stay.

        Args:
            leave: What to do then.
        """

        def asked(key: str | None) -> None:
            if key == "s":
                self.action_save()
                if not self.is_changed:
                    leave()
            elif key == "g":
                try:
                    self.opened.give_up()
                except CopilotError as error:
                    self.tell_of(error)
                else:
                    leave()

        choices = [("s", _("saves")), ("g", _("gives them up")), ("escape", _("stays here"))]
        text = _("There are changes that are not saved.")
        self.app.push_screen(AskDialog(_("Leave the guide?"), text, choices), asked)

    def tell_unsaved(self) -> None:
        """Say that there are changes."""
        self.tell(_("There are changes that are not saved."))

    # -- where it leads -------------------------------------------------------------------------

    def action_problems(self) -> None:
        """List what is wrong, which is known; else look for what could be better."""
        from copilot.tui.guides.problems import errors_among  # noqa: PLC0415 - seldom

        if self._troubles:
            self._list(errors_among(self._troubles))
        elif not self._doing:
            self._doing = _("Looking for what could be better …")
            self.draw()
            self._look_for_problems(self.opened)

    @work(thread=True, group="problems")
    def _look_for_problems(self, guide: "OpenGuide") -> None:
        from copilot.tui.guides.problems import ProblemsFound, problems_of  # noqa: PLC0415 - seldom

        try:
            self.post_message(ProblemsFound(problems_of(guide)))
        except CopilotError as error:
            self.post_message(ProblemsFound(error))

    def on_problems_found(self, message: "ProblemsFound") -> None:
        """List them, unless one has gone elsewhere meanwhile."""
        self._doing = ""
        self.draw()
        if isinstance(message.found, CopilotError):
            self.tell_of(message.found)
        elif message.found and self.app.screen is self:
            self._list(message.found)
        elif not message.found:
            self.tell(_("Nothing is wrong, and nothing could be better by the rules."))

    def _list(self, found: "list[Found]") -> None:
        """List problems; choosing one goes there."""

        def chosen(name: str | None) -> None:
            if name is None:
                return
            trouble = found[int(name)].trouble
            if trouble.language in self.opened.languages:
                self._language = trouble.language
            part = self.part_at(trouble.line)
            if part is not None:
                self.show_place(part.key)

        rows = [
            Row(str(number), each.sign, str(each.trouble), str(each.trouble))
            for number, each in enumerate(found)
        ]
        self.app.push_screen(PickDialog(_("Problems"), rows), chosen)

    def action_try(self) -> None:
        """Try a sentence."""
        from copilot.guides.trying import Tryer  # noqa: PLC0415 - loads numpy
        from copilot.tui.guides.try_screen import TryScreen  # noqa: PLC0415

        try:
            self.opened.guide(self._language)
        except CopilotError as error:
            self.tell_of(error)
            return
        if self._tryer is None:
            self._tryer = Tryer()
        place = () if self.current is None else self.current.part.place
        self.app.push_screen(TryScreen(self, self._tryer, place))

    def action_proposals(self) -> None:
        """Walk through what is proposed; it writes the file, so one's own changes come first."""
        from copilot.tui.guides.proposals_screen import ProposalsScreen  # noqa: PLC0415 - seldom

        if self.is_changed:
            self.tell(_("Save your changes first: what you take is written at once."))
            return
        language = None if self.is_original else self._language
        screen = ProposalsScreen(self.opened.role, language)
        self.app.push_screen(screen, lambda _: self._read_what_was_written())

    def action_raw(self) -> None:
        """Show the file itself, at the line one is at."""
        from copilot.tui.guides.file_screen import FileScreen  # noqa: PLC0415 - seldom

        if self.is_changed:
            self.tell(_("Save your changes first."))
            return
        file = self.opened.file(self._language)
        place = () if self.current is None else self.current.part.place
        screen = FileScreen(file.path, file.line_of(place))
        self.app.push_screen(screen, lambda _: self._read_what_was_written())

    def _read_what_was_written(self) -> None:
        """Read anew what a screen above this one wrote; that was nobody else."""
        self._elsewhere = self.opened.changed_on_disk()
        self.read()

    # -- what other screens ask of it -----------------------------------------------------------

    @property
    def language(self) -> str:
        """The language that is shown."""
        return self._language

    def language_name(self) -> str:
        """What it is called."""
        return _(LANGUAGES[self._language])


def difference(before: str, after: str) -> Content:
    """The lines in which two texts differ, with their signs and a line around them."""
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    lines = [line for line in found if not line.startswith(("---", "+++"))]
    styles = {"+": "$text-success", "-": "$text-error", "@": "$text-muted"}
    shown = [Content.styled(line, styles.get(line[:1], "")) for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        shown.append(Content("…"))
    return Content("\n").join(shown)
