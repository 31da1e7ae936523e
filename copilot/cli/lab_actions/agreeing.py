"""``lab agree``: how far checks, and a model's opinions, agree with what people labelled."""

import argparse
import dataclasses
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from copilot.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from copilot.lab.measuring.agreement import Beside
    from copilot.lab.measuring.bootstrap import Estimate

_COLUMNS = ("", "labels", "agrees", "kappa", "both good", "only it", "only people", "both bad")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument(
        "run", metavar="RUN", help="a run's id or the beginning of one, its folder, or last"
    )
    parser.add_argument("--json", action="store_true", help="a JSON object a check")


def run(options: argparse.Namespace) -> int:
    """Print the agreement of each check."""
    from copilot.cli.json_output import print_json  # noqa: PLC0415 - loads a lot
    from copilot.lab.measuring.agreement import beside_people  # noqa: PLC0415
    from copilot.lab.measuring.model import plain  # noqa: PLC0415
    from copilot.lab.running.folder import read_run  # noqa: PLC0415

    found = read_run(options.run)
    beside = beside_people(found)
    if not beside:
        raise UsageError(
            f"no output of {found.record.id} is labelled.",
            "Say what is good and what is bad: lab label RUN ITEM good, or lab open RUN.",
        )
    if options.json:
        for each in beside:
            print_json(plain(dataclasses.asdict(each)))
    else:
        sys.stdout.write(_text(found.record.id, beside))
    return ExitCode.OK


def _text(run_id: str, beside: Sequence["Beside"]) -> str:
    from copilot.cli.lab_actions.telling import table_lines  # noqa: PLC0415 - loads a lot

    labels = max(each.agreement.items for each in beside)
    rows = [_COLUMNS, *map(_row, beside)]
    outputs = "1 output" if labels == 1 else f"{labels} outputs"
    lines = [f"{run_id}: {outputs} labelled by people", "", *table_lines(rows), ""]
    cautions: dict[str, list[str]] = {}
    for each in beside:
        if each.agreement.caution:
            cautions.setdefault(each.agreement.caution, []).append(_name(each))
    lines += [f"{', '.join(names)}: {caution}." for caution, names in cautions.items()]
    lines.append("Kappa is 1 for full agreement and 0 for what chance brings; 95 % intervals.")
    return "\n".join(lines) + "\n"


def _name(beside: "Beside") -> str:
    return beside.check if beside.counts else f"{beside.check} (never counts)"


def _row(beside: "Beside") -> tuple[str, ...]:
    found = beside.agreement
    counts = (found.both_yes, found.only_ours, found.only_theirs, found.both_no)
    agrees, kappa = _percent(found.observed), _interval(found.kappa)
    return (_name(beside), str(found.items), agrees, kappa, *map(str, counts))


def _percent(figure: "Estimate") -> str:
    return f"{100 * figure.value:.0f} %"


def _interval(figure: "Estimate") -> str:
    # It is no number where both say the same of everything.
    if figure.value != figure.value:
        return "-"
    return f"{figure.value:.2f} ({figure.low:.2f} to {figure.high:.2f})"
