"""What the screens of the guides have in common."""

from pathlib import Path, PurePath

from copilot.tui.lists.base import LISTS_CSS, ListScreen

GUIDES_CSS: list[str | PurePath] = [*LISTS_CSS, Path(__file__).with_name("guides.tcss")]


class GuidesBase(ListScreen):
    """A screen of the guides."""

    CSS_PATH = GUIDES_CSS
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
