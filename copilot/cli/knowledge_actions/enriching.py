"""``knowledge enrich``: complete a guide by proposals that a human accepts one by one."""

import argparse
import sys
from pathlib import Path

from copilot.cli.options import add_llm
from copilot.errors import UsageError
from copilot.knowledge.guide import LANGUAGES


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("role", metavar="ROLE", help="the id of a guide")
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        help="complete the texts in this language, as an overlay where it is not the guide's own",
    )
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--worksheet",
        type=Path,
        metavar="FILE.md",
        help="write a worksheet of what is missing, for people without the app",
    )
    source.add_argument(
        "--from",
        dest="sheet",
        type=Path,
        metavar="FILE.md",
        help="take in what was written into a worksheet",
    )
    source.add_argument(
        "--from-interviews",
        nargs="*",
        metavar="ID",
        help="take in, made anonymous, what candidates for this role said where a human judged it "
        "(default: all interviews that can be read)",
    )
    source.add_argument(
        "--waiting", action="store_true", help="go through the proposals that wait, and no others"
    )
    add_llm(parser)
    parser.add_argument(
        "--send-to", metavar="HOST", help="send the guide's texts to that host without asking"
    )
    parser.add_argument(
        "--top",
        type=int,
        metavar="N",
        help="only the N most needed points, flags and questions",
    )
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="NAME",
        help="with --from-interviews: replace this name too; may be given again",
    )
    parser.add_argument(
        "--key-file",
        type=Path,
        metavar="FILE",
        help="with --from-interviews ID: the key file of an encrypted session",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="list the proposals, and keep and write nothing"
    )
    parser.add_argument(
        "--yes", action="store_true", help="accept all that nothing speaks against, without asking"
    )
    parser.add_argument("--json", action="store_true", help="print the proposals, for machines")


def run(options: argparse.Namespace) -> int:
    """Find proposals, and have them accepted."""
    _check(options)
    # Here and not at the top: --help needs none of it.
    from copilot.cli.knowledge_actions.enriching_sources import (  # noqa: PLC0415
        from_interviews,
        from_model,
        from_sheet,
        waiting_for,
        write_sheet,
    )
    from copilot.cli.knowledge_actions.enriching_telling import tell_gaps  # noqa: PLC0415

    waiting = waiting_for(options)
    if options.worksheet is not None:
        return write_sheet(waiting, options)
    if options.sheet is not None:
        return from_sheet(waiting, options)
    if options.from_interviews is not None:
        return from_interviews(waiting, options)
    return from_model(waiting, options, tell_gaps)


def _check(options: argparse.Namespace) -> None:
    if options.top is not None and options.top < 1:
        raise UsageError("--top wants a number of at least 1.", "Such as: --top 10")
    if options.from_interviews is None and (options.name or options.key_file):
        raise UsageError(
            "--name and --key-file belong to --from-interviews.", "Add that, or leave them out."
        )
    if options.from_interviews is not None and options.yes:
        raise UsageError(
            "what was said in interviews is taken over by a human, one sentence at a time.",
            "Leave --yes out.",
        )
    asks_nobody = options.sheet or options.worksheet or options.waiting
    if (options.llm or options.send_to) and (asks_nobody or options.from_interviews is not None):
        raise UsageError("no language model is asked for that.", "Leave --llm and --send-to out.")
    if options.dry_run and options.yes:
        raise UsageError("--dry-run writes nothing and --yes does.", "Leave one of them out.")
    if options.json and not (options.dry_run or options.yes or not sys.stdin.isatty()):
        raise UsageError("--json asks nothing.", "Say --dry-run or --yes, too.")
