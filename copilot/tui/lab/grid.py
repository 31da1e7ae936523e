"""A run as a grid: a row a case, a column a variant; and which rows a filter lets through."""

import enum
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from copilot.i18n import N_
from copilot.lab.cases import Case
from copilot.lab.comparing.model import Outcome
from copilot.lab.comparing.outcomes import cell_of
from copilot.lab.labels import Label
from copilot.lab.results import Result
from copilot.lab.running.run import Run
from copilot.tui.lab.board import Output


class Filter(enum.StrEnum):
    """Which cases are shown."""

    ALL = "all"
    FAILED = "failed"
    DIFFERS = "differs"
    ERRORS = "errors"
    FLAKY = "flaky"
    UNLABELLED = "unlabelled"


#: To be looked up with ``_`` where they are shown.
FILTER_WORDS: dict[Filter, str] = {
    Filter.ALL: N_("all cases"),
    Filter.FAILED: N_("failed"),
    Filter.DIFFERS: N_("variants differ"),
    Filter.ERRORS: N_("with errors"),
    Filter.FLAKY: N_("repeats differ"),
    Filter.UNLABELLED: N_("not labelled"),
}


@dataclass(frozen=True, slots=True)
class GridRow:
    """A case with what came out of it.

    Attributes:
        case: The case.
        results: All of them, in the order of the plan.
        outcomes: By variant, in the order of the run's.
    """

    case: Case
    results: tuple[Result, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def text(self) -> str:
        """The first output that says anything, on one line; empty where none does."""
        return next((" ".join(each.text.split()) for each in self.results if each.text), "")

    def passes(self, wanted: Filter, labels: Mapping[str, Label]) -> bool:
        """Whether a filter lets it through."""
        match wanted:
            case Filter.ALL:
                return True
            case Filter.FAILED:
                return any(each not in _FINE for each in self.outcomes)
            case Filter.DIFFERS:
                return self.differs
            case Filter.ERRORS:
                return Outcome.ERROR in self.outcomes
            case Filter.FLAKY:
                return Outcome.FLAKY in self.outcomes
            case Filter.UNLABELLED:
                return any(
                    not each.produced.failed and each.item not in labels for each in self.results
                )

    @property
    def differs(self) -> bool:
        """Whether the variants part here: one passes where another does not, or is not there."""
        return len(set(self.outcomes)) > 1


_FINE = frozenset({Outcome.PASSED, Outcome.MISSING})


class RunGrid:
    """A run's rows."""

    def __init__(self, run: Run) -> None:
        """Sort results by case.

        Args:
            run: As it was read.
        """
        self.run = run
        self.variants: tuple[str, ...] = tuple(each.id for each in run.record.variants)
        by_case: dict[str, list[Result]] = {case: [] for case in run.cases}
        for result in run.results:
            by_case.setdefault(result.case, []).append(result)
        self.rows: dict[str, GridRow] = {
            case: self._row(run.cases[case], results)
            for case, results in by_case.items()
            if case in run.cases
        }

    def _row(self, case: Case, results: Sequence[Result]) -> GridRow:
        by_variant: dict[str, list[Result]] = {variant: [] for variant in self.variants}
        for result in results:
            by_variant.setdefault(result.variant, []).append(result)
        outcomes = tuple(cell_of(by_variant[variant]).outcome for variant in self.variants)
        return GridRow(case, tuple(results), outcomes)

    def keys(self, wanted: Filter, labels: Mapping[str, Label], search: str = "") -> list[str]:
        """Ids of the cases that a filter and a search let through, in the order of the plan."""
        return [
            case
            for case, row in self.rows.items()
            if row.passes(wanted, labels) and (not search or _holds(row, search))
        ]

    def passed(self, variant: str) -> tuple[int, int]:
        """How many cases of a variant passed, and how many were done."""
        index = self.variants.index(variant)
        outcomes = [row.outcomes[index] for row in self.rows.values()]
        done = [each for each in outcomes if each is not Outcome.MISSING]
        return done.count(Outcome.PASSED), len(done)

    def outputs_of(self, case: str) -> tuple[Output, ...]:
        """What came out for a case: variants in order, repeats in order."""
        several = self.run.record.repeats > 1
        return tuple(
            Output(self.run, result, f"{result.variant} #{result.repeat + 1}" if several else "")
            for result in self.rows[case].results
        )


def _holds(row: GridRow, search: str) -> bool:
    wanted = search.casefold()
    given = json.dumps([row.case.vars, row.case.expected], ensure_ascii=False, default=str)
    texts = (row.case.id, given, *(each.text for each in row.results))
    return any(wanted in text.casefold() for text in texts)
