"""The stored interviews, to be opened or gone on with."""

from collections.abc import Sequence
from typing import ClassVar

from copilot.i18n import N_, _
from copilot.tui.keys.action import bindings
from copilot.tui.keys.start import SESSIONS_ACTIONS
from copilot.tui.rows.rows import Row
from copilot.tui.rows.screen import RowsScreen
from copilot.tui.start.messages import ResumeWanted, ReviewWanted
from copilot.tui.start.stored import StoredSession
from copilot.tui.start.wording import language_name


class SessionsScreen(RowsScreen[None]):
    """Newest first; damaged ones are listed and say what is wrong."""

    ACTIONS = SESSIONS_ACTIONS
    BINDINGS: ClassVar = bindings(SESSIONS_ACTIONS)
    HELP = N_("The stored interviews, newest first.")

    def __init__(self, sessions: Sequence[StoredSession], *, to_resume: bool = False) -> None:
        """Prepare.

        Args:
            sessions: Those there are.
            to_resume: Whether to list those alone that one can go on with.
        """
        super().__init__()
        self._to_resume = to_resume
        self._sessions = [s for s in sessions if s.resumable or not to_resume]

    def heading(self) -> str:
        """What is chosen."""
        return _("Resume") if self._to_resume else _("Review")

    def rows(self) -> Sequence[Row]:
        """One line each: when, who for, how long."""
        return [
            Row(
                session.folder.id,
                session.began or session.folder.id,
                f"{session.stands}  {session.title}",
                self._help(session),
                trouble=session.state == "damaged",
            )
            for session in self._sessions
        ]

    def chosen(self, row: Row) -> None:
        """Open it, or go on with it."""
        session = next(each for each in self._sessions if each.folder.id == row.id)
        if session.state == "damaged":
            self.say(session.problem)
        elif session.state == "running":
            self.say(_("It is being recorded by another program."))
        elif self._to_resume:
            self.post_message(ResumeWanted(session.folder))
        else:
            self.post_message(ReviewWanted(session.folder))

    def _help(self, session: StoredSession) -> str:
        if session.problem:
            return session.problem
        if session.state == "encrypted":
            opens = _("Encrypted: Enter asks for its passphrase or key file.")
            return f"{opens}\n{session.folder.id}"
        sound = _("with its sound") if session.has_sound else _("text alone")
        parts = (session.title, language_name(session.language), session.stands, sound)
        return f"{' · '.join(parts)}\n{session.folder.id}"
