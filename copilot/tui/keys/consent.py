"""What can be done while consent is asked for."""

from copilot.i18n import N_
from copilot.tui.keys.action import Action

CONSENT_ACTIONS: tuple[Action, ...] = (
    Action("consent.given", "y", "give", N_("Agreed"), N_("The candidate agrees."), footer=1),
    Action(
        "consent.declined",
        "n",
        "decline",
        N_("Declined"),
        N_("The candidate declines: no sound is opened; plan, timer, notes and ratings work."),
        footer=1,
    ),
    Action("consent.edit", "e", "edit", N_("Edit"), N_("Change the wording."), footer=2),
    Action(
        "consent.name", "tab", "name", N_("Name"), N_("Change who records the decision."), footer=3
    ),
    Action("help", "question_mark", "help", N_("Keys"), N_("Show the keys."), footer=4),
    Action(
        "consent.leave", "q,escape", "leave", N_("Leave"), N_("Leave without a session."), footer=1
    ),
)

CONSENT_TYPING_ACTIONS: tuple[Action, ...] = (
    Action(
        "consent.keep",
        "ctrl+s",
        "keep",
        N_("Keep for next time too"),
        N_("Use this wording now, and every time from now on."),
        footer=1,
    ),
    Action(
        "consent.back",
        "escape",
        "back",
        N_("Back"),
        N_("Use what is written, this once."),
        footer=1,
    ),
)
