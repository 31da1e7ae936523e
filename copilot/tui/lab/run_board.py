"""The rows of a run: which are shown, what came out of each."""

from collections.abc import Mapping

from textual.content import Content

from copilot.i18n import _
from copilot.lab.cases import Case
from copilot.lab.labels import Label
from copilot.tui.lab.board import LabelBook, Output
from copilot.tui.lab.grid import Filter, RunGrid
from copilot.tui.lab.outcomes import OUTCOMES
from copilot.tui.lab.reading import ReadRun


class RunBoard:
    """The rows of a run that are shown."""

    def __init__(self, read: ReadRun) -> None:
        self.grid = RunGrid(read.run)
        self.labels = LabelBook(read.labels)
        self.labelled: Mapping[str, Label] = {}
        self.filter = Filter.ALL
        self._keys: list[str] = []
        self.longest_id = max((len(case) for case in self.grid.rows), default=0)
        self.choose("")

    def step_filter(self, by: int) -> None:
        """Take another filter, so many on; round the end."""
        known = tuple(Filter)
        self.filter = known[(known.index(self.filter) + by) % len(known)]

    def choose(self, search: str) -> None:
        """Choose the rows anew."""
        self.labelled = self.labels.of_run(self.grid.run.record.id)
        self._keys = self.grid.keys(self.filter, self.labelled, search)

    @property
    def keys(self) -> list[str]:
        """The rows one walks through."""
        return self._keys

    def case(self, key: str) -> Case:
        """The case of a row."""
        return self.grid.rows[key].case

    def outputs(self, key: str) -> tuple[Output, ...]:
        """What came out."""
        return self.grid.outputs_of(key)

    def differs(self, key: str) -> bool:
        """Whether the variants part, or the repeats of one."""
        row = self.grid.rows[key]
        return row.differs or row.passes(Filter.FLAKY, self.labelled)

    def remark(self, key: str) -> Content:
        """How it went with each variant."""
        signs = [OUTCOMES[each] for each in self.grid.rows[key].outcomes]
        if len(signs) == 1:
            [sign] = signs
            return Content.styled(f"{sign.shape} {_(sign.word)}", sign.style)
        return Content.assemble(*((f"{sign.shape} ", sign.style) for sign in signs))
