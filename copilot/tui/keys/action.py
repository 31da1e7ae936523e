"""What an action is, and the keys of a list of them."""

from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the user can do on a screen.

    Attributes:
        id: Stable name, by which a key can be changed; up to the first dot, what it is about.
        key: The keys that ship, with commas between them, the one to show first.
        method: Name of the action method, with its argument where it takes one.
        label: One or two words for the footer.
        help: What it does, in a sentence.
        footer: 0 keeps it out of the footer; otherwise 1 is the last that a narrow footer drops.
        shown_as: What is shown instead of the key, where it stands for several actions.
    """

    id: str
    key: str
    method: str
    label: str
    help: str
    footer: int = 0
    shown_as: str = ""

    @property
    def about(self) -> str:
        """What it is about, such as ``suggestion``."""
        return self.id.split(".", maxsplit=1)[0]


def bindings(actions: tuple[Action, ...]) -> list[BindingType]:
    """The actions as Textual bindings; which key is shown, the footer asks when it draws."""
    return [
        Binding(action.key, action.method, action.label, show=action.footer > 0, id=action.id)
        for action in actions
    ]
