"""``knowledge check`` tells how ready a guide is: a page, a line each, or JSON."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.builders import guide_data, overlay_data, write_guide, write_yaml
from tests.cli.command import ROLE, Done, run
from tests.guides.readiness.parts import TRAINING, WASTE, bakery

COLUMNS, LINES = 80, 40


def _page(done: Done) -> list[str]:
    lines: list[str] = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    assert len(lines) <= LINES
    assert all(len(line) <= COLUMNS for line in lines)
    return lines


def _own(tmp_path: Path, data: dict[str, Any]) -> Path:
    return write_yaml(tmp_path / "config" / "knowledge" / "baker.yaml", data)


def _bakery_data(**says: list[str]) -> dict[str, Any]:
    def change(points: dict[str, Any]) -> None:
        for point_id, sentences in says.items():
            points[point_id]["says"] = sentences

    guide = bakery(change)
    return guide.model_dump(mode="json", by_alias=True, exclude_none=True)


def test_a_role_is_measured_and_told_on_a_page(tmp_path: Path) -> None:
    _own(tmp_path, _bakery_data())

    page = _page(run("knowledge", "check", "baker"))

    assert page[0] == "Head Baker (baker, en)"
    assert page[1].startswith("3 of 3 points are ready")
    assert any(line.startswith("Tried ") for line in page)
    assert any("1 question, 5 min" in line for line in page)
    assert "What to do next" in page


def test_what_is_mixed_up_thin_or_blind_is_named(tmp_path: Path) -> None:
    mixed = [*WASTE[:4], *TRAINING]
    _own(tmp_path, _bakery_data(pilot=mixed, rollback=[]))

    page = "\n".join(_page(run("knowledge", "check", "baker")))

    assert "blind    Way back ***: no says to hear it by" in page
    assert "mixed up Training **" in page
    assert "Waste measured and Training: " in page
    assert "counts for " in page
    assert "knowledge enrich baker" in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_shipped_guide_fits_on_a_page(language: str) -> None:
    page = _page(run("knowledge", "check", ROLE, "--language", language, "--quick"))

    assert f"({ROLE}, {language})" in page[0]
    assert page[1].startswith("140 of 140 points are ready")
    assert any("reading " in line for line in page)


def test_the_barest_guide_fits_on_a_page(tmp_path: Path) -> None:
    data = guide_data()
    for question in data["questions"]:
        question |= {"id": "q", "label": "Q" * 30, "text": "Do you? " * 60, "phrasings": []}
        question["points"] = [
            {
                "id": f"point-{number}",
                "label": f"{number} {'L' * 27}",
                "description": "D" * 300,
                "origin": "project",
            }
            for number in range(40)
        ]
    for number, question in enumerate(data["questions"]):
        question["id"] = f"q{number}"
    data |= {"competencies": [], "red_flags": [], "stages": []}
    for question in data["questions"]:
        question["competencies"] = []
    path = write_yaml(tmp_path / "baker.yaml", data)

    page = _page(run("knowledge", "check", path))

    assert "0 of 120 points are ready; 120 blind." in page
    assert "No point has two says: there was nothing to try." in page
    assert page[-1].startswith("1 file: 0 with errors, ")
    assert "more warnings: --full" in page[-2]


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        ((), "; 2 stages without minutes"),
        ((10,), "; stages 10 min, 1 without"),
        ((10, 5), "; stages 15 min"),
    ],
)
def test_stages_without_minutes_are_counted(
    minutes: tuple[int, ...], told: str, tmp_path: Path
) -> None:
    data = guide_data()
    stage = {"description": "Talk.", "origin": "project"}
    data["stages"] = [{**stage, "id": name, "label": name} for name in ("one", "two")]
    for each, value in zip(data["stages"], minutes, strict=False):
        each["minutes"] = value

    page = _page(run("knowledge", "check", _own(tmp_path, data), "--quick"))

    assert [line for line in page if line.endswith(f"as planned by default{told}")]


def test_everything_is_told_in_full(tmp_path: Path) -> None:
    path = write_guide(tmp_path)

    short, full = (run("knowledge", "check", path, "--quick", *more) for more in ([], ["--full"]))

    assert len(full.out.splitlines()) > len(short.out.splitlines())
    assert "more warnings" not in full.out
    assert full.out.count("warning ") > 3
    for label in ("Trial run", "Way back", "Training", "Works alone"):
        assert label in full.out


def test_two_guides_have_a_line_each(tmp_path: Path) -> None:
    path = write_guide(tmp_path)

    done = run("knowledge", "check", path, "operations-manager", "--quick")

    assert "baker en: 0 of 5 points are ready; 5 thin (by counts alone)" in done.out
    assert re.search(r"^operations-manager en: (\d+) of \1 points are ready", done.out, re.M)


def test_an_overlay_is_looked_at_in_its_language(tmp_path: Path) -> None:
    write_guide(tmp_path)
    overlay = write_yaml(tmp_path / "baker.fr.yaml", overlay_data())

    done = run("knowledge", "check", overlay, "--quick")

    assert done.out.startswith("Chef boulanger (baker, fr)")
    assert "in 'fr': " in done.out  # what it leaves out itself
    assert "interview-copilot knowledge enrich baker --language fr" in done.out


def test_texts_that_are_missing_in_the_other_language_are_counted(tmp_path: Path) -> None:
    guide = write_guide(tmp_path)
    without = run("knowledge", "check", guide, "--quick").out
    write_yaml(tmp_path / "baker.fr.yaml", overlay_data())

    assert "in 'fr': no texts" in without
    assert " missing" in run("knowledge", "check", guide, "--quick").out


def test_json_holds_files_and_guides(tmp_path: Path) -> None:
    path = write_guide(tmp_path)
    broken = write_yaml(tmp_path / "cook.yaml", {**guide_data(), "id": "chef"})

    done = run("knowledge", "check", path, broken, "--quick", "--json")

    found = json.loads(done.out)
    assert done.code == 3
    assert [bool(one["error"]) for one in found["files"]] == [False, True]
    assert found["files"][0]["warnings"][0]["line"] > 0
    [guide] = found["guides"]
    assert (guide["role"], guide["language"], guide["measured"]) == ("baker", "en", False)
    assert {point["verdict"] for point in guide["points"]} == {"thin"}


def test_a_guide_with_errors_is_told_and_not_measured(tmp_path: Path) -> None:
    path = write_yaml(tmp_path / "baker.yaml", {**guide_data(), "colour": "red"})

    done = run("knowledge", "check", path)

    assert (done.code, done.err) == (3, "")
    assert "ready" not in done.out
    assert done.out.splitlines()[-1] == "1 file: 1 with errors, 0 warnings"


def test_a_broken_overlay_is_told(tmp_path: Path) -> None:
    _own(tmp_path, guide_data())
    write_yaml(tmp_path / "config" / "knowledge" / "baker.fr.yaml", {"guide": "cook"})

    done = run("knowledge", "check", "baker", "--quick")

    assert done.code == 3
    assert "baker.fr.yaml:1: language: this key is missing" in done.out
    assert "0 of 5 points are ready; 5 thin." in done.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["opertions-manager"], "operations-manager"),
        (["operations-manager", "--language", "de"], "'de'"),
    ],
)
def test_an_unknown_role_or_language_is_answered_with_what_there_is(
    arguments: list[str], says: str
) -> None:
    done = run("knowledge", "check", *arguments, "--quick")

    assert (done.code, done.out) == (2, "")
    assert says in done.message


def test_a_language_a_guide_does_not_have_is_told(tmp_path: Path) -> None:
    _own(tmp_path, guide_data())

    done = run("knowledge", "check", "baker", "--language", "fr", "--quick")

    assert done.code == 2
    assert "no texts in 'fr'" in done.message


def test_broken_off_limits_topics_are_told_once(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "knowledge"
    _own(tmp_path, guide_data())
    (folder / "off-limits").mkdir()
    (folder / "off-limits" / "eu.yaml").write_text("id: eu\n", "utf-8")

    done = run("knowledge", "check", "--quick")

    assert done.code == 3
    assert done.out.count("eu.yaml:1: title") == 1
