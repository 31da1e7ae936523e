"""Two runs as rows: what became of each case, with what came out before and after."""

import enum
from collections.abc import Mapping

from textual.content import Content

from copilot.i18n import N_, _
from copilot.lab.cases import Case
from copilot.lab.comparing.model import CasePair, Change, VariantPair
from copilot.lab.results import Result
from copilot.lab.running.run import Run
from copilot.tui.lab.board import LabelBook, Output
from copilot.tui.lab.outcomes import CHANGES
from copilot.tui.lab.reading import ReadComparison


class Filter(enum.StrEnum):
    """Which cases are shown."""

    DIFFERENCES = "differences"
    BROKEN = "broken"
    FIXED = "fixed"
    BOTH_FAIL = "both fail"
    ONLY_ONE = "only one"
    ALL = "all"


#: To be looked up with ``_`` where they are shown.
FILTER_WORDS: dict[Filter, str] = {
    Filter.DIFFERENCES: N_("differences"),
    Filter.BROKEN: N_("broken"),
    Filter.FIXED: N_("fixed"),
    Filter.BOTH_FAIL: N_("both fail"),
    Filter.ONLY_ONE: N_("only one has it"),
    Filter.ALL: N_("all cases"),
}
_LETS_THROUGH: dict[Filter, frozenset[Change]] = {
    Filter.DIFFERENCES: frozenset(Change) - {Change.BOTH_PASS, Change.BOTH_FAIL},
    Filter.BROKEN: frozenset({Change.BROKEN}),
    Filter.FIXED: frozenset({Change.FIXED}),
    Filter.BOTH_FAIL: frozenset({Change.BOTH_FAIL}),
    Filter.ONLY_ONE: frozenset({Change.ONLY_A, Change.ONLY_B}),
    Filter.ALL: frozenset(Change),
}
_ORDER = {change: place for place, change in enumerate(CHANGES)}


class ComparisonBoard:
    """The rows of two variants that are shown, what got worse first."""

    def __init__(self, read: ReadComparison) -> None:
        """Begin with the first two variants that were compared.

        Args:
            read: The runs.
        """
        self.read = read
        self.labels = LabelBook(read.labels)
        self.filter = Filter.DIFFERENCES
        self._pair = 0
        self._a, self._b = _by_cell(read.a), _by_cell(read.b)
        self._cases: dict[str, CasePair] = {}
        self._keys: list[str] = []
        self.longest_id = 0
        self.step_variants(0)

    @property
    def pair(self) -> VariantPair:
        """The two variants that are shown."""
        return self.read.comparison.pairs[self._pair]

    def step_variants(self, by: int) -> None:
        """Show the next two variants; all rows are shown where none of them differs."""
        self._pair = (self._pair + by) % len(self.read.comparison.pairs)
        ordered = sorted(self.pair.cases, key=lambda each: _ORDER[each.change])
        self._cases = {each.case: each for each in ordered}
        self.longest_id = max(map(len, self._cases), default=0)
        self.choose("")
        if not self._keys and self.filter is Filter.DIFFERENCES:
            self.filter = Filter.ALL
            self.choose("")

    def step_filter(self, by: int) -> None:
        """Take another filter, so many on; round the end."""
        known = tuple(Filter)
        self.filter = known[(known.index(self.filter) + by) % len(known)]

    def choose(self, search: str) -> None:
        """Choose the rows anew."""
        wanted, text = _LETS_THROUGH[self.filter], search.casefold()
        self._keys = [
            key
            for key, each in self._cases.items()
            if each.change in wanted and (not text or self._holds(key, text))
        ]

    def _holds(self, key: str, text: str) -> bool:
        said = (each.result.text for each in self.outputs(key))
        return any(text in each.casefold() for each in (key, str(self.case(key).vars), *said))

    @property
    def keys(self) -> list[str]:
        """The rows one walks through."""
        return self._keys

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self._cases)

    def of(self, key: str) -> CasePair:
        """What became of a case."""
        return self._cases[key]

    def case(self, key: str) -> Case:
        """The case, as it is in B where both have it."""
        return self.read.b.cases.get(key) or self.read.a.cases[key]

    def outputs(self, key: str) -> tuple[Output, ...]:
        """A beside B, repeat by repeat."""
        a = self._a.get((self.pair.a, key), [])
        b = self._b.get((self.pair.b, key), [])
        found = []
        for number in range(max(len(a), len(b))):
            for side, run, results in (("A", self.read.a, a), ("B", self.read.b, b)):
                if number < len(results):
                    found.append(Output(run, results[number], _title(side, results, number)))
        return tuple(found)

    def differs(self, key: str) -> bool:
        """Whether it went otherwise in B, or cannot be compared."""
        return self._cases[key].change in _LETS_THROUGH[Filter.DIFFERENCES]

    def remark(self, key: str) -> Content:
        """What became of it."""
        sign = CHANGES[self._cases[key].change]
        return Content.styled(f"{sign.shape} {_(sign.word)}", f"{sign.style} bold")


def _title(side: str, results: list[Result], number: int) -> str:
    of = results[number]
    return f"{side}: {of.variant}" + (f" #{of.repeat + 1}" if len(results) > 1 else "")


def _by_cell(run: Run) -> Mapping[tuple[str, str], list[Result]]:
    found: dict[tuple[str, str], list[Result]] = {}
    for result in run.results:
        found.setdefault((result.variant, result.case), []).append(result)
    return found
