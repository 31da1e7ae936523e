"""``knowledge diff``: what is not the same in two guides, item by item."""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence

from copilot.cli import options as shared
from copilot.cli.opening import add_key_file, opened_session
from copilot.difference import different_words
from copilot.errors import ExitCode, UsageError
from copilot.guides.comparing import Change, Kind, changes
from copilot.guides.editing.edits import shown
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide

_SIGNS = {
    Kind.ADDED: "+",
    Kind.REMOVED: "-",
    Kind.CHANGED: "~",
    Kind.RENAMED: "=",
    Kind.MOVED: ">",
}
#: A line, or a page and a line, of a document.
_LINE = re.compile(r"(?P<file>.+?)(?::p[0-9]+)?:[0-9]+")
_RED, _GREEN, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("first", metavar="A", help="a guide's id, or the path of its file")
    parser.add_argument(
        "second", metavar="B", nargs="?", help="another one; not needed with --session"
    )
    parser.add_argument(
        "--session",
        metavar="ID",
        help="compare the guide that this session ran with and A as it is today",
    )
    add_key_file(parser)
    shared.add_language(parser)
    parser.add_argument("--json", action="store_true", help="one JSON line a difference")


def run(options: argparse.Namespace) -> int:
    """Compare; 0 where nothing differs, 1 where something does, as diff does."""
    if (options.second is None) == (options.session is None):
        raise UsageError(
            "two guides are compared.", "Name a second guide, or a session with --session ID."
        )
    if options.session is None:
        first = load_guide(options.first, options.language)
        second = load_guide(options.second, options.language)
    else:
        first = _of_session(options)
        second = load_guide(options.first, first.language)
    found = changes(first, second)
    lines = map(_as_json, found) if options.json else _told(first, second, found)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return ExitCode.FAILED if found else ExitCode.OK


def _of_session(options: argparse.Namespace) -> Guide:
    from copilot.cli.session_actions.guiding import guide_of  # noqa: PLC0415 - with --session alone

    with opened_session(options.session, options.key_file) as folder:
        return guide_of(folder)


def _as_json(change: Change) -> str:
    told = {"kind": change.kind, "place": list(change.place)}
    told |= {"before": change.before, "after": change.after}
    return json.dumps(told, ensure_ascii=False)


def _told(first: Guide, second: Guide, found: Sequence[Change]) -> Iterator[str]:
    if not found:
        yield "No difference."
        return
    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    moved = [change for change in found if _only_its_line(change)]
    for change in (change for change in found if change not in moved):
        head = f"{_SIGNS[change.kind]} {shown(change.place)}"
        match change.kind:
            case Kind.RENAMED:
                yield f"{head}  (was {change.before})"
            case Kind.MOVED:
                yield f"{head}  (number {change.before}, now {change.after})"
            case Kind.CHANGED:
                yield head
                yield from _words(change, coloured=coloured)
            case _:
                colour = _GREEN if change.kind is Kind.ADDED else _RED
                text = change.after or change.before
                yield head
                yield f"    {colour}{text}{_PLAIN}" if coloured else f"    {text}"
    told = ", ".join(_counts(found, len(moved)))
    both = f"{first.id} → {second.id}" if first.id != second.id else first.id
    yield ""
    yield f"{both}: {told}"


def _only_its_line(change: Change) -> bool:
    """Whether all that changed is the line of the document that an item stands on."""
    if change.kind is not Kind.CHANGED or change.place[-1] != "origin":
        return False
    before, after = _LINE.fullmatch(change.before), _LINE.fullmatch(change.after)
    return before is not None and after is not None and before["file"] == after["file"]


def _counts(found: Sequence[Change], moved: int) -> Iterator[str]:
    for kind in Kind:
        count = sum(change.kind is kind for change in found)
        count -= moved if kind is Kind.CHANGED else 0
        if count:
            yield f"{count} {kind}"
    if moved:
        yield f"{'1 origin' if moved == 1 else f'{moved} origins'} moved to other lines"


def _words(change: Change, *, coloured: bool) -> Iterator[str]:
    """Both texts, the words that differ marked: by colour, or as wdiff does."""
    before, after = different_words(change.before, change.after)
    for sign, pieces, colour, marks in (
        ("-", before, _RED, ("[-", "-]")),
        ("+", after, _GREEN, ("{+", "+}")),
    ):
        opening, closing = (colour, _PLAIN) if coloured else marks
        text = "".join(
            piece.text if piece.same else f"{opening}{piece.text}{closing}" for piece in pieces
        )
        yield f"  {sign} {text}"
