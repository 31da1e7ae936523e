"""``lab view``: look at a run, or at two beside each other, in a browser."""

import argparse
import sys
import webbrowser
from pathlib import Path

from copilot.cli.lab_actions.comparing import pairs_of
from copilot.errors import ExitCode
from copilot.lab.comparing import compare
from copilot.lab.comparing.baseline import Baseline
from copilot.lab.labels import labels_for
from copilot.lab.measuring.agreement import beside_people
from copilot.lab.report.comparing import comparison_page
from copilot.lab.report.run_page import run_page
from copilot.lab.report.trends import trend_of
from copilot.lab.report.writing import store_page
from copilot.lab.running.folder import read_run


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "runs",
        nargs="*",
        metavar="RUN",
        help="a run, or A and then B, by folder, id, a beginning of it, `last` or `last:SUITE` "
        "(default last)",
    )
    parser.add_argument(
        "--variants",
        nargs=2,
        metavar=("X", "Y"),
        help="two variants beside each other: X of A with Y of B, or two of one run",
    )
    parser.add_argument(
        "--baseline",
        nargs="?",
        const="",
        metavar="FILE",
        help="beside a baseline: the one that ships for the suite, or FILE",
    )
    parser.add_argument(
        "--path", action="store_true", help="only say where the page lies, and open nothing"
    )


def run(options: argparse.Namespace) -> int:
    """Write the page as it is today, and open it."""
    path = _page(options)
    if options.path or not _opened(path):
        sys.stdout.write(f"{path}\n")
    else:
        sys.stderr.write(f"Opened {path}\n")
    return ExitCode.OK


def _page(options: argparse.Namespace) -> Path:
    two = len(options.runs) > 1 or options.variants or options.baseline is not None
    if not two:
        run = read_run(options.runs[0] if options.runs else "last")
        record = run.record
        trend = trend_of(record.suite, record.id)
        return store_page(record.id, run_page(run, trend, beside_people(run), labels_for(run)))
    if not options.runs:
        options.runs = ["last"]
    a, b = next(pairs_of(options))
    comparison = compare(a, b, variants=options.variants)
    trend = trend_of(b.record.suite, a.record.id, b.record.id)
    name = " ".join([a.record.id, b.record.id, *(options.variants or ())])
    labels = ({} if isinstance(a, Baseline) else labels_for(a), labels_for(b))
    return store_page(name, comparison_page(a, b, comparison, trend, labels))


def _opened(path: Path) -> bool:
    """Whether a browser took it; there is none where there is no display."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if isinstance(browser, webbrowser.GenericBrowser) and not isinstance(
        browser, webbrowser.BackgroundBrowser
    ):
        # One for the terminal shows none of what the page's script draws.
        return False
    return browser.open(path.as_uri())
