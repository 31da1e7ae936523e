"""The footer with the keys, which drops what does not fit instead of cutting it off."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Footer, Static
from textual.widgets._footer import FooterKey

from copilot.i18n import _
from copilot.tui.keys.action import Action
from copilot.tui.keys.app import APP_ACTIONS
from copilot.tui.keys.in_force import shown_key


class KeyFooter(Footer):
    """Shows the keys that can be pressed now; where it is narrow, the dispensable ones go first."""

    DEFAULT_CSS: ClassVar[str] = """
    KeyFooter Static { width: auto; margin-right: 1; color: $footer-description-foreground; }
    """

    def __init__(self, actions: tuple[Action, ...]) -> None:
        """Make the footer of one screen.

        Args:
            actions: Everything that can be done on the screen.
        """
        super().__init__(compact=True, show_command_palette=False)
        self._actions = {action.method: action for action in (*actions, *APP_ACTIONS)}

    def compose(self) -> ComposeResult:
        """The keys, as many as fit."""
        keys = [key for key in super().compose() if isinstance(key, FooterKey)]
        keys.sort(key=self._place)
        for key in keys:
            self._put_in_words(key)
        while keys and sum(map(_width, keys)) > self.size.width:
            # Of equals the last goes.
            keys.remove(max(reversed(keys), key=self._rank))
        for key in keys:
            yield self._shown(key)

    async def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - as Textual calls it
        """Another width has room for other keys."""
        self.call_after_refresh(self.recompose)

    def _rank(self, key: FooterKey) -> int:
        action = self._actions.get(key.action)
        return 1 if action is None else action.footer

    def _place(self, key: FooterKey) -> int:
        return list(self._actions).index(key.action) if key.action in self._actions else -1

    def _put_in_words(self, key: FooterKey) -> None:
        """Name the key as the user has it, in the interface's language."""
        action = self._actions.get(key.action)
        if action is not None:
            key.key_display = shown_key(action)
            key.description = _(action.label)
            key.tooltip = _(action.help)

    def _shown(self, key: FooterKey) -> Widget:
        action = self._actions.get(key.action)
        if action is None or not action.shown_as or key.key_display != action.shown_as:
            return key
        # It stands for several keys, so a click could only press a wrong one.
        return Static(
            Content.assemble(
                (key.key_display, "bold $footer-key-foreground"), f" {key.description}"
            )
        )


def _width(key: FooterKey) -> int:
    return len(key.key_display) + len(key.description) + 2
