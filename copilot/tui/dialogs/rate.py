"""Judging an answer or a competency with what each rating looks like before one's eyes."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Label

from copilot.events import Unrated
from copilot.i18n import _
from copilot.tui.dialogs.reasoned import Choice, ReasonedDialog, history
from copilot.tui.judgements import UNRATED, Judgement
from copilot.tui.transcript.entry import clean

#: The keys of the dialog, which the review takes as well.
UNRATED_KEYS = {Unrated.NOT_ENOUGH: "u", Unrated.NOT_ASKED: "x"}
_NONE = "0"


class RateDialog(ReasonedDialog[Judgement]):
    """Gives back the judgement; None where it was left."""

    BINDINGS: ClassVar = [
        *((str(rating), f"choose('{rating}')", str(rating)) for rating in range(5)),
        *((key, f"choose('{why}')", why) for why, key in UNRATED_KEYS.items()),
        ("q,a", "cancel", "Cancel"),
    ]

    def __init__(
        self,
        title: str,
        anchors: Sequence[str],
        stands: Judgement,
        *,
        asked: bool = True,
        earlier: Sequence[str] = (),
        at_once: bool = False,
    ) -> None:
        """Ask for a judgement.

        Args:
            title: What is judged.
            anchors: What ratings 1 to 4 look like, in that order; empty where the guide has none.
            stands: The judgement that stands.
            asked: Whether the machine saw it asked; where not, that is what the cursor begins on.
            earlier: The judgements before it, in words, the latest first.
            at_once: Whether a judgement by its key is kept at once, as in a call.
        """
        shown = [*(clean(anchor) for anchor in anchors[:4]), *[""] * (4 - len(anchors[:4]))]
        choices = [Choice(str(number), str(number), text) for number, text in enumerate(shown, 1)]
        choices += [Choice(why, key, _(UNRATED[why])) for why, key in UNRATED_KEYS.items()]
        if stands.is_given or at_once:  # in a call, what stands may not have been told yet
            choices.append(Choice(_NONE, _NONE, _("take it back")))
        super().__init__(
            choices,
            stands=_choice_of(stands),
            reason=stands.reason,
            offered=None if asked else Unrated.NOT_ASKED,
            at_once=at_once,
        )
        self._title, self._anchors, self._earlier = title, anchors, earlier

    def above(self) -> ComposeResult:
        """What is judged."""
        yield Label(clean(self._title), classes="title", markup=False)
        if not self._anchors:
            nothing = _("The guide does not say what each rating looks like here.")
            yield Label(nothing, classes="quiet", markup=False)

    def below(self) -> ComposeResult:
        """What was judged before."""
        yield from history(self._earlier)

    def keys(self) -> Sequence[tuple[str, str]]:
        """1 to 4 rate."""
        return ((_("1 to 4 rate"), ""), *super().keys())

    def answer(self, choice: str, reason: str) -> Judgement:
        """The judgement; what takes one back needs no reason."""
        if choice == _NONE:
            return Judgement(None)
        if choice in list(Unrated):
            return Judgement(None, Unrated(choice), reason)
        return Judgement(int(choice), None, reason)


def _choice_of(stands: Judgement) -> str | None:
    if stands.rating is not None:
        return str(stands.rating)
    return stands.unrated
