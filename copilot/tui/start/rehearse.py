"""Preparing a rehearsal: which recording, how fast."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from copilot.i18n import N_, _
from copilot.tui.keys.action import bindings
from copilot.tui.keys.start import NEW_ACTIONS
from copilot.tui.rows.dialogs import LineDialog, PickDialog
from copilot.tui.rows.rows import Row, Rows
from copilot.tui.rows.screen import RowsScreen
from copilot.tui.start.messages import RehearsalWanted
from copilot.tui.start.rehearsing import FASTEST, SLOWEST, Rehearsal
from copilot.tui.start.wording import language_name

if TYPE_CHECKING:
    from copilot.tui.start.desk import Desk
    from copilot.tui.start.stored import StoredSession

_DEMO, _FILE = "demo", "file"


class RehearseScreen(RowsScreen[None]):
    """No microphone is opened, and nothing is kept."""

    ACTIONS = NEW_ACTIONS
    BINDINGS: ClassVar = bindings(NEW_ACTIONS)
    HELP = N_("A recording, heard as if it were a call.")

    def __init__(self, desk: "Desk") -> None:
        """Prepare.

        Args:
            desk: What there is to choose from.
        """
        super().__init__()
        self._desk = desk
        first = desk.first_choices()
        self._rehearsal = Rehearsal()
        if first is not None:
            self._rehearsal = Rehearsal(role=first.role, language=first.language)

    @property
    def rehearsal(self) -> Rehearsal:
        """As it stands."""
        return self._rehearsal

    def heading(self) -> str:
        """What it is for."""
        return _("Rehearse")

    def on_mount(self) -> None:
        """The demo as it was is one key away."""
        super().on_mount()
        self.query_one(Rows).point_at("begin")

    def rows(self) -> Sequence[Row]:
        """The choices."""
        rows = [
            Row(
                "recording",
                _("Recording"),
                self._recording(),
                _("The demo interview, a stored interview, or a two-channel file of yours."),
            ),
        ]
        if self._rehearsal.path is not None:
            rows += [self._role(), self._language()]
        speed = self._rehearsal.speed
        value = _("as it was") if speed == 1 else _("{speed} times as fast", speed=speed)
        rows.append(
            Row("speed", _("Speed"), value, _("1 to 10 times as fast as it was."), turns=True)
        )
        rows.append(
            Row(
                "begin",
                _("Begin"),
                _("hear it"),
                _("It is heard as a call would be. No microphone is opened; nothing is kept."),
            )
        )
        return rows

    def _recording(self) -> str:
        if self._rehearsal.path is not None:
            return str(self._rehearsal.path)
        if self._rehearsal.folder is None:
            return _("the demo interview")
        wanted = self._rehearsal.folder.id
        return next((s.named for s in self._desk.sessions if s.folder.id == wanted), wanted)

    def _role(self) -> Row:
        entry = self._desk.guide(self._rehearsal.role)
        title = self._rehearsal.role if entry is None else entry.title
        help_ = _("The guide to hear it with.")
        return Row("role", _("Role"), title, help_, turns=len(self._desk.usable) > 1)

    def _language(self) -> Row:
        name = language_name(self._rehearsal.language)
        return Row("language", _("Language"), name, _("What is spoken in it."), turns=True)

    # -- what the user does ---------------------------------------------------------------------

    def chosen(self, row: Row) -> None:
        """Change it, or begin."""
        if row.id == "begin":
            self.action_begin()
        elif row.id == "recording":
            self._pick()
        else:
            self.turned(row, 1)

    def turned(self, row: Row, by: int) -> None:
        """The next value, or the one before."""
        now = self._rehearsal
        if row.id == "speed":
            speed = (now.speed - SLOWEST + by) % (FASTEST - SLOWEST + 1) + SLOWEST
            self._set(replace(now, speed=speed))
            return
        roles = [entry.role for entry in self._desk.usable]
        role = now.role
        if row.id == "role":
            role = roles[(roles.index(role) + by) % len(roles)]
        entry = self._desk.guide(role)
        known = list(entry.languages) if entry is not None else [now.language]
        at = known.index(now.language) if now.language in known else 0
        at = (at + by) % len(known) if row.id == "language" else at
        self._set(replace(now, role=role, language=known[at]))

    def action_begin(self) -> None:
        """Hear it."""
        self.post_message(RehearsalWanted(self._rehearsal))

    def _pick(self) -> None:
        rows = [
            Row(_DEMO, _("The demo interview"), _("four minutes")),
            Row(_FILE, _("A file …"), _("left you, right the candidate")),
            *(_session_row(each) for each in self._desk.sessions if each.has_sound),
        ]
        self.app.push_screen(PickDialog(_("Recording"), rows), self._picked)

    def _picked(self, chosen: str | None) -> None:
        if chosen is None:
            return
        if chosen == _FILE:
            about = _("A recording with two channels: left you, right the candidate.")
            self.app.push_screen(LineDialog(_("File"), about), self._written)
            return
        folder = next((s.folder for s in self._desk.sessions if s.folder.id == chosen), None)
        self._set(replace(self._rehearsal, folder=folder, path=None))

    def _written(self, line: str | None) -> None:
        if line is None:
            return
        path = Path(line).expanduser()
        if not path.is_file():
            self.say(_("There is no file {path}.", path=path))
            return
        self._set(replace(self._rehearsal, folder=None, path=path))

    def _set(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal
        self.draw()


def _session_row(session: "StoredSession") -> Row:
    return Row(session.folder.id, session.began or session.folder.id, session.title)
