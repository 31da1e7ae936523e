"""What can be done while the set-up is checked."""

from copilot.tui.keys.action import Action

CHECK_ACTIONS: tuple[Action, ...] = (
    Action("check.skip", "enter,escape,space", "skip", "Skip", "Start without it.", footer=1),
    Action("check.again", "r", "again", "Check again", "Check once more.", footer=1),
    Action("check.start", "enter", "start", "Start anyway", "Start as it is.", footer=1),
    Action("check.leave", "q", "leave", "Leave", "Leave without a session.", footer=1),
)
