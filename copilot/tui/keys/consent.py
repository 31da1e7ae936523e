"""What can be done while consent is asked for."""

from copilot.tui.keys.action import Action

CONSENT_ACTIONS: tuple[Action, ...] = (
    Action("consent.given", "y", "give", "Agreed", "The candidate agrees.", footer=1),
    Action(
        "consent.declined",
        "n",
        "decline",
        "Declined",
        "The candidate declines: no sound is opened; plan, timer, notes and ratings work.",
        footer=1,
    ),
    Action("consent.edit", "e", "edit", "Edit", "Change the wording.", footer=2),
    Action("consent.name", "tab", "name", "Name", "Change who records the decision.", footer=3),
    Action("consent.leave", "q,escape", "leave", "Leave", "Leave without a session.", footer=1),
)

CONSENT_TYPING_ACTIONS: tuple[Action, ...] = (
    Action(
        "consent.keep",
        "ctrl+s",
        "keep",
        "Keep for next time too",
        "Use this wording now, and every time from now on.",
        footer=1,
    ),
    Action("consent.back", "escape", "back", "Back", "Use what is written, this once.", footer=1),
)
