"""What can be done in the settings."""

from copilot.i18n import N_
from copilot.tui.keys.action import Action

SETTINGS_ACTIONS: tuple[Action, ...] = (
    Action(
        "settings.open", "enter", "open", N_("Change"), N_("Change what is highlighted."), footer=1
    ),
    Action("settings.less", "left", "turn(-1)", N_("Other"), N_("The value before."), footer=4),
    Action("settings.more", "right", "turn(1)", N_("Other"), N_("The next value.")),
    Action("help", "question_mark", "help", N_("Keys"), N_("Show the keys."), footer=2),
    Action(
        "settings.back", "escape,q", "back", N_("Back"), N_("Back; changes are kept."), footer=1
    ),
)
