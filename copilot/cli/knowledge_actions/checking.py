"""``knowledge check``: what is wrong with guides and off-limits packs, and what could be better."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from copilot.errors import ExitCode, GuideError
from copilot.knowledge.checking import Likeness, check, files_to_check, languages_missing
from copilot.knowledge.loading import find_guide, roles
from copilot.knowledge.off_limits import check_pack_file, is_pack_file, pack_files
from copilot.knowledge.yaml_file import Problem


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="guides, overlays or off-limits packs (default: all)",
    )
    parser.add_argument("--strict", action="store_true", help="fail on warnings too")
    parser.add_argument("--quick", action="store_true", help="do not look for overlapping points")


def run(options: argparse.Namespace) -> int:
    """Check what was named."""
    return _check(options.files, quick=options.quick, strict=options.strict)


def _check(files: Sequence[Path], *, quick: bool, strict: bool) -> int:
    chosen = list(files) or [
        *(path for role in roles() for path in files_to_check(find_guide(role))),
        *pack_files(),
    ]
    likeness = None if quick else _likeness()
    broken = warned = 0
    for path in chosen:
        try:
            problems = _checked(path, likeness)
        except GuideError as error:
            sys.stdout.write(f"error   {error.message}\n")
            broken += 1
            continue
        for problem in problems:
            _warn(problem)
        warned += len(problems)
    if not files:
        for role in roles():
            for language in languages_missing(find_guide(role)):
                sys.stdout.write(f"warning {role}: no texts in {language!r}\n")
                warned += 1
    count = "1 file" if len(chosen) == 1 else f"{len(chosen)} files"
    sys.stdout.write(f"{count}: {broken} with errors, {warned} warnings\n")
    return ExitCode.INPUT if broken else ExitCode.FAILED if strict and warned else ExitCode.OK


def _checked(path: Path, likeness: Likeness | None) -> list[Problem]:
    if not is_pack_file(path):
        return check(path, likeness)
    check_pack_file(path)
    return []


def _warn(problem: Problem) -> None:
    sys.stdout.write(f"warning {problem}\n")


def _likeness() -> Likeness:
    # Here and not at the top: the embedder takes a while, and only this check needs it.
    from copilot.matching.embedding import E5Embedder  # noqa: PLC0415
    from copilot.matching.likeness import points_likeness  # noqa: PLC0415
    from copilot.matching.shipped import guide_embedder  # noqa: PLC0415

    embedder = guide_embedder(E5Embedder(threads=2))
    return lambda these, those: points_likeness(embedder, these, those)
