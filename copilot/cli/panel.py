"""``panel``: several raters who see each other's ratings once all have handed theirs in."""

import argparse
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from copilot.cli.compare import add_form, terminal_columns, write_out
from copilot.cli.opening import add_key_file, add_session_argument, opened_session
from copilot.cli.options import ids
from copilot.errors import ExitCode, UsageError
from copilot.i18n import spoken
from copilot.review.outline_html import to_html
from copilot.review.outline_markdown import to_markdown
from copilot.review.outline_text import to_text
from copilot.review.panel.files import same
from copilot.review.panel.folder import Contents, PanelFolder
from copilot.review.panel.handing_in import HandingIn, hand_in, open_own, take_back
from copilot.review.panel.merged import Merged, merged_to_json
from copilot.review.panel.merging import merge
from copilot.review.panel.outlining import outline_of
from copilot.review.panel.standing import missing_from, standing_of
from copilot.review.plain_line import plain_line
from copilot.review.reviewing import user_name
from copilot.store import SessionStore

_STATES = {
    "missing": "not yet",
    "withdrawn": "taken back",
    "sealed": "handed in, sealed",
    "open": "handed in, open",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    new = actions.add_parser("new", help="begin a panel in a folder that its raters share")
    new.add_argument("name", metavar="NAME", help="what people call it")
    new.add_argument("folder", type=Path, metavar="FOLDER", help="shared drive, stick or mail")
    new.add_argument("--role", required=True, metavar="ROLE", help="a guide's id")
    new.add_argument(
        "--raters",
        type=ids,
        required=True,
        metavar="A,B,…",
        help="who has to hand in before anything is opened",
    )
    submit = actions.add_parser("submit", help="hand in what you judged of a candidate, sealed")
    add_session_argument(submit)
    _add_panel(submit)
    _add_rater(submit)
    submit.add_argument(
        "--candidate",
        metavar="NAME",
        help="what all raters call the candidate (default: the session's alias)",
    )
    submit.add_argument(
        "--judged-as",
        action="append",
        default=[],
        metavar="NAME",
        help="another name under which you judged in this session",
    )
    submit.add_argument("--notes", action="store_true", help="hand in your notes as well")
    submit.add_argument(
        "--incomplete", action="store_true", help="although not all that was asked is judged"
    )
    withdraw = actions.add_parser("withdraw", help="take back what you handed in")
    withdraw.add_argument("candidate", metavar="CANDIDATE", help="for whom")
    _add_panel(withdraw)
    _add_rater(withdraw)
    add_key_file(withdraw)
    status = actions.add_parser("status", help="who has handed in")
    status.add_argument("folder", type=Path, metavar="FOLDER", help="the panel's folder")
    opening = actions.add_parser("open", help="open yours, once everybody has handed in")
    _add_opening(opening)
    merging = actions.add_parser("merge", help="open yours, and set all that is open side by side")
    _add_opening(merging)
    add_form(merging, ["text", "md", "html", "json"])


def _add_panel(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--panel", type=Path, required=True, metavar="FOLDER", help="the panel's folder"
    )


def _add_rater(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as", dest="name", required=True, metavar="NAME", help="which of the raters you are"
    )


def _add_opening(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the panel's folder")
    parser.add_argument("--candidate", metavar="NAME", help="only this one (default: all)")
    parser.add_argument(
        "--without",
        type=ids,
        default=(),
        metavar="A,B,…",
        help="do not wait for these raters, such as one who fell ill, before you open yours",
    )
    add_key_file(parser)


def run(options: argparse.Namespace) -> int:
    """Do what the action says."""
    return _ACTIONS[options.action](options)


def _new(options: argparse.Namespace) -> int:
    panel = PanelFolder.make(
        options.folder,
        name=options.name,
        role=options.role,
        raters=options.raters,
        now=datetime.now(UTC),
    )
    raters = ", ".join(panel.panel.raters)
    sys.stderr.write(f"Panel {panel.panel.name} is in {panel.path}. Raters: {raters}.\n")
    return ExitCode.OK


def _submit(options: argparse.Namespace) -> int:
    panel = PanelFolder(options.panel)
    rater = panel.rater(options.name)
    with opened_session(options.id, options.key_file) as folder:
        seal = hand_in(
            folder,
            panel,
            HandingIn(
                rater=rater,
                names=(rater, user_name(), *options.judged_as),
                candidate=options.candidate,
                with_notes=options.notes,
                incomplete=options.incomplete,
                now=datetime.now(UTC),
            ),
        )
    sys.stderr.write(f"Handed in as {rater} for {seal.candidate}. It is sealed.\n")
    if seal.number > 1:
        sys.stderr.write("It counts instead of what you handed in before, which is kept.\n")
    if seal.seen:
        names = ", ".join(map(plain_line, seal.seen))
        sys.stderr.write(f"The ratings of {names} were open already; the panel is told so.\n")
    contents = panel.read()
    missing = missing_from(standing_of(panel.panel, contents, seal.candidate), ())
    told = f"Waiting for {', '.join(missing)}." if missing else "Everybody has: panel merge now."
    sys.stderr.write(told + "\n")
    return _told_problems(contents)


def _withdraw(options: argparse.Namespace) -> int:
    panel = PanelFolder(options.panel)
    seal = take_back(
        panel,
        options.name,
        options.candidate,
        _stored(),
        partial(opened_session, key_file=options.key_file),
        now=datetime.now(UTC),
    )
    sys.stderr.write(f"Taken back as {seal.rater} for {seal.candidate}. Hand in again to count.\n")
    return ExitCode.OK


def _status(options: argparse.Namespace) -> int:
    panel = PanelFolder(options.folder)
    contents = panel.read()
    sys.stdout.write(f"{panel.panel.name} ({plain_line(panel.panel.role)})\n")
    candidates = contents.candidates()
    if not candidates:
        sys.stdout.write(f"Nobody has handed in yet: {', '.join(panel.panel.raters)}.\n")
    for candidate in candidates:
        sys.stdout.write(f"{candidate}\n")
        for each in standing_of(panel.panel, contents, candidate):
            times = sum(seal.action == "submitted" for seal in each.seals)
            again = f" ({times} times)" if times > 1 else ""
            sys.stdout.write(f"  {each.rater}: {_STATES[each.state]}{again}\n")
    return _told_problems(contents)


def _open(options: argparse.Namespace) -> int:
    panel, contents = _opened(options)
    waiting = False
    for candidate in _candidates(contents, options.candidate):
        standing = standing_of(panel.panel, contents, candidate)
        missing = missing_from(standing, options.without)
        sealed = [each.rater for each in standing if each.state == "sealed"]
        if missing:
            waiting = True
            sys.stderr.write(f"{candidate} stays sealed: waiting for {', '.join(missing)}.\n")
        elif sealed:
            sys.stderr.write(f"{candidate}: {', '.join(sealed)} have to open theirs as well.\n")
    return max(_told_problems(contents), ExitCode.FAILED if waiting else ExitCode.OK)


def _merge(options: argparse.Namespace) -> int:
    panel, contents = _opened(options)
    merged = merge(panel.panel, contents, _candidates(contents, options.candidate))
    write_out(_form(merged, options), options.output)
    return _told_problems(contents)


def _form(merged: Merged, options: argparse.Namespace) -> bytes:
    if options.format == "json":
        return merged_to_json(merged)
    outline = outline_of(merged, options.lang or spoken())
    if options.format == "md":
        return to_markdown(outline).encode()
    if options.format == "html":
        return to_html(outline).encode()
    return to_text(outline, terminal_columns()).encode()


def _opened(options: argparse.Namespace) -> tuple[PanelFolder, Contents]:
    """The panel, after opening in it what was handed in here, where everybody has."""
    panel = PanelFolder(options.folder)
    for name in options.without:
        panel.rater(name)
    contents = panel.read()
    opening = partial(opened_session, key_file=options.key_file)
    stored, opened = _stored(), False
    for candidate in _candidates(contents, options.candidate):
        for seal in open_own(panel, contents, candidate, stored, opening, without=options.without):
            opened = True
            sys.stderr.write(f"Opened what {seal.rater} handed in for {seal.candidate}.\n")
    return panel, panel.read() if opened else contents


def _candidates(contents: Contents, wanted: str | None) -> tuple[str, ...]:
    candidates = contents.candidates()
    if wanted is None:
        return candidates
    found = tuple(each for each in candidates if same(each, wanted))
    if not found:
        known = ", ".join(candidates)
        raise UsageError(
            f"nothing was handed in for {wanted!r}.",
            f"Known: {known}." if known else "Nobody has handed in yet.",
        )
    return found


def _stored() -> set[str]:
    return {folder.id for folder in SessionStore().folders()}


def _told_problems(contents: Contents) -> ExitCode:
    for problem in contents.problems:
        sys.stderr.write(f"{problem}\n")
    return ExitCode.FAILED if contents.problems else ExitCode.OK


_ACTIONS = {
    "new": _new,
    "submit": _submit,
    "withdraw": _withdraw,
    "status": _status,
    "open": _open,
    "merge": _merge,
}
