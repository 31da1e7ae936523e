"""The app that shows the guides alone."""

from copilot.errors import ExitCode
from copilot.tui.base import BaseApp
from copilot.tui.guides.guide_screen import GuideScreen
from copilot.tui.guides.roles_screen import RolesScreen


class GuidesApp(BaseApp):
    """The list of guides, with one in front of it where it was asked for."""

    def __init__(self, role: str = "") -> None:
        """Prepare.

        Args:
            role: Id of a guide to open at once, or the path of its file; empty for the list.
        """
        super().__init__()
        self._role = role

    def begin(self) -> None:
        """The list, then what was asked for."""
        self.push_screen(RolesScreen(), lambda _: self.exit())
        if self._role:
            self.push_screen(GuideScreen(self._role))

    def leave(self) -> None:
        """A guide with unsaved changes asks first."""
        screen = next((s for s in self.screen_stack if isinstance(s, GuideScreen)), None)
        if screen is None or not screen.is_changed:
            self.exit()
        elif self.screen is screen:
            screen.ask_to_leave(self.exit)
        else:
            screen.tell_unsaved()


def run_guides(role: str = "") -> int:
    """Show the guides; the exit code.

    Args:
        role: Id of a guide to open at once, or the path of its file; empty for the list.
    """
    app = GuidesApp(role)
    app.run()
    return app.return_code or ExitCode.OK
