"""How far a run is, and how long and dear the rest will be."""

import statistics
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from copilot.lab.grid import Item
from copilot.lab.results import Produced, Result

#: Items by whose median the rest is told; one that was slow once does not count for ever.
_RECENT = 30


@dataclass(frozen=True, slots=True)
class Progress:
    """A run at a moment.

    Attributes:
        suite: Its name.
        phase: ``items``, then ``opinions`` where a model gives its opinion of outputs.
        done: Items with a result, from whenever.
        total: All items of the phase.
        failed: Of those done, the ones with an output that did not pass.
        errors: Of those done, the ones without an output.
        cached: Of those done, the ones that were found and not done again.
        per_s: Items really done a second, since the first one was; 0 before the second.
        remaining_s: Seconds the rest will take; None while that is unknown.
        tokens: Used so far, sent and answered together.
        expected_tokens: Used in the end, if the rest is as what was done.
        cost: So far, in the currency of the prices; None where no prices are known.
        expected_cost: In the end, by the same.
    """

    suite: str
    phase: str
    done: int
    total: int
    failed: int
    errors: int
    cached: int
    per_s: float
    remaining_s: float | None
    tokens: int
    expected_tokens: int
    cost: float | None
    expected_cost: float | None


@dataclass(slots=True)
class _Sum:
    """Values added up as they come: progress is told after each of thousands of results."""

    sum: float = 0.0
    count: int = 0

    def add(self, value: float) -> None:
        self.sum += value
        self.count += 1


def _sum_of(several: Mapping[str, _Sum]) -> float:
    return sum(each.sum for each in several.values())


class Tracker:
    """Counts what is done in one phase of a run."""

    def __init__(
        self,
        suite: str,
        phase: str,
        items: Sequence[Item],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin.

        Args:
            suite: Its name.
            phase: ``items`` or ``opinions``.
            items: All of the phase.
            clock: Seconds on a monotonic clock.
        """
        self._suite, self._phase, self._total = suite, phase, len(items)
        self._left = Counter(item.variant.id for item in items)
        self._clock = clock
        self._first_at: float | None = None
        self._counts: Counter[str] = Counter()
        self._worked_s = 0.0
        self._recent: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_RECENT))
        self._tokens: dict[str, _Sum] = defaultdict(_Sum)
        self._costs: dict[str, _Sum] = defaultdict(_Sum)

    def had(self, results: Iterable[Result]) -> None:
        """The run has these already, from before it went on."""
        for result in results:
            self._count(result, really=False)

    def did(self, result: Result) -> None:
        """An item is done, or found in the cache."""
        self._count(result, really=not result.cached)

    def now(self) -> Progress:
        """How far it is."""
        rest = sum(self._left.values())
        # Loading models comes before the first item and says nothing of the others.
        passed_s = 0.0 if self._first_at is None else self._clock() - self._first_at
        really = self._counts["after the first"]
        tokens = round(_sum_of(self._tokens))
        cost = _sum_of(self._costs) if self._costs else None
        return Progress(
            suite=self._suite,
            phase=self._phase,
            done=self._total - rest,
            total=self._total,
            failed=self._counts["failed"],
            errors=self._counts["errors"],
            cached=self._counts["cached"],
            per_s=really / passed_s if passed_s else 0.0,
            remaining_s=self._remaining_s(passed_s) if rest else 0.0,
            tokens=tokens,
            expected_tokens=tokens + round(self._expected(self._tokens)),
            cost=cost,
            expected_cost=None if cost is None else cost + self._expected(self._costs),
        )

    def _count(self, result: Result, *, really: bool) -> None:
        produced: Produced = result.produced
        self._left[result.variant] -= 1
        if result.cached:
            self._counts["cached"] += 1
        if produced.failed:
            self._counts["errors"] += 1
        elif not result.passed:
            self._counts["failed"] += 1
        if not result.cached:
            self._tokens[result.variant].add(produced.tokens_in + produced.tokens_out)
            if produced.cost is not None:
                self._costs[result.variant].add(produced.cost)
        if really and self._first_at is None:
            self._first_at = self._clock()
        elif really:
            self._counts["after the first"] += 1
            self._worked_s += produced.took_s
            self._recent[result.variant].append(produced.took_s)

    def _remaining_s(self, passed_s: float) -> float | None:
        if not self._recent:
            return None
        medians = {name: statistics.median(took) for name, took in self._recent.items()}
        usual = statistics.median(medians.values())
        work_s = sum(left * medians.get(name, usual) for name, left in self._left.items())
        if not self._worked_s:
            return passed_s / self._counts["after the first"] * sum(self._left.values())
        # How many seconds of work a second of waiting has brought, with all that goes on at once.
        return work_s * passed_s / self._worked_s

    def _expected(self, used: "dict[str, _Sum]") -> float:
        means = {name: each.sum / each.count for name, each in used.items()}
        if not means:
            return 0.0
        usual = statistics.fmean(means.values())
        return sum(left * means.get(name, usual) for name, left in self._left.items())
