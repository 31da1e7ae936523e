"""What can be done with guides."""

from copilot.i18n import N_
from copilot.tui.keys.action import Action

_HELP = Action("help", "question_mark", "help", N_("Keys"), N_("Show the keys."), footer=1)
_BACK = Action(
    "guides.back", "escape,q", "back", N_("Back"), N_("Back to where you were."), footer=1
)
_SEARCH = Action(
    "guides.search",
    "slash",
    "search",
    N_("Search"),
    N_("Show only what a text stands in; empty shows all again."),
    footer=5,
)
_SAVE = Action(
    "guides.save",
    "ctrl+s",
    "save",
    N_("Save"),
    N_("Write what was changed, whole or not at all."),
    footer=1,
)

GUIDES_ACTIONS: tuple[Action, ...] = (
    Action("guides.open", "enter", "open", N_("Open"), N_("Open the guide."), footer=1),
    Action(
        "guides.proposals",
        "p",
        "proposals",
        N_("Proposals"),
        N_("Walk through what is proposed for the guide, and take it or not."),
        footer=3,
    ),
    Action(
        "guides.raw",
        "f",
        "raw",
        N_("File"),
        N_("Show the YAML file itself, to be changed by hand."),
        footer=5,
    ),
    Action("guides.again", "r", "again", N_("Look again"), N_("List the guides anew."), footer=4),
    _HELP,
    _BACK,
)

GUIDE_ACTIONS: tuple[Action, ...] = (
    Action(
        "guides.change",
        "enter",
        "open",
        N_("Change"),
        N_("Change the text; open or close what has parts."),
        footer=1,
    ),
    Action("guides.unfold", "right", "fold(True)", N_("Open"), N_("Show the parts.")),
    Action(
        "guides.fold",
        "left",
        "fold(False)",
        N_("Close"),
        N_("Hide the parts; again, one level up."),
    ),
    Action(
        "guides.add",
        "a",
        "add",
        N_("Add"),
        N_("Add a text, or a question, point or flag, to the list you are in."),
        footer=2,
    ),
    Action(
        "guides.remove",
        "d,delete",
        "remove",
        N_("Remove"),
        N_("Take the text or item out of the guide; it can be taken back."),
        footer=4,
    ),
    Action("guides.up", "K,shift+up", "move(-1)", N_("Up"), N_("Move it one place up."), footer=8),
    Action(
        "guides.down",
        "J,shift+down",
        "move(1)",
        N_("Down"),
        N_("Move it one place down."),
        footer=8,
    ),
    Action(
        "guides.undo", "u,ctrl+z", "undo", N_("Undo"), N_("Take the last change back."), footer=4
    ),
    Action("guides.redo", "U,ctrl+y", "redo", N_("Redo"), N_("Make it again."), footer=9),
    _SAVE,
    Action(
        "guides.try",
        "t",
        "try",
        N_("Would it count?"),
        N_("Try a sentence against the question you are at, and see why it counts or not."),
        footer=3,
    ),
    Action(
        "guides.language",
        "l",
        "language",
        N_("Language"),
        N_("Show the guide's texts in its other language, laid over by their ids."),
        footer=6,
    ),
    _SEARCH,
    Action(
        "guides.problems",
        "x",
        "problems",
        N_("Problems"),
        N_("List what is wrong and what could be better, and go there."),
        footer=6,
    ),
    Action(
        "guides.proposals",
        "p",
        "proposals",
        N_("Proposals"),
        N_("Walk through what is proposed for the guide, and take it or not."),
        footer=7,
    ),
    Action(
        "guides.raw",
        "f",
        "raw",
        N_("File"),
        N_("Show the YAML file itself, to be changed by hand."),
        footer=9,
    ),
    _HELP,
    _BACK,
)

GUIDE_TRY_ACTIONS: tuple[Action, ...] = (
    Action(
        "guides.try_write",
        "e",
        "write",
        N_("Write"),
        N_("Write another sentence."),
        footer=2,
    ),
    Action(
        "guides.try_says",
        "s",
        "take('says')",
        N_("To says"),
        N_("Add the sentence to what is listened for in the point or flag you are on."),
        footer=2,
    ),
    Action(
        "guides.try_denials",
        "d",
        "take('denials')",
        N_("To denials"),
        N_("Add it to what denies the point or flag."),
        footer=3,
    ),
    Action(
        "guides.try_near_misses",
        "m",
        "take('near_misses')",
        N_("To near misses"),
        N_("Add it to what sounds like the point or flag and is not."),
        footer=3,
    ),
    Action(
        "guides.try_what_if",
        "w",
        "what_if",
        N_("What if"),
        N_("Show what would change if it stood among the says of the point or flag you are on."),
        footer=4,
    ),
    Action(
        "guides.try_next",
        "n",
        "step(1)",
        N_("Next question"),
        N_("Try it with the next question."),
        footer=6,
    ),
    Action(
        "guides.try_previous",
        "p",
        "step(-1)",
        N_("Previous"),
        N_("With the question before."),
        footer=7,
    ),
    _HELP,
    _BACK,
)

GUIDE_PROPOSALS_ACTIONS: tuple[Action, ...] = (
    Action("guides.accept", "y", "accept", N_("Take it"), N_("Write it into the guide."), footer=1),
    Action(
        "guides.accept_edited",
        "e",
        "edit",
        N_("Change it first"),
        N_("Change the text, then write it into the guide."),
        footer=2,
    ),
    Action(
        "guides.refuse",
        "n",
        "refuse",
        N_("Refuse"),
        N_("Leave it out; it is not proposed again."),
        footer=1,
    ),
    Action(
        "guides.skip",
        "s,right",
        "step(1)",
        N_("Skip"),
        N_("To the next; it goes on waiting."),
        footer=2,
    ),
    Action(
        "guides.skip_back", "b,left", "step(-1)", N_("Back one"), N_("To the one before."), footer=5
    ),
    _HELP,
    _BACK,
)

GUIDE_FILE_ACTIONS: tuple[Action, ...] = (
    _SAVE,
    Action(
        "guides.file_back",
        "escape",
        "back",
        N_("Back"),
        N_("Back to where you were."),
        footer=1,
    ),
    Action("guides.file_help", "f1", "help", N_("Keys"), N_("Show the keys."), footer=3),
)
