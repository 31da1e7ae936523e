"""Changing a guide: texts in place, values chosen, items added, moved and taken out."""

from collections.abc import Callable, Sequence
from typing import Any

from copilot.errors import CopilotError
from copilot.guides.editing.edits import Action, Edit
from copilot.guides.editing.fields import Form
from copilot.guides.editing.parts import Part
from copilot.i18n import N_, _
from copilot.knowledge.sentence import Sentence
from copilot.tui.guides.guide_view import GuideView
from copilot.tui.guides.item_dialog import ItemDialog, name_of
from copilot.tui.guides.part_text import in_language, label_of
from copilot.tui.guides.text_dialog import TextDialog
from copilot.tui.guides.tree import Line
from copilot.tui.lists.base import one_line
from copilot.tui.lists.table import Table
from copilot.tui.names import LANGUAGES
from copilot.tui.rows.dialogs import LineDialog, PickDialog
from copilot.tui.rows.rows import Row

_MOST_MINUTES = 120


class Changing(GuideView):
    """Every change is one step that can be taken back."""

    def make(self, edits: Sequence[Edit], name: str, *, go: str = "") -> bool:
        """Make a change and show it; whether it was made.

        Args:
            edits: What to do in the language that is shown.
            name: What it does, in a few words.
            go: Key of the part to go to then.
        """
        try:
            self.opened.change(self._language, edits, name)
        except KeyError:
            self.tell(_("This is no longer there."))
            return False
        except CopilotError as error:
            self.tell_of(error)
            return False
        finally:
            self.changed()
        if go:
            self.show_place(go)
        return True

    # -- one part -------------------------------------------------------------------------------

    def on_table_chosen(self, message: Table.Chosen) -> None:
        """Open or close what has parts; change what is a value."""
        message.stop()
        line = self.current
        if line is None:
            return
        part = line.part
        if part.form in (Form.ITEM, Form.ITEMS, Form.TEXTS):
            if part.children:
                self._tree.fold(part.key, is_open=not self._tree.is_open(part.key))
                self.draw()
            else:
                self.action_add()
        elif part.is_text:
            self._write(line)
        elif part.form is Form.NUMBER:
            self._write_number(part)
        elif part.form is Form.CHOICE:
            self._choose(part)
        else:
            self._choose_some(part)

    def action_open(self) -> None:
        """What Enter does."""
        self.query_one(Table).action_choose()

    def _write(self, line: Line) -> None:
        part = line.part

        def written(text: str | None) -> None:
            if text is None:
                return
            if not text:
                self.make([Edit(Action.REMOVE, part.place)], part.title)
                return
            value = Sentence(text, part.origin) if part.has_origin else text
            self.make([Edit(Action.SET, part.place, value)], part.title)

        needed = part.field is not None and part.field.is_needed and self.is_original
        dialog = TextDialog(
            self._title_of(line),
            part.text,
            form=part.form,
            longest=part.longest,
            language=self._language,
            label=label_of(line),
            may_be_empty=not needed,
            about=self._about(part),
        )
        self.app.push_screen(dialog, written)

    def _title_of(self, line: Line) -> str:
        part = line.part
        number = f" {int(part.place[-1]) + 1}" if part.field is None else ""
        around = line.above.part.title if line.above is not None else ""
        if part.field is None and line.above is not None and line.above.above is not None:
            around = line.above.above.part.title
        return f"{part.title}{number} · {around}" if around else f"{part.title}{number}"

    def _about(self, part: Part) -> list[str]:
        about = [_("from {origin}", origin=part.origin)] if part.origin else []
        if part.original and isinstance(part.original, str):
            about.append(in_language(self.opened.language, part.original))
        return about

    def _write_number(self, part: Part) -> None:
        def written(text: str | None) -> None:
            if text is None or text == part.text:
                return
            try:
                number = float(text.replace(",", "."))
            except ValueError:
                number = 0.0
            if not 0 < number <= _MOST_MINUTES:
                self.tell(_("A number above 0 and up to {most} is wanted.", most=_MOST_MINUTES))
                return
            value = int(number) if number.is_integer() else number
            self.make([Edit(Action.SET, part.place, value)], part.title)

        about = _("A number above 0 and up to {most}.", most=_MOST_MINUTES)
        self.app.push_screen(LineDialog(part.title, about, part.text), written)

    def _choose(self, part: Part) -> None:
        words = () if part.field is None else part.field.words

        def chosen(word: str | None) -> None:
            if word is not None and word != part.text:
                value = int(word) if word.isdigit() else word
                self.make([Edit(Action.SET, part.place, value)], part.title)

        rows = [Row(word, word) for word in words]
        self.app.push_screen(PickDialog(part.title, rows, part.text), chosen)

    def _choose_some(self, part: Part, at: str = "") -> None:
        """Take one of several in or out; asks until it is left."""
        known = self._known(part)
        stands = [str(each) for each in part.value or ()]

        def chosen(word: str | None) -> None:
            if word is None:
                return
            now = [each for each in stands if each != word] if word in stands else [*stands, word]
            ordered = [each for each in known if each in now]
            if ordered:
                edit = Edit(Action.SET, part.place, ordered)
            else:
                edit = Edit(Action.REMOVE, part.place)
            line = self._tree.lines.get(part.key) if self.make([edit], part.title) else None
            if line is not None:
                self._choose_some(line.part, at=word)

        rows = [
            Row(name, f"{'✓' if name in stands else '·'} {label}") for name, label in known.items()
        ]
        if rows:
            self.app.push_screen(PickDialog(part.title, rows, at), chosen)
        else:
            self.tell(_("There is none to choose."))

    def _known(self, part: Part) -> dict[str, str]:
        words = () if part.field is None else part.field.words
        data = self.opened.file(self.opened.language).data
        if len(words) != 1:
            return {word: word for word in words}
        items = data.get(words[0])
        listed = items if isinstance(items, list) else []
        known = [each for each in listed if isinstance(each, dict) and "id" in each]
        return {str(each["id"]): one_line(str(each.get("label", each["id"]))) for each in known}

    # -- adding ---------------------------------------------------------------------------------

    def action_add(self) -> None:
        """Add to the list one is in; where there are several to choose from, ask."""
        line = self.current
        if line is None:
            return
        for each in reversed(line.way):
            if each.form in (Form.TEXTS, Form.ITEMS):
                self._add_to(each)
                return
            if each.form is Form.ITEM:
                self._ask_which(each)
                return
        self.tell(_("Go to a list first, such as the questions."))

    def _ask_which(self, item: Part) -> None:
        lists = [each for each in item.children if each.form in (Form.TEXTS, Form.ITEMS)]
        if not lists:
            self.tell(_("Nothing can be added here."))
            return

        def chosen(key: str | None) -> None:
            found = next((each for each in lists if each.key == key), None)
            if found is not None:
                self._add_to(found)

        rows = [Row(each.key, each.title, str(len(each.children))) for each in lists]
        title = _("Add to {item}", item=item.title)
        self.app.push_screen(PickDialog(title, rows), chosen)

    def _add_to(self, listed: Part) -> None:
        if listed.form is Form.TEXTS:
            self._add_text(listed)
        elif self.is_original:
            self._add_item(listed)
        else:
            self._only_in_original()

    def _only_in_original(self) -> None:
        name = _(LANGUAGES[self.opened.language])
        self.tell(
            _("Items come, go and move in the guide's own language: {language}.", language=name)
        )

    def _add_text(self, listed: Part) -> None:
        known = listed.field
        form = Form.TEXT if known is None else known.each
        above = self._tree.lines.get(listed.key)

        def written(text: str | None) -> None:
            if text:
                self._tree.fold(listed.key, is_open=True)
                key = f"{listed.key}/{len(listed.children)}"
                self.make([Edit(Action.ADD, listed.place, text)], listed.title, go=key)

        dialog = TextDialog(
            _("New: {list}", list=listed.title),
            form=form,
            longest=listed.longest,
            language=self._language,
            label="" if above is None else label_of(above),
        )
        self.app.push_screen(dialog, written)

    def _add_item(self, listed: Part) -> None:
        taken = {str(each.place[-1]) for each in listed.children}

        def written(item: dict[str, Any] | None) -> None:
            if item is not None:
                self._tree.fold(listed.key, is_open=True)
                key = f"{listed.key}/{item['id']}"
                name = _("a new {item}", item=name_of(listed.item))
                self.make([Edit(Action.ADD, listed.place, item)], name, go=key)

        self.app.push_screen(ItemDialog(listed.item, taken, self._language), written)

    # -- moving and taking out ------------------------------------------------------------------

    def _listed(self) -> tuple[Part, Part] | None:
        """The item or listed text with the cursor, and the list; says so where it is neither."""
        line = self.current
        if line is None or line.above is None:
            return None
        part, listed = line.part, line.above.part
        if listed.form is Form.ITEMS and not self.is_original:
            self._only_in_original()
            return None
        return (part, listed) if listed.form in (Form.TEXTS, Form.ITEMS) else None

    def action_remove(self) -> None:
        """Take it out."""
        found = self._listed()
        if found is None:
            line = self.current
            if line is not None and line.part.is_text and not self._is_needed(line.part):
                if line.part.value is not None:
                    self.make([Edit(Action.REMOVE, line.part.place)], line.part.title)
                return
            self.tell(_("This belongs to every guide; it can be changed, and not taken out."))
            return
        part, listed = found
        name = part.title if part.form is Form.ITEM else f"{part.title} {int(part.place[-1]) + 1}"
        if self.make([Edit(Action.REMOVE, part.place)], name, go=self._beside(part, listed)):
            self.tell(_("Taken out: {what}. It can be taken back.", what=name))

    def _is_needed(self, part: Part) -> bool:
        return part.field is not None and part.field.is_needed and self.is_original

    def _beside(self, part: Part, listed: Part) -> str:
        """Where the cursor goes when a part is gone."""
        keys = [each.key for each in listed.children]
        place = keys.index(part.key)
        if part.form is not Form.ITEM:
            return part.key if place + 1 < len(keys) else (keys[place - 1] if place else listed.key)
        left = [key for key in keys if key != part.key]
        return left[min(place, len(left) - 1)] if left else listed.key

    def action_move(self, by: int) -> None:
        """One place up or down."""
        found = self._listed()
        if found is None:
            return
        part, listed = found
        place = [each.key for each in listed.children].index(part.key)
        to = place + by
        if 0 <= to < len(listed.children):
            key = part.key if part.form is Form.ITEM else listed.children[to].key
            self.make([Edit(Action.MOVE, part.place, to)], part.title, go=key)

    # -- taking back ----------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take the last change back."""
        self._step_back(self.opened.undo, N_("Taken back: {what}"), _("Nothing to take back."))

    def action_redo(self) -> None:
        """Make it again."""
        self._step_back(self.opened.redo, N_("Made again: {what}"), _("Nothing to make again."))

    def _step_back(self, step: Callable[[], str], done: str, none: str) -> None:
        try:
            name = step()
        except CopilotError as error:
            self.tell_of(error)
            name = ""
        else:
            self.tell(_(done, what=name) if name else none)
        self.changed()
