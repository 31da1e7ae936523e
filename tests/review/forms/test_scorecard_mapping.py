"""The mapping file: everything in it is optional, and what is wrong is named with its line."""

from pathlib import Path

import pytest

from copilot.errors import InputError
from copilot.events import Recommendation
from copilot.review.forms.scorecard_mapping import ScorecardMapping, load_mapping
from tests.review.forms.told import source_of
from tests.review.story import an_interview


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config"
    folder.mkdir()
    monkeypatch.setenv("INTERVIEW_COPILOT_CONFIG", str(folder))
    return folder


def _load(path: Path | None = None) -> ScorecardMapping:
    return load_mapping(source_of(an_interview()).report.summary, path)


def _refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        _load(path)
    assert caught.value.title == "Unusable scorecard mapping"
    assert caught.value.remedy
    return str(caught.value)


def test_without_a_file_the_defaults_hold() -> None:
    assert _load() == ScorecardMapping()


def test_the_users_own_is_found_in_the_settings_folder(config: Path) -> None:
    (config / "scorecard.yaml").write_text("interview: Trial shift\n")

    assert _load().interview == "Trial shift"


def test_yes_and_no_need_no_quotes(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text("ratings:\n  1: no\n  2: mixed\nrecommendations:\n  no: no\n  strong_no: no\n")

    mapping = _load(path)

    assert mapping.ratings == {1: "no", 2: "mixed", 3: "yes", 4: "strong_yes"}
    assert mapping.recommendations[Recommendation.STRONG_NO] == "no"
    assert mapping.recommendations[Recommendation.YES] == "yes"


def test_it_may_be_json(tmp_path: Path) -> None:
    path = tmp_path / "mapping.json"
    path.write_text('{"ratings": {"1": "no"}, "unrated": "mixed"}')

    assert (_load(path).ratings[1], _load(path).unrated) == ("no", "mixed")


def test_ids_of_other_roles_are_left_to_their_sessions(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text("attributes:\n  operations-manager:\n    whatever: {name: X}\n")

    assert "operations-manager" in _load(path).attributes


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("intervew: x\n", 1, "Did you mean 'interview'?"),
        ("ratings:\n  1: 'no'\n  2: nope\n", 3, "nope"),
        ("ratings:\n  5: 'yes'\n", 2, "4"),
        ("attributes:\n  bakr:\n    craft: {}\n", 2, "Did you mean 'baker'?"),
        ("attributes:\n  baker:\n    craft: {}\n    crafft: {}\n", 4, "Did you mean 'craft'?"),
        ("attributes:\n  baker:\n    craft:\n      nam: x\n", 4, "Did you mean 'name'?"),
        ("recommendations:\n  maybe: yes\n", 2, "maybe"),
        ("notes: [1\n", 2, ""),
        ("just words\n", 1, "mapping"),
        ("submitted_by:\n  id: Kate\n", 2, "Kate"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(text)

    told = _refusal(path)

    assert f"{path}:{line}" in told
    assert says in told


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "none.yaml") in _refusal(tmp_path / "none.yaml")
