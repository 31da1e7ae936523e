"""Runs on disk: found by name, and read back."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ValidationError

from copilot.errors import nearest
from copilot.lab.cases import Case, LabModel
from copilot.lab.errors import RunError
from copilot.lab.folders import runs_folder
from copilot.lab.grid import GuideText, Materials, PromptText
from copilot.lab.results import FORMAT, Result, RunRecord
from copilot.lab.running.lines import read_lines
from copilot.lab.running.run import Run
from copilot.lab.running.writing import (
    CASES,
    MATERIALS,
    OPINIONS,
    RECORD,
    RESULTS,
    is_held,
    results_hash,
)

#: The newest run; ``last:SUITE`` is the newest of that suite.
LAST = "last"
_DAMAGED = "Delete the folder, or put it back from a copy."
_Model = TypeVar("_Model", bound=LabModel)


@dataclass(frozen=True, slots=True)
class ListedRun:
    """A run in a list: what it says of itself, its results unread.

    Attributes:
        path: Its folder.
        record: ``run.json``.
    """

    path: Path
    record: RunRecord

    @property
    def state(self) -> Literal["done", "stopped", "running", "cut off"]:
        """Whether it was done to the end; looks whether somebody is writing it."""
        if self.record.done_at:
            return "done"
        if is_held(self.path):
            return "running"
        return "stopped" if self.record.stopped else "cut off"


def list_runs(
    runs: Path | None = None,
    *,
    suite: str = "",
    on_problem: Callable[[RunError], None] = lambda _problem: None,
) -> tuple[ListedRun, ...]:
    """All runs, newest first.

    Args:
        runs: Where they lie; the lab's own folder unless given.
        suite: Only those of the suite of that name.
        on_problem: Told of each that cannot be read; it is left out.
    """
    found = []
    for path in _folders(runs or runs_folder()):
        try:
            record = read_record(path)
        except RunError as error:
            on_problem(error)
            continue
        if suite in ("", record.suite):
            found.append(ListedRun(path, record))
    return tuple(sorted(found, key=_newness, reverse=True))


def find_run(name_or_path: str | Path, runs: Path | None = None) -> Path:
    """The folder of a run.

    Args:
        name_or_path: Its folder, its id, a beginning that only one has, ``last`` for the newest,
            or ``last:SUITE`` for the newest of a suite.
        runs: Where runs lie; the lab's own folder unless given.

    Raises:
        RunError: There is none, or several begin so.
    """
    name = str(name_or_path)
    if name == LAST or name.startswith(f"{LAST}:"):
        return _last(name.removeprefix(LAST).removeprefix(":"), runs)
    path = Path(name_or_path).expanduser()
    if (path / RECORD).is_file():
        return path
    names = [folder.name for folder in _folders(runs or runs_folder())]
    fitting = [each for each in names if each.startswith(name)] if name else []
    if name in fitting:
        fitting = [name]
    if len(fitting) > 1:
        raise RunError(
            f"{len(fitting)} runs begin with {name!r}: {', '.join(fitting[:4])} …",
            "Write more of the id.",
        )
    if not fitting:
        raise RunError(
            f"there is no run {name!r}.", f"{nearest(name, names)} `lab list` shows all."
        )
    return (runs or runs_folder()) / fitting[0]


def read_run(name_or_path: str | Path, runs: Path | None = None) -> Run:
    """Read a run, also one that is not done.

    Args:
        name_or_path: As ``find_run`` takes it.
        runs: Where runs lie; the lab's own folder unless given.

    Raises:
        RunError: There is none, or it is damaged; the message names file and line.
    """
    path = find_run(name_or_path, runs)
    record = read_record(path)
    if record.results_sha256 and record.results_sha256 != _hash(path):
        raise RunError(
            f"{path / RESULTS} is not as the run left it: its hash is another.",
            "Run the suite again; what did not change comes from the cache.",
        )
    cases = {case.id: case for case in _read_cases(path / CASES)}
    read = read_lines(path / RESULTS)
    return Run(
        path=path,
        record=record,
        cases=cases,
        materials=_read_materials(path / MATERIALS),
        results=in_order(record, cases, read.results),
        torn=read.torn,
    )


def read_record(path: Path) -> RunRecord:
    """What a run says of itself.

    Args:
        path: Its folder.

    Raises:
        RunError: It cannot be read, or was written by a newer version.
    """
    file = path / RECORD
    try:
        found = json.loads(file.read_bytes())
    except OSError as error:
        raise RunError(f"{file}: {error.strerror}.", "Making the run was cut off.") from error
    except ValueError as error:
        raise RunError(f"{file} is damaged: it is no JSON.", _DAMAGED) from error
    if (
        isinstance(found, dict)
        and isinstance(found.get("format"), int)
        and found["format"] > FORMAT
    ):
        raise RunError(f"{file} was written by a newer version.", "Update interview-copilot.")
    return _valid(RunRecord, found, str(file))


def read_opinions(path: Path) -> tuple[Result, ...]:
    """The votes of a model that gave opinions, one result each; none where there was no such.

    Args:
        path: The run's folder.

    Raises:
        RunError: They are damaged.
    """
    return tuple({result.item: result for result in read_lines(path / OPINIONS).results}.values())


def in_order(
    record: RunRecord, cases: Iterable[str], results: Iterable[Result]
) -> tuple[Result, ...]:
    """The last result of each item in the order of the plan: cases, variants, repeats."""
    case_places = {case: place for place, case in enumerate(cases)}
    variant_places = {variant.id: place for place, variant in enumerate(record.variants)}
    latest = {result.item: result for result in results}

    def place(result: Result) -> tuple[int, int, int]:
        return (
            case_places.get(result.case, len(case_places)),
            variant_places.get(result.variant, len(variant_places)),
            result.repeat,
        )

    return tuple(sorted(latest.values(), key=place))


def _folders(root: Path) -> list[Path]:
    try:
        return sorted(path for path in root.iterdir() if (path / RECORD).is_file())
    except OSError:
        return []


def _newness(run: ListedRun) -> tuple[float, str]:
    try:
        return datetime.fromisoformat(run.record.began_at).timestamp(), run.path.name
    except ValueError:
        return 0.0, run.path.name


def _last(suite: str, runs: Path | None) -> Path:
    found = list_runs(runs, suite=suite)
    if not found:
        of = f" of the suite {suite}" if suite else ""
        raise RunError(f"there is no run{of} yet.", "`lab run SUITE` makes one.")
    return found[0].path


def _hash(path: Path) -> str:
    try:
        return results_hash(path)
    except OSError as error:
        raise RunError(f"{path / RESULTS}: {error.strerror}.", _DAMAGED) from error


def _read_cases(file: Path) -> tuple[Case, ...]:
    lines = _bytes(file).splitlines()
    cases = []
    for number, line in enumerate(lines, start=1):
        try:
            cases.append(Case.model_validate_json(line))
        except ValidationError as error:
            raise RunError(f"{file}:{number}: the line is damaged.", _DAMAGED) from error
    return tuple(cases)


def _read_materials(file: Path) -> Materials:
    try:
        found = json.loads(_bytes(file))
        prompts = [_valid(PromptText, each, str(file)) for each in found["prompts"]]
        guides = [_valid(GuideText, each, str(file)) for each in found["guides"]]
    except (ValueError, KeyError, TypeError) as error:
        raise RunError(f"{file} is damaged.", _DAMAGED) from error
    return Materials(
        prompts={prompt.sha256: prompt for prompt in prompts},
        guides={(guide.label, guide.role, guide.language): guide for guide in guides},
    )


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise RunError(f"{file}: {error.strerror}.", _DAMAGED) from error


def _valid(model: type[_Model], found: object, where: str) -> _Model:
    try:
        return model.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RunError(f"{where} is damaged at {place}.", _DAMAGED) from error
