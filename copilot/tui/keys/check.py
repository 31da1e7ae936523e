"""What can be done while the set-up is checked."""

from copilot.i18n import N_
from copilot.tui.keys.action import Action

CHECK_ACTIONS: tuple[Action, ...] = (
    Action(
        "check.skip", "enter,escape,space", "skip", N_("Skip"), N_("Start without it."), footer=1
    ),
    Action("check.again", "r", "again", N_("Check again"), N_("Check once more."), footer=1),
    Action("check.start", "enter", "start", N_("Start anyway"), N_("Start as it is."), footer=1),
    Action("help", "question_mark", "help", N_("Keys"), N_("Show the keys."), footer=2),
    Action("check.leave", "q", "leave", N_("Leave"), N_("Leave without a session."), footer=1),
)
