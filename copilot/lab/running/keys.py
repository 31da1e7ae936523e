"""What decides an item's output, as one hash: nothing that changed is served from the cache."""

import hashlib
import importlib.util
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from copilot.lab.cases import Case
from copilot.lab.grid import Item, Materials, Variant
from copilot.lab.tasks.base import Task

#: Written by Python and by editors; no part of the program.
_LEFT_OUT = frozenset({".pyc", ".pyo", ".swp"})


def key_of(task: Task, case: Case, variant: Variant, repeat: int, materials: Materials) -> str:
    """The key of an item: a hash of all that decides what comes out.

    Args:
        task: Of the case.
        case: What is given.
        variant: By which prompt, model and guide.
        repeat: 0 for the first time; of no weight where the task is deterministic.
        materials: Of the run.

    Raises:
        CopilotError: The case cannot be put with this prompt or guide; it names where.
    """
    return _key(task, task.fingerprint(case, variant, materials), repeat)


def items_of(
    tasks: Mapping[str, Task],
    cases: Sequence[Case],
    variants: Sequence[Variant],
    repeats: int,
    materials: Materials,
) -> Iterator[Item]:
    """The grid's items in the order of the plan: cases, then variants, then repeats.

    A deterministic task is done once, however often it is asked for.

    Args:
        tasks: By name, every one that a case has.
        cases: In order.
        variants: In order.
        repeats: How often each case is put to a model.
        materials: Of the run.

    Raises:
        CopilotError: A case cannot be put with a prompt or guide; it names where.
    """
    for case in cases:
        task = tasks[case.task]
        for variant in variants:
            fingerprint = task.fingerprint(case, variant, materials)
            for repeat in range(1 if task.deterministic else repeats):
                yield Item(case, variant, repeat, _key(task, fingerprint, repeat))


def plan_hash(cases: Sequence[Case], items: Sequence[Item]) -> str:
    """Hash of all cases, and of all items' ids and keys: the same plan brings the same results.

    The cases are in it because what is known to be right, and what is checked, is in no key. Where
    a case stands is not: the same suite may be named by another path.
    """
    return hash_of(
        [
            [case.model_dump(mode="json", exclude={"origin"}) for case in cases],
            [[item.id, item.key] for item in items],
        ]
    )


def hash_of(value: Any) -> str:
    """SHA-256 of a JSON value in one canonical form."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def numpy_threads() -> str:
    """With how many threads numpy was told to compute; empty where it was not told."""
    return os.environ.get("OPENBLAS_NUM_THREADS", "")


def code_hash(packages: Sequence[str]) -> str:
    """Hash of every source and data file of some packages; looked at once a process.

    Args:
        packages: Packages or single modules, by their full names.

    Raises:
        ModuleNotFoundError: There is none of that name.
    """
    return hash_of([[name, _package_hash(name)] for name in sorted(set(packages))])


def _key(task: Task, fingerprint: dict[str, Any], repeat: int) -> str:
    decides = {
        "task": task.name,
        "fingerprint": fingerprint,
        "repeat": 0 if task.deterministic else repeat,
        "code": code_hash(task.packages),
    }
    if task.deterministic:
        # With other threads numpy adds up in another order, and last digits are other ones. The
        # words of a language model do not hang on it, and are not paid for again.
        decides["numpy_threads"] = numpy_threads()
    return hash_of(decides)


@cache
def _package_hash(name: str) -> str:
    found = importlib.util.find_spec(name)
    if found is None:
        raise ModuleNotFoundError(f"no module named {name!r}", name=name)
    if found.submodule_search_locations is None:
        assert found.origin is not None  # noqa: S101 - only what is built in has none
        return _file_hash(Path(found.origin))
    parts: list[list[str]] = []
    for place in found.submodule_search_locations:
        folder = Path(place)
        parts.extend(
            [path.relative_to(folder).as_posix(), _file_hash(path)]
            for path in sorted(folder.rglob("*"))
            if path.suffix not in _LEFT_OUT and path.is_file()
        )
    return hash_of(parts)


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
