"""Reading a suite: every mistake in it, and in the files it names, is told with its line."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from copilot.errors import nearest
from copilot.knowledge.yaml_file import Problem, YamlFile
from copilot.lab.cases import Case
from copilot.lab.checks.opinions import RUBRIC, wanted
from copilot.lab.grid import LOCAL, Provider
from copilot.lab.small_model import SMALL_MODEL
from copilot.lab.suite.casing import Caser
from copilot.lab.suite.entries import Entries
from copilot.lab.suite.files import (
    SUITE,
    Place,
    find_suite,
    looks_like_path,
    path_beside,
    place_in,
)
from copilot.lab.suite.form import NamedForm, ProviderForm, SuiteForm, foreign_keys
from copilot.lab.suite.model import Choice, Suite
from copilot.lab.suite.settings import config_problems, provider_of
from copilot.lab.tasks import TASKS, task_named
from copilot.lab.tasks.base import Task

#: Guides that need no path: those in use, those that ship, and those that sessions ran with.
INSTALLED, SHIPPED, KEPT = "installed", "shipped", "kept"
_LOCAL_PROVIDER = ProviderForm(id=LOCAL)


def load_suite(name_or_path: str | Path) -> Suite:
    """Read a suite and everything its cases come from.

    Prompts and guides are named, and read when a run collects its materials.

    Args:
        name_or_path: Name of one of the user's own or of a shipped one, or a path.

    Raises:
        UsageError: There is no such suite.
        SuiteError: It, or a file it names, has errors; each names file and line.
    """
    path = find_suite(name_or_path)
    file = YamlFile(path, SUITE)
    form = _form(file)
    task = _task(file, form)
    top = place_in(file)
    problems = list(_choice_problems(form, task, top))
    entries = Entries(task.name)
    for index, data in enumerate(form.tests):
        entries.add(data, top.inside("tests", index))
    caser = Caser(task, form.default_test, top.inside("defaultTest"))
    cases = [case for entry in entries.found if (case := caser.case(entry)) is not None]
    problems += [*entries.problems, *caser.problems]
    if problems:
        raise SUITE.error_of(sorted(problems, key=lambda p: (p.path != path, p.path, p.line)))
    if not cases:
        raise SUITE.error_of([top.problem(_none(task), "tests")])
    if form.judge is None and any(wanted(case) for case in cases):
        said = f"{RUBRIC} needs somebody to ask: add judge, smollm2 or profile:NAME."
        raise SUITE.error_of([top.problem(said)])
    return Suite(
        name=path.stem,
        path=path,
        sha256=_digest(path, entries.digests),
        description=form.description,
        task=task.name,
        cases=tuple(cases),
        prompts=_prompts(form, task, path),
        providers=tuple(provider_of(each, path) for each in form.providers or (_LOCAL_PROVIDER,)),
        guides=_guides(form, task, cases, path),
        repeats=form.evaluate_options.repeat,
        concurrency=form.evaluate_options.max_concurrency,
        limits=form.limits.limits(),
        tolerance=form.tolerance,
        judge=_judge(form, path),
    )


def _form(file: YamlFile) -> SuiteForm:
    problems: list[Problem] = []
    parts: list[tuple[Any, str, tuple[str | int, ...]]] = [
        (file.data, "suite", ()),
        (file.data.get("evaluateOptions"), "evaluate", ("evaluateOptions",)),
        *_listed(file.data, "providers", "provider"),
        *_listed(file.data, "prompts", "prompt"),
    ]
    default = file.data.get("defaultTest")
    if isinstance(default, dict):
        parts.append((default, "test", ("defaultTest",)))
        parts += [
            (each, where, ("defaultTest", *loc))
            for each, where, loc in _listed(default, "assert", "assert")
        ]
    for part, where, loc in parts:
        for key, said in foreign_keys(part, where).items():
            problems.append(file.problem((*loc, key), said))
    try:
        form = SuiteForm.model_validate(file.data)
    except ValidationError as error:
        told = {(problem.line, problem.key) for problem in problems}
        problems += [
            problem
            for problem in file.problems_of(error, SuiteForm)
            if (problem.line, problem.key) not in told
        ]
        raise SUITE.error_of(sorted(problems, key=lambda each: each.line)) from error
    if problems:
        raise SUITE.error_of(problems)
    return form


def _listed(data: Mapping[str, Any], key: str, where: str) -> list[tuple[Any, str, Any]]:
    found = data.get(key)
    return (
        [(each, where, (key, index)) for index, each in enumerate(found)]
        if isinstance(found, list)
        else []
    )


def _task(file: YamlFile, form: SuiteForm) -> Task:
    if form.task not in TASKS:
        said = f"there is no task {form.task!r}. {nearest(form.task, TASKS)}"
        raise SUITE.error_of([file.problem(("task",), said)])
    return task_named(form.task)


def _none(task: Task) -> str:
    return (
        "there is no case. Write tests, or make cases of stored sessions: "
        f"interview-copilot lab promote ID#u12 --task {task.name}"
    )


# -- prompts, providers, guides --------------------------------------------------------------------


def _choice_problems(form: SuiteForm, task: Task, top: Place) -> Iterator[Problem]:
    yield from _doubled_labels(form, top)
    if form.prompts and not task.prompt:
        yield top.problem(f"the task {task.name} asks no language model.", "prompts")
    if form.guides and not task.guided:
        yield top.problem(f"the task {task.name} needs no guide.", "guides")
    if task.prompt and not form.providers:
        said = f"the task {task.name} needs a language model: smollm2, or profile:NAME."
        yield top.problem(said, "providers")
    for index, each in enumerate(form.providers):
        yield from _provider_problems(each, top.inside("providers", index), asks=bool(task.prompt))
    if form.judge is not None:
        yield from _provider_problems(form.judge, top.inside("judge"), asks=True)
    for name, choices in (("prompts", form.prompts), ("guides", form.guides)):
        for index, choice in enumerate(choices):
            yield from _path_problems(choice, top.inside(name, index))


def _doubled_labels(form: SuiteForm, top: Place) -> Iterator[Problem]:
    groups: tuple[tuple[str, Sequence[NamedForm]], ...] = (
        ("prompts", form.prompts),
        ("providers", form.providers),
        ("guides", form.guides),
    )
    for name, choices in groups:
        labels = [_label(choice) for choice in choices]
        for index, label in enumerate(labels):
            if label in labels[:index]:
                said = f"two are called {label!r}; give one of them another label."
                yield top.problem(said, name, index)


def _provider_problems(form: ProviderForm, place: Place, *, asks: bool) -> Iterator[Problem]:
    is_local = form.id == LOCAL
    is_model = form.id == SMALL_MODEL or form.id.startswith("profile:")
    if not is_local and not is_model:
        known = nearest(form.id, (LOCAL, SMALL_MODEL))
        said = f"there is no provider {form.id!r}. {known} Or profile:NAME, as llm list shows them."
        yield place.problem(said, "id")
    elif asks and is_local:
        yield place.problem("a language model is needed: smollm2, or profile:NAME.", "id")
    elif not asks and is_model:
        yield place.problem("the task asks no language model; the provider is local.", "id")
    yield from config_problems(form, place)


def _path_problems(form: NamedForm, place: Place) -> Iterator[Problem]:
    if looks_like_path(form.id) and not path_beside(place.path, form.id).exists():
        yield place.problem(f"{path_beside(place.path, form.id)}: no such file.")


def _prompts(form: SuiteForm, task: Task, path: Path) -> tuple[Choice, ...]:
    if not task.prompt:
        return ()
    return tuple(_choice(each, path) for each in form.prompts or (NamedForm(id=task.prompt),))


def _guides(form: SuiteForm, task: Task, cases: Sequence[Case], path: Path) -> tuple[Choice, ...]:
    if not task.guided or not any(task.guides(case) for case in cases):
        return ()
    return tuple(_choice(each, path) for each in form.guides or (NamedForm(id=INSTALLED),))


def _choice(form: NamedForm, path: Path) -> Choice:
    found = path_beside(path, form.id).resolve() if looks_like_path(form.id) else None
    return Choice(form.id, _label(form), found)


def _label(form: NamedForm) -> str:
    """Its own label, or its name without folders, scheme and ending."""
    if form.label or not looks_like_path(form.id):
        return form.label or form.id
    name = Path(form.id).name
    return name.removesuffix(".md").removesuffix(".yaml").removesuffix(".yml")


def _judge(form: SuiteForm, path: Path) -> Provider | None:
    return None if form.judge is None else provider_of(form.judge, path)


def _digest(path: Path, others: Mapping[Path, str]) -> str:
    """Hash of the suite and of the files its cases came from, wherever they lie."""
    own = hashlib.sha256(path.read_bytes()).hexdigest()
    if not others:
        return own
    named = sorted((each.name, digest) for each, digest in others.items())
    return hashlib.sha256(json.dumps([own, named]).encode()).hexdigest()
