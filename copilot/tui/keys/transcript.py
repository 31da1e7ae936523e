"""What can be done in a transcript that has the focus."""

from copilot.i18n import N_
from copilot.tui.keys.action import Action

TRANSCRIPT_ACTIONS: tuple[Action, ...] = (
    Action("transcript.up", "up", "cursor_up", N_("Up"), N_("To the line before.")),
    Action("transcript.down", "down", "cursor_down", N_("Down"), N_("To the next line.")),
    Action("transcript.select", "enter", "select", N_("Choose"), N_("Choose this line.")),
    Action("transcript.page_up", "pageup", "older", N_("Older"), N_("One page back.")),
    Action("transcript.page_down", "pagedown", "newer", N_("Newer"), N_("One page on.")),
    Action("transcript.oldest", "home", "oldest", N_("To the beginning"), N_("To the beginning.")),
    Action(
        "transcript.newest", "end", "newest", N_("To the end"), N_("To the end; it then follows.")
    ),
)
