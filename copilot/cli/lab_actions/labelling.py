"""``lab label``: say what one thinks of an output, so that checks and judges can be held to it."""

import argparse
import sys
from typing import TYPE_CHECKING

from copilot.errors import ExitCode, UsageError, nearest

if TYPE_CHECKING:
    from copilot.lab.results import Result
    from copilot.lab.running.run import Run


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument(
        "run", metavar="RUN", help="a run's id or the beginning of one, its folder, or last"
    )
    parser.add_argument(
        "item",
        metavar="ITEM",
        help="what is labelled: the id of an item, or of a case that has but one output",
    )
    parser.add_argument("verdict", choices=("good", "bad", "clear"), help="clear takes it back")
    parser.add_argument("--note", default="", metavar="TEXT", help="why, in a line")


def run(options: argparse.Namespace) -> int:
    """Keep the label."""
    from copilot.lab.labels import label_result, read_labels  # noqa: PLC0415 - loads a lot
    from copilot.lab.running.folder import read_run  # noqa: PLC0415

    found = read_run(options.run)
    result = _result(found, options.item)
    label = label_result(found, result, options.verdict, note=options.note)
    same = sum(
        each.case == label.case and each.produced.output == result.produced.output
        for each in found.results
    )
    told = "is not labelled any more" if label.verdict == "clear" else f"is {label.verdict}"
    more = ""
    if same == 2:
        more = "; so is 1 other of the run that says the same"
    elif same > 2:
        more = f"; so are {same - 1} others of the run that say the same"
    sys.stderr.write(f"{result.item} {told}{more}.\n")
    damaged = read_labels().unreadable
    if damaged == 1:
        sys.stderr.write("1 line of labels.jsonl cannot be read and counts for nothing.\n")
    elif damaged:
        sys.stderr.write(
            f"{damaged} lines of labels.jsonl cannot be read: they count for nothing.\n"
        )
    return ExitCode.OK


def _result(run: "Run", name: str) -> "Result":
    items = {each.item: each for each in run.results}
    if name in items:
        return items[name]
    of_case = [each for each in run.results if each.case == name]
    outputs = [each for each in of_case if not each.produced.failed]
    if len(of_case) == 1 or (outputs and all(_same(each, outputs[0]) for each in of_case)):
        return of_case[0]
    if of_case:
        listed = "; ".join(each.item for each in of_case[:6])
        raise UsageError(
            f"the case {name!r} has {len(of_case)} outputs in {run.record.id}.",
            f"Name one of them: {listed}",
        )
    known = [*items, *dict.fromkeys(each.case for each in run.results)]
    hint = nearest(name, known) if len(known) <= 2000 else ""
    if hint.count(",") > 8:
        hint = "`lab open RUN` shows them."
    raise UsageError(f"{run.record.id} has no item and no case {name!r}.", hint)


def _same(one: "Result", other: "Result") -> bool:
    return not one.produced.failed and one.produced.output == other.produced.output
