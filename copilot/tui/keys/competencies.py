"""What can be done where competencies are rated."""

from copilot.i18n import N_
from copilot.tui.keys.action import Action

COMPETENCY_ACTIONS: tuple[Action, ...] = (
    *(
        Action(
            f"rating.competency_{rating}",
            str(rating),
            f"rate({rating})",
            N_("Rate"),
            N_("Rate the competency from 1 to 4."),
            footer=2 if rating == 1 else 0,
            shown_as="1-4" if rating == 1 else "",
        )
        for rating in (1, 2, 3, 4)
    ),
    Action(
        "rating.competency_none",
        "0",
        "rate(0)",
        N_("Unrate"),
        N_("Take the rating back; what you saw stays seen."),
    ),
    Action(
        "rating.competency_not_enough",
        "u",
        "unrated('not_enough')",
        N_("Not enough"),
        N_("Say that there was not enough to tell; this counts as judged."),
        footer=3,
    ),
    Action(
        "rating.competency_not_asked",
        "x",
        "unrated('not_asked')",
        N_("Not asked"),
        N_("Say that nothing was asked about it; this counts as judged."),
        footer=4,
    ),
    Action(
        "rating.competency_anchors",
        "a,enter",
        "anchors",
        N_("Anchors"),
        N_("Show what each rating means and what you judged before; rate there, and say why."),
        footer=3,
    ),
    Action(
        "help.competencies",
        "question_mark",
        "help",
        N_("Keys"),
        N_("Show the keys and signs."),
        footer=1,
    ),
    Action(
        "quit.competencies",
        "escape,c,q",
        "leave",
        N_("Back"),
        N_("Back to the questions; all is kept."),
        footer=1,
    ),
)
