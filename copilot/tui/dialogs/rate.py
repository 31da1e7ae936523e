"""Rating an answer with what each rating looks like before one's eyes."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from copilot.events import PlannedQuestion
from copilot.i18n import _


class RateDialog(ModalScreen[int | None]):
    """Gives back the rating, 1 to 4, or 0 to take it back; None where it was left."""

    BINDINGS: ClassVar = [
        *((str(rating), f"rate({rating})", str(rating)) for rating in range(5)),
        ("escape,q,a", "cancel", "Cancel"),
    ]

    def __init__(self, question: PlannedQuestion, given: int | None) -> None:
        """Ask for a rating.

        Args:
            question: The one whose answer is rated.
            given: The rating that stands.
        """
        super().__init__()
        self._question = question
        self._given = given

    def compose(self) -> ComposeResult:
        """The four ratings, each with its anchor."""
        with VerticalScroll(classes="dialog"):
            yield Label(self._question.label, classes="title", markup=False)
            anchors = self._question.anchors
            for rating in range(1, 5):
                words = anchors[rating - 1] if rating <= len(anchors) else ""
                mark = "▸" if rating == self._given else " "
                yield Static(Content.assemble((f"{mark}{rating}  ", "bold $text-accent"), words))
            if not anchors:
                nothing = _("The guide does not say what each rating looks like here.")
                yield Label(nothing, classes="quiet", markup=False)
            yield Label(_("1 to 4 rate   0 takes it back   Esc leaves"), classes="keys")

    def action_rate(self, rating: int) -> None:
        """Give the rating back."""
        self.dismiss(rating)

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)
