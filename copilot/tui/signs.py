"""States by shape and colour, so that neither is needed alone."""

from dataclasses import dataclass

from copilot.events import FindingState
from copilot.i18n import N_


@dataclass(frozen=True, slots=True)
class Sign:
    """How a state looks.

    Attributes:
        shape: One character, different for every state.
        style: A style of the theme.
        word: What it is called, to be looked up with ``_`` where it is shown.
    """

    shape: str
    style: str
    word: str


SIGNS: dict[FindingState, Sign] = {
    FindingState.EVIDENCED: Sign("●", "$text-success", N_("evidenced")),
    FindingState.UNCLEAR: Sign("◐", "$text-warning", N_("unclear")),
    FindingState.DENIED: Sign("✕", "$text-error", N_("denied")),
    FindingState.NOT_HEARD: Sign("○", "$text-muted", N_("not heard")),
    FindingState.RAISED: Sign("⚑", "$text-warning", N_("worth a second look")),
    FindingState.NOT_RAISED: Sign("⚐", "$text-muted", N_("not raised")),
}
#: Stands beside the state where it is the human's word.
BY_HAND = "✎"

_BARS = " ▁▂▃▄▅▆▇█"
_QUIETEST_DBFS, _LOUDEST_DBFS = -60.0, -12.0


def level_bar(level_dbfs: float) -> str:
    """A level as one character, from blank at -60 dBFS to a full block at -12 dBFS."""
    share = (level_dbfs - _QUIETEST_DBFS) / (_LOUDEST_DBFS - _QUIETEST_DBFS)
    return _BARS[round(min(max(share, 0.0), 1.0) * (len(_BARS) - 1))]
