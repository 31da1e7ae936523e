"""What can be done on every screen."""

from copilot.i18n import N_
from copilot.tui.keys.action import Action

APP_ACTIONS: tuple[Action, ...] = (
    Action(
        "palette",
        "ctrl+p",
        "command_palette",
        N_("All"),
        N_("Search everything that can be done now, and do it."),
        footer=10,
    ),
)
