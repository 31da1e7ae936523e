"""The tests of a suite as they are written: in it, in files beside it, and promoted ones."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from copilot.errors import InputError
from copilot.knowledge.yaml_file import MAX_BYTES, Problem, YamlFile
from copilot.lab.folders import cases_folder
from copilot.lab.suite.answers import LineError, is_data, test_of
from copilot.lab.suite.files import SUITE, Place, matching, place_at, place_in
from copilot.lab.suite.form import TestForm, foreign_keys
from copilot.paths import is_file

#: What stands for the cases that were made from stored sessions.
PROMOTED = "cases:promoted"
_NO_FORM = "a test is expected: keys such as vars and assert, or the path of a file of tests."


@dataclass(frozen=True, slots=True)
class Entry:
    """A test as it is written.

    Attributes:
        form: What it says.
        place: Where it stands.
    """

    form: TestForm
    place: Place


@dataclass(slots=True)
class Entries:
    """What was found so far.

    Attributes:
        task: The suite's.
        found: In order.
        problems: What is wrong with those that are none.
        digests: By file, the hash of each file that was read.
    """

    task: str
    found: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    digests: dict[Path, str] = field(default_factory=dict)
    _read: set[Path] = field(default_factory=set)

    def add(self, data: Any, place: Place) -> None:
        """Take in a test that stands in a suite, or what it names instead of one."""
        if isinstance(data, str):
            self._named(data, place)
        else:
            self._test(data, place)

    def _named(self, name: str, place: Place) -> None:
        if name.startswith("cases:"):
            if name != PROMOTED:
                self.problems.append(place.problem(f"unknown cases. Did you mean {PROMOTED!r}?"))
                return
            path = promoted_file(self.task)
            if is_file(path):
                self._file(path, place)
            return
        paths = list(matching(place.path, name))
        if not paths:
            self.problems.append(place.problem(f"no file is called {name!r}."))
        for path in paths:
            if is_file(path):
                self._file(path, place)
            else:
                self.problems.append(place.problem(f"{path}: no such file."))

    def _file(self, path: Path, named_at: Place) -> None:
        if path.resolve() in self._read:
            self.problems.append(named_at.problem(f"{path} is named twice."))
            return
        self._read.add(path.resolve())
        try:
            if path.suffix in (".yaml", ".yml"):
                self._yaml(path)
            elif path.suffix == ".jsonl":
                self._lines(path)
            else:
                said = f"{path.name}: files of tests end in .yaml or .jsonl."
                self.problems.append(named_at.problem(said))
                return
            self.digests[path] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            self.problems.append(named_at.problem(f"{path}: {error.strerror}."))

    def _yaml(self, path: Path) -> None:
        file = YamlFile(path, SUITE, form=list)
        for index, data in enumerate(file.data):
            self._test(data, place_in(file, index))

    def _lines(self, path: Path) -> None:
        for number, text in _lines_of(path):
            place = place_at(path, number)
            try:
                data = json.loads(text)
            except ValueError as error:
                said = getattr(error, "msg", "it is not UTF-8")
                self.problems.append(place.problem(f"the line is no JSON: {said}."))
                continue
            if not isinstance(data, dict):
                self.problems.append(place.problem("a JSON object is expected."))
                continue
            try:
                self._test(test_of(self.task, data, path) if is_data(data) else data, place)
            except LineError as error:
                self.problems.append(place.problem(str(error)))

    def _test(self, data: Any, place: Place) -> None:
        if not isinstance(data, dict):
            self.problems.append(place.problem(_NO_FORM))
            return
        foreign = list(_foreign_in(data, place))
        self.problems.extend(problem for problem, _loc in foreign)
        known = _without(data, [loc for _problem, loc in foreign])
        try:
            form = TestForm.model_validate(known)
        except ValidationError as error:
            self.problems.extend(place.problems_of(error, TestForm))
            return
        if not foreign:
            self.found.append(Entry(form, place))


def promoted_file(task: str) -> Path:
    """Where the cases of a task lie that were made from stored sessions."""
    return cases_folder() / f"{task}.yaml"


def _lines_of(path: Path) -> Iterator[tuple[int, bytes]]:
    if path.stat().st_size > MAX_BYTES:
        raise _too_large(path)
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if line.strip():
            yield number, line


def _too_large(path: Path) -> InputError:
    return SUITE.error_of([Problem(path, 0, "", "the file is far too large.")])


_Loc = tuple[str | int, ...]


def _foreign_in(data: dict[Any, Any], place: Place) -> Iterator[tuple[Problem, _Loc]]:
    """What only promptfoo knows, in a test and in what stands in it."""
    parts: list[tuple[Any, str, _Loc]] = [
        (data, "test", ()),
        (data.get("options"), "options", ("options",)),
    ]
    asserts = data.get("assert")
    if isinstance(asserts, list):
        parts += [(each, "assert", ("assert", index)) for index, each in enumerate(asserts)]
    for part, where, loc in parts:
        for key, said in foreign_keys(part, where).items():
            yield place.problem(said, *loc, key), (*loc, key)


def _without(data: Any, locs: Iterable[_Loc]) -> Any:
    """The data without the keys at ``locs``."""
    gone = {loc for loc in locs if loc}
    if not gone:
        return data
    if isinstance(data, dict):
        return {
            key: _without(value, [loc[1:] for loc in gone if loc[0] == key])
            for key, value in data.items()
            if (key,) not in gone
        }
    if isinstance(data, list):
        return [
            _without(value, [loc[1:] for loc in gone if loc[0] == index])
            for index, value in enumerate(data)
        ]
    return data
