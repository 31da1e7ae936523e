"""A run's folder: torn and damaged lines, two at once, and finding runs by name."""

import json
import resource
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copilot.errors import StorageError
from copilot.lab.errors import RunError
from copilot.lab.folders import runs_folder
from copilot.lab.results import Produced, RunRecord
from copilot.lab.running.folder import find_run, list_runs, read_record, read_run
from copilot.lab.running.how import How
from copilot.lab.running.lines import Lines, read_lines
from copilot.lab.running.making import Maker
from copilot.lab.running.plan import Plan
from copilot.lab.running.record import record_of
from copilot.lab.running.runner import resumable, run_plan
from copilot.lab.running.writing import RunFolder
from tests.lab.running.plans import Counting, gate_plan

_NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def half_done(plan: Plan, count: int) -> Path:
    """A run that was cut off after so many results, as a killed program leaves it."""
    whole = run_plan(plan, How(cache=None, runs=runs_folder().with_name("aside")))
    folder = RunFolder.create(record_of(plan, "local", _NOON), plan.suite.cases, plan.materials)
    with folder:
        for result in whole.results[:count]:
            folder.results.add(result)
    return folder.path


def test_a_run_goes_on_where_it_was_cut_off():
    plan = gate_plan()
    path = half_done(plan, 4)
    listed = resumable(plan)
    assert listed is not None
    assert (listed.path, listed.state) == (path, "cut off")
    made = Counting()
    run = run_plan(plan, How(make_executor=made, cache=None), resume=path)
    assert made.given == [["g4 @ local #0", "g5 @ local #0"]]
    assert [result.case for result in run.results] == [f"g{number}" for number in range(6)]
    assert list_runs()[0].state == "done"


def test_a_run_that_the_disk_has_no_room_for_leaves_nothing_behind():
    plan = gate_plan(3)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(StorageError):
            run_plan(plan, How(cache=None))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(runs_folder().iterdir()) == []
    assert run_plan(plan, How(cache=None)).record.done_at


def test_a_clock_that_goes_backwards_loses_nothing():
    plan = gate_plan()
    hours = iter(range(12, 0, -1))
    how = How(cache=None, now=lambda: _NOON.replace(hour=next(hours)))
    first, second = run_plan(plan, how), run_plan(plan, how)
    assert first.record.done_at < first.record.began_at
    assert {listed.path for listed in list_runs()} == {first.path, second.path}
    assert all((run.path / "report.html").is_file() for run in (first, second))
    assert second.record.totals["seconds"] >= 0


def test_a_half_written_last_line_is_left_out_and_done_again():
    plan = gate_plan()
    path = half_done(plan, 4)
    file = path / "results.jsonl"
    file.write_bytes(file.read_bytes()[:-40])
    torn = read_run(path)
    assert torn.torn
    assert len(torn.results) == 3
    made = Counting()
    run = run_plan(plan, How(make_executor=made, cache=None), resume=path)
    assert made.done == 3
    assert not run.torn
    assert len(run.results) == 6
    assert len((path / "results.jsonl").read_bytes().splitlines()) == 6


def test_a_damaged_line_is_named_and_nothing_is_lost():
    plan = gate_plan()
    path = half_done(plan, 4)
    file = path / "results.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1][:30] + b"\n"
    file.write_bytes(b"".join(lines))
    before = file.read_bytes()
    with pytest.raises(RunError, match=rf"{file}:2: the line is damaged") as caught:
        read_run(path)
    assert "Take the line out" in caught.value.remedy
    with pytest.raises(RunError, match="the line is damaged"):
        run_plan(plan, resume=path)
    assert file.read_bytes() == before
    file.write_bytes(b"".join([lines[0], *lines[2:]]))
    assert len(run_plan(plan, resume=path).results) == 6


def test_two_runs_at_once_into_one_folder_are_one_too_many(tmp_path: Path):
    plan = gate_plan(1)
    path = half_done(plan, 0)
    code = (
        "import sys, filelock\n"
        f"with filelock.FileLock({str(path / 'lock')!r}):\n"
        f"    open({str(path / 'process')!r}, 'w').write(str(__import__('os').getpid()))\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        assert [run.state for run in list_runs()] == ["running"]
        assert resumable(plan) is None
        with pytest.raises(RunError, match=f"in use by process {other.pid}"):
            run_plan(plan, resume=path)
        other.communicate()
    assert run_plan(plan, resume=path).record.done_at


def test_a_done_run_that_somebody_changed_is_not_believed():
    run = run_plan(gate_plan(2))
    file = run.path / "results.jsonl"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes().replace(b'"passed":false', b'"passed":true'))
    with pytest.raises(RunError, match="not as the run left it"):
        read_run(run.path)


def test_runs_are_found_by_path_id_beginning_and_last():
    first = run_plan(gate_plan(1), How(now=lambda: _NOON))
    second = run_plan(gate_plan(2), How(now=lambda: _NOON + timedelta(days=1)))
    assert [run.path for run in list_runs()] == [second.path, first.path]
    for name in (first.path, str(first.path), first.record.id, "20260301"):
        assert find_run(name) == first.path
    assert find_run("last") == find_run("last:small") == second.path
    with pytest.raises(RunError, match="2 runs begin with '2026030'"):
        find_run("2026030")
    with pytest.raises(RunError, match="there is no run 'last-week'"):
        find_run("last-week")
    with pytest.raises(RunError, match="no run of the suite other"):
        find_run("last:other")


def test_two_runs_of_one_plan_in_one_second_have_folders_of_their_own():
    runs = [run_plan(gate_plan(1), How(now=lambda: _NOON)) for _ in range(2)]
    assert runs[1].record.id == f"{runs[0].record.id}-2"
    assert find_run(runs[0].record.id) == runs[0].path


def test_a_damaged_record_hides_no_other_run():
    good = run_plan(gate_plan(1))
    (runs_folder() / "20260101-000000-aaaaaaaa").mkdir()
    for name, text in (("bad", "{"), ("new", '{"format": 99}'), ("odd", '{"format": 1}')):
        (runs_folder() / name).mkdir()
        (runs_folder() / name / "run.json").write_text(text)
    problems: list[RunError] = []
    assert [run.path for run in list_runs(on_problem=problems.append)] == [good.path]
    told = " ".join(problem.message for problem in problems)
    assert "is no JSON" in told
    assert "newer version" in told
    assert "damaged at id" in told


def test_damaged_cases_and_materials_are_named():
    run = run_plan(gate_plan(2))
    for name, what in (("cases.jsonl", ":1: the line is damaged"), ("materials.json", "damaged")):
        whole = (run.path / name).read_bytes()
        (run.path / name).chmod(0o600)
        (run.path / name).write_bytes(b"{}\n" + whole)
        with pytest.raises(RunError, match=f"{name}.*{what}|{name}{what}"):
            read_run(run.path)
        (run.path / name).write_bytes(whole)
    assert len(read_run(run.path).results) == 2


def test_the_last_line_of_an_item_counts(tmp_path: Path):
    plan = gate_plan(1)
    maker = Maker(plan.tasks, None)  # type: ignore[arg-type]
    lines = Lines(tmp_path / "results.jsonl")
    for error in ("first", "second"):
        lines.add(maker.result(plan.items[0], Produced(error=error), cached=False))
    lines.close()
    assert [each.produced.error for each in read_lines(lines.path).results] == ["first", "second"]
    assert lines.path.stat().st_mode & 0o077 == 0


def test_a_record_of_today_can_be_read_back():
    run = run_plan(gate_plan(1))
    assert read_record(run.path) == run.record
    assert RunRecord.model_validate(json.loads((run.path / "run.json").read_text())) == run.record
