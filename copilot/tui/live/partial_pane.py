"""What is being said right now, before it is an utterance."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from copilot.events import Channel
from copilot.i18n import _
from copilot.tui.live.pane import Pane
from copilot.tui.live.steady import Steady
from copilot.tui.names import SHORT_NAMES

if TYPE_CHECKING:
    from copilot.speech.streaming import Partial

#: As the transcript's columns: five for the time, four for the name, one after each.
_INDENT = 6
_NAME = 5


class PartialPane(Steady, Pane):
    """One line a side with the newest words; those that may still change are dim.

    Its place is kept while nobody speaks, so that nothing else moves when somebody does.
    """

    def __init__(self) -> None:
        super().__init__()
        self._partials: tuple[Partial, ...] = ()

    def show(self, partials: "tuple[Partial, ...]") -> None:
        """Show the text that is on its way."""
        self._partials = partials
        self._draw()

    def on_resize(self) -> None:
        """Show as many words as fit."""
        self._draw()

    def _draw(self) -> None:
        sides: dict[Channel, list[Partial]] = {}
        for partial in self._partials:
            sides.setdefault(partial.channel, []).append(partial)
        # The side that began to speak last comes last, where the eye is and where room is short.
        newest = sorted(sides.values(), key=lambda own: own[-1].start)
        lines = [self._line(own) for own in newest][-max(1, self.size.height) :]
        self.update(Content("\n").join(lines))

    def _line(self, own: "Sequence[Partial]") -> Content:
        settled = [word.text for partial in own for word in partial.settled]
        tentative = [word.text for word in own[-1].tentative]
        width = self.size.width - _INDENT - _NAME
        settled, tentative, cut = _that_fit(settled, tentative, width)
        name = f"{'':>{_INDENT}}{_(SHORT_NAMES[own[-1].channel]):<{_NAME}}"
        parts = [
            Content.styled(name, "dim"),
            Content("… " if cut else ""),
            Content(" ".join(settled)),
        ]
        if tentative:
            gap = " " if settled else ""
            parts.append(Content.styled(gap + " ".join(tentative), "dim"))
        return Content("").join(parts)


def _that_fit(
    settled: list[str], tentative: list[str], width: int
) -> tuple[list[str], list[str], bool]:
    """The last words that fit into ``width`` cells, and whether any were left out."""
    words = settled + tentative
    room, first = width - 2, len(words)
    while first > 0 and room >= cell_len(words[first - 1]):
        first -= 1
        room -= cell_len(words[first]) + 1
    if first == len(words) and words:
        # Not even the last word fits: its end is what is newest.
        end = words[-1][-max(1, room) :]
        return ([], [end], True) if tentative else ([end], [], True)
    return settled[first:], tentative[max(0, first - len(settled)) :], first > 0
