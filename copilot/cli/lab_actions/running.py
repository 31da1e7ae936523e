"""``lab run``: run suites, and say what came out."""

import argparse
import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

from copilot.cli.json_output import print_json
from copilot.cli.lab_actions import comparing
from copilot.cli.lab_actions.run_options import BASELINE, add_arguments
from copilot.cli.lab_actions.sending import ask_whether_to_send
from copilot.cli.lab_actions.telling import ProgressLines, outcome_text, outlook_text
from copilot.errors import CopilotError, ExitCode, UsageError
from copilot.lab.comparing.baseline import shipped_baseline
from copilot.lab.errors import RunError
from copilot.lab.folders import shipped_suites
from copilot.lab.measuring.figures import figures
from copilot.lab.running.cache import Cache
from copilot.lab.running.folder import LAST, find_run, list_runs, read_run
from copilot.lab.running.how import ExecutorFactory, How, local_executor
from copilot.lab.running.outlook import outlook
from copilot.lab.running.plan import Only, Plan, plan_of
from copilot.lab.running.run import Run
from copilot.lab.running.runner import resumable, run_plan
from copilot.lab.running.writing import REPORT
from copilot.lab.suite.loading import load_suite
from copilot.lab.suite.model import Limits, Suite

_AGAIN = "interview-copilot lab run"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Run them, one after the other; one that fails does not keep the next from its turn."""
    if (options.executor == "dask") != (options.scheduler is not None):
        raise UsageError(
            "--executor dask and --scheduler go together.",
            "Give both: --executor dask --scheduler tcp://HOST:8786",
        )
    wanted = list(_wanted(options))
    worst = int(ExitCode.OK)
    for suite, resume, only in wanted:
        try:
            code = _one(suite, resume, only, options)
        except CopilotError as error:
            if len(wanted) == 1:
                raise
            sys.stderr.write(f"{suite.name}: {error}\n")
            code = int(error.exit_code)
        worst = worst or code
    return worst


def _wanted(options: argparse.Namespace) -> Iterator[tuple[Suite, Path | None, Only]]:
    """Each suite with the run to go on with and the cases that are run."""
    only = Only(tuple(options.only), options.split, dict(options.metadata))
    if options.resume:
        if len(options.suites) > 1 or options.shipped:
            raise UsageError("--resume RUN goes on with one run.", "Leave the suites out.")
        run = read_run(find_run(options.resume))
        again = load_suite(options.suites[0] if options.suites else run.record.suite_path)
        options.repeat = options.repeat or run.record.repeats
        yield again, run.path, Only(ids=frozenset(run.cases)) if only == Only() else only
        return
    names = list(options.suites)
    if options.shipped:
        names += [str(path) for path in sorted(shipped_suites().glob("*.yaml"))]
    if not names:
        raise UsageError("no suite is named.", "`lab list` shows them; --shipped runs all of ours.")
    for suite in [load_suite(name) for name in names]:
        yield suite, None, only


def _one(suite: Suite, resume: Path | None, only: Only, options: argparse.Namespace) -> int:
    plan = plan_of(suite, only=only, repeats=options.repeat)
    cache = None if options.no_cache else Cache()
    if options.dry_run:
        _tell_outlook(plan, cache, options)
        return ExitCode.OK
    against = _compared_with(suite, options.compare)
    ask_whether_to_send(plan, options.send_to)
    if resume is None:
        resume = _run_to_resume(plan, options)
    told = ProgressLines(sys.stdout if options.json else sys.stderr, as_json=options.json)
    how = How(
        make_executor=_executor(suite, options),
        cache=cache,
        limits=_limits(suite, options),
        on_progress=told,
        on_trouble=_tell_trouble,
    )
    try:
        run = run_plan(plan, how, resume=resume)
    except KeyboardInterrupt:
        told.close()
        sys.stderr.write(f"What is done is kept. Go on with: {_AGAIN} --resume last:{suite.name}\n")
        raise
    finally:
        told.close()
    code = _tell_outcome(run, options)
    if code == ExitCode.OK and against:
        _compare(run, against, as_json=options.json)
    return code


def _compared_with(suite: Suite, name: str | None) -> list[str]:
    """What the comparison is told of A, found before anything is run; empty where none is wanted.

    Raises:
        RunError: There is no such run, or no such baseline.
    """
    if name is None:
        return []
    if name == BASELINE:
        path = shipped_baseline(suite.name)
        if path is None:
            raise RunError(
                f"no baseline ships for the suite {suite.name}.",
                "Name a run to compare with, or `lab compare RUN --baseline FILE`.",
            )
        return ["--baseline", str(path)]
    return [str(find_run(f"{LAST}:{suite.name}" if name == LAST else name))]


def _run_to_resume(plan: Plan, options: argparse.Namespace) -> Path | None:
    """The folder to go on with, where that is wanted; what else there is, is told."""
    found = resumable(plan)
    name = plan.suite.name
    if found is not None:
        if options.resume is not None:
            return found.path
        sys.stderr.write(
            f"{found.record.id} was {found.state} with the same plan. "
            f"This is a new run; go on with that one by: {_AGAIN} --resume {found.record.id}\n"
        )
    elif options.resume is not None:
        others = [each for each in list_runs(suite=name) if each.state in ("stopped", "cut off")]
        why = (
            f"{others[0].record.id} was begun with other cases, prompts, guides, models or code"
            if others
            else f"no run of {name} was cut off or stopped"
        )
        sys.stderr.write(f"{why}: a new run begins; what did not change comes from the cache.\n")
    return None


def _executor(suite: Suite, options: argparse.Namespace) -> ExecutorFactory:
    if options.executor == "local":
        return local_executor(options.concurrency or suite.concurrency, options.workers)

    from copilot.lab.executing.dask import dask_executor  # noqa: PLC0415 - an extra

    return dask_executor(options.scheduler, options.concurrency or suite.concurrency)


def _limits(suite: Suite, options: argparse.Namespace) -> Limits:
    given = {
        "requests": options.max_requests,
        "tokens": options.max_tokens,
        "cost": options.max_cost,
    }
    found = {name: value for name, value in given.items() if value is not None}
    return dataclasses.replace(suite.limits, **found)


def _tell_trouble(trouble: str) -> None:
    sys.stderr.write(f"{trouble}\n")


def _tell_outlook(plan: Plan, cache: Cache | None, options: argparse.Namespace) -> None:
    found = outlook(plan, cache)
    if options.json:
        whole = dataclasses.asdict(found[-1])
        variants = [dataclasses.asdict(each) for each in found[:-1]]
        print_json({"event": "outlook", "suite": plan.suite.name, **whole, "variants": variants})
    else:
        sys.stdout.write(outlook_text(plan.suite.name, found, plan.repeats))


def _tell_outcome(run: Run, options: argparse.Namespace) -> int:
    report = run.path / REPORT
    if options.json:
        print_json(
            {
                "event": "stopped" if run.record.stopped else "done",
                "path": str(run.path),
                "report": str(report) if report.is_file() else None,
                "record": run.record.model_dump(mode="json"),
                "figures": figures(run).to_json(),
            }
        )
    else:
        sys.stdout.write(outcome_text(run))
        sys.stdout.write(f"\nStored as {run.record.id}\n")
        if report.is_file():
            sys.stdout.write(f"Its report: {report}\n")
    if run.record.stopped:
        sys.stderr.write(
            f"Stopped: {run.record.stopped}. What is done is kept; "
            f"go on with a higher limit: {_AGAIN} --resume {run.record.id}\n"
        )
        return ExitCode.FAILED
    return ExitCode.OK


def _compare(run: Run, against: list[str], *, as_json: bool) -> None:
    parser = argparse.ArgumentParser()
    comparing.configure(parser)
    if not as_json:
        sys.stdout.write("\n")
    # The run stands where it is the second of two, and alone beside a baseline.
    told = [*against, str(run.path)] if len(against) == 1 else [str(run.path), *against]
    comparing.run(parser.parse_args([*told, *(["--json"] if as_json else [])]))
