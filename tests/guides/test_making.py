"""New guides: a worked example that loads, and copies that keep everything but the name."""

from pathlib import Path

import pytest

from copilot.errors import GuideError, UsageError
from copilot.guides.making import copied_guide, new_guide
from copilot.knowledge.checking import check
from copilot.knowledge.loading import find_guide, load_guide, read_guide
from tests.builders import write_guide


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_new_guide_loads_and_says_how_to_go_on(language: str, tmp_path: Path) -> None:
    made = new_guide("head-baker", title="Head: Baker", language=language, folder=tmp_path)

    guide = read_guide(made.guide)
    assert (guide.id, guide.language, guide.title) == ("head-baker", language, "Head: Baker")
    assert guide.questions[0].points[0].says
    text = made.guide.read_text(encoding="utf-8")
    assert "knowledge check head-baker" in text
    assert "{{" not in text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_example_of_a_new_guide_lacks_sentences_and_nothing_else(
    language: str, tmp_path: Path
) -> None:
    made = new_guide("head-baker", language=language, folder=tmp_path)

    warned = {problem.message.split(":")[0].lstrip("0123456789 ") for problem in check(made.guide)}
    assert warned == {"says", "too few denials to tell a denial from the point."}


def test_a_title_is_made_of_the_name(tmp_path: Path) -> None:
    assert read_guide(new_guide("head-baker", folder=tmp_path).guide).title == "Head baker"


def test_a_title_of_several_lines_stays_on_one(tmp_path: Path) -> None:
    made = new_guide("head-baker", title="Head\nid: other", folder=tmp_path)

    assert read_guide(made.guide).title == "Head id: other"


@pytest.mark.parametrize("name", ["Head Baker", "", "../baker", "x" * 49, "baker.fr"])
def test_a_name_that_is_none_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no name for a guide"):
        new_guide(name, folder=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_title_that_is_too_long_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(GuideError, match="title"):
        new_guide("baker", title="x" * 601, folder=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = write_guide(tmp_path)
    before = path.read_bytes()

    with pytest.raises(UsageError, match="there already"):
        new_guide("baker", folder=tmp_path)
    with pytest.raises(UsageError, match="there already"):
        copied_guide("nurse-manager", "baker", folder=tmp_path)

    assert path.read_bytes() == before


def test_a_copy_differs_by_its_name_alone(tmp_path: Path) -> None:
    source = find_guide("nurse-manager")

    made = copied_guide("nurse-manager", "ward-sister", folder=tmp_path)

    pairs = [(source.guide, made.guide), (source.overlays["fr"], made.overlays[0])]
    for before, after in pairs:
        old, new = (path.read_text(encoding="utf-8").splitlines() for path in (before, after))
        changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
        assert len(changed) == 1
        assert changed[0][1].endswith("ward-sister")
    for language in ("en", "fr"):
        copied = load_guide("ward-sister", language, [tmp_path])
        original = load_guide("nurse-manager", language)
        assert copied.model_copy(update={"id": original.id}) == original


def test_a_copy_may_have_another_title(tmp_path: Path) -> None:
    made = copied_guide("nurse-manager", "ward-sister", title="Ward sister", folder=tmp_path)

    assert read_guide(made.guide).title == "Ward sister"


def test_what_is_no_guide_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no guide for the role"):
        copied_guide("nurse-managr", "ward-sister", folder=tmp_path)


@pytest.mark.parametrize(
    "title", ["Ward\x1b sister", "Ward\udcff\u2028sister", "\x85Ward sister\x00"]
)
def test_a_title_keeps_nothing_that_a_guide_cannot_hold(tmp_path: Path, title: str) -> None:
    made = new_guide("ward-sister", title=title, folder=tmp_path)
    copied = copied_guide(str(made.guide), "night-sister", title=title, folder=tmp_path)

    assert read_guide(made.guide).title == "Ward sister"
    assert read_guide(copied.guide).title == "Ward sister"
