"""What every app of ours has in common: its title, its colours, and that leaving is asked first."""

from pathlib import Path
from typing import ClassVar

from textual.app import App

from copilot.errors import InputError
from copilot.settings import Settings, load_settings
from copilot.tui.keys.action import bindings
from copilot.tui.keys.app import APP_ACTIONS
from copilot.tui.keys.applying import apply_keys

#: Textual's themes by the words of the settings; the last takes the terminal's own sixteen colours.
THEMES = {"dark": "textual-dark", "light": "textual-light", "terminal": "ansi-dark"}


class BaseApp(App[None]):
    """An app that goes by the settings."""

    TITLE = "Interview Copilot"
    CSS_PATH = Path(__file__).with_name("dialogs") / "dialogs.tcss"
    BINDINGS: ClassVar = bindings(APP_ACTIONS)
    _settings_told = ""

    def on_mount(self) -> None:
        """Dress, then show the first screen."""
        self.dress()
        self.begin()

    def dress(self) -> None:
        """Take on the colours and the motion of the settings; defaults where they are broken."""
        try:
            settings = load_settings()
        except InputError as error:
            settings = Settings()
            self.settings_broken(error)
        self.theme = THEMES[settings.theme or "dark"]
        self.animation_level = "none" if settings.motion == "reduced" else "full"
        try:
            apply_keys(self, settings.keys or {})
        except InputError as error:
            self._warn_once(error)

    def settings_broken(self, error: InputError) -> None:
        """Say that the settings cannot be used; the defaults hold until they are mended."""
        self._warn_once(error)

    def _warn_once(self, error: InputError) -> None:
        """Say it, once."""
        text = f"{error.message} {error.remedy}".strip()
        if text != self._settings_told:
            self._settings_told = text
            self.notify(text, title=error.title, severity="warning", timeout=15, markup=False)

    def begin(self) -> None:
        """Show the first screen."""
        raise NotImplementedError

    def leave(self) -> None:
        """Leave, asking first where there is something to lose."""
        raise NotImplementedError

    def action_command_palette(self) -> None:
        """Everything that can be done now, to search in."""
        from copilot.tui.palette import ActionPalette  # noqa: PLC0415 - not for the first screen

        if not isinstance(self.screen, ActionPalette):
            self.push_screen(ActionPalette())

    async def action_quit(self) -> None:
        """Ctrl+Q asks like ``q``; leaving at once would cut off what is being worked on."""
        self.leave()

    def action_help_quit(self) -> None:
        """Ctrl+C asks as well."""
        self.leave()
