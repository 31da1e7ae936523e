"""``knowledge import``: documents become a guide, or are merged into the one that is there."""

import argparse
import difflib
import hashlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from copilot.cli.lab_actions.asking import confirm
from copilot.engine.configured import configured_llm, named_llm
from copilot.errors import ExitCode, UsageError
from copilot.llm.profile import Profile
from copilot.paths import config_folder, shipped_knowledge

if TYPE_CHECKING:
    from copilot.guides.importing.planned import Planned

_ROLE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ROLE = 48
_LONGEST_FILE = 200


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="text, Markdown, saved web pages, PDF or Word; several become one guide",
    )
    parser.add_argument(
        "--role", required=True, metavar="NAME", help="the guide's id, which its file is named by"
    )
    parser.add_argument("--title", default="", metavar="T", help="what the role is called")
    parser.add_argument(
        "--language",
        metavar="en|fr",
        help="language of the documents (default: the one most of them is written in)",
    )
    parser.add_argument(
        "--model",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="have the language model in use read what structure alone does not place; "
        "code checks each answer against the document (default: it is not asked)",
    )
    parser.add_argument("--llm", metavar="NAME", help="the same, with the profile of that name")
    parser.add_argument(
        "--dry-run", action="store_true", help="print the YAML, or the changes; write nothing"
    )
    parser.add_argument(
        "--send-to", metavar="HOST", help="the documents may be sent to that host; do not ask"
    )
    parser.add_argument(
        "--yes", action="store_true", help="change a guide that is there without asking"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write there (default: your own guides)"
    )
    parser.add_argument(
        "--over-shipped",
        action="store_true",
        help="make a guide of your own that hides the shipped one of that name",
    )
    parser.add_argument("--verbose", action="store_true", help="list all of it, in full")


def run(options: argparse.Namespace) -> int:
    """Read, find, show, write."""
    folder = options.out or config_folder() / "knowledge"
    _check_role(options, folder)
    _check_files(options.files)
    # Here and not at the top: reading documents loads more than the command line does.
    from copilot.cli.knowledge_actions.import_reading import read_all, with_models  # noqa: PLC0415
    from copilot.cli.knowledge_actions.import_telling import Report  # noqa: PLC0415
    from copilot.guides.importing.merging.joining import joined  # noqa: PLC0415
    from copilot.guides.importing.planned import Request  # noqa: PLC0415
    from copilot.guides.importing.writing import plan_import  # noqa: PLC0415

    profile = _profile(options)
    documents = read_all(options.files, options.language)
    report = Report(documents, verbose=options.verbose, dry_run=options.dry_run)
    asked = profile if options.model or options.llm else None
    found = with_models(documents, asked, report, send_to=options.send_to)
    draft = joined(found.drafts)
    request = Request(
        role=options.role,
        folder=folder,
        titles={document.name: document.title for document in documents},
        digests={file.name: _digest(file) for file in options.files},
        title=options.title,
        by_model=found.by_model,
        asked_model=found.asked,
    )
    offered = profile if asked is None and options.model is not False else None
    planned = plan_import(draft, request, model=offered.model if offered else "")
    report.tell_found(draft, planned, offered)
    if options.dry_run:
        _show(planned)
        return ExitCode.OK
    if not planned.is_new and planned.is_changed:
        confirm(f"Change {planned.path}?", yes=options.yes)
    also = planned.also_changed
    planned.write()
    report.tell_written(planned, also, own_folder=options.out is None)
    return ExitCode.OK


def _check_role(options: argparse.Namespace, folder: Path) -> None:
    role = options.role
    if not _ROLE.fullmatch(role) or len(role) > _LONGEST_ROLE:
        raise UsageError(
            f"{role!r} cannot be a guide's id.",
            f"Lower-case words joined by hyphens, {_LONGEST_ROLE} characters at most: head-baker.",
        )
    hides = options.out is None and (shipped_knowledge() / f"{role}.yaml").is_file()
    if hides and not (folder / f"{role}.yaml").exists() and not options.over_shipped:
        raise UsageError(
            f"{role} is a guide that ships; one of your own of that name would hide it.",
            f"Choose another --role, such as {role}-own, or say --over-shipped.",
        )


def _check_files(files: list[Path]) -> None:
    names = [file.name for file in files]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(
                f"two documents are called {name}.",
                "Origins name a document by its name: give one of them another.",
            )
        if not name.isprintable():
            raise UsageError(
                f"{name!a}: the name cannot stand in a guide.",
                "Give the document one of letters, digits and spaces.",
            )
        if len(name) > _LONGEST_FILE:
            raise UsageError(
                f"{name[:40]}…: the name is longer than {_LONGEST_FILE} characters.",
                "Give the document a shorter one.",
            )


def _profile(options: argparse.Namespace) -> Profile | None:
    if options.llm:
        if options.model is False:
            raise UsageError("--llm and --no-model contradict each other.", "Leave one out.")
        return named_llm(options.llm)
    if options.model is False:
        return None
    found = configured_llm()
    if options.model and found is None:
        raise UsageError(
            "no language model is in use.",
            "Name a profile with --llm: interview-copilot llm list; or leave --model out.",
        )
    return found


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _show(planned: "Planned") -> None:
    if planned.is_new:
        sys.stdout.write(planned.text)
        return
    lines = difflib.unified_diff(
        planned.before.splitlines(keepends=True),
        planned.text.splitlines(keepends=True),
        str(planned.path),
        f"{planned.path} (after)",
    )
    sys.stdout.writelines(lines)
