"""Runs a suite: what the run or the cache has is taken, the rest is done, and all of it kept."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from copilot.errors import CopilotError
from copilot.lab.bench import Bench
from copilot.lab.checks.opinions import wanted, with_judge
from copilot.lab.executing.base import Executor
from copilot.lab.grid import Item
from copilot.lab.results import Produced, Result
from copilot.lab.running.budget import RunBudget
from copilot.lab.running.folder import ListedRun, in_order, list_runs, read_record, read_run
from copilot.lab.running.guard import Guard
from copilot.lab.running.how import How
from copilot.lab.running.judging import Asked, opinions_wanted, votes_of, with_verdicts
from copilot.lab.running.lines import Lines
from copilot.lab.running.making import Maker
from copilot.lab.running.plan import Plan
from copilot.lab.running.progress import Tracker
from copilot.lab.running.record import latency_of, really_asked, record_of, totals_of
from copilot.lab.running.run import Run
from copilot.lab.running.supply import Allowed, Place, done_by
from copilot.lab.running.writing import REPORT, RunFolder, seal
from copilot.llm.errors import BudgetError

#: Said in ``run.json`` of a run that Ctrl-C stopped.
BY_USER = "stopped by the user"


def run_plan(plan: Plan, how: How | None = None, *, resume: Path | None = None) -> Run:
    """Run what was planned.

    Args:
        plan: What is to be run.
        how: Where and by what means.
        resume: Folder of the run to go on with: what it has is not done again, errors are.

    Returns:
        The run; where a limit stopped it, ``record.stopped`` says so.

    Raises:
        RunError: The run to go on with is done, in use, damaged, or was another plan.
        ModelError: A language model is not there.
        StorageError: The disk refused.
        CopilotError: It cannot be run at all, or not to its end.
        KeyboardInterrupt: Ctrl-C; as with errors, what is done is kept, and it can be gone on with.
    """
    how = how or How()
    limits = how.limits or plan.suite.limits
    budget = RunBudget(limits, plan.materials.profiles)
    if resume is None:
        record = record_of(plan, "local", how.now())
        folder = RunFolder.create(record, plan.suite.cases, plan.materials, runs=how.runs)
    else:
        folder = RunFolder.resume(resume, read_record(resume), plan.sha256)
    with folder:
        stopped = _Running(plan, how, folder, budget).run()
    run = read_run(folder.path)
    if not stopped:
        _report(run, how)
    return run


def resumable(plan: Plan, runs: Path | None = None) -> ListedRun | None:
    """The newest run of the same plan that was not done to its end and that nobody works on."""
    for listed in list_runs(runs, suite=plan.suite.name):
        if listed.record.plan_sha256 == plan.sha256:
            return listed if listed.state in ("stopped", "cut off") else None
    return None


class _Running:
    """One run from when its folder is held until it is let go."""

    def __init__(self, plan: Plan, how: How, folder: RunFolder, budget: RunBudget) -> None:
        self._plan = plan
        self._how = how
        self._folder = folder
        self._budget = budget
        self._materials = plan.materials
        self._tracker = Tracker(plan.suite.name, "items", plan.items)
        self._began_at = time.monotonic()
        self._seconds_before = folder.record.totals.get("seconds", 0.0)
        self._results = {result.item: result for result in folder.results.before.results}
        self._opinions = {result.item: result for result in folder.opinions.before.results}
        # What failed and was done anew was paid for as well.
        self._asked = [
            *really_asked(folder.results.before.results),
            *really_asked(folder.opinions.before.results),
        ]
        for result in self._asked:
            budget.count(result.produced)

    def run(self) -> str:
        """Do what is left; why it was stopped, or empty when it is done."""
        stopped = ""
        try:
            with contextlib.ExitStack() as stack:
                stopped = self._do(stack)
        except KeyboardInterrupt:
            stopped = BY_USER
            raise
        except CopilotError as error:
            stopped = f"{error.title}: {error.message}"
            raise
        except BaseException as error:
            # Such as the end of whoever reads the progress; its words may be anybody's.
            stopped = f"broken off ({type(error).__name__})"
            raise
        finally:
            self._close(stopped)
        return stopped

    def _do(self, stack: contextlib.ExitStack) -> str:
        plan, judge = self._plan, None
        if plan.suite.judge is not None and any(wanted(case) for case in plan.suite.cases):
            self._materials, judge = with_judge(plan.materials, plan.suite.judge)
        maker = Maker(plan.tasks, stack.enter_context(Bench(self._materials)))
        rest = self._taken(maker)
        at = Place(self._how, self._materials, judge, stack)
        stopped = self._through(rest, at, maker) if rest else ""
        if stopped or judge is None:
            return stopped
        asked = opinions_wanted(plan.items, self._results, maker, judge)
        return self._judged(asked, at) if asked else ""

    def _taken(self, maker: Maker) -> tuple[Item, ...]:
        """Take what the run and the cache have; the items that are left."""
        had = {name: result for name, result in self._results.items() if _stands(result)}
        self._tracker.had(had.values())
        left = []
        for item in self._plan.items:
            if item.id in had:
                continue
            produced = None if self._how.cache is None else self._how.cache.find(item)
            if produced is None:
                left.append(item)
            else:
                self._keep(maker.result(item, produced, cached=True), self._folder.results)
        self._how.on_progress(self._tracker.now())
        return tuple(left)

    def _through(self, rest: tuple[Item, ...], at: Place, maker: Maker) -> str:
        """Have items done; why it was stopped."""
        executor = at.executor(rest)
        record = self._folder.record
        machine = {**record.machine, "executor": executor.name}
        self._folder.note(record.model_copy(update={"machine": machine}))

        def keep(item: Item, produced: Produced) -> None:
            self._keep(maker.result(item, produced, cached=False), self._folder.results)

        return self._passes(rest, executor, keep)

    def _judged(self, asked: tuple[Asked, ...], at: Place) -> str:
        """Ask for opinions and put the verdicts into the results; why it was stopped."""
        votes = votes_of(asked)
        self._tracker = Tracker(self._plan.suite.name, "opinions", votes)
        had = {name: vote for name, vote in self._opinions.items() if _stands(vote)}
        self._tracker.had(had[vote.id] for vote in votes if vote.id in had)
        left = []
        for vote in votes:
            if vote.id in had:
                continue
            produced = None if self._how.cache is None else self._how.cache.find(vote)
            if produced is None:
                left.append(vote)
            else:
                self._keep(_vote(vote, produced, cached=True), self._folder.opinions)

        def keep(item: Item, produced: Produced) -> None:
            self._keep(_vote(item, produced, cached=False), self._folder.opinions)

        stopped = ""
        if left:
            executor = at.executor(left)
            stopped = self._passes(tuple(left), executor, keep)
        # A vote that the limits cut short is asked for anew when the run goes on.
        produced_by = {
            name: vote.produced
            for name, vote in self._opinions.items()
            if not _is_cut_short(vote.produced)
        }
        for result in with_verdicts(asked, produced_by):
            self._folder.results.add(result)
            self._results[result.item] = result
        return stopped

    def _passes(
        self, rest: tuple[Item, ...], executor: Executor, keep: Callable[[Item, Produced], None]
    ) -> str:
        """Have items done as far as the budget reaches; why it was stopped."""
        guard = Guard(rest)
        left = {item.id: item for item in rest}
        cut_short = 0
        while left:
            allowed = Allowed(self._materials, self._budget, tuple(left.values()))
            # Closed also when this is broken off, so that what is under way is broken off as well.
            with contextlib.closing(done_by(executor, allowed)) as done:
                for each in done:
                    del left[each[0].id]
                    self._budget.settle(*each)
                    if self._how.cache is not None:
                        self._how.cache.keep(*each)
                    keep(*each)
                    cut_short += _is_cut_short(each[1])
                    guard.saw(*each)
            # Set aside is the most an item can use: with all settled there may be room again.
            if left and not allowed.begun:
                return allowed.refused
        if cut_short:
            return f"the limits left no room to ask for {_counted(cut_short)} a second time"
        return ""

    def _keep(self, result: Result, lines: Lines) -> None:
        lines.add(result)
        held = self._results if lines is self._folder.results else self._opinions
        held[result.item] = result
        self._asked += [] if result.cached else [result]
        self._tracker.did(result)
        self._how.on_progress(self._tracker.now())

    def _close(self, stopped: str) -> None:
        results = in_order(self._folder.record, (), self._results.values())
        opinions = tuple(self._opinions.values())
        seconds = self._seconds_before + time.monotonic() - self._began_at
        record = self._folder.record.model_copy(
            update={
                "stopped": stopped,
                "totals": totals_of(results, opinions, self._asked, seconds),
                "latency": latency_of(results),
            }
        )
        if stopped:
            self._folder.note(record)
            return
        done_at = self._how.now().isoformat(timespec="milliseconds")
        self._folder.finish(record.model_copy(update={"done_at": done_at}))


def _report(run: Run, how: How) -> None:
    try:
        from copilot.lab.report.writing import write_report  # noqa: PLC0415 - only at the end

        write_report(run)
    except Exception as error:  # noqa: BLE001 - the results are there; a page can be made again
        told = str(error) if isinstance(error, CopilotError) else type(error).__name__
        how.on_trouble(f"The report was not written: {told}")
    else:
        seal(run.path / REPORT)


def _is_cut_short(produced: Produced) -> bool:
    """Whether it failed for want of room in the limits."""
    return produced.error_kind == BudgetError.__name__


def _counted(items: int) -> str:
    return "an item" if items == 1 else f"{items} items"


def _stands(result: Result) -> bool:
    """Whether it need not be done again."""
    return not result.produced.failed


def _vote(item: Item, produced: Produced, *, cached: bool) -> Result:
    return Result(
        item=item.id,
        case=item.case.id,
        variant=item.variant.id,
        repeat=item.repeat,
        key=item.key,
        cached=cached,
        produced=produced,
    )
