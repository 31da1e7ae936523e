"""States by shape and colour, so that neither is needed alone."""

from dataclasses import dataclass

from copilot.events import FindingState


@dataclass(frozen=True, slots=True)
class Sign:
    """How a state looks.

    Attributes:
        shape: One character, different for every state.
        style: A style of the theme.
        word: What it is called.
    """

    shape: str
    style: str
    word: str


SIGNS: dict[FindingState, Sign] = {
    FindingState.EVIDENCED: Sign("●", "$text-success", "evidenced"),
    FindingState.UNCLEAR: Sign("◐", "$text-warning", "unclear"),
    FindingState.DENIED: Sign("✕", "$text-error", "denied"),
    FindingState.NOT_HEARD: Sign("○", "$text-muted", "not heard"),
    FindingState.RAISED: Sign("⚑", "$text-warning", "worth a second look"),
    FindingState.NOT_RAISED: Sign(" ", "$text-muted", "not raised"),
}

_BARS = " ▁▂▃▄▅▆▇█"
_QUIETEST_DBFS, _LOUDEST_DBFS = -60.0, -12.0


def level_bar(level_dbfs: float) -> str:
    """A level as one character, from blank at -60 dBFS to a full block at -12 dBFS."""
    share = (level_dbfs - _QUIETEST_DBFS) / (_LOUDEST_DBFS - _QUIETEST_DBFS)
    return _BARS[round(min(max(share, 0.0), 1.0) * (len(_BARS) - 1))]
