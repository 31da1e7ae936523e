"""How good a prompt is on some cases, by the lab's own tasks and checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from copilot.lab.bench import Bench
from copilot.lab.cases import Case
from copilot.lab.errors import RunError
from copilot.lab.grid import Materials, PromptText, Variant
from copilot.lab.optimising.splits import Splits
from copilot.lab.results import Result
from copilot.lab.running.budget import RunBudget
from copilot.lab.running.cache import Cache
from copilot.lab.running.how import ExecutorFactory
from copilot.lab.running.keys import items_of
from copilot.lab.running.loose import do_items
from copilot.lab.running.making import Maker
from copilot.lab.tasks import task_named

#: What the share of checks that hold is worth where not all do: a step towards it counts.
_STEP = 0.5


class SpentError(RunError):
    """What may be used is used up."""

    title = "Budget used up"


@dataclass(frozen=True, slots=True)
class Scored:
    """What came of one case.

    Attributes:
        case: The case.
        passed: In how many of its repeats all checks hold, 0 to 1.
        score: 1 where all checks hold, else half the share of those that do; over the repeats.
        results: Of each repeat.
    """

    case: Case
    passed: float
    score: float
    results: tuple[Result, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """What was wrong, without repetition; it may hold what was said."""
        told: dict[str, None] = {}
        for result in self.results:
            if result.produced.failed:
                told[f"no output: {result.produced.error}"] = None
            output = result.produced.output
            if isinstance(output, Mapping) and output.get("why_not"):
                told[f"a session would not show it: {output['why_not']}"] = None
            for check in result.checks:
                if check.counts and check.passed is not True:
                    told[f"{check.name}: {check.reason}"] = None
        return tuple(told)


class Scorer:
    """Scores prompts; what was asked once is not asked again."""

    def __init__(
        self,
        materials: Materials,
        variant: Variant,
        splits: Splits,
        budget: RunBudget,
        make_executor: ExecutorFactory,
        *,
        repeats: int = 1,
        cache: Cache | None = None,
    ) -> None:
        """Score nothing yet.

        Args:
            materials: Guides and language models.
            variant: To whom prompts are put, and with which guides.
            splits: Guards the cases that are held out.
            budget: What may be used.
            make_executor: Where it is done.
            repeats: How often each case is put.
            cache: What need not be asked again.
        """
        self._materials = materials
        self._variant = variant
        self._splits = splits
        self._budget = budget
        self._make_executor = make_executor
        self._repeats = repeats
        self._cache = cache

    def of(self, prompt: PromptText, cases: Sequence[Case]) -> tuple[Scored, ...]:
        """Put cases with a prompt.

        Args:
            prompt: In order.
            cases: In the language of the prompt.

        Raises:
            SpentError: The budget does not reach; what was answered is in the cache.
            SealedError: A case is held out still.
            CopilotError: They cannot be put at all.
        """
        self._splits.guard(cases)
        prompts = {**self._materials.prompts, prompt.sha256: prompt}
        materials = replace(self._materials, prompts=prompts)
        variant = self._variant.model_copy(
            update={"prompt_sha256": {prompt.language: prompt.sha256}}
        )
        tasks = {name: task_named(name) for name in {case.task for case in cases}}
        # A small batch may be filled up with a case that is in it already.
        several = tuple({case.id: case for case in cases}.values())
        items = tuple(items_of(tasks, several, [variant], self._repeats, materials))
        produced, refused = do_items(
            items, materials, self._make_executor, cache=self._cache, budget=self._budget
        )
        if refused:
            raise SpentError(f"{refused}.", "Give more calls, or fewer cases.")
        with Bench(materials) as bench:
            maker = Maker(tasks, bench)
            results = [maker.result(item, produced[item.id], cached=False) for item in items]
        return tuple(
            _scored(case, [result for result in results if result.case == case.id])
            for case in cases
        )


def mean(several: Sequence[Scored]) -> float:
    """The mean score; 0 of none."""
    return sum(each.score for each in several) / len(several) if several else 0.0


def pass_rate(several: Sequence[Scored]) -> float:
    """The mean share of repeats that pass; 0 of none."""
    return sum(each.passed for each in several) / len(several) if several else 0.0


def _scored(case: Case, results: Sequence[Result]) -> Scored:
    return Scored(
        case=case,
        passed=sum(result.passed for result in results) / len(results),
        score=sum(map(_score, results)) / len(results),
        results=tuple(results),
    )


def _score(result: Result) -> float:
    if result.passed:
        return 1.0
    counting = [check for check in result.checks if check.counts]
    if result.produced.failed or not counting:
        return 0.0
    return _STEP * sum(check.passed is True for check in counting) / len(counting)
