"""The last line of a dialog: its keys, each of which a click does as well."""

from textual.content import Content
from textual.style import Style
from textual.widgets import Static


class KeyLine(Static, can_focus=False):
    """Keys side by side."""

    def __init__(self, *keys: tuple[str, str]) -> None:
        """Make the line.

        Args:
            keys: What each key does, in words, and the screen's action of it; empty where there is
                nothing to click.
        """
        super().__init__(classes="keys", markup=False)
        self._keys = keys

    def on_mount(self) -> None:
        """Write the keys."""
        self.update(Content("  ").join(_key(text, action) for text, action in self._keys))


def _key(text: str, action: str) -> Content:
    content = Content(text)
    return content.stylize(Style.from_meta({"@click": f"screen.{action}"})) if action else content
