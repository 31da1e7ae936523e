"""Where suites lie, how their errors are told, and the places in them that errors name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from copilot.errors import UsageError, nearest
from copilot.knowledge.yaml_file import (
    FileKind,
    Loc,
    Problem,
    YamlFile,
    format_loc,
    plain_problems,
)
from copilot.lab.errors import SuiteError
from copilot.lab.folders import shipped_suites
from copilot.paths import config_folder, is_file

SUITE = FileKind(
    SuiteError, "Mend the lines named above, then run: interview-copilot lab check SUITE"
)
#: What promptfoo writes before a path.
_FILE = "file://"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part of a suite stands, for errors to name.

    Attributes:
        path: The file.
        line_of: The line of what lies at a place within the part, counted from 1.
        at: Where the part lies in its file.
    """

    path: Path
    line_of: Callable[[Loc], int]
    at: Loc = ()

    @property
    def origin(self) -> str:
        """File and line of the part."""
        return f"{self.path}:{self.line_of(())}"

    def inside(self, *loc: str | int) -> "Place":
        """The place of something within the part."""
        return Place(self.path, lambda deeper: self.line_of((*loc, *deeper)), (*self.at, *loc))

    def problem(self, message: str, *loc: str | int) -> Problem:
        """Something wrong with the part, or with what lies at ``loc`` in it."""
        return Problem(self.path, self.line_of(loc), format_loc((*self.at, *loc)), message)

    def problems_of(
        self, error: ValidationError, model: type[BaseModel], *loc: str | int
    ) -> list[Problem]:
        """Pydantic's complaints about what lies at ``loc`` in the part, in plain words."""
        return plain_problems(error, model, lambda deeper, said: self.problem(said, *loc, *deeper))


def place_in(file: YamlFile, *at: str | int) -> Place:
    """The place of a part of a YAML file."""
    return Place(file.path, lambda deeper: file.line_of((*at, *deeper)), at)


def place_at(path: Path, line: int) -> Place:
    """The place of a line of a file that has no structure YAML could name."""
    return Place(path, lambda _deeper: line)


def own_suites() -> Path:
    """Where the user's own suites are looked for by name."""
    return config_folder() / "suites"


def suite_files() -> list[Path]:
    """Every suite that can be named, by name; one of the user's own hides a shipped one."""
    found: dict[str, Path] = {}
    for folder in (own_suites(), shipped_suites()):
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            found.setdefault(path.stem, path)
    return [found[name] for name in sorted(found)]


def find_suite(name_or_path: str | Path) -> Path:
    """The file of a suite.

    Args:
        name_or_path: The name of one of the user's own or of a shipped one, or a path.

    Raises:
        UsageError: There is none; the message names the nearest.
    """
    name = str(name_or_path)
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        path = Path(name).expanduser()
        if not is_file(path):
            raise UsageError(f"{path}: no such suite.", "Check the path.")
        return path
    known = {path.stem: path for path in suite_files()}
    if name not in known:
        raise UsageError(f"there is no suite {name!r}.", nearest(name, known))
    return known[name]


def without_scheme(text: str) -> str:
    """A path without the ``file://`` that promptfoo writes before it."""
    return text.removeprefix(_FILE)


def is_scheme(text: str) -> bool:
    """Whether a text says of itself that it is a path."""
    return text.startswith(_FILE)


def path_beside(file: Path, text: str) -> Path:
    """The path that a file means by ``text``, which is relative to where the file lies."""
    return file.parent / Path(without_scheme(text)).expanduser()


def looks_like_path(text: str) -> bool:
    """Whether a name is meant as a path."""
    return is_scheme(text) or "/" in text or "\\" in text


def matching(file: Path, pattern: str) -> Iterator[Path]:
    """The files that a file means by a path or a pattern of paths, by name."""
    path = path_beside(file, pattern)
    if not any(sign in path.name or sign in str(path.parent) for sign in "*?["):
        yield path
        return
    root = Path(path.anchor) if path.is_absolute() else Path()
    yield from sorted(root.glob(str(path.relative_to(root))))
