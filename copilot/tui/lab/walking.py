"""A list of cases that is filtered, searched and walked, be it of one run or of two."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from copilot.i18n import _
from copilot.tui.dialogs.search import SearchDialog
from copilot.tui.key_footer import KeyFooter
from copilot.tui.lab.base import LabScreen
from copilot.tui.lab.board import Board, ChosenBoard
from copilot.tui.lab.reading import NotRead
from copilot.tui.lists.base import one_line
from copilot.tui.lists.table import Table

Shown = TypeVar("Shown", bound=ChosenBoard)


class WalkingScreen(LabScreen, Generic[Shown]):
    """Head, cases, what there is to say of the one with the cursor; a subclass says what."""

    AUTO_FOCUS = "Table"

    def __init__(self) -> None:
        super().__init__()
        self._search = ""
        self._board: Shown | None = None

    def compose(self) -> ComposeResult:
        """Top to bottom."""
        yield Static(_("Reading the run …"), classes="head", markup=False)
        yield Table()
        yield Static(classes="detail", markup=False)
        yield KeyFooter(self.ACTIONS)

    # -- what a subclass says -------------------------------------------------------------------

    def head(self) -> Content:
        """The lines on top."""
        raise NotImplementedError

    def row(self, key: str, width: int) -> Content:
        """One case as one line."""
        raise NotImplementedError

    def detail(self, key: str) -> Content:
        """What there is to say of a case below the list."""
        raise NotImplementedError

    # -- what is shown --------------------------------------------------------------------------

    @property
    def board(self) -> Shown | None:
        """What is shown; None until it was read."""
        return self._board

    @property
    def _shown(self) -> Shown:
        if self._board is None:
            raise AssertionError("nothing is drawn before it was read")
        return self._board

    def on_not_read(self, message: NotRead) -> None:
        """Say why, and go back."""
        self.leave_because(message.error)

    def looked_at(self, key: str) -> None:
        """A case was left, at which labels may have been given; the cursor goes to it."""
        self.query_one(Table).point_at(key)
        self.draw()

    # -- drawing --------------------------------------------------------------------------------

    def draw(self) -> None:
        """Choose the rows anew, and draw everything as it stands now."""
        if self._board is None:
            return
        self._board.choose(self._search)
        keys: Sequence[str] = self._board.keys
        self.query_one(".head", Static).update(self.head())
        self.query_one(Table).show(keys, lambda index, width: self.row(keys[index], width))
        self._draw_detail()

    def _draw_detail(self) -> None:
        key = self.query_one(Table).current
        detail = self.query_one(".detail", Static)
        detail.display = key is not None
        if key is not None:
            detail.update(self.detail(key))

    def shown_line(self, filtered: str, total: int) -> Content:
        """Which cases are shown: the filter, how many, what was searched for."""
        board = self.board
        count = 0 if board is None else len(board.keys)
        told = _("Shown: {filter}, {count} of {total}", filter=filtered, count=count, total=total)
        if self._search:
            told += " · " + _("with “{text}”", text=one_line(self._search))
        return Content.styled(told, "$text-accent")

    def on_table_reached(self, message: Table.Reached) -> None:
        """Say what there is to say of it."""
        message.stop()
        self._draw_detail()

    def on_resize(self) -> None:
        """Rows are cut to the width."""
        self.call_after_refresh(self.draw)

    # -- what the user does ---------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Until it was read one can only go back, or ask for help."""
        return self.board is not None or action in ("back", "help", "command_palette")

    def action_step_filter(self, by: int) -> None:
        """The next filter, or the one before."""
        self._shown.step_filter(by)
        self.draw()

    def action_next_difference(self) -> None:
        """To the next case that went otherwise in one than in the other; round the end."""
        board, table = self.board, self.query_one(Table)
        if board is None or table.current is None:
            return
        found = next_difference(board, table.current)
        if found is None:
            self.tell(_("No case of those shown differs."))
        else:
            table.point_at(found)

    def action_search(self) -> None:
        """Ask what to search for."""

        def asked(text: str | None) -> None:
            if text is not None:
                self._search = text
                self.draw()

        self.app.push_screen(SearchDialog(self._search), asked)

    async def action_back(self) -> None:
        """End the search, then go back."""
        if self._search:
            self._search = ""
            self.draw()
        else:
            self.dismiss(None)

    def on_table_chosen(self, message: Table.Chosen) -> None:
        """Open the case."""
        message.stop()
        self._open(message.key)

    def action_open(self) -> None:
        """Open the case with the cursor."""
        self.query_one(Table).action_choose()

    def _open(self, key: str) -> None:
        from copilot.tui.lab.case_screen import CaseScreen  # noqa: PLC0415 - not for the list

        if self.board is not None:
            screen = CaseScreen(self.board, key)
            self.app.push_screen(screen, lambda _: self.looked_at(screen.key))


def next_difference(board: Board, key: str) -> str | None:
    """The next row after ``key`` that differs, from the end on again from the first."""
    keys = list(board.keys)
    place = keys.index(key) + 1 if key in keys else 0
    return next((each for each in keys[place:] + keys[:place] if board.differs(each)), None)
