"""Texts that are told often and change seldom."""

from textual.content import Content
from textual.css.scalar import Scalar
from textual.visual import VisualType
from textual.widgets import Static


class Steady(Static):
    """Draws what has changed, and lays the screen out anew only where the text takes other lines.

    Textual's own lays everything out at every update, which ten times a second is most of what a
    screen costs.
    """

    # Two underscores: what derives from it has much to tell itself.
    __shown: tuple[object, ...] | None = None

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show another content; nothing happens where it is the same."""
        told = _told(content)
        if told is not None and told == self.__shown:
            return
        self.__shown = told
        before = self.__space()
        super().update(content, layout=False)
        if layout and (before is None or self.__space() != before):
            self.refresh(layout=True)

    def __space(self) -> tuple[int, int] | None:
        """Columns and lines that the content asks for, 0 where styles say it.

        None before the first layout.
        """
        width = self.content_size.width
        if not width:
            return None
        rules = self.styles.get_rules()
        columns = self.visual.get_optimal_width(rules, width) if _auto(self.styles.width) else 0
        lines = self.visual.get_height(rules, width) if _auto(self.styles.height) else 0
        return columns, lines


def _auto(size: Scalar | None) -> bool:
    return size is None or size.is_auto


def _told(content: VisualType) -> tuple[object, ...] | None:
    """What two contents that look the same have in common; None where that is not known."""
    if isinstance(content, str):
        return (content,)
    if isinstance(content, Content):
        return (content.plain, *content.spans)
    return None
