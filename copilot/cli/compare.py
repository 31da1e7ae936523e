"""``compare``: candidates for a role side by side, by question and competency."""

import argparse
import contextlib
import os
import sys
from pathlib import Path

from copilot.cli.filters import add_dates, filters_from
from copilot.cli.opening import ID_HELP, add_key_file, opened_session
from copilot.errors import ExitCode, StorageError, UsageError
from copilot.i18n import INTERFACE_LANGUAGES, spoken
from copilot.private_file import write_private
from copilot.review.comparing.gathering import Gathered, named, of_role
from copilot.review.comparing.making import compare
from copilot.review.comparing.model import Comparison, comparison_to_json
from copilot.review.comparing.outlining import outline_of
from copilot.review.comparing.reader import Reader
from copilot.review.comparing.table import to_csv
from copilot.review.outline_html import to_html
from copilot.review.outline_markdown import to_markdown
from copilot.review.outline_text import to_text
from copilot.review.reviewing import user_name
from copilot.store import SessionStore
from copilot.store.exports import remember_export

#: As wide as a terminal where nobody looks at one, such as in a pipe.
_COLUMNS = 80


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("role", metavar="ROLE", help="a guide's id")
    parser.add_argument(
        "--session",
        action="append",
        default=[],
        metavar="ID",
        help=f"compare only the sessions named so, {ID_HELP}; may be given several times "
        "(default: all of the role that are not encrypted)",
    )
    add_dates(parser)
    add_key_file(parser)
    parser.add_argument(
        "--sort",
        choices=["date", "alias"],
        default="date",
        help="order of the candidates (default date); there is no order by ratings",
    )
    parser.add_argument(
        "--as",
        dest="name",
        metavar="NAME",
        help="under which name you rated (default: the user's name, and whoever held them)",
    )
    parser.add_argument(
        "--not-rating",
        action="store_true",
        help="you rate none of these interviews: show what everyone judged",
    )
    add_form(parser, ["text", "md", "html", "json", "csv"])


def add_form(parser: argparse.ArgumentParser, forms: list[str]) -> None:
    """``--format``, ``--lang`` and ``--output``."""
    parser.add_argument("--format", choices=forms, default="text", help="default text")
    parser.add_argument(
        "--lang",
        choices=tuple(INTERFACE_LANGUAGES),
        help="language of what is written (default: the interface's)",
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="where to write it (default: stdout)"
    )


def run(options: argparse.Namespace) -> int:
    """Set them side by side."""
    filters = filters_from(options)
    store = SessionStore()
    if options.session and (options.since or options.until):
        raise UsageError("--session names the sessions already.", "Leave --since and --until out.")
    with contextlib.ExitStack() as stack:
        if options.session:
            ids = dict.fromkeys(store.find(each).id for each in options.session)
            folders = [stack.enter_context(opened_session(i, options.key_file)) for i in ids]
            gathered = named(folders, options.role)
            places = [folder.path for folder in folders]
        else:
            gathered = of_role(store, options.role, filters)
            places = [store.root / source.id for source in gathered.sources]
        compared = _compared(gathered, options)
        for left in gathered.left_out:
            sys.stderr.write(f"Not compared: {left.session_id} ({left.why})\n")
        write_out(_form(compared, options.format), options.output)
        if options.output is not None:
            for place in places:
                remember_export(place, options.output, "comparison")
    return ExitCode.OK


def _compared(gathered: Gathered, options: argparse.Namespace) -> Comparison:
    return compare(
        gathered.sources,
        role=options.role,
        language=options.lang or spoken(),
        reader=Reader(user_name(), options.name, rates=not options.not_rating),
        order=options.sort,
        left_out=gathered.left_out,
    )


def _form(compared: Comparison, form: str) -> bytes:
    if form == "json":
        return comparison_to_json(compared)
    if form == "csv":
        return to_csv(compared).encode()
    outline = outline_of(compared)
    if form == "md":
        return to_markdown(outline).encode()
    if form == "html":
        return to_html(outline).encode()
    return to_text(outline, terminal_columns()).encode()


def terminal_columns() -> int:
    """How many columns there are to write in, also where a pager stands between."""
    for stream in (sys.stdout, sys.stderr):
        if stream.isatty():
            return os.get_terminal_size(stream.fileno()).columns or _COLUMNS
    return _COLUMNS


def write_out(data: bytes, path: Path | None) -> None:
    """Write to a private file, or to standard output.

    Raises:
        StorageError: The disk refused.
    """
    if path is None:
        sys.stdout.write(data.decode("utf-8", "replace"))
        return
    try:
        write_private(path, data)
    except StorageError as error:
        error.remedy = "Name a file in a folder that exists, can be written and has room."
        raise
    sys.stderr.write(f"Wrote {path}\n")
