"""``lab run`` and ``lab list``: what they print, what they leave, and what they refuse."""

import json
import re
import signal
from pathlib import Path

import pytest

from copilot.lab.cases import Case
from copilot.lab.running.folder import list_runs, read_run
from tests.cli.command import finish, run, start
from tests.lab.running.plans import YES, gate_case, opinion_case
from tests.llm.scripted_server import Hangs, Says, ScriptedServer, playing


def suite_file(folder: Path, cases: list[Case], task: str, **given: object) -> Path:
    """A suite as a user writes it; JSON is YAML as well."""
    tests = [
        {
            "id": case.id,
            "vars": case.vars,
            "expected": case.expected,
            "metadata": {"parity": str(number % 2)},
        }
        for number, case in enumerate(cases)
    ]
    path = folder / "mine.yaml"
    path.write_text(json.dumps({"description": "Mine", "task": task, "tests": tests, **given}))
    return path


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    return suite_file(tmp_path, [gate_case(number) for number in range(6)], "gate")


@pytest.fixture
def toy():
    with playing(ScriptedServer(always=Says(YES))) as server:
        done = run("llm", "add", "toy", "--url", server.url, "--model", "toy")
        assert done.code == 0, done.err
        yield server


@pytest.fixture
def asking(tmp_path: Path, toy: ScriptedServer) -> Path:
    cases = [opinion_case(number) for number in range(6)]
    return suite_file(tmp_path, cases, "opinion", providers=["profile:toy"])


def test_a_run_ends_with_a_table_its_figures_and_where_it_lies(gate: Path) -> None:
    done = run("lab", "run", gate)
    assert done.code == 0
    assert "mine: 6 of 6 items in " in done.out
    assert re.search(r"^local +\d +\d +0 +0 ", done.out, re.MULTILINE)
    assert re.search(r"precision +recall +F1\n  refusal +[\d.]+ \([\d.]+ to [\d.]+\)", done.out)
    assert "Stored as " in done.out
    (listed,) = list_runs()
    assert str(listed.path / "report.html") in done.out
    assert done.err.splitlines()[-1].startswith("mine: 6 of 6")


def test_what_is_run_can_be_chosen(gate: Path) -> None:
    for arguments, cases in (
        (("--only", "g1", "--only", "g[45]"), ["g1", "g4", "g5"]),
        (("--metadata", "parity=1"), ["g1", "g3", "g5"]),
        (("--only", "g?", "--metadata", "parity=0"), ["g0", "g2", "g4"]),
    ):
        assert run("lab", "run", gate, *arguments).code == 0
        assert list(read_run("last").cases) == cases
    done = run("lab", "run", gate, "--only", "h*")
    assert done.code == 2
    assert "no case of the suite mine is left" in done.err


def test_a_dry_run_says_what_would_be_used_and_does_nothing(asking: Path, toy) -> None:
    done = run("lab", "run", asking, "--dry-run", "--repeat", "2")
    assert "mine: 12 items, each case 2 times, 0 of them cached. Nothing was run." in done.out
    assert re.search(r"opinion · profile:toy +12 +0 +12 +≤ [\d,]+ +≤ [\d,]+ +-", done.out)
    assert not toy.asked
    assert not list_runs()
    (told,) = run("lab", "run", asking, "--dry-run", "--json").lines
    assert (told["event"], told["items"], told["requests"]) == ("outlook", 6, 6)


def test_a_limit_stops_it_and_resume_goes_on(asking: Path, toy) -> None:
    done = run("lab", "run", asking, "--max-requests", "4", "--concurrency", "1")
    assert done.code == 1
    assert "Stopped: the limit of 4 requests is reached" in done.err
    assert "--resume" in done.err
    again = run("lab", "run", asking, "--dry-run")
    assert "4 of them cached" in again.out
    new = run("lab", "run", "--resume", "last")
    assert new.code == 0
    assert len(toy.asked) == 6
    (listed,) = list_runs()
    assert listed.state == "done"


def test_a_run_goes_on_from_another_folder_than_it_was_begun_in(
    asking: Path, toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(asking.parent)
    assert run("lab", "run", asking.name, "--max-requests", "2").code == 1
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    done = run("lab", "run", "--resume", "last")
    assert done.code == 0, done.err
    assert len(list_runs()) == 1


def test_resume_without_a_run_takes_the_suites_own_and_says_where_there_is_none(
    asking: Path, toy
) -> None:
    run("lab", "run", asking, "--max-requests", "2", "--concurrency", "1")
    noted = run("lab", "run", asking, "--max-requests", "3", "--concurrency", "1", "--no-cache")
    assert "was stopped with the same plan" in noted.err
    assert len(list_runs()) == 2
    assert run("lab", "run", asking, "--resume").code == 0
    assert [each.state for each in list_runs()] == ["done", "stopped"]
    none = run("lab", "run", asking, "--resume")
    assert none.code == 0
    assert "a new run begins" in none.err


def test_json_is_a_line_an_event(gate: Path) -> None:
    lines = run("lab", "run", gate, "--json").lines
    assert {line["event"] for line in lines[:-1]} == {"progress"}
    last = lines[-1]
    assert last["event"] == "done"
    assert last["record"]["totals"]["errors"] == 0
    assert last["figures"]["variants"][0]["variant"] == "local"
    assert Path(last["report"]).is_file()


def test_a_model_that_is_not_there_is_told_in_a_line(tmp_path: Path) -> None:
    run("llm", "add", "gone", "--url", "http://127.0.0.1:9", "--model", "toy")
    cases = [opinion_case(number) for number in range(8)]
    path = suite_file(tmp_path, cases, "opinion", providers=["profile:gone"])
    done = run("lab", "run", path)
    assert done.code == 5
    assert "profile:gone did none of the first 5 items" in done.err
    assert "Output 1" not in done.err
    assert list_runs()[0].state == "stopped"


def test_ctrl_c_says_how_to_go_on(asking: Path, toy) -> None:
    toy.plays(Says(YES), Says(YES))
    toy.always = Hangs()
    process = start("lab", "run", asking, "--concurrency", "1")
    for _ in range(3):
        toy.wait_for_request()
    process.send_signal(signal.SIGINT)
    done = finish(process)
    assert done.code == 130
    assert "Go on with: interview-copilot lab run" in done.err
    assert "Traceback" not in done.err
    (listed,) = list_runs()
    assert listed.record.stopped == "stopped by the user"
    assert listed.record.totals["passed"] == 2


def test_one_suite_that_cannot_be_run_keeps_no_other_from_its_turn(
    tmp_path: Path, gate: Path
) -> None:
    run("llm", "add", "gone", "--url", "http://127.0.0.1:9", "--model", "toy")
    (tmp_path / "other").mkdir()
    path = suite_file(tmp_path / "other", [opinion_case(1)], "opinion", providers=["profile:gone"])
    done = run("lab", "run", path, gate)
    assert done.code == 5
    assert "mine: 6 of 6 items" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "no suite is named"),
        (("--executor", "dask"), "go together"),
        (("--scheduler", "tcp://127.0.0.1:1"), "go together"),
        (("--resume", "nothing"), "there is no run 'nothing'"),
        (("no-such-suite",), "there is no suite"),
        (("x", "--max-cost", "-1"), "is no amount"),
        (("x", "--metadata", "y"), "is not KEY=VALUE"),
        (("a", "b", "--resume", "c"), "goes on with one run"),
    ],
)
def test_what_does_not_go_together_is_said(arguments: tuple[str, ...], said: str) -> None:
    done = run("lab", "run", *arguments)
    assert done.code != 0
    assert said in done.err
    assert "→" in done.err


def test_the_list_shows_suites_and_runs(gate: Path) -> None:
    assert "No run yet" in run("lab", "list").out
    run("lab", "run", gate)
    done = run("lab", "list")
    assert "local-matcher" in done.out
    assert re.search(r"\d{8}-\d{6}-\w{8}  mine  done  \d of 6 passed", done.out)
    lines = run("lab", "list", "--json").lines
    assert {"suite", "path", "ships", "task", "cases", "description"} <= set(lines[0])
    assert lines[-1]["state"] == "done"
    assert "run" in run("lab", "list", "--suite", "mine", "--json").lines[0]


def test_a_comparison_can_follow(gate: Path) -> None:
    assert run("lab", "run", gate).code == 0
    first = list_runs()[0].record.id
    for name in ("last", first):
        done = run("lab", "run", gate, "--compare", name, "--no-cache")
        assert done.code == 0
        assert "No figure changed over 6 cases" in done.out
    assert f"A  mine  {first}" in done.out
    for name in ("nothing", "baseline"):
        before = len(list_runs())
        assert run("lab", "run", gate, "--compare", name).code == 3
        assert len(list_runs()) == before


def test_what_was_said_in_a_session_leaves_the_machine_only_if_somebody_says_so(
    tmp_path: Path,
) -> None:
    remote = ("--url", "https://llm.example", "--model", "large")
    assert run("llm", "add", "far", *remote).code == 0
    cases = [opinion_case(number) for number in range(2)]
    path = suite_file(tmp_path, cases, "opinion", providers=["profile:far"])
    suite = json.loads(path.read_text())
    suite["tests"][0]["session"] = "20260101-120000-abcd"
    path.write_text(json.dumps(suite))
    done = run("lab", "run", path)
    assert done.code == 2
    assert "text → llm.example: 2 cases as text, to large." in done.err
    assert "1 case was taken from stored sessions" in done.err
    assert "--send-to llm.example" in done.err
    assert not list_runs()
