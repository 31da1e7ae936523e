"""``knowledge check``: what is wrong with guides and packs, and how ready the guides are."""

import argparse
import sys
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from copilot.errors import ExitCode, GuideError
from copilot.knowledge.checking import (
    Likeness,
    check,
    files_to_check,
    languages_missing,
    texts_missing,
)
from copilot.knowledge.guide import LANGUAGES
from copilot.knowledge.loading import (
    GuideFiles,
    check_language,
    find_guide,
    load_guide,
    read_guide,
    roles,
)
from copilot.knowledge.off_limits import check_pack_file, is_pack_file, pack_files
from copilot.knowledge.yaml_file import Problem

if TYPE_CHECKING:
    from copilot.guides.listening import Listener
    from copilot.guides.readiness.model import OtherLanguage, Readiness

#: Warnings on the page of one guide; the others are counted.
_WARNINGS_ON_A_PAGE = 3
_WIDTH = 80


@dataclass(slots=True)
class _Chosen:
    """What is to be checked.

    Attributes:
        files: Every file, in order.
        guides: Guides whose readiness is asked for: a role or guide file, and the language; None
            for the guide's own.
    """

    files: list[Path] = field(default_factory=list)
    guides: list[tuple[str, str | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    """What checking a file found: an error, or warnings."""

    path: Path
    error: str
    warnings: tuple[Problem, ...]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument(
        "files",
        nargs="*",
        metavar="ROLE|FILE",
        help="roles, or files: guides, overlays, off-limits packs (default: all, by counts alone)",
    )
    parser.add_argument(
        "--language",
        metavar="|".join(LANGUAGES),
        help="how ready a role is in this language (default: the guide's own)",
    )
    parser.add_argument("--strict", action="store_true", help="fail on warnings too")
    parser.add_argument(
        "--quick", action="store_true", help="count only; do not ask the matcher what it hears"
    )
    parser.add_argument(
        "--full",
        action="store_true",
        help="every point and warning, with every sentence tried, and every guide measured",
    )
    parser.add_argument("--json", action="store_true", help="print JSON (docs/readiness.md)")


def run(options: argparse.Namespace) -> int:
    """Check what was named."""
    if options.language is not None:
        check_language(options.language)
    chosen = _chosen(options.files, options.language)
    listener = None if options.quick else _listener()
    found = [_checked(path, _likeness(listener)) for path in chosen.files]
    missing = [] if options.files else list(_languages_missing())
    measured = listener if options.files or options.full else None
    ready = list(_ready(chosen, measured, found, every=options.full))
    broken = sum(bool(one.error) for one in found)
    warned = sum(len(one.warnings) for one in found) + len(missing)
    if options.json:
        _print_json(found, ready)
    else:
        _print(found, missing, ready, options)
        count = "1 file" if len(found) == 1 else f"{len(found)} files"
        sys.stdout.write(f"{count}: {broken} with errors, {warned} warnings\n")
    return ExitCode.INPUT if broken else ExitCode.FAILED if options.strict and warned else 0


def _chosen(names: Sequence[str], language: str | None) -> _Chosen:
    """The files and guides that were named; by default all there are."""
    chosen = _Chosen()
    for name in names or roles():
        path = Path(name)
        if path.suffix not in (".yaml", ".yml"):
            chosen.files += files_to_check(find_guide(name))
            chosen.guides.append((name, language))
        else:
            chosen.files.append(path)
            if not is_pack_file(path):
                role, *overlay = path.stem.split(".")
                guide = str(path.with_name(f"{role}{path.suffix}"))
                chosen.guides.append((guide, overlay[0] if overlay else language))
    chosen.files += [] if names else pack_files()
    return chosen


def _checked(path: Path, likeness: Likeness | None) -> _Found:
    try:
        if is_pack_file(path):
            check_pack_file(path)
            return _Found(path, "", ())
        return _Found(path, "", tuple(check(path, likeness)))
    except GuideError as error:
        return _Found(path, error.message, ())


def _ready(
    chosen: _Chosen, listener: "Listener | None", found: list[_Found], *, every: bool
) -> Iterator["Readiness"]:
    """How ready each guide is that can be used; what else is wrong is added to what was found."""
    from copilot.guides.readiness.assessing import readiness_of  # noqa: PLC0415 - slow to import

    broken = {one.path for one in found if one.error}
    for role, language in chosen.guides:
        files = find_guide(role)
        if files.guide in broken or files.overlays.get(language or "") in broken:
            continue
        try:
            guide = load_guide(role, language or read_guide(files.guide).language)
            others = _others(files, broken)
            if language in files.overlays:
                # What it leaves out itself: there the guide's own texts stand in.
                others = (other for other in others if other.language == language)
            telling = _Telling(f"{guide.id} {guide.language}")
            yield readiness_of(
                guide, listener, every=every, progress=telling.more, other_languages=tuple(others)
            )
            telling.done()
        except GuideError as error:
            # Packs of the user's own are read on the way.
            if all(one.error != error.message for one in found):
                found.append(_Found(files.guide, error.message, ()))


def _others(files: GuideFiles, broken: Container[Path]) -> Iterator["OtherLanguage"]:
    from copilot.guides.readiness.model import OtherLanguage  # noqa: PLC0415 - slow to import

    for language in languages_missing(files):
        yield OtherLanguage(language=language, there=False, missing=0)
    for language, overlay in files.overlays.items():
        if overlay not in broken:
            missing = texts_missing(overlay)
            yield OtherLanguage(language=language, there=True, missing=missing)


class _Telling:
    """Says on a terminal how far the matcher is; elsewhere nothing."""

    def __init__(self, guide: str) -> None:
        self._guide = guide
        self._read = 0
        self._shown = sys.stderr.isatty()

    def more(self, read: int) -> None:
        """So many more passages were read."""
        self._read += read
        if self._shown:
            sys.stderr.write(f"\r{self._guide}: {self._read} passages read\033[K")
            sys.stderr.flush()

    def done(self) -> None:
        """Take the line away again."""
        if self._shown and self._read:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def _print(
    found: Sequence[_Found],
    missing: Sequence[str],
    ready: Sequence["Readiness"],
    options: argparse.Namespace,
) -> None:
    from copilot.cli.readiness_page import one_line, page  # noqa: PLC0415 - slow to import

    one_page = len(options.files) == 1 and len(ready) == 1
    if one_page:
        sys.stdout.write("\n".join([*page(ready[0], full=options.full), "", ""]))
    for one in found:
        if one.error:
            sys.stdout.write(f"error   {one.error}\n")
    warnings = [problem for one in found for problem in one.warnings]
    short = one_page and not options.full
    for problem in warnings[:_WARNINGS_ON_A_PAGE] if short else warnings:
        line = f"warning {problem}"
        if short:
            line = f"warning {problem.path.name}:{problem.line}: {problem.key}: {problem.message}"
        sys.stdout.write(f"{_cut(line) if short else line}\n")
    if short and len(warnings) > _WARNINGS_ON_A_PAGE:
        sys.stdout.write(f"  … and {len(warnings) - _WARNINGS_ON_A_PAGE} more warnings: --full\n")
    for text in missing:
        sys.stdout.write(f"warning {text}\n")
    if not one_page:
        for guide in ready:
            sys.stdout.write(f"{one_line(guide)}\n")


def _print_json(found: Sequence[_Found], ready: Sequence["Readiness"]) -> None:
    from copilot.cli.json_output import print_json  # noqa: PLC0415 - slow to import
    from copilot.guides.readiness.model import Checked, CheckedFile, as_json  # noqa: PLC0415

    files = tuple(
        CheckedFile(path=str(one.path), error=one.error, warnings=one.warnings) for one in found
    )
    print_json(as_json(Checked(files=files, guides=tuple(ready))))


def _languages_missing() -> Iterator[str]:
    for role in roles():
        for language in languages_missing(find_guide(role)):
            yield f"{role}: no texts in {language!r}"


def _listener() -> "Listener":
    # Here and not at the top: only what measures needs it, and it takes a while.
    from copilot.guides.listening import Listener  # noqa: PLC0415

    return Listener()


def _likeness(listener: "Listener | None") -> Likeness | None:
    if listener is None:
        return None
    from copilot.matching.likeness import points_likeness  # noqa: PLC0415 - slow to import

    return lambda these, those: points_likeness(listener.guide_embedder, these, those)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
