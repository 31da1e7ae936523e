"""Guides are found by role, the user's own before the shipped ones."""

from pathlib import Path

import pytest

from copilot.errors import GuideError, UsageError
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import (
    check_language,
    find_guide,
    knowledge_folders,
    load_guide,
    read_guide,
    roles,
)
from copilot.paths import config_folder, shipped_knowledge
from tests.builders import GUIDE, guide_data, overlay_data, write_guide, write_yaml

SHIPPED_ROLES = [
    "customer-support-lead",
    "director-it-operations",
    "nurse-manager",
    "operations-manager",
    "sales-representative",
    "software-engineer",
]


@pytest.fixture
def own() -> Path:
    """The user's own folder of guides; it does not exist yet."""
    return config_folder() / "knowledge"


def _own_director(own: Path) -> None:
    data = {**guide_data(), "id": "director-it-operations", "title": "Our own director"}
    write_yaml(own / "director-it-operations.yaml", data)


# -- where they are found -------------------------------------------------------------------------


def test_the_users_own_folder_is_in_the_config_folder(own: Path, tmp_path: Path) -> None:
    assert own == tmp_path / "config" / "knowledge"
    assert knowledge_folders() == (own, shipped_knowledge())


def test_without_guides_of_ones_own_the_shipped_ones_are_there() -> None:
    assert roles() == SHIPPED_ROLES


def test_the_users_own_guides_are_listed_with_the_shipped_ones(own: Path) -> None:
    write_guide(own)

    assert roles() == ["baker", *SHIPPED_ROLES]
    assert load_guide("baker").title == "Head Baker"


def test_the_users_own_guide_wins_over_the_shipped_one(own: Path) -> None:
    shipped = load_guide("director-it-operations")
    _own_director(own)

    assert load_guide("director-it-operations").title == "Our own director"
    assert load_guide("director-it-operations") != shipped
    assert roles() == SHIPPED_ROLES


def test_the_users_own_guide_brings_its_own_overlays_and_does_not_mix_with_shipped_ones(
    own: Path,
) -> None:
    _own_director(own)

    assert find_guide("director-it-operations").overlays == {}
    with pytest.raises(UsageError, match="has no texts in 'fr'"):
        load_guide("director-it-operations", "fr")


def test_a_broken_guide_of_ones_own_is_an_error_and_not_passed_over(own: Path) -> None:
    own.mkdir(parents=True)
    (own / "director-it-operations.yaml").write_text("id: [")

    with pytest.raises(GuideError, match=r"config.knowledge.director-it-operations\.yaml:\d"):
        load_guide("director-it-operations")


def test_overlays_and_other_files_are_no_roles(own: Path) -> None:
    write_guide(own)
    write_yaml(own / "baker.fr.yaml", overlay_data())
    (own / "notes.txt").write_text("hello")
    (own / "guide.schema.json").write_text("{}")

    assert roles([own]) == ["baker"]


def test_a_guide_may_be_named_by_its_path(tmp_path: Path) -> None:
    path = write_guide(tmp_path / "elsewhere")
    write_yaml(path.with_name("baker.fr.yaml"), overlay_data())

    assert load_guide(str(path)).title == "Head Baker"
    assert load_guide(str(path), "fr").title == "Chef boulanger"
    assert find_guide(str(path)).role == "baker"


def test_folders_may_be_given(tmp_path: Path) -> None:
    write_guide(tmp_path)

    assert roles([tmp_path]) == ["baker"]
    assert load_guide("baker", folders=[tmp_path]).id == "baker"
    with pytest.raises(UsageError):
        load_guide("operations-manager", folders=[tmp_path])


# -- what is not there ----------------------------------------------------------------------------


def test_an_unknown_role_is_refused_and_the_nearest_is_named() -> None:
    with pytest.raises(UsageError, match="no guide for the role 'operation-manager'") as caught:
        load_guide("operation-manager")
    assert caught.value.remedy == "Did you mean 'operations-manager'?"


@pytest.mark.parametrize("role", ["", ".", "..", "xyz"])
def test_odd_role_names_are_refused(role: str) -> None:
    with pytest.raises(UsageError, match="no guide for the role"):
        load_guide(role)


def test_an_unknown_language_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(UsageError, match="'de' is not supported") as caught:
        load_guide("operations-manager", "de")
    assert caught.value.remedy == "Known: en, fr."
    check_language("en")
    check_language("fr")


def test_a_language_the_guide_lacks_is_refused_with_the_file_to_write(tmp_path: Path) -> None:
    path = write_guide(tmp_path)

    with pytest.raises(UsageError, match="'baker' has no texts in 'fr'") as caught:
        load_guide(str(path), "fr")
    assert f"Write baker.fr.yaml beside {path}" in caught.value.remedy


def test_a_path_that_leads_nowhere_is_an_error_about_that_file(tmp_path: Path) -> None:
    with pytest.raises(GuideError, match=r"gone\.yaml: no such file"):
        load_guide(str(tmp_path / "gone.yaml"))


# -- what a guide offers --------------------------------------------------------------------------


def test_a_question_without_points_is_matched_against_the_competencies(tmp_path: Path) -> None:
    guide = read_guide(write_guide(tmp_path))

    assert [point.id for point in guide.points_for("rollout")] == ["pilot", "rollback", "training"]
    assert [point.id for point in guide.points_for("team")] == ["craft"]


def test_an_unknown_question_is_refused_and_the_nearest_is_named(tmp_path: Path) -> None:
    guide = read_guide(write_guide(tmp_path))

    with pytest.raises(UsageError, match="'baker' has no question 'metric'") as caught:
        guide.question("metric")
    assert caught.value.remedy == "Did you mean 'metrics'?"
    with pytest.raises(UsageError):
        guide.points_for("metric")


def test_an_unknown_flag_is_a_key_error(tmp_path: Path) -> None:
    guide = read_guide(write_guide(tmp_path))

    assert guide.flag("blame").label == "Blames others"
    with pytest.raises(KeyError):
        guide.flag("pilot")


def test_the_hash_follows_the_content_and_not_the_layout(tmp_path: Path) -> None:
    path = write_guide(tmp_path)
    before = read_guide(path).content_hash()
    text = path.read_text("utf-8")

    path.write_text("# A remark\n" + text.replace("title: Head Baker", 'title:   "Head Baker"'))
    assert read_guide(path).content_hash() == before
    path.write_text(text.replace("Head Baker", "Head baker"))
    assert read_guide(path).content_hash() != before


def test_a_guide_keeps_the_hash_it_had_before_guides_could_say_more() -> None:
    known = "333d2e2c9a9cf8745a030c43e4d4a799b9f215d118569bad5184dae585c9856b"

    assert GUIDE.content_hash() == known
    more = Guide.model_validate(guide_data() | {"tips": ["Let them talk."]})
    assert more.content_hash() != known


def test_where_a_sentence_comes_from_is_not_in_the_hash() -> None:
    data = guide_data()
    data["summary"] = {"text": data["summary"], "origin": "worksheet:2026-01-02"}

    assert Guide.model_validate(data).content_hash() == GUIDE.content_hash()


def test_a_guide_cannot_be_changed(tmp_path: Path) -> None:
    guide: Guide = read_guide(write_guide(tmp_path))

    with pytest.raises(ValueError, match="frozen"):
        guide.title = "Other"  # type: ignore[misc]


@pytest.mark.parametrize("role", ["../knowledge/director-it-operations", "", ".", "a\0b"])
def test_a_role_leads_to_no_other_folder(own: Path, role: str) -> None:
    _own_director(own)

    with pytest.raises(UsageError, match="there is no guide for the role"):
        find_guide(role)
