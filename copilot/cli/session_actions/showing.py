"""``sessions show``: what happened, line by line."""

import argparse
import sys

from copilot.cli.opening import add_session_argument, opened_session
from copilot.cli.printing import PlainLines
from copilot.cli.reporting.rating_first import read_for_report
from copilot.errors import CopilotError, ExitCode
from copilot.events import (
    Actor,
    Event,
    FindingMade,
    FindingRefused,
    FindingReleased,
    SuggestionClosed,
    SuggestionOffered,
    SuggestionSharpened,
    event_to_json,
)
from copilot.interview import Interview, replay
from copilot.review.reading import read_reviewed
from copilot.review.reviewed import Reviewed
from copilot.settings import load_settings
from copilot.store import SessionFolder


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    add_session_argument(parser)
    parser.add_argument(
        "--json", action="store_true", help="for machines: every event, whatever is rated"
    )
    parser.add_argument(
        "--before-rating",
        action="store_true",
        help="show what was found under questions that you have not rated yet as well; the review "
        "keeps that you did",
    )


def run(options: argparse.Namespace) -> int:
    """Print every event, for people without what the machine found under unrated questions."""
    with opened_session(options.id, options.key_file) as folder:
        events = folder.read_journal().events
        if not events:
            return ExitCode.OK
        if options.json or options.before_rating or load_settings().blind == "off":
            _note(folder)
            hidden: tuple[str, ...] = ()
        else:
            hidden = _hidden(folder, events)
        _print(folder, events, hidden, as_json=options.json)
    return ExitCode.OK


def _note(folder: SessionFolder) -> None:
    try:
        read_for_report(folder, agreed=True)
    except CopilotError as error:  # what happened can be shown although the review is damaged
        sys.stderr.write(f"That could not be noted in the review: {error.message}\n")


def _hidden(folder: SessionFolder, events: tuple[Event, ...]) -> tuple[str, ...]:
    try:
        return read_reviewed(folder).hidden()
    except CopilotError:  # as above; then only what was rated during the interview is known
        return Reviewed(replay(events)).hidden()


def _print(
    folder: SessionFolder, events: tuple[Event, ...], hidden: tuple[str, ...], *, as_json: bool
) -> None:
    left_out: set[str] = set()

    def hides(event: Event, interview: Interview) -> bool:
        about = _found_under(event, interview)
        if about not in hidden:
            return False
        left_out.add(about)
        return True

    lines = PlainLines(hides=hides)
    for event in events:
        if as_json:
            sys.stdout.write(event_to_json(event).decode() + "\n")
        else:
            lines.on_event(event)
    if left_out:
        sys.stdout.flush()
        count = "1 question" if len(left_out) == 1 else f"{len(left_out)} questions"
        sys.stderr.write(
            f"What was found under {count} is left out until you have rated the answers: "
            f"interview-copilot review {folder.id}. To see it before: --before-rating.\n"
        )


def _found_under(event: Event, interview: Interview) -> str:
    """The question under which an event tells what the machine found; empty for other events."""
    match event:
        case FindingMade(by=Actor.MACHINE) | FindingRefused() | FindingReleased():
            return event.question
        case SuggestionOffered():
            return event.suggestion.question
        case SuggestionClosed() | SuggestionSharpened():
            return interview.suggestions[event.suggestion_id].suggestion.question
        case _:
            return ""
