"""Deleting a session takes along what the lab made of it, and nothing else."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import filelock
import pytest
import yaml

from copilot.errors import SessionError, StorageError
from copilot.lab.folders import cases_folder, lab_folder
from copilot.lab.grid import Materials
from copilot.lab.labels import label_result, labels_path
from copilot.lab.promoting import Wish, promote
from copilot.lab.results import Checked, Produced, Result, RunRecord
from copilot.lab.running.cache import Cache
from copilot.lab.running.folder import read_run
from copilot.lab.running.plan import plan_of
from copilot.lab.running.writing import RunFolder
from copilot.lab.suite.loading import load_suite
from copilot.paths import config_folder
from copilot.private_file import make_private_folder, write_private
from copilot.store import SessionFolder, SessionStore
from copilot.store.deleting import Deletion, delete_sessions, finish_deletions
from copilot.store.lab_traces import forget_in_lab
from tests.builders import write_guide
from tests.lab.suite.written import write
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.store.killing import killed_at_every_step

_ID, _OTHER = "20260302-090000-abcd", "20260303-090000-ef01"
_NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
_HUMAN = Deletion("ada", _NOW)
_SAID = "a way back to the old oven"
_OTHERS_CASE = """\
# Written by hand, and to stay.
- id: by-hand
  vars: {role: baker, language: en, question: rollout, answer: We tried one oven first.}
"""
_SUITE = "task: match\ntests: ['cases:promoted']\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def session() -> SessionFolder:
    write_guide(config_folder() / "knowledge")
    return keep(an_interview().events, _ID)


@pytest.fixture
def used(tmp_path: Path, session: SessionFolder) -> Path:
    """With a case of the session and one by hand, run, labelled, kept for later; the run."""
    write(cases_folder(), _OTHERS_CASE, "match.yaml")
    promote(session, "u2")
    promote(session, "u3", Wish(task="follow_up"))
    run = _run(tmp_path)
    read = read_run(run)
    for result in read.results:
        note = f"it says {_SAID}" if read.cases[result.case].session else "as it should be"
        label_result(read, result, "good", note=note)
    pages = lab_folder() / "pages"
    make_private_folder(pages)
    write_private(pages / "comparison.html", _SAID.encode())
    transcripts = lab_folder() / "transcripts" / "20260401-120000"
    make_private_folder(transcripts)
    write_private(transcripts / f"{_ID}.json", _SAID.encode())
    batch = {"model": "base", "sessions": [_ID, _OTHER]}
    write_private(transcripts / "batch.json", json.dumps(batch).encode())
    return run


def _run(folder: Path) -> Path:
    """A run whose outputs repeat what was given."""
    plan = plan_of(load_suite(write(folder, _SUITE)))
    record = RunRecord(
        id="", suite="suite", suite_path="", suite_sha256="", task="match",
        began_at=_NOW.isoformat(), plan_sha256=plan.sha256, items=len(plan.items),
        variants=plan.variants,
    )  # fmt: skip
    with RunFolder.create(record, plan.suite.cases, Materials()) as made:
        for item in plan.items:
            said = json.dumps(dict(item.case.vars), default=str)
            output = {"points": {}, "flags": {}, "said": said}
            produced = Produced(output=output, model="local")
            Cache().keep(item, produced)
            made.results.add(
                Result(
                    item=item.id, case=item.case.id, variant=item.variant.id, repeat=0,
                    key=item.key, cached=False, produced=produced, text=said,
                    checks=(Checked(name="right", passed=True, reason=said),),
                )
            )  # fmt: skip
        made.finish(made.record.model_copy(update={"done_at": _NOW.isoformat()}))
        path = made.path
    write_private(path / "report.html", _SAID.encode())
    return path


def _holding(folder: Path, text: str) -> list[str]:
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and text.encode() in path.read_bytes()
    ]


def test_nothing_the_lab_made_of_it_is_left(data: Path, session: SessionFolder, used: Path) -> None:
    assert len(_holding(lab_folder(), _SAID)) >= 8

    [receipt] = delete_sessions([session], _HUMAN)

    assert _holding(data, _SAID) == []
    assert _holding(lab_folder(), _ID) == []
    assert receipt.check is not None
    assert receipt.check.result == "clean"


def test_what_others_made_stays_and_the_run_can_be_read(session: SessionFolder, used: Path) -> None:
    delete_sessions([session], _HUMAN)

    run = read_run(used)
    assert list(run.cases) == ["by-hand"]
    assert [result.case for result in run.results] == ["by-hand"]
    assert (run.record.items, run.record.removed) == (2, 1)
    assert {path.name: path.stat().st_mode & 0o777 for path in used.glob("*.json*")} == {
        "run.json": 0o400, "cases.jsonl": 0o400, "materials.json": 0o400, "results.jsonl": 0o400,
    }  # fmt: skip
    kept = (cases_folder() / "match.yaml").read_text("utf-8")
    assert kept == _OTHERS_CASE
    [batch] = lab_folder().glob("transcripts/*/batch.json")
    assert json.loads(batch.read_text("utf-8")) == {"model": "base", "sessions": [_OTHER]}
    assert len(labels_path().read_text("utf-8").splitlines()) == 1
    [item] = plan_of(load_suite(used_suite(used))).items
    assert Cache().find(item) is not None


def used_suite(run: Path) -> Path:
    """The suite the run was of."""
    return run.parents[3] / "suite.yaml"


def test_a_session_that_the_lab_never_saw_changes_nothing(used: Path) -> None:
    before = {path: path.read_bytes() for path in lab_folder().rglob("*") if path.is_file()}

    delete_sessions([keep(an_interview().events, "20260304-090000-2345")], _HUMAN)

    after = {path: path.read_bytes() for path in lab_folder().rglob("*") if path.is_file()}
    assert after == before


_FORGET = """
from copilot.store.lab_traces import forget_in_lab

def act(folder):
    forget_in_lab(folder, [{session!r}])
"""


def test_cut_off_at_any_step_it_is_brought_to_its_end_by_a_second_time(
    data: Path, tmp_path: Path, used: Path
) -> None:
    def make(number: int) -> Path:
        return shutil.copytree(data, tmp_path / f"copy-{number}")

    act = _FORGET.format(session=_ID)
    for folder in killed_at_every_step(act, make, at_most=120):
        forget_in_lab(folder, [_ID])

        assert _holding(folder / "lab", _SAID) == []
        run = read_run(folder / "lab" / "runs" / used.name)
        assert list(run.cases) == ["by-hand"]
        assert [result.case for result in run.results] == ["by-hand"]


def test_a_deletion_that_was_cut_off_reaches_the_lab_too(
    data: Path, session: SessionFolder, used: Path
) -> None:
    # Killed when the folder had just got its hidden name.
    session.path.rename(session.path.with_name(f".deleting-{_ID}"))

    [receipt] = finish_deletions(SessionStore(), _NOW)

    assert receipt.check is not None
    assert receipt.check.result == "clean"
    assert _holding(lab_folder(), _ID) == []


def test_a_run_that_is_using_it_is_waited_for(session: SessionFolder, used: Path) -> None:
    with filelock.FileLock(used / "lock"):
        with pytest.raises(SessionError, match=used.name):
            delete_sessions([session], _HUMAN)
        assert session.path.is_dir()
        with pytest.raises(StorageError, match=used.name):
            forget_in_lab(lab_folder().parent, [_ID])

    delete_sessions([session], _HUMAN)

    assert _holding(lab_folder(), _SAID) == []


@pytest.mark.parametrize(
    "text",
    [
        f"[{{id: a, session: {_ID}, vars: {{answer: {_SAID}}}}}, {{id: b}}]\n",
        f"- id: a\n  session: {_ID}\n  vars: [{_SAID}\n- id: b\n",
        f"- id: b\n# of b\n- {{id: a, vars: {{session: {_ID}, x: {_SAID}}}}}\n",
        f"- id: b\n-   session: {_ID}\n    x: |\n      {_SAID}\n\n      and more\n",
    ],
)
def test_cases_are_found_however_they_are_written(data: Path, text: str) -> None:
    path = write(cases_folder(), text, "match.yaml")

    forget_in_lab(data, [_ID])

    left = path.read_text("utf-8")
    assert _SAID not in left
    assert [test["id"] for test in yaml.safe_load(left)] == ["b"]


def test_half_a_line_that_may_be_of_it_goes(session: SessionFolder, used: Path) -> None:
    results = used / "results.jsonl"
    results.chmod(0o600)
    with results.open("a", encoding="utf-8") as file:
        file.write('{"item": "x", "produced": {"output": "' + _SAID)
    with labels_path().open("a", encoding="utf-8") as file:
        file.write('{"note": "' + _SAID)

    delete_sessions([session], _HUMAN)

    assert _holding(lab_folder(), _SAID) == []
    assert len(read_run(used).results) == 1
