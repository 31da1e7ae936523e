"""Everything the user can do, once: keys, footer, help and docs are made from this list."""

from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the user can do on the live screen.

    Attributes:
        id: Stable name, by which a key can be changed.
        key: The key.
        method: Name of the action method.
        label: One or two words for the footer.
        help: What it does, in a sentence.
        in_footer: Whether the footer shows it.
    """

    id: str
    key: str
    method: str
    label: str
    help: str
    in_footer: bool = True


LIVE_ACTIONS: tuple[Action, ...] = (
    Action(
        "suggestion.take",
        "t",
        "take_suggestion",
        "Take",
        "You will ask the suggestion; it counts as asked.",
    ),
    Action(
        "suggestion.skip",
        "s",
        "skip_suggestion",
        "Next one",
        "Not this suggestion; show the next one.",
    ),
    Action(
        "suggestion.dismiss",
        "x",
        "dismiss_suggestions",
        "Dismiss",
        "No more suggestions for this question.",
    ),
    Action(
        "question.choose",
        "g",
        "choose_question",
        "Question",
        "Choose which question is being answered; what was said since the last turn moves along.",
    ),
    Action(
        "question.next",
        "n",
        "next_question",
        "Next",
        "The next question of the plan is being asked; the answer until now stays where it is.",
        in_footer=False,
    ),
    Action(
        "question.previous",
        "p",
        "previous_question",
        "Previous",
        "Back to the question before in the plan.",
        in_footer=False,
    ),
    Action(
        "transcript.older",
        "pageup",
        "older",
        "Older",
        "Scroll the transcript back; it then stays where it is.",
        in_footer=False,
    ),
    Action(
        "transcript.newer",
        "pagedown",
        "newer",
        "Newer",
        "Scroll the transcript on; at its end it follows again.",
        in_footer=False,
    ),
    Action("help", "question_mark", "help", "Keys", "Show the keys and signs."),
    Action("quit", "q", "leave", "End", "End the session; asks once."),
)


def bindings(actions: tuple[Action, ...]) -> list[BindingType]:
    """The actions as Textual bindings."""
    return [
        Binding(
            action.key,
            action.method,
            action.label,
            show=action.in_footer,
            id=action.id,
            tooltip=action.help,
            key_display=key_name(action.key),
        )
        for action in actions
    ]


def key_name(key: str) -> str:
    """A key as people write it."""
    return {"question_mark": "?", "pageup": "PgUp", "pagedown": "PgDn"}.get(key, key)
