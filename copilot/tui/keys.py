"""Everything the user can do, once: keys, footer, help and docs are made from these lists."""

from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the user can do on a screen.

    Attributes:
        id: Stable name, by which a key can be changed.
        key: The key, or several with commas between them, the one to show first.
        method: Name of the action method, with its argument where it takes one.
        label: One or two words for the footer.
        help: What it does, in a sentence.
        footer: 0 keeps it out of the footer; otherwise 1 is the last that a narrow footer drops.
        shown_as: What the footer shows instead of the key, where it stands for several actions.
    """

    id: str
    key: str
    method: str
    label: str
    help: str
    footer: int = 0
    shown_as: str = ""


_RATINGS = tuple(
    Action(
        f"rating.{rating}",
        str(rating),
        f"rate({rating})",
        "Rate",
        f"Rate the answer to the current question {rating} of 4.",
        footer=4 if rating == 1 else 0,
        shown_as="1-4" if rating == 1 else "",
    )
    for rating in (1, 2, 3, 4)
)

LIVE_ACTIONS: tuple[Action, ...] = (
    Action(
        "speaker.switch",
        "space",
        "switch_speaker",
        "Speaker",
        "With one microphone for both: the other one speaks now.",
        footer=3,
    ),
    Action(
        "suggestion.take",
        "t",
        "take_suggestion",
        "Take",
        "You will ask the suggestion; it counts as asked.",
        footer=7,
    ),
    Action(
        "suggestion.skip",
        "s",
        "skip_suggestion",
        "Next one",
        "Not this suggestion; show the next one.",
        footer=8,
    ),
    Action(
        "suggestion.dismiss",
        "x",
        "dismiss_suggestions",
        "Dismiss",
        "No more suggestions for this question.",
        footer=9,
    ),
    Action(
        "topic.dismiss",
        "escape",
        "dismiss_topic",
        "Put away",
        "Put the warning about an off-limits topic away; it goes by itself as well.",
    ),
    Action(
        "question.choose",
        "g",
        "choose_question",
        "Question",
        "Choose which question is being answered; what was said since the last turn moves along.",
        footer=6,
    ),
    Action(
        "question.next",
        "n",
        "next_question",
        "Next",
        "The next question of the plan is being asked; the answer until now stays where it is.",
    ),
    Action(
        "question.previous",
        "p",
        "previous_question",
        "Previous",
        "Back to the question before in the plan.",
    ),
    Action(
        "note",
        "m",
        "note",
        "Note",
        "Write a line; it is tied to the moment at which you began.",
        footer=5,
    ),
    *_RATINGS,
    Action(
        "rating.none",
        "0",
        "rate(0)",
        "Unrate",
        "Take the rating of the current question back.",
    ),
    Action(
        "capture.pause",
        "o",
        "pause",
        "Pause",
        "Off the record: nothing is heard or kept until you press it again.",
        footer=2,
    ),
    Action(
        "capture.swap",
        "w",
        "swap",
        "Swap",
        "You and the candidate are mixed up: exchange the sides; asks once.",
    ),
    Action(
        "language.switch",
        "l",
        "switch_language",
        "Language",
        "The other language, English or French, is spoken from now on.",
    ),
    Action(
        "transcript.older",
        "pageup",
        "older",
        "Older",
        "Scroll the transcript back; it then stays where it is.",
    ),
    Action(
        "transcript.newer",
        "pagedown",
        "newer",
        "Newer",
        "Scroll the transcript on; at its end it follows again.",
    ),
    Action("help", "question_mark", "help", "Keys", "Show the keys and signs.", footer=1),
    Action("quit", "q", "leave", "End", "End the session; asks once.", footer=1),
)

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

CHECK_ACTIONS: tuple[Action, ...] = (
    Action("check.skip", "enter,escape,space", "skip", "Skip", "Start without it.", footer=1),
    Action("check.again", "r", "again", "Check again", "Check once more.", footer=1),
    Action("check.start", "enter", "start", "Start anyway", "Start as it is.", footer=1),
    Action("check.leave", "q", "leave", "Leave", "Leave without a session.", footer=1),
)


def bindings(actions: tuple[Action, ...]) -> list[BindingType]:
    """The actions as Textual bindings."""
    return [
        Binding(
            action.key,
            action.method,
            action.label,
            show=action.footer > 0,
            id=action.id,
            tooltip=action.help,
            key_display=action.shown_as or key_name(action.key),
        )
        for action in actions
    ]


_KEY_NAMES = {
    "question_mark": "?",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "ctrl+s": "Ctrl+S",
}


def key_name(key: str) -> str:
    """A key as people write it; the first where there are several."""
    first = key.split(",", maxsplit=1)[0]
    return _KEY_NAMES.get(first, first)
