"""The checker warns an author of what a valid guide could do better."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from copilot.errors import GuideError
from copilot.knowledge.checking import check, languages_missing, texts_missing
from copilot.knowledge.loading import find_guide
from tests.builders import guide_data, overlay_data, write_guide, write_yaml


def _good_guide() -> dict[str, Any]:
    """The small guide with everything the checker asks for."""
    data = guide_data()
    listened = [
        *data["competencies"],
        *data["red_flags"],
        *(point for question in data["questions"] for point in question.get("points", [])),
    ]
    for item in listened:
        item["says"] = [f"{item['label']}, way number {number}." for number in range(10)]
        item["not_says"] = {"denials": ["We never did.", "Nobody did."], "near_misses": ["Once."]}
    for question in data["questions"]:
        question["phrasings"] = ["One?", "Two?", "Three?"]
    return data


def _warnings(folder: Path, data: dict[str, Any]) -> list[str]:
    path = write_yaml(folder / "baker.yaml", data)
    return [str(warning).replace(f"{folder}/", "") for warning in check(path)]


def test_a_good_guide_gives_no_warning(tmp_path: Path) -> None:
    assert _warnings(tmp_path, _good_guide()) == []


def test_a_warning_names_the_line_and_the_place(tmp_path: Path) -> None:
    data = _good_guide()
    data["questions"][0]["points"][1]["probes"] = ["Did you have one?"]

    (warning,) = _warnings(tmp_path, data)

    lines = (tmp_path / "baker.yaml").read_text().splitlines()
    line = next(i for i, text in enumerate(lines, start=1) if "Did you have one?" in text)
    assert warning == (
        f"baker.yaml:{line}: questions[0].points[1].probes[0]: "
        "the probe can be answered by yes or no: 'Did you have one?'"
    )


@pytest.mark.parametrize(
    ("probe", "fault"),
    [
        ("Surely you had one, didn't you?", "leading"),
        ("What was it, and who made it?", "asks two things"),
        ("What was your way back?", "gives the answer away"),
    ],
)
def test_a_badly_put_probe_is_warned_of(tmp_path: Path, probe: str, fault: str) -> None:
    data = _good_guide()
    data["questions"][0]["points"][1]["probes"] = [probe]

    assert any(fault in warning for warning in _warnings(tmp_path, data))


def test_a_badly_put_clarification_is_warned_of(tmp_path: Path) -> None:
    data = _good_guide()
    data["red_flags"][0]["probe"] = "Do you always work alone?"

    (warning,) = _warnings(tmp_path, data)
    assert "red_flags[0].probe: the probe can be answered by yes or no" in warning


def test_a_point_without_probes_is_warned_of(tmp_path: Path) -> None:
    data = _good_guide()
    data["questions"][0]["points"][1]["probes"] = []

    (warning,) = _warnings(tmp_path, data)
    assert "nothing can be suggested" in warning


def test_too_few_says_denials_and_phrasings_are_warned_of(tmp_path: Path) -> None:
    data = _good_guide()
    data["questions"][0]["phrasings"] = ["One?"]
    data["questions"][0]["points"][0]["says"] = ["Only one."]
    data["questions"][0]["points"][0]["not_says"] = {"denials": ["Never."]}

    warnings = _warnings(tmp_path, data)

    assert len(warnings) == 3
    assert "fewer than 3 phrasings" in warnings[0]
    assert "1 says" in warnings[1]
    assert "too few denials" in warnings[2]


def test_a_sentence_that_stands_twice_is_warned_of(tmp_path: Path) -> None:
    data = _good_guide()
    data["red_flags"][1]["says"][4] = data["red_flags"][1]["says"][2]

    (warning,) = _warnings(tmp_path, data)
    assert "red_flags[1].says[4]: stands twice" in warning


def test_a_question_nothing_is_listened_for_is_warned_of(tmp_path: Path) -> None:
    data = _good_guide()
    data["competencies"][0]["says"] = []

    (warning,) = _warnings(tmp_path, data)
    assert "questions[2]: no points, and no competency has says" in warning


# -- overlap --------------------------------------------------------------------------------------


def _alike(these: Sequence[str], those: Sequence[str]) -> float:
    """The trial run and the training sound alike, nothing else does."""
    return 0.7 if {these[0][:4], those[0][:4]} == {"Trai", "Tria"} else 0.2


def test_points_a_listener_could_not_tell_apart_are_warned_of(tmp_path: Path) -> None:
    path = write_yaml(tmp_path / "baker.yaml", _good_guide())

    (warning,) = check(path, _alike)

    assert warning.key == "questions[0].points[2]"
    assert "'training' overlaps with 'pilot' (likeness 0.70)" in warning.message


def test_points_of_different_questions_are_not_compared(tmp_path: Path) -> None:
    compared: list[tuple[str, str]] = []

    def likeness(these: Sequence[str], those: Sequence[str]) -> float:
        compared.append((these[0], those[0]))
        return 0.0

    check(write_yaml(tmp_path / "baker.yaml", _good_guide()), likeness)

    assert len(compared) == 3  # three points of one question, each pair once
    assert not any("Waste" in sentence for pair in compared for sentence in pair)


# -- overlays -------------------------------------------------------------------------------------


def test_missing_translations_are_warned_of_one_by_one(tmp_path: Path) -> None:
    write_guide(tmp_path)
    path = write_yaml(tmp_path / "baker.fr.yaml", overlay_data())

    warnings = {warning.key: warning.message for warning in check(path)}

    assert warnings["summary"] == "not translated."
    assert warnings["questions.metrics"] == "the question 'metrics' is not translated."
    assert warnings["questions.rollout.points.pilot"] == "'pilot' is not translated."
    assert "not translated: description, why" in warnings["red_flags.alone"]
    assert warnings["stages.first-talk"] == "'first-talk' is not translated."
    assert "title" not in warnings


def test_probes_of_a_translation_are_checked_in_its_language(tmp_path: Path) -> None:
    write_guide(tmp_path)
    data = overlay_data()
    texts = data["questions"]["rollout"]["points"]["rollback"]
    texts |= {"description": "Parle du retour.", "probes": ["Aviez-vous un plan B ?"]}
    path = write_yaml(tmp_path / "baker.fr.yaml", data)

    found = [warning for warning in check(path) if "rollback.probes[0]" in warning.key]

    assert [warning.message for warning in found] == [
        "the probe can be answered by yes or no: 'Aviez-vous un plan B ?'"
    ]


def test_texts_that_are_missing_are_counted_and_badly_put_ones_are_not(tmp_path: Path) -> None:
    write_guide(tmp_path)
    data = overlay_data()
    texts = data["questions"]["rollout"]["points"]["rollback"]
    texts |= {"description": "Parle du retour.", "probes": ["Comment reviendriez-vous ?"]}
    path = write_yaml(tmp_path / "baker.fr.yaml", data)
    missing = texts_missing(path)
    texts["probes"] = ["Aviez-vous un plan B ?"]
    write_yaml(path, data)

    assert missing == texts_missing(path) == len(check(path)) - 1


def test_languages_without_any_text_are_named(tmp_path: Path) -> None:
    path = write_guide(tmp_path)

    assert languages_missing(find_guide(str(path))) == ["fr"]
    write_yaml(tmp_path / "baker.fr.yaml", overlay_data())
    assert languages_missing(find_guide(str(path))) == []


# -- files ----------------------------------------------------------------------------------------


def test_a_guide_with_errors_is_an_error_and_no_warning(tmp_path: Path) -> None:
    with pytest.raises(GuideError, match="unknown key"):
        _warnings(tmp_path, {**_good_guide(), "colour": "red"})


def test_an_overlay_without_its_guide_is_an_error_that_names_the_guide(tmp_path: Path) -> None:
    path = write_yaml(tmp_path / "baker.fr.yaml", overlay_data())

    with pytest.raises(GuideError, match=r"baker\.yaml: no such file"):
        check(path)


def test_an_overlay_that_is_not_there_is_named(tmp_path: Path) -> None:
    write_guide(tmp_path)

    with pytest.raises(GuideError, match=r"baker\.fr\.yaml: no such file"):
        check(tmp_path / "baker.fr.yaml")


def test_a_guide_whose_name_ends_in_yml_is_checked(tmp_path: Path) -> None:
    path = write_yaml(tmp_path / "baker.yml", _good_guide())

    assert check(path) == []
