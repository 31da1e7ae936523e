"""What an action is, and the keys of a list of them."""

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
