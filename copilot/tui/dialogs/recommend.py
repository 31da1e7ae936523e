"""What the human recommends on the whole; the machine proposes nothing."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Label

from copilot.events import Recommendation, Recommended
from copilot.i18n import _
from copilot.tui.dialogs.reasoned import Choice, ReasonedDialog, history
from copilot.tui.judgements import RECOMMENDATIONS

_KEYS = {
    Recommendation.STRONG_NO: "N",
    Recommendation.NO: "n",
    Recommendation.UNDECIDED: "u",
    Recommendation.YES: "y",
    Recommendation.STRONG_YES: "Y",
}
_NONE = "0"


class RecommendDialog(ReasonedDialog[tuple[Recommendation | None, str]]):
    """Gives back the recommendation and why; None inside takes it back, None alone leaves it."""

    BINDINGS: ClassVar = [
        *((key, f"choose('{each}')", each) for each, key in _KEYS.items()),
        (_NONE, f"choose('{_NONE}')", _NONE),
        ("q,o", "cancel", "Cancel"),
    ]

    def __init__(
        self, stands: Recommended | None, *, open_parts: str, earlier: Sequence[str]
    ) -> None:
        """Ask for the recommendation.

        Args:
            stands: The one that stands; None for none.
            open_parts: What has not been judged yet, in words; empty where all is.
            earlier: Those before it, in words, the latest first.
        """
        choices = [Choice(each, _KEYS[each], _(word)) for each, word in RECOMMENDATIONS.items()]
        if stands is not None:
            choices.append(Choice(_NONE, _NONE, _("take it back")))
        super().__init__(
            choices,
            stands=None if stands is None else stands.recommendation,
            reason="" if stands is None else stands.reason,
        )
        self._open_parts, self._earlier = open_parts, earlier

    def above(self) -> ComposeResult:
        """The question, and what speaks for waiting with it."""
        yield Label(_("What do you recommend?"), classes="title", markup=False)
        yield Label(
            _("It is yours alone: nothing here is counted up."), classes="quiet", markup=False
        )
        if self._open_parts:
            yield Label(self._open_parts, classes="quiet", markup=False)

    def below(self) -> ComposeResult:
        """What was recommended before."""
        yield from history(self._earlier)

    def answer(self, choice: str, reason: str) -> tuple[Recommendation | None, str]:
        """The recommendation; what takes one back needs no reason."""
        return (None, "") if choice == _NONE else (Recommendation(choice), reason)
