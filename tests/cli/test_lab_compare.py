"""``lab compare``, ``lab view`` and ``lab baseline``, as they are typed."""

import stat
import webbrowser
from collections.abc import Iterable
from pathlib import Path

import pytest

from copilot.lab.report.writing import pages_folder
from copilot.store import SessionStore
from copilot.store.exports import known_exports
from tests.cli.command import run
from tests.lab.builders import a_case, a_result, a_run, stored


def _kept(passed: Iterable[bool], hour: int = 10, **given: object) -> str:
    """The id of a stored run."""
    results = [a_result(f"c{n}", passed=each) for n, each in enumerate(passed)]
    made = a_run(results, began_at=f"2026-11-22T{hour}:15:00+00:00")
    record = made.record.model_copy(
        update={"plan_sha256": f"{hour:08d}" + made.record.plan_sha256[8:], **given}
    )
    return stored(type(made)(made.path, record, made.cases, made.materials, made.results)).name


def test_two_runs_are_compared_a_then_b() -> None:
    a, b = _kept([True] * 12), _kept([False] * 12, 11)
    done = run("lab", "compare", a, b)

    assert done.code == 0
    assert "Worse over 12 cases: pass rate 100.0 % → 0.0 %" in done.out
    assert run("lab", "compare", b, a).out.count("Better over 12 cases") == 1


def test_without_names_the_newest_is_compared_with_the_one_before() -> None:
    _kept([True] * 12)
    _kept([False] * 12, 11)

    assert "Worse over 12 cases" in run("lab", "compare").out


def test_a_regression_is_told_and_leaves_with_1() -> None:
    a, b = _kept([True] * 12), _kept([False] * 12, 11)
    done = run("lab", "compare", a, b, "--fail-on-regression")

    assert done.code == 1
    assert "A regression is: " in done.err
    assert "Something got worse: 1 by that rule:" in done.err
    assert "ovens: pass rate 100.0 % → 0.0 %" in done.err
    assert run("lab", "compare", b, a, "--fail-on-regression").code == 0
    assert run("lab", "compare", a, b).code == 0


def test_the_tolerance_is_the_suite_s_or_the_one_given() -> None:
    a, b = _kept([True] * 40), _kept([False] * 10 + [True] * 30, 11, tolerance=0.3)
    check = ("lab", "compare", a, b, "--fail-on-regression")

    assert run(*check).code == 0
    assert run(*check, "--tolerance", "0.1").code == 1


def test_one_broken_case_counts_only_where_it_is_strict() -> None:
    a, b = _kept([True] * 12), _kept([False] + [True] * 11, 11)
    done = run("lab", "compare", a, b, "--fail-on-regression")

    assert done.code == 0
    assert "Broken, though not by that rule (--strict counts them): c0" in done.err
    assert run("lab", "compare", a, b, "--fail-on-regression", "--strict").code == 1


def test_a_baseline_is_written_and_compared_with(tmp_path: Path) -> None:
    a, b = _kept([True] * 12), _kept([False] * 12, 11)
    file = tmp_path / "ovens.json"

    assert run("lab", "baseline", a, "--out", file).code == 0
    done = run("lab", "compare", b, "--baseline", file, "--fail-on-regression")
    assert done.code == 1
    assert "A  baseline of ovens" in done.out


def test_json_and_a_page_hold_the_same_verdict(tmp_path: Path) -> None:
    a, b = _kept([True] * 12), _kept([False] * 12, 11)
    page = tmp_path / "page.html"
    (told,) = run("lab", "compare", a, b, "--json", "--html", page).lines

    assert told["verdict"]["word"] == "worse"
    assert told["regressions"]
    assert "Worse over 12 cases" in page.read_text()
    assert stat.S_IMODE(page.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nope"], "there is no run 'nope'"),
        (["a", "b", "c"], "too many runs"),
        (["last", "last", "--baseline"], "too many runs"),
        (["last"], "is the first run of ovens"),
        (["last", "--baseline"], "no baseline ships for the suite ovens"),
        (["--baseline"], "no run of a suite that has a baseline"),
        (["last", "--variants", "local", "loca"], "No difference|No figure"),
        (["last", "--variants", "local", "other"], "has no variant 'other'"),
        (["last", "last", "--strict"], "--strict is a rule of --fail-on-regression"),
        (["last", "last", "--tolerance", "2"], "'2' is no share"),
        (["last", "--variants", "local", "local", "--html", "/no/x.html"], "/no/x.html"),
        (["last", "last"], "is the first run of ovens"),
        (["20261122", "last"], "A and B are both 20261122"),
        (["last", "--variants", "local", "local", "--html", "/no"], "/no"),
    ],
)
def test_what_cannot_be_is_told(arguments, told) -> None:
    _kept([True] * 3)
    done = run("lab", "compare", *arguments)

    assert any(each in done.out + done.err for each in told.split("|"))
    assert "Traceback" not in done.err


# -- pages ---------------------------------------------------------------------------------------


def test_a_page_is_written_for_its_owner_alone() -> None:
    a, b = _kept([True] * 3), _kept([False] * 3, 11)
    for arguments in ([a], [a, b], [b, "--variants", "local", "local"], []):
        done = run("lab", "view", *arguments, "--path")
        assert done.code == 0, done.err
        path = Path(done.out.strip())
        assert path.parent == pages_folder()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(pages_folder().stat().st_mode) == 0o700
    assert "Runs of this suite" in path.read_text()


def test_a_page_of_the_same_takes_the_place_of_the_one_before() -> None:
    name = _kept([True] * 3)
    first, second = (run("lab", "view", name, "--path").out for _ in range(2))

    assert first == second
    assert len(list(pages_folder().iterdir())) == 1


def test_where_there_is_no_display_the_place_is_said(monkeypatch) -> None:
    name = _kept([True] * 3)
    monkeypatch.setattr("webbrowser.get", _none)

    assert run("lab", "view", name).out.strip().endswith(".html")


def _none() -> None:
    raise webbrowser.Error


def test_a_session_tells_of_a_page_with_its_words_when_it_is_deleted(tmp_path: Path) -> None:
    folder = SessionStore().root / "20261122-101500-cook"
    folder.mkdir(parents=True)
    cases = [a_case("a", session=folder.name), a_case("b", session="gone")]
    runs = [stored(a_run([a_result("a")], cases=cases, plan_sha256=each * 8)).name for each in "ab"]
    page = tmp_path / "page.html"

    assert run("lab", "compare", *runs, "--html", page).code == 0
    assert [each.path for each in known_exports(folder)] == [str(page)]


def test_the_last_run_beside_itself_is_the_one_before_it() -> None:
    a, b = _kept([True] * 12), _kept([False] * 12, 11)
    done = run("lab", "compare", "last", b)

    assert f"A  ovens  {a}" in done.out
    assert "Worse over 12 cases" in done.out
