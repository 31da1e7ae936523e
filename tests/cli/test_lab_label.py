"""`lab label`: an output is named by its item, or by its case where there is but one."""

from pathlib import Path

import pytest

from copilot.cli.main import main
from copilot.errors import ExitCode
from copilot.lab.labels import labels_path, read_labels
from tests.lab.builders import a_case, a_run, an_output, stored


@pytest.fixture
def run() -> Path:
    cases = [a_case("oven"), a_case("yeast"), a_case("waste")]
    results = [
        an_output("oven", {"say": "Why?"}),
        an_output("yeast", {"say": "Who?"}, variant="a"),
        an_output("yeast", {"say": "When?"}, variant="b"),
        an_output("waste", {"say": "Same."}, variant="a"),
        an_output("waste", {"say": "Same."}, variant="b"),
    ]
    return stored(a_run(results, cases=cases))


def _verdicts() -> list[tuple[str, str, str]]:
    return [(each.case, each.verdict, each.note) for each in read_labels().by_key.values()]


def test_a_case_with_one_output_is_named_by_itself(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lab", "label", run.name, "oven", "good", "--note", "asks why"]) == ExitCode.OK
    assert capsys.readouterr().err == "oven @ local #0 is good.\n"
    assert _verdicts() == [("oven", "good", "asks why")]
    assert main(["lab", "label", "last", "oven", "clear"]) == ExitCode.OK
    assert capsys.readouterr().err == "oven @ local #0 is not labelled any more.\n"
    assert _verdicts() == []


def test_of_several_outputs_one_has_to_be_named(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lab", "label", run.name, "yeast", "bad"]) == ExitCode.USAGE
    assert "Name one of them: yeast @ a #0; yeast @ b #0" in capsys.readouterr().err
    assert main(["lab", "label", run.name, "yeast @ b #0", "bad"]) == ExitCode.OK
    assert _verdicts() == [("yeast", "bad", "")]


def test_outputs_that_are_the_same_are_labelled_together(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lab", "label", run.name, "waste", "good"]) == ExitCode.OK
    assert "so is 1 other of the run that says the same" in capsys.readouterr().err


def test_what_is_not_there_is_told_with_the_nearest(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lab", "label", run.name, "ovan", "good"]) == ExitCode.USAGE
    assert "'oven'" in capsys.readouterr().err
    assert main(["lab", "label", "nothing", "oven", "good"]) == ExitCode.INPUT
    assert not labels_path().exists()


def test_lines_that_cannot_be_read_are_told_of(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["lab", "label", run.name, "oven", "good"])
    labels_path().write_bytes(labels_path().read_bytes() + b'{"case": "wa')
    capsys.readouterr()
    assert main(["lab", "label", run.name, "oven", "bad"]) == ExitCode.OK
    told = capsys.readouterr().err
    assert "1 line of labels.jsonl cannot be read and counts for nothing." in told


def test_the_screen_needs_a_run_to_compare_another_with(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lab", "open", "--against", run.name]) == ExitCode.USAGE
    assert main(["lab", "open", "nothing"]) == ExitCode.INPUT
    assert "there is no run 'nothing'" in capsys.readouterr().err
