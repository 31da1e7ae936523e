"""``report``: write a session's report, in any of its forms."""

import argparse
import sys

from copilot.cli.opening import add_session_argument, opened_session
from copilot.cli.reporting.rating_first import read_for_report
from copilot.cli.reporting.request import Request, add_arguments, request_of
from copilot.cli.reporting.writing import check_own_place, check_place, write_reports
from copilot.errors import ExitCode
from copilot.review.forms.registry import Source
from copilot.review.forms.scorecard_mapping import ScorecardMapping, load_mapping
from copilot.review.reading import read_reviewed
from copilot.review.report import report_of
from copilot.review.report_file import alias_of
from copilot.review.summary import Summary
from copilot.store import SessionFolder


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_session_argument(parser)
    add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write the report."""
    request = request_of(options)
    check_place(request)
    with opened_session(options.id, options.key_file) as folder:
        _report(folder, request, options)
    return ExitCode.OK


def _report(folder: SessionFolder, request: Request, options: argparse.Namespace) -> None:
    check_own_place(folder, request)
    if request.shows_findings:
        state = read_for_report(folder, agreed=options.yes)
    else:
        state = read_reviewed(folder)
    if state is None:
        return
    if folder.state() == "running":
        sys.stderr.write(f"Session {folder.id} is still running; this is its report until now.\n")
    report = report_of(state, options.lang)
    source = Source(
        report=report,
        word_times=state.interview.utterances,
        alias=alias_of(folder),
        transcript=options.transcript,
        delimiter=";" if options.semicolons else ",",
        mapping=_mapping(report.summary, request, options),
    )
    write_reports(folder, request, source)


def _mapping(
    summary: Summary, request: Request, options: argparse.Namespace
) -> ScorecardMapping | None:
    if all(form.name != "scorecard" for form in request.forms):
        return None
    return load_mapping(summary, options.mapping)
