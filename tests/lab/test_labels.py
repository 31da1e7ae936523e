"""Labels hold for the same output in later runs, survive a torn line, and two programs at once."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.errors import UsageError
from copilot.lab.labels import (
    label_result,
    labels_for,
    labels_path,
    output_hash,
    read_labels,
)
from tests.lab.builders import a_case, a_run, an_output

_AT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def test_a_label_holds_for_the_same_output_of_a_later_run_and_for_no_other() -> None:
    case = a_case("oven")
    first = a_run([an_output("oven", {"say": "Why?", "n": 1}, "a")], cases=[case])
    label_result(first, first.results[0], "good", note="asks\none thing", by="Ada")
    later = a_run(
        [
            an_output("oven", {"n": 1, "say": "Why?"}, "b"),
            an_output("oven", {"say": "Who?", "n": 1}, "a"),
            an_output("yeast", {"say": "Why?", "n": 1}, "a"),
        ],
        cases=[case, a_case("yeast")],
    )
    found = labels_for(later)
    assert list(found) == ["oven @ b #0"]
    assert (found["oven @ b #0"].verdict, found["oven @ b #0"].note) == ("good", "asks one thing")
    assert found["oven @ b #0"].by == "Ada"


def test_the_last_one_wins_and_clear_takes_it_back() -> None:
    run = a_run([an_output("oven", {"say": "Why?"})])
    [result] = run.results
    label_result(run, result, "good", clock=lambda: _AT)
    label_result(run, result, "bad", clock=lambda: _AT)
    label = labels_for(run)[result.item]
    assert (label.verdict, label.at) == ("bad", "2026-03-04T09:30:00+00:00")
    label_result(run, result, "clear")
    assert labels_for(run) == {}
    assert len(labels_path().read_text(encoding="utf-8").splitlines()) == 3


def test_the_file_is_its_owners_alone() -> None:
    run = a_run([an_output("oven", {"say": "Why?"})])
    label_result(run, run.results[0], "good")
    assert labels_path().stat().st_mode & 0o777 == 0o600
    assert labels_path().parent.stat().st_mode & 0o777 == 0o700


def test_a_line_cut_off_while_writing_costs_no_other() -> None:
    run = a_run([an_output("oven", {"say": "Why?"}), an_output("yeast", {"say": "Who?"})])
    oven, yeast = run.results
    label_result(run, oven, "good")
    whole = labels_path().read_bytes()
    labels_path().write_bytes(whole + whole[: len(whole) // 2])
    assert list(labels_for(run)) == [oven.item]
    assert read_labels().unreadable == 1
    label_result(run, yeast, "bad")
    assert list(labels_for(run)) == [oven.item, yeast.item]
    assert read_labels().unreadable == 1


def test_what_failed_has_nothing_to_label() -> None:
    run = a_run([an_output("oven", None, error="no answer came")])
    with pytest.raises(UsageError, match="no output"):
        label_result(run, run.results[0], "good")
    assert not labels_path().exists()


def test_a_label_bears_the_session_of_its_case_so_that_deleting_that_finds_it() -> None:
    run = a_run([an_output("oven", {"say": "Why?"})], cases=[a_case("oven", session="2026-a")])
    assert label_result(run, run.results[0], "good").session == "2026-a"
    assert '"session":"2026-a"' in labels_path().read_text(encoding="utf-8")


def test_programs_that_label_at_once_lose_nothing() -> None:
    script = (
        "import sys\n"
        "from copilot.lab.labels import label_result\n"
        "from tests.lab.builders import a_run, an_output\n"
        "run = a_run(an_output('oven', {'n': f'{sys.argv[1]}-{n}'}, repeat=n)"
        " for n in range(20))\n"
        "for result in run.results: label_result(run, result, 'good')\n"
    )
    root = Path(__file__).resolve().parents[2]
    programs = [
        subprocess.Popen([sys.executable, "-c", script, str(number)], cwd=root)
        for number in range(3)
    ]
    assert [program.wait() for program in programs] == [0, 0, 0]
    labels = read_labels()
    assert len(labels.by_key) == 60
    assert labels.unreadable == 0


def test_the_hash_is_of_what_it_says_and_not_of_how_it_is_written() -> None:
    assert output_hash({"a": 1, "b": "é"}) == output_hash({"b": "é", "a": 1})
    assert output_hash("") != output_hash(None)
