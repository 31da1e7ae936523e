"""Lines of labelled data as tests: answers, follow-ups and sentences of recaps.

These files were there before the lab was, for ``match --batch`` and the benchmarks, and people have
more of them. Each line is a JSON object; what it holds says for which tasks it will do.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from copilot.knowledge.yaml_file import Problem, YamlFile
from copilot.lab.suite.files import SUITE

#: The contexts of follow-ups, in the folder of the file that names them.
CONTEXTS = "follow_up_contexts.yaml"


class _Kind(NamedTuple):
    """A kind of line.

    Attributes:
        keys: Its keys without which it is none.
        more: The others it may have.
        made: The test a line is, for a task.
    """

    keys: frozenset[str]
    more: frozenset[str]
    made: Callable[[str, Mapping[str, Any], Path], dict[str, Any]]


class LineError(ValueError):
    """A line cannot be used; says why."""


def is_data(line: Mapping[str, Any]) -> bool:
    """Whether a line is labelled data, and no test as suites write them."""
    return "vars" not in line


def test_of(task: str, line: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """A line as a test of a task, in the form of a suite.

    Args:
        task: Name of the task.
        line: The line.
        path: The file it stands in.

    Raises:
        LineError: It is of no known kind, or of one that will not do for the task.
        SuiteError: A file it refers to cannot be read.
    """
    kind = _KINDS.get(task)
    if kind is None:
        raise LineError(f"for the task {task} a line has to be a test with vars.")
    missing = sorted(kind.keys - line.keys())
    if missing:
        raise LineError(f"the key {missing[0]} is missing, which the task {task} needs.")
    unknown = sorted(line.keys() - kind.keys - kind.more)
    if unknown:
        raise LineError(f"unknown key {unknown[0]!r}.")
    return kind.made(task, line, path)


def _answer(task: str, line: Mapping[str, Any], _path: Path) -> dict[str, Any]:
    expected: dict[str, Any] = {}
    if task in ("match", "judge_points"):
        expected["points"] = line.get("labels", {})
    if task in ("match", "judge_flags"):
        expected["flags"] = line.get("red_flags", {})
    style = line.get("style")
    return {
        "id": line.get("id"),
        "vars": {key: line[key] for key in ("role", "question", "language", "answer")},
        "expected": expected,
        "metadata": {"style": style} if style else {},
    }


def _follow_up(_task: str, line: Mapping[str, Any], path: Path) -> dict[str, Any]:
    contexts = _contexts(path.parent / CONTEXTS)
    name = line["context"]
    if name not in contexts:
        raise LineError(f"{CONTEXTS} has no context {name!r}.")
    rule = line.get("rule", "")
    return {
        "id": line.get("id"),
        "vars": {"context": contexts[name], "text": line["text"]},
        "expected": {"refused": bool(rule), "rule": rule},
        # Answers to the same question stay together, whoever gave them.
        "metadata": {"group": name, "rule": rule or "none"},
    }


def _sentence(_task: str, line: Mapping[str, Any], _path: Path) -> dict[str, Any]:
    kind = line["kind"]
    said = line["said"]
    return {
        "id": line.get("id"),
        "vars": {key: line[key] for key in ("language", "said_language", "said", "sentence")},
        "expected": {"right": kind == "ok", "kind": kind},
        "metadata": {
            "kind": kind,
            "set": line.get("set", ""),
            "group": said[0] if isinstance(said, list) and said else "",
        },
    }


@lru_cache(maxsize=8)
def _contexts(path: Path) -> Mapping[str, Any]:
    file = YamlFile(path, SUITE)
    problems: list[Problem] = [
        file.problem((name,), "keys with values are expected.")
        for name, each in file.data.items()
        if not isinstance(each, dict)
    ]
    if problems:
        raise SUITE.error_of(problems)
    return dict(file.data)


_ANSWER = _Kind(
    frozenset({"role", "question", "language", "answer"}),
    frozenset({"id", "style", "labels", "red_flags"}),
    _answer,
)
_KINDS: Mapping[str, _Kind] = {
    **dict.fromkeys(("match", "judge_points", "judge_flags", "follow_up"), _ANSWER),
    "gate": _Kind(frozenset({"context", "text"}), frozenset({"id", "rule"}), _follow_up),
    "recap_checks": _Kind(
        frozenset({"language", "said_language", "said", "sentence", "kind"}),
        frozenset({"id", "set"}),
        _sentence,
    ),
}
