"""Making cases of stored sessions: a moment that was lived becomes one that is tested.

They are kept as YAML in the data folder, a file a task, for people to read and change: each bears
the id of its session, so that deleting that takes them along.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from copilot.engine.session_guide import changed_since
from copilot.errors import UsageError
from copilot.interview import replay
from copilot.knowledge.yaml_file import YamlFile
from copilot.lab.held_file import held
from copilot.lab.moments import Drafted, Said, drafted, tasks_for, whole_interview
from copilot.lab.suite.casing import UTTERANCE
from copilot.lab.suite.entries import promoted_file
from copilot.lab.suite.files import SUITE, place_in
from copilot.lab.suite.form import TestForm
from copilot.lab.tasks import task_named
from copilot.private_file import write_private
from copilot.review.anonymising import Replacement, anonymise
from copilot.review.reading import read_reviewed
from copilot.review.reviewed import Reviewed, reviewed
from copilot.store import SessionFolder

#: The task that replays a whole session.
INTERVIEW = "interview"
_HEADER = """\
# Cases of the task {task}, made of stored sessions: interview-copilot lab promote.
# They hold what candidates said. Deleting a session deletes its cases as well.
# Suites take them in with: tests: [cases:promoted]
"""


@dataclass(frozen=True, slots=True)
class Promoted:
    """A case that was made of a stored session.

    Attributes:
        task: Its task.
        id: Its id.
        path: The file it was added to, or would be.
        text: How it stands there.
        has_label: Whether it knows anything to be right.
        notices: What a human said that is not in it, and why; that the guide has changed since.
        replaced: What placeholders stand for in it, where it was anonymised.
    """

    task: str
    id: str
    path: Path
    text: str
    has_label: bool
    notices: tuple[str, ...] = ()
    replaced: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of a case.

    Attributes:
        task: Its task; empty for the one most wanted of such an utterance.
        case_id: Its id; empty for one made of session, utterance and task.
        note: A line about it.
        said: What they say of it themselves.
        anonymised: Whether placeholders are to stand for names and contact data.
        names: Names to replace beside those that are found.
    """

    task: str = ""
    case_id: str = ""
    note: str = ""
    said: Said = field(default_factory=Said)
    anonymised: bool = False
    names: tuple[str, ...] = ()


def promote(
    folder: SessionFolder, utterance_id: str, wish: Wish | None = None, *, keep: bool = True
) -> Promoted:
    """Make a case of a moment, or of a whole session.

    Args:
        folder: The session's folder, opened where it is encrypted.
        utterance_id: The utterance that was over at that moment; empty for the whole session.
        wish: What is wanted.
        keep: Whether it is written; otherwise only shown.

    Raises:
        UsageError: There is no such utterance, or none of whom the task is about; nobody said what
            the case is to know; or there is a case of that id.
        SuiteError: The file of the task's cases has errors; it is left as it is.
        SessionError: The session holds nothing, or a journal is broken.
        StorageError: The disk refused.
    """
    wish = wish or Wish()
    if wish.anonymised and not utterance_id:
        raise UsageError(
            "a whole interview is replayed from its session, which stays as it is.",
            "Make a case of an anonymised copy: interview-copilot sessions anonymise.",
        )
    state, replaced = _read(folder, wish)
    task = _task(state, utterance_id, wish)
    if task == INTERVIEW:
        draft = whole_interview(state, folder.id)
    else:
        draft = drafted(state, utterance_id, task, wish.said)
    test = _test(folder.id, utterance_id, task, draft, wish)
    _validate(task, test)
    path = promoted_file(task)
    text = yaml.safe_dump([test], sort_keys=False, allow_unicode=True, width=96)
    if keep:
        _add(path, task, test["id"], text)
    has_label = bool(draft.expected) or task == "recognise"
    notices = (*draft.notices, *_of_guide(folder))
    return Promoted(task, test["id"], path, text, has_label, notices, replaced)


def _of_guide(folder: SessionFolder) -> tuple[str, ...]:
    """That a run goes by the guide of its suite, where that is not the session's any more."""
    started = replay(folder.read_journal().events).started
    changed = "" if started is None else changed_since(folder, started)
    if not changed:
        return ()
    how = "Suites go by the guides that they name; guides: kept holds an interview with its own."
    return (f"{changed} {how}",)


def fitting_tasks(state: Reviewed, utterance_id: str) -> tuple[str, ...]:
    """The tasks that can have a case of an utterance, the one most wanted first.

    Raises:
        UsageError: There is no such utterance.
    """
    return tasks_for(state, utterance_id)


def _read(folder: SessionFolder, wish: Wish) -> tuple[Reviewed, tuple[Replacement, ...]]:
    if not wish.anonymised:
        return read_reviewed(folder), ()
    made = anonymise(folder, wish.names)
    return reviewed(replay(made.events), made.changes), made.replacements


def _task(state: Reviewed, utterance_id: str, wish: Wish) -> str:
    if not utterance_id:
        if wish.task not in ("", INTERVIEW):
            raise UsageError(
                f"a case of the task {wish.task} is made of a moment.",
                "Name the utterance too, as in ID#u12; `sessions show ID` lists them.",
            )
        return INTERVIEW
    fitting = tasks_for(state, utterance_id)
    if wish.task == INTERVIEW:
        raise UsageError("a whole interview is no moment.", "Leave the utterance out.")
    # Where none fits, the one named, or the usual one, says why.
    return wish.task or next(iter(fitting), "match")


def _test(session: str, utterance_id: str, task: str, draft: Drafted, wish: Wish) -> dict[str, Any]:
    parts = [session, utterance_id, task.replace("_", "-")]
    metadata = {
        UTTERANCE: utterance_id,
        "note": " ".join(wish.note.split()),
        "anonymised": "yes" if wish.anonymised else "",
    }
    test: dict[str, Any] = {
        "id": wish.case_id or "-".join(part for part in parts if part).lower(),
        "session": session,
        "metadata": {key: value for key, value in metadata.items() if value},
        "vars": _plain(draft.given),
        "expected": _plain(draft.expected),
    }
    return {key: value for key, value in test.items() if value}


def _validate(task: str, test: Mapping[str, Any]) -> None:
    """See that what is written can be read again."""
    try:
        TestForm.model_validate(test)
    except ValidationError as error:
        raise UsageError(
            f"{test['id']!r} is no id for a case.",
            "Write small letters and digits, joined by hyphens or dots.",
        ) from error
    known = task_named(task)
    known.vars.model_validate(test["vars"])
    known.expected.model_validate(test.get("expected", {}))


def _add(path: Path, task: str, case_id: str, text: str) -> None:
    with held(path, "adding cases"):
        before = _header(task)
        if path.exists():
            _check_new(path, case_id)
            before = path.read_text(encoding="utf-8")
            if before and not before.endswith("\n"):
                before += "\n"
        after = before + text
        try:
            whole = yaml.safe_load(after)
        except yaml.YAMLError:
            whole = None
        if not isinstance(whole, list) or whole[-1].get("id") != case_id:
            raise SUITE.unreadable(
                f"{path}: nothing can be added at its end.",
                "Write its tests as a list, one after the other, each begun with '- '.",
            )
        write_private(path, after.encode("utf-8"))


def _header(task: str) -> str:
    return _HEADER.format(task=task)


def _check_new(path: Path, case_id: str) -> None:
    file = YamlFile(path, SUITE, form=list)
    for index, test in enumerate(file.data):
        if isinstance(test, dict) and test.get("id") == case_id:
            place = place_in(file, index)
            raise UsageError(
                f"there is a case {case_id!r} already, at {place.origin}.",
                "Give this one another id with --id, or take that one out of the file.",
            )


def _plain(value: Any) -> Any:
    """Without tuples and other kinds of mapping, which YAML would write in its own way."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Iterable):
        return [_plain(each) for each in value]
    return value
