"""``knowledge export``: a guide as a document, by the name of the file or by choice."""

from pathlib import Path

import pytest

from tests.cli.command import run


@pytest.mark.parametrize(
    ("name", "begins"), [("guide.md", "# Nurse"), ("guide.html", "<!doctype html>")]
)
def test_the_name_of_the_file_says_which_form(name: str, begins: str, tmp_path: Path) -> None:
    path = tmp_path / name

    done = run("knowledge", "export", "nurse-manager", "--output", str(path))

    assert (done.code, done.out, done.err) == (0, f"{path}\n", "")
    assert path.read_text(encoding="utf-8").lstrip().startswith(begins)


def test_markdown_goes_to_standard_output() -> None:
    done = run("knowledge", "export", "nurse-manager", "--language", "fr")

    assert done.code == 0
    assert done.out.startswith("# Cadre de santé\n")


def test_a_name_that_says_nothing_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "guide.pdf"

    done = run("knowledge", "export", "nurse-manager", "--output", str(path))

    assert done.code == 2
    assert "print the page from a browser" in done.err
    assert not path.exists()


def test_a_plan_of_another_guide_is_refused_with_its_line(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("questions:\n  - roster\n  - rooster\n", encoding="utf-8")

    done = run("knowledge", "export", "nurse-manager", "--plan", str(plan))

    assert done.code == 3
    assert "plan.yaml:3" in done.err
    assert "Did you mean 'roster'?" in done.err
