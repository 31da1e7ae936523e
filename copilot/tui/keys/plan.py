"""What can be done with the plan of an interview."""

from copilot.i18n import N_
from copilot.tui.keys.action import Action

PLAN_ACTIONS: tuple[Action, ...] = (
    Action(
        "plan.toggle",
        "space,enter",
        "open",
        N_("In or out"),
        N_("Take the question into the plan, or leave it out."),
        footer=2,
    ),
    Action(
        "plan.up", "K,shift+up", "move(-1)", N_("Up"), N_("Ask the question earlier."), footer=3
    ),
    Action(
        "plan.down", "J,shift+down", "move(1)", N_("Down"), N_("Ask the question later."), footer=3
    ),
    Action(
        "plan.less",
        "left,minus",
        "turn(-1)",
        N_("Less time"),
        N_("A minute less for the question."),
        footer=4,
    ),
    Action(
        "plan.more",
        "right,plus",
        "turn(1)",
        N_("More time"),
        N_("A minute more for the question."),
        footer=4,
    ),
    Action(
        "plan.probes_more",
        "f",
        "probes(1)",
        N_("Follow-ups"),
        N_("One follow-up more under each question before the next one is suggested."),
        footer=6,
    ),
    Action("plan.probes_less", "F", "probes(-1)", N_("Follow-ups"), N_("One follow-up less.")),
    Action(
        "plan.longer", "t", "length(5)", N_("Length"), N_("Five minutes more in all."), footer=7
    ),
    Action("plan.shorter", "T", "length(-5)", N_("Length"), N_("Five minutes less in all.")),
    Action(
        "plan.reset",
        "u",
        "reset",
        N_("As in the guide"),
        N_("Back to the guide's own order and minutes, as many questions as fit."),
        footer=8,
    ),
    Action(
        "plan.named",
        "p",
        "named",
        N_("Named plans"),
        N_("Take the role's next plan that was kept under a name."),
        footer=9,
    ),
    Action(
        "plan.keep",
        "w",
        "keep",
        N_("Keep as"),
        N_("Keep this plan under a name, for other interviews and the command line."),
        footer=9,
    ),
    Action("help", "question_mark", "help", N_("Keys"), N_("Show the keys."), footer=2),
    Action("plan.back", "escape,q", "back", N_("Done"), N_("Use this plan."), footer=1),
)
