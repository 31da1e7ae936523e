"""``lab optimise``: have a better prompt proposed from what goes wrong with the one in use."""

import argparse
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from copilot.cli.lab_actions.asking import confirm
from copilot.cli.lab_actions.run_options import amount
from copilot.cli.lab_actions.sending import ask_whether_to_send
from copilot.cli.parsing import positive
from copilot.errors import CopilotError, ExitCode
from copilot.lab.optimising.evolving import Search
from copilot.lab.optimising.optimiser import LastLook, optimise
from copilot.lab.optimising.outcome import Outcome, look_text, model_of, write_variant
from copilot.lab.optimising.preparing import Prepared, Wish, prepared
from copilot.lab.optimising.prompt_parts import Rules
from copilot.lab.running.budget import RunBudget
from copilot.lab.running.cache import Cache
from copilot.lab.suite.loading import load_suite

_USUAL = Wish()


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("suite", metavar="SUITE", help="a suite's name or file")
    parser.add_argument(
        "--prompt", default="", metavar="NAME|FILE", help="which prompt (default: the suite's)"
    )
    parser.add_argument(
        "--language", choices=["en", "fr"], default="en", help="of the prompt (default en)"
    )
    parser.add_argument(
        "--provider", default="", metavar="ID", help="who answers: profile:NAME or smollm2"
    )
    parser.add_argument(
        "--reflection", default="", metavar="ID", help="who proposes (default: whoever answers)"
    )
    parser.add_argument(
        "--max-calls",
        type=positive,
        default=_USUAL.calls,
        metavar="N",
        help=f"stop before more requests to language models (default {_USUAL.calls})",
    )
    parser.add_argument(
        "--max-cost", type=amount, metavar="X", help="stop before it costs more, as prices say"
    )
    parser.add_argument(
        "--rounds",
        type=positive,
        default=_USUAL.rounds,
        metavar="N",
        help=f"most proposals (default {_USUAL.rounds})",
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of what is drawn")
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where the proposal is written (default: yours)"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would be asked, and of whom"
    )
    parser.add_argument("--yes", action="store_true", help="begin without being asked")


def run(options: argparse.Namespace) -> int:
    """Search, and write a proposal where one is better."""
    wish = Wish(
        prompt=options.prompt,
        language=options.language,
        provider=options.provider,
        reflection=options.reflection,
        calls=options.max_calls,
        cost=options.max_cost,
        rounds=options.rounds,
        seed=options.seed,
    )
    ready = prepared(load_suite(options.suite), wish)
    rules = Rules(ready.start, ready.splits.seen)
    sys.stderr.write(outlook_text(ready))
    if options.dry_run:
        return ExitCode.OK
    _ask(ready, options)
    outcome, search = Outcome(ready, datetime.now().astimezone()), Search()
    look, stopped = None, ""

    def leave() -> Path | None:
        """Write what there is; the proposal, where there is a better one."""
        now = datetime.now().astimezone()
        path = None
        if search.is_better:
            path = write_variant(
                ready, search, outcome, look, start=rules.prompt, now=now, folder=options.out
            )
        outcome.write(search, look=look, variant=path, stopped=stopped, done_at=now)
        return path

    def step(now: Search) -> None:
        outcome.write(now)
        _tell(now, ready)

    def spent(budget: RunBudget) -> None:
        outcome.budget = budget

    try:
        look = optimise(ready, search, cache=Cache(), spent=spent, on_step=step)
    except (CopilotError, KeyboardInterrupt) as error:
        stopped = "stopped by the user" if isinstance(error, KeyboardInterrupt) else str(error)
        if search.tried:
            path = leave()
            best = f"The best so far: {path}" if path else "Nothing better was found so far."
            sys.stderr.write(f"\n{best}\nWhat was tried: {outcome.path}\n")
        raise
    path = leave()
    sys.stdout.write(outcome_text(search, look, path, outcome))
    return ExitCode.OK


def outlook_text(ready: Prepared) -> str:
    """What would be done, before anything is."""
    splits, cost = ready.splits, ready.most_cost
    shown = f"{len(splits.train)} to learn from, {len(splits.dev)} to choose by"
    lines = [
        f"{ready.start.label} ({ready.start.language}): {ready.start.path}",
        f"Cases: {shown}, {splits.test_cases} held out until the end",
    ]
    if ready.left_out:
        lines.append(f"Left out: {ready.left_out} cases in another language")
    told = f"Requests: {ready.most_calls} at most, {ready.last_look} of them for the end"
    lines.append(told if cost is None else f"{told}; cost {cost:.4g} at most")
    own = ready.plan.materials.profiles.get(ready.variant.provider.id)
    for what, profile, name in (
        ("Answers", own, ready.variant.provider.id),
        ("Proposes", ready.reflection_profile, ready.reflection.id),
    ):
        where = "this machine" if profile is None else profile.host
        lines.append(f"{what}: {model_of(ready, name)} on {where}")
    lines.append("Whoever proposes is shown what was said in the cases to learn from.")
    return "\n".join(lines) + "\n"


def outcome_text(search: Search, look: LastLook | None, path: Path | None, made: Outcome) -> str:
    """What came of it."""
    best, start = search.best, search.start
    tried, refused = len(search.tried) - 1, sum(bool(t.refused) for t in search.tried.values())
    count = "1 proposal was" if tried == 1 else f"{tried} proposals were"
    lines = [f"{count} tried, {refused} of them refused unasked. It ended because {_ended(search)}"]
    if look is None or path is None:
        lines.append("Nothing better was found on the cases to choose by; nothing is proposed.")
    else:
        passed = f"{_share(start.dev_passed)} passed before, {_share(best.dev_passed)} now"
        lines += [
            f"On the cases to choose by: {passed}",
            f"{look_text(look)}.",
            f"The proposal: {path}",
            f"Look at it and take it: interview-copilot lab accept {path}",
        ]
    lines.append(f"What was tried: {made.path}")
    return "\n".join(lines) + "\n"


def _ended(search: Search) -> str:
    return f"{search.why_ended.rstrip('.')}."


def _ask(ready: Prepared, options: argparse.Namespace) -> None:
    """Say where text goes, and ask."""
    profiles = dict(ready.plan.materials.profiles)
    if ready.reflection_profile is not None:
        profiles[ready.reflection.id] = ready.reflection_profile
    hosts = [profile.host for profile in profiles.values()]
    if not options.yes:
        confirm("Begin?", yes=False)
        hosts = []
    materials = replace(ready.plan.materials, profiles=profiles)
    ask_whether_to_send(replace(ready.plan, suite=ready.suite, materials=materials), hosts)


def _tell(search: Search, ready: Prepared) -> None:
    best = search.best
    if best.dev is None:
        return
    sys.stderr.write(
        f"Round {search.rounds} of {ready.wish.rounds}: {len(search.tried) - 1} tried, "
        f"the best passes {_share(best.dev_passed)} of {len(ready.splits.dev)} cases "
        f"(the start {_share(search.start.dev_passed)})\n"
    )
    sys.stderr.flush()


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.0f}%"
