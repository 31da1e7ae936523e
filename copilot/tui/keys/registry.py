"""Every screen's actions in one place: what help, palette, re-mapping and docs are made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from textual.binding import Binding

from copilot.i18n import N_
from copilot.tui.keys.action import Action
from copilot.tui.keys.app import APP_ACTIONS
from copilot.tui.keys.check import CHECK_ACTIONS
from copilot.tui.keys.competencies import COMPETENCY_ACTIONS
from copilot.tui.keys.consent import CONSENT_ACTIONS, CONSENT_TYPING_ACTIONS
from copilot.tui.keys.guides import (
    GUIDE_ACTIONS,
    GUIDE_FILE_ACTIONS,
    GUIDE_PROPOSALS_ACTIONS,
    GUIDE_TRY_ACTIONS,
    GUIDES_ACTIONS,
)
from copilot.tui.keys.lab import (
    LAB_ACTIONS,
    LAB_CASE_ACTIONS,
    LAB_COMPARISON_ACTIONS,
    LAB_RUN_ACTIONS,
)
from copilot.tui.keys.live import LIVE_ACTIONS
from copilot.tui.keys.plan import PLAN_ACTIONS
from copilot.tui.keys.review import REVIEW_ACTIONS
from copilot.tui.keys.settings import SETTINGS_ACTIONS
from copilot.tui.keys.start import (
    FETCH_ACTIONS,
    NEW_ACTIONS,
    PICK_ACTIONS,
    SESSIONS_ACTIONS,
    SOUND_ACTIONS,
    START_ACTIONS,
)
from copilot.tui.keys.transcript import TRANSCRIPT_ACTIONS


@dataclass(frozen=True, slots=True)
class ScreenKeys:
    """The actions of one screen; those of every screen go with them.

    Attributes:
        name: Stable name.
        title: What people call the screen.
        actions: What can be done on it.
        panes: What can be done in panes of it that stand on other screens, too.
    """

    name: str
    title: str
    actions: tuple[Action, ...]
    panes: tuple[Action, ...] = ()


SCREENS: tuple[ScreenKeys, ...] = (
    ScreenKeys("live", N_("Live interview"), LIVE_ACTIONS, TRANSCRIPT_ACTIONS),
    ScreenKeys("start", N_("Start"), START_ACTIONS),
    ScreenKeys("new", N_("New interview"), NEW_ACTIONS),
    ScreenKeys("plan", N_("Plan"), PLAN_ACTIONS),
    ScreenKeys("sound", N_("Inputs"), SOUND_ACTIONS),
    ScreenKeys("consent", N_("Consent"), CONSENT_ACTIONS + CONSENT_TYPING_ACTIONS),
    ScreenKeys("check", N_("Sound check"), CHECK_ACTIONS),
    ScreenKeys("review", N_("Review"), REVIEW_ACTIONS, TRANSCRIPT_ACTIONS),
    ScreenKeys("competencies", N_("Competencies"), COMPETENCY_ACTIONS),
    ScreenKeys("sessions", N_("Stored interviews"), SESSIONS_ACTIONS),
    ScreenKeys("guides", N_("Guides"), GUIDES_ACTIONS),
    ScreenKeys("guide", N_("A guide"), GUIDE_ACTIONS),
    ScreenKeys("guide-try", N_("Would this count?"), GUIDE_TRY_ACTIONS),
    ScreenKeys("guide-proposals", N_("Proposals for a guide"), GUIDE_PROPOSALS_ACTIONS),
    ScreenKeys("guide-file", N_("A guide's file"), GUIDE_FILE_ACTIONS),
    ScreenKeys("lab", N_("Lab"), LAB_ACTIONS),
    ScreenKeys("lab-run", N_("A run of the lab"), LAB_RUN_ACTIONS),
    ScreenKeys("lab-comparison", N_("Two runs of the lab"), LAB_COMPARISON_ACTIONS),
    ScreenKeys("lab-case", N_("A case of the lab"), LAB_CASE_ACTIONS),
    ScreenKeys("settings", N_("Settings"), SETTINGS_ACTIONS),
    ScreenKeys("pick", N_("Choosing from a list"), PICK_ACTIONS),
    ScreenKeys("fetch", N_("Fetching a speech model"), FETCH_ACTIONS),
    ScreenKeys("transcript", N_("In a transcript"), TRANSCRIPT_ACTIONS),
    ScreenKeys("app", N_("Every screen"), APP_ACTIONS),
)

_ASKING = N_("What to ask")
_JUDGING = N_("Ratings, findings and notes")
_HEARING = N_("Sound and language")
_READING = N_("Reading and listening")
_THIS_APP = N_("The app")
#: Headings of the help in their order, by what actions are about.
_HEADINGS = {
    "suggestion": _ASKING,
    "topic": _ASKING,
    "question": N_("Questions"),
    "rating": _JUDGING,
    "finding": _JUDGING,
    "note": _JUDGING,
    "mark": _JUDGING,
    "transcript": _READING,
    "play": _READING,
    "search": _READING,
    "text": _READING,
    "show": _READING,
    "speaker": _HEARING,
    "capture": _HEARING,
    "language": _HEARING,
    "start": N_("Interviews"),
    "new": N_("New interview"),
    "plan": N_("Plan"),
    "sound": N_("Inputs"),
    "sessions": N_("Stored interviews"),
    "guides": N_("Guides"),
    "lab": N_("Lab"),
    "settings": N_("Settings"),
    "pick": N_("Choosing from a list"),
    "fetch": N_("Fetching a speech model"),
    "consent": N_("Consent"),
    "check": N_("Sound check"),
    "report": _THIS_APP,
    "help": _THIS_APP,
    "quit": _THIS_APP,
    "palette": _THIS_APP,
}


@cache
def actions_by_id() -> dict[str, Action]:
    """Every action there is, by its id; one that several screens have stands for all of them."""
    found: dict[str, Action] = {}
    for screen in SCREENS:
        for action in screen.actions:
            found.setdefault(action.id, action)
    return found


def action_of(binding: Binding) -> Action | None:
    """The action that a binding was made from; None where it is none of ours."""
    return _actions_by_binding().get((binding.id or "", binding.action, binding.description))


@cache
def _actions_by_binding() -> dict[tuple[str, str, str], Action]:
    actions = [action for screen in SCREENS for action in screen.actions]
    return {(action.id, action.method, action.label): action for action in actions}


def grouped(actions: Iterable[Action]) -> dict[str, list[Action]]:
    """Actions under their headings, which are still to be looked up; the app's own come last."""
    groups: dict[str, list[Action]] = {heading: [] for heading in _HEADINGS.values()}
    for action in actions:
        groups[_HEADINGS.get(action.about, _THIS_APP)].append(action)
    return {heading: members for heading, members in groups.items() if members}
