"""What can be done in the lab."""

from copilot.i18n import N_
from copilot.tui.keys.action import Action

_HELP = Action("help", "question_mark", "help", N_("Keys"), N_("Show the keys."), footer=2)
_BACK = Action("lab.back", "escape,q", "back", N_("Back"), N_("Back to where you were."), footer=1)
_FILTER = (
    Action("lab.filter", "f", "step_filter(1)", N_("Filter"), N_("The next filter."), footer=2),
    Action("lab.filter_back", "F", "step_filter(-1)", N_("Filter back"), N_("The filter before.")),
)
_NEXT_DIFFERENCE = Action(
    "lab.difference",
    "d",
    "next_difference",
    N_("Next difference"),
    N_("To the next case that went otherwise in one than in the other."),
    footer=3,
)
_SEARCH = Action(
    "lab.search",
    "slash",
    "search",
    N_("Search"),
    N_("Show only cases in which a text stands; empty shows all again."),
    footer=4,
)

LAB_ACTIONS: tuple[Action, ...] = (
    Action("lab.open", "enter", "open", N_("Open"), N_("Open the run."), footer=1),
    Action(
        "lab.mark",
        "a",
        "mark",
        N_("This is A"),
        N_("Take the run as A, to compare another with it; again, and it is none."),
        footer=2,
    ),
    Action(
        "lab.compare",
        "b",
        "compare",
        N_("Compare as B"),
        N_("Compare the run with A; with the one before it of its suite where none is A."),
        footer=2,
    ),
    Action("lab.again", "r", "again", N_("Look again"), N_("List the runs anew."), footer=4),
    _HELP,
    _BACK,
)

LAB_RUN_ACTIONS: tuple[Action, ...] = (
    Action("lab.open_case", "enter", "open", N_("Open"), N_("Open the case."), footer=1),
    *_FILTER,
    _NEXT_DIFFERENCE,
    Action(
        "lab.figures",
        "i",
        "figures",
        N_("Figures"),
        N_("Show all figures of the run, with their intervals."),
        footer=3,
    ),
    Action(
        "lab.compare_variants",
        "c",
        "compare_variants",
        N_("Compare variants"),
        N_("Compare two variants of this run with each other."),
        footer=5,
    ),
    _SEARCH,
    _HELP,
    _BACK,
)

LAB_COMPARISON_ACTIONS: tuple[Action, ...] = (
    Action("lab.open_case", "enter", "open", N_("Open"), N_("Open the case."), footer=1),
    *_FILTER,
    _NEXT_DIFFERENCE,
    Action(
        "lab.variants",
        "v",
        "step_variants",
        N_("Variants"),
        N_("To the next two variants that were compared."),
        footer=3,
    ),
    _SEARCH,
    _HELP,
    _BACK,
)

LAB_CASE_ACTIONS: tuple[Action, ...] = (
    Action("lab.next", "n", "step(1)", N_("Next"), N_("To the next case of the list."), footer=3),
    Action("lab.previous", "p", "step(-1)", N_("Previous"), N_("To the case before."), footer=5),
    _NEXT_DIFFERENCE,
    Action(
        "lab.good", "g", "label('good')", N_("Good"), N_("Say that the output is good."), footer=2
    ),
    Action("lab.bad", "b", "label('bad')", N_("Bad"), N_("Say that the output is bad."), footer=2),
    Action(
        "lab.unlabel",
        "u",
        "label('clear')",
        N_("Unlabel"),
        N_("Take back what you said of the output."),
        footer=8,
    ),
    Action(
        "lab.note",
        "m",
        "note",
        N_("Note"),
        N_("Say in a line why the output is good or bad."),
        footer=7,
    ),
    Action("lab.left", "left", "side(0)", N_("Column"), N_("To the left or upper output.")),
    Action("lab.right", "right", "side(1)", N_("Column"), N_("To the right or lower output.")),
    Action(
        "lab.other",
        "v",
        "other",
        N_("Other output"),
        N_("Show another output in the column you are in, where there are more than two."),
        footer=4,
    ),
    Action(
        "lab.whole",
        "j",
        "whole",
        N_("Whole output"),
        N_("Show the whole output, or its text alone."),
        footer=6,
    ),
    Action(
        "lab.prompts",
        "s",
        "prompts",
        N_("Prompts"),
        N_("Show the prompts the outputs were asked with, and how they differ."),
        footer=5,
    ),
    _HELP,
    _BACK,
)
