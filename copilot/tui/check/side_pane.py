"""One side of the call in the check: its device, how loud it is, how it fares."""

from textual.content import Content
from textual.widgets import Static

from copilot.audio.capture.report import SideReport, SideState
from copilot.i18n import N_, _

_WORDS: dict[SideState, tuple[str, str, str]] = {
    SideState.OPENING: ("◌", N_("opening …"), "$text-muted"),
    SideState.SILENT: ("○", N_("nothing heard yet"), "$text-warning"),
    SideState.HEARD: ("●", N_("heard"), "$text-success"),
    SideState.CLIPPING: ("▲", N_("too loud"), "$text-warning"),
    SideState.FAILED: ("✕", N_("cannot be opened"), "$text-error"),
}
_QUIETEST_DBFS, _LOUDEST_DBFS = -60.0, -6.0
_NAME_WIDTH = 12
_STATE_WIDTH = 22


class SidePane(Static):
    """Two lines: the name and device, then level and state."""

    def __init__(self, name: str) -> None:
        super().__init__(markup=False)
        self._side_name = name
        self._side = SideReport(device="")

    def show(self, side: SideReport) -> None:
        """Draw how it stands."""
        self._side = side
        self._draw()

    def on_resize(self) -> None:
        """Cut to the width."""
        self._draw()

    def _draw(self) -> None:
        side = self._side
        width = max(40, self.app.size.width - 2)
        room = width - _NAME_WIDTH
        device = side.device if len(side.device) <= room else side.device[: room - 1] + "…"
        sign, word, style = _WORDS[side.state]
        cells = min(40, room - _STATE_WIDTH)
        self.update(
            Content.assemble(
                (f"{self._side_name:<{_NAME_WIDTH}}", "bold"),
                device,
                "\n",
                " " * _NAME_WIDTH,
                (_bar(side, cells), "$text-success"),
                "  ",
                (f"{sign} {_(word)}", style),
            )
        )


def _bar(side: SideReport, cells: int) -> str:
    """The level as a bar ``cells`` wide, with a mark at the loudest so far."""
    full, peak = _share(side.level_dbfs, cells), _share(side.peak_dbfs, cells)
    bar = "█" * full + "·" * (cells - full)
    if full < peak:
        bar = bar[: peak - 1] + "|" + bar[peak:]
    return bar


def _share(level_dbfs: float, cells: int) -> int:
    share = (level_dbfs - _QUIETEST_DBFS) / (_LOUDEST_DBFS - _QUIETEST_DBFS)
    return round(min(max(share, 0.0), 1.0) * cells)
