"""From tests as they are written to cases: defaults merged, values checked, ids and parts given."""

import hashlib
import json
import types
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast, get_args

import yaml
from pydantic import BaseModel, ValidationError

from copilot.errors import SessionError
from copilot.knowledge.yaml_file import Problem, YamlFile
from copilot.lab.cases import Assertion, Case
from copilot.lab.cases import Split as SplitName
from copilot.lab.checks.checking import assertion_problems
from copilot.lab.checks.opinions import is_opinion
from copilot.lab.suite.entries import Entry
from copilot.lab.suite.files import SUITE, Place, is_scheme, path_beside
from copilot.lab.suite.form import GROUP, SPLIT, DefaultForm, Split, TestForm
from copilot.lab.tasks.base import Task
from copilot.store import SessionStore

#: The utterance that a promoted case was made at, in its metadata.
UTTERANCE = "utterance"
#: Of a hundred groups, how many are for tuning and how many, after those, to choose by.
_TRAIN, _DEV = 50, 25


class Caser:
    """Makes the cases of one suite."""

    def __init__(self, task: Task, default: DefaultForm, default_place: Place) -> None:
        """Begin with none.

        Args:
            task: The suite's.
            default: What holds for every test.
            default_place: Where that stands.
        """
        self._task = task
        self._default = default
        self.problems: list[Problem] = []
        self._origins: dict[str, str] = {}
        self._check_asserts(default.asserts, default_place)

    def case(self, entry: Entry) -> Case | None:
        """The case a test is; None where something is wrong with it, which is noted."""
        before = len(self.problems)
        form, place = entry.form, entry.place
        given = {**self._default.vars, **form.vars}
        # An id made from these does not change when a task gets a new default.
        case_id = form.id or self._made_id(given)
        given = self._with_session(self._with_files(given, form, place), place)
        expected = {**self._default.expected, **form.expected}
        self._validate(self._task.vars, given, place.inside("vars"), self._task.name)
        self._validate(self._task.expected, expected, place.inside("expected"), self._task.name)
        self._check_asserts(form.asserts, place)
        metadata = self._metadata({**self._default.metadata, **form.metadata}, place)
        split = metadata.get(SPLIT, "")
        if split and split not in get_args(Split):
            said = f"train, dev or test is expected (found {split!r})."
            self.problems.append(place.problem(said, "metadata", SPLIT))
        self._check_id(case_id, form, place)
        if len(self.problems) > before:
            return None
        group = metadata.get(GROUP) or _group(given) or case_id
        session = form.session or str(given.get("session") or "")
        described = {"description": form.description} if form.description else {}
        return Case(
            id=case_id,
            task=self._task.name,
            vars=given,
            expected=expected,
            asserts=self._asserts(form),
            group=group,
            split=cast("SplitName", split or split_of(group)),
            metadata={**described, **metadata},
            origin=_origin(place, session, metadata),
            session=session,
        )

    def _validate(
        self, model: type[BaseModel], data: Mapping[str, Any], place: Place, task: str
    ) -> None:
        try:
            model.model_validate(data)
        except ValidationError as error:
            for problem in place.problems_of(error, model):
                self.problems.append(_of_task(problem, task))

    def _check_asserts(self, asserts: Sequence[Assertion], place: Place) -> None:
        for index, each in enumerate(asserts):
            for said in assertion_problems(each, self._task.name):
                self.problems.append(place.problem(said, "assert", index))

    def _asserts(self, form: TestForm) -> tuple[Assertion, ...]:
        """The suite's and then the test's own, as in promptfoo; the task's where there are none.

        A model's opinion decides nothing, so that a case with opinions alone has the task's too.
        """
        common = () if form.options.disable_default_asserts else self._default.asserts
        asked = (*common, *form.asserts)
        if all(is_opinion(each) for each in asked):
            return (*self._task.checks, *asked)
        return asked

    def _metadata(self, given: Mapping[str, Any], place: Place) -> dict[str, str]:
        made: dict[str, str] = {}
        for key, value in given.items():
            words = value if isinstance(value, list) else [value]
            if any(isinstance(word, dict | list) for word in words):
                self.problems.append(place.problem("a text is expected.", "metadata", key))
                continue
            made[str(key)] = ", ".join("" if word is None else str(word) for word in words)
        return made

    def _check_id(self, case_id: str, form: TestForm, place: Place) -> None:
        other = self._origins.get(case_id)
        if other is None:
            self._origins[case_id] = place.origin
            return
        if form.id:
            self.problems.append(place.problem(f"{other} has the same id {case_id!r}.", "id"))
        else:
            said = f"the same vars stand at {other}; give one of the two an id, or take it out."
            self.problems.append(place.problem(said, "vars"))

    def _made_id(self, given: Mapping[str, Any]) -> str:
        digest = hashlib.sha256(_canonical(given)).hexdigest()[:10]
        return f"{self._task.name.replace('_', '-')}-{digest}"

    def _with_files(self, given: Mapping[str, Any], form: TestForm, place: Place) -> dict[str, Any]:
        """Values that are paths of texts read in, and paths made whole."""
        paths = _path_fields(self._task.vars)
        made: dict[str, Any] = {}
        for key, value in given.items():
            made[key] = value
            if not isinstance(value, str):
                continue
            if key in paths:
                made[key] = str(path_beside(place.path, value).resolve())
            elif is_scheme(value):
                try:
                    made[key] = _read(path_beside(place.path, value))
                except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
                    where = ("vars", key) if key in form.vars else ()
                    reason = getattr(error, "strerror", None) or "it cannot be understood"
                    self.problems.append(place.problem(f"{value}: {reason}.", *where))
        return made

    def _with_session(self, given: dict[str, Any], place: Place) -> dict[str, Any]:
        """The whole id of a session that is named by its beginning, or as the last one."""
        named = given.get("session")
        if not isinstance(named, str) or not named:
            return given
        try:
            return {**given, "session": SessionStore().find(named).id}
        except SessionError as error:
            self.problems.append(place.problem(error.message, "vars", "session"))
            return given


def split_of(group: str) -> SplitName:
    """The part a group belongs to: half to tune on, a quarter to choose by, a quarter to test."""
    digest = hashlib.sha256(f"lab:{group}".encode("utf-8", "surrogatepass")).hexdigest()
    place = int(digest[:8], 16) % 100
    if place < _TRAIN:
        return "train"
    return "dev" if place < _TRAIN + _DEV else "test"


def _group(given: Mapping[str, Any]) -> str:
    """What is not torn apart: the question, whatever the language of the answers."""
    role, question = given.get("role"), given.get("question")
    return f"{role}/{question}" if role and question else ""


def _origin(place: Place, session: str, metadata: Mapping[str, str]) -> str:
    if not session:
        return place.origin
    utterance = metadata.get(UTTERANCE)
    return f"session {session}#{utterance}" if utterance else f"session {session}"


def _of_task(problem: Problem, task: str) -> Problem:
    """A problem that says which task wants it otherwise, where a key is meant."""
    if not problem.message.startswith(("unknown key", "this key is missing")):
        return problem
    message = f"{problem.message} The task is {task}."
    return Problem(problem.path, problem.line, problem.key, message)


def _canonical(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return text.encode("utf-8", "surrogatepass")


def _path_fields(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(
        name for name, field in model.model_fields.items() if Path in _types_in(field.annotation)
    )


def _types_in(annotation: Any) -> set[Any]:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return {found for each in get_args(annotation) for found in _types_in(each)}
    return {annotation}


def _read(path: Path) -> Any:
    """A text, or the data of a JSON or YAML file."""
    if path.suffix in (".yaml", ".yml", ".json"):  # JSON is YAML
        file = YamlFile(path, SUITE)
        return file.data
    return path.read_text(encoding="utf-8").strip()
