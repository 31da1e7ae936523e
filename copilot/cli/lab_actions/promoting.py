"""``lab promote``: make a case of a moment of a stored session."""

import argparse
import sys

from copilot.cli.opening import ID_HELP, add_key_file, opened_session
from copilot.errors import ExitCode
from copilot.lab.moments import Said
from copilot.lab.promoting import Promoted, Wish, promote
from copilot.store import SessionStore


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument(
        "moment",
        metavar="ID#UTTERANCE",
        help=f"{ID_HELP}, then # and the utterance that was over at that moment, such as last#u12; "
        "without one the whole interview",
    )
    parser.add_argument(
        "--task",
        default="",
        metavar="TASK",
        help="match, judge_points, judge_flags or follow_up of an answer, recognise of what the "
        "interviewer says (default: match or recognise)",
    )
    parser.add_argument(
        "--id", default="", metavar="NAME", help="the case's id (default: made of the moment)"
    )
    parser.add_argument("--note", default="", metavar="TEXT", help="a line about it")
    parser.add_argument(
        "--question",
        default="",
        metavar="ID|none",
        help="for recognise: the planned question that is asked there (default: the one that was "
        "set by hand)",
    )
    parser.add_argument(
        "--silent",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="for follow_up: whether nothing must be asked there (default: yes where the "
        "suggestion was skipped or dismissed by hand)",
    )
    parser.add_argument(
        "--anonymise", action="store_true", help="placeholders for names and contact data"
    )
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="NAME",
        help="with --anonymise: replace this name too; may be given again",
    )
    parser.add_argument("--dry-run", action="store_true", help="show the case, and keep nothing")
    add_key_file(parser)


def run(options: argparse.Namespace) -> int:
    """Make the case, and say where it lies and what it knows."""
    session_id, _sign, utterance_id = options.moment.partition("#")
    is_encrypted = SessionStore().find(session_id).is_encrypted
    wish = Wish(
        task=options.task,
        case_id=options.id,
        note=options.note,
        said=Said(options.question, options.silent),
        anonymised=options.anonymise,
        names=tuple(options.name),
    )
    with opened_session(session_id, options.key_file) as folder:
        made = promote(folder, utterance_id, wish, keep=not options.dry_run)
    if options.dry_run:
        sys.stdout.write(made.text)
    else:
        sys.stdout.write(f"{made.id}\n")
    _tell(made, kept=not options.dry_run, is_encrypted=is_encrypted)
    return ExitCode.OK


def _tell(made: Promoted, *, kept: bool, is_encrypted: bool) -> None:
    told = [f"Added to {made.path}, task {made.task}."] if kept else []
    told += list(made.notices)
    if not made.has_label:
        told.append(
            "Nobody said by hand what is right there: it knows no answer, and only assertions "
            "can check it."
        )
    for each in made.replaced:
        told.append(f"{each.placeholder} stands for {', '.join(each.originals)}.")
    if is_encrypted and kept:
        told.append("The session is encrypted; the case is not.")
    sys.stderr.write("".join(f"{line}\n" for line in told))
