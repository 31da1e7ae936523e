"""What can be done on the start screen and on those it leads to."""

from copilot.i18n import N_
from copilot.tui.keys.action import Action

_HELP = Action("help", "question_mark", "help", N_("Keys"), N_("Show the keys."), footer=2)

START_ACTIONS: tuple[Action, ...] = (
    Action("start.open", "enter", "open", N_("Choose"), N_("Do what is highlighted."), footer=1),
    Action("start.new", "n", "go('new')", N_("New"), N_("Prepare a new interview."), footer=4),
    Action(
        "start.resume",
        "r",
        "go('resume')",
        N_("Resume"),
        N_("Go on with an interview that was interrupted."),
        footer=5,
    ),
    Action(
        "start.review", "v", "go('review')", N_("Review"), N_("Open a stored interview."), footer=6
    ),
    Action(
        "start.rehearse",
        "h",
        "go('rehearse')",
        N_("Rehearse"),
        N_("Hear a recording as if it were a call, without a microphone."),
        footer=8,
    ),
    Action(
        "start.guides",
        "g",
        "go('guides')",
        N_("Guides"),
        N_("Look at the guides and change them."),
        footer=8,
    ),
    Action("start.lab", "l", "go('lab')", N_("Lab"), N_("Show the runs of the lab."), footer=9),
    Action(
        "start.settings", "s", "go('settings')", N_("Settings"), N_("Change settings."), footer=7
    ),
    _HELP,
    Action("start.quit", "q,escape", "quit_app", N_("Quit"), N_("Leave the app."), footer=1),
)

NEW_ACTIONS: tuple[Action, ...] = (
    Action("new.open", "enter", "open", N_("Change"), N_("Change what is highlighted."), footer=1),
    Action(
        "new.less",
        "left",
        "turn(-1)",
        N_("Other"),
        N_("The value before, or less of it."),
        footer=5,
    ),
    Action("new.more", "right", "turn(1)", N_("Other"), N_("The next value, or more of it.")),
    Action(
        "new.begin",
        "b,ctrl+s",
        "begin",
        N_("Begin"),
        N_("Go on to the notice that is read out; nothing is opened before it is answered."),
        footer=2,
    ),
    _HELP,
    Action("new.back", "escape,q", "back", N_("Back"), N_("Back to the start screen."), footer=1),
)

SESSIONS_ACTIONS: tuple[Action, ...] = (
    Action("sessions.open", "enter", "open", N_("Open"), N_("Open the interview."), footer=1),
    _HELP,
    Action(
        "sessions.back", "escape,q", "back", N_("Back"), N_("Back to the start screen."), footer=1
    ),
)

PICK_ACTIONS: tuple[Action, ...] = (
    Action("pick.open", "enter", "open", N_("Choose"), N_("Choose what is highlighted."), footer=1),
    Action("pick.back", "escape,q", "back", N_("Back"), N_("Leave it as it is."), footer=1),
)

SOUND_ACTIONS: tuple[Action, ...] = (
    Action("sound.open", "enter", "open", N_("Change"), N_("Choose another input."), footer=1),
    Action("sound.less", "left", "turn(-1)", N_("Other"), N_("The input before it."), footer=5),
    Action("sound.more", "right", "turn(1)", N_("Other"), N_("The next input.")),
    Action(
        "sound.levels",
        "l",
        "levels",
        N_("Levels"),
        N_(
            "Open the chosen inputs and show how loud they are; nothing is kept. Again closes them."
        ),
        footer=2,
    ),
    Action("sound.again", "r", "again", N_("Look again"), N_("List the inputs anew."), footer=4),
    _HELP,
    Action("sound.back", "escape,q", "back", N_("Done"), N_("Use these inputs."), footer=1),
)

FETCH_ACTIONS: tuple[Action, ...] = (
    Action("fetch.start", "f,enter", "fetch", N_("Fetch it"), N_("Fetch the model now."), footer=1),
    Action("fetch.back", "escape,q", "back", N_("Back"), N_("Not now."), footer=1),
)
