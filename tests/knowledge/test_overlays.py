"""An overlay gives texts in another language; what it leaves out stays in the original."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copilot.errors import GuideError
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide, read_guide, read_overlay
from tests.builders import overlay_data, write_guide, write_yaml


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_guide(tmp_path)
    return tmp_path


def _french(folder: Path, data: dict[str, Any] | None = None) -> Guide:
    write_yaml(folder / "baker.fr.yaml", overlay_data() if data is None else data)
    return load_guide("baker", "fr", [folder])


def _english(folder: Path) -> Guide:
    return load_guide("baker", "en", [folder])


def test_translated_texts_are_laid_over_by_id(folder: Path) -> None:
    french = _french(folder)

    assert french.language == "fr"
    assert french.title == "Chef boulanger"
    assert french.question("rollout").text == "Comment installeriez-vous un nouveau four ?"
    rollback = french.question("rollout").points[1]
    assert (rollback.id, rollback.label) == ("rollback", "Retour")
    assert rollback.probes == ("Et si cela rate ?",)
    assert french.flag("alone").label == "Travaille seul"


def test_what_has_no_translation_keeps_the_original_text(folder: Path) -> None:
    french, english = _french(folder), _english(folder)

    assert french.summary == english.summary
    assert french.off_limits == english.off_limits
    assert french.question("metrics") == english.question("metrics")
    assert french.question("rollout").phrasings == english.question("rollout").phrasings
    assert french.question("rollout").points[0] == english.question("rollout").points[0]
    assert french.question("rollout").points[1].says == english.question("rollout").points[1].says
    assert french.flag("alone").probe == english.flag("alone").probe
    assert french.flag("blame") == english.flag("blame")
    assert french.competencies == english.competencies


def test_an_overlay_that_translates_nothing_is_the_original_in_name_only(folder: Path) -> None:
    french = _french(folder, {"guide": "baker", "language": "fr"})

    assert french == _english(folder).model_copy(update={"language": "fr"})


def test_terms_are_added_to_those_of_the_original(folder: Path) -> None:
    assert _french(folder).terms == ("pétrissage", "proofing")


def test_ids_weights_and_minutes_stay_those_of_the_original(folder: Path) -> None:
    french, english = _french(folder), _english(folder)

    assert [(q.id, q.minutes) for q in french.questions] == [
        (q.id, q.minutes) for q in english.questions
    ]
    assert [point.weight for point in french.question("rollout").points] == [1, 3, 2]


def test_denials_and_near_misses_are_translated_each_alone(folder: Path) -> None:
    data = overlay_data()
    not_says = {"denials": ["Nous n'avions aucun retour."]}
    data["questions"]["rollout"]["points"]["rollback"]["not_says"] = not_says

    rollback = _french(folder, data).question("rollout").points[1]

    assert rollback.not_says.denials == ("Nous n'avions aucun retour.",)
    assert rollback.not_says.near_misses == ()


def test_anchors_are_translated_all_four_together(folder: Path) -> None:
    anchors = {1: "Rien.", 2: "Un peu.", 3: "Beaucoup.", 4: "De main de maître."}
    data = {**overlay_data(), "competencies": {"craft": {"anchors": anchors}}}

    craft = _french(folder, data).competencies[0]

    assert craft.anchors is not None
    assert (craft.anchors.one, craft.anchors.four) == ("Rien.", "De main de maître.")


def test_a_guide_in_french_needs_no_overlay(folder: Path) -> None:
    path = folder / "baker.yaml"
    path.write_text(path.read_text("utf-8").replace("language: en", "language: fr"))

    assert load_guide("baker", "fr", [folder]).title == "Head Baker"


# -- what an overlay must not say -----------------------------------------------------------------


def _problem(folder: Path, data: dict[str, Any]) -> str:
    path = write_yaml(folder / "baker.fr.yaml", data)
    with pytest.raises(GuideError) as caught:
        read_overlay(path, read_guide(folder / "baker.yaml"))
    count, *problems = caught.value.message.splitlines()
    assert count == "one problem:"
    return problems[0].strip().replace(f"{folder}/", "")


def _question(data: dict[str, Any]) -> None:
    data["questions"]["rollouts"] = {"text": "Quoi ?"}


def _point(data: dict[str, Any]) -> None:
    data["questions"]["rollout"]["points"]["rollbak"] = {"label": "Retour"}


def _point_of_another_question(data: dict[str, Any]) -> None:
    data["questions"]["metrics"] = {"points": {"rollback": {"label": "Retour"}}}


def _flag(data: dict[str, Any]) -> None:
    data["red_flags"]["alon"] = {"label": "Seul"}


def _competency(data: dict[str, Any]) -> None:
    data["competencies"] = {"crafts": {"label": "Métier"}}


def _stage(data: dict[str, Any]) -> None:
    data["stages"] = {"first-call": {"label": "Premier appel"}}


def _other_guide(data: dict[str, Any]) -> None:
    data["guide"] = "butcher"


def _weight(data: dict[str, Any]) -> None:
    data["questions"]["rollout"]["points"]["rollback"]["weight"] = 3


def _misspelt(data: dict[str, Any]) -> None:
    data["questions"]["rollout"]["txt"] = "Quoi ?"


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        (_question, "questions.rollouts", "unknown id 'rollouts'. Did you mean 'rollout'?"),
        (
            _point,
            "questions.rollout.points.rollbak",
            "unknown id 'rollbak'. Did you mean 'rollback'?",
        ),
        (
            _point_of_another_question,
            "questions.metrics.points.rollback",
            "unknown id 'rollback'. Known: waste.",
        ),
        (_flag, "red_flags.alon", "unknown id 'alon'. Did you mean 'alone'?"),
        (_competency, "competencies.crafts", "unknown id 'crafts'. Did you mean 'craft'?"),
        (_stage, "stages.first-call", "unknown id 'first-call'. Did you mean 'first-talk'?"),
        (_other_guide, "guide", "expected 'baker' (found 'butcher')."),
        (
            _weight,
            "questions.rollout.points.rollback.weight",
            "unknown key. Known: description, label, not_says, probes, says.",
        ),
        (_misspelt, "questions.rollout.txt", "unknown key. Did you mean 'text'?"),
    ],
)
def test_an_unknown_id_or_key_is_named_with_its_line_and_the_nearest_name(
    folder: Path, change: Callable[[dict[str, Any]], None], place: str, message: str
) -> None:
    data = overlay_data()
    change(data)

    problem = _problem(folder, data)

    key = place.rsplit(".", 1)[-1]
    lines = (folder / "baker.fr.yaml").read_text("utf-8").splitlines()
    line = max(i for i, text in enumerate(lines, start=1) if text.lstrip().startswith(f"{key}:"))
    assert problem == f"baker.fr.yaml:{line}: {place}: {message}"


def test_an_overlay_is_in_a_language_of_ours(folder: Path) -> None:
    assert "'en' or 'fr' (found 'de')" in _problem(folder, {**overlay_data(), "language": "de"})


def test_the_language_of_an_overlay_is_that_of_its_name(folder: Path) -> None:
    assert "fr" in _problem(folder, {**overlay_data(), "language": "en"})
