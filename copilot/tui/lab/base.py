"""What the screens of the lab have in common."""

from pathlib import Path

from copilot.tui.lists.base import LISTS_CSS, ListScreen


class LabScreen(ListScreen):
    """A screen of the lab."""

    CSS_PATH = [*LISTS_CSS, Path(__file__).with_name("lab.tcss")]  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012


def when(began_at: str) -> str:
    """Date and time of day of a run, as they were where it ran."""
    return began_at[:16].replace("T", " ")
