"""Guides are read again when they change; a broken file keeps the last good version and says so."""

from pathlib import Path

import pytest

from copilot.errors import GuideError, UsageError
from copilot.knowledge.shelf import Shelf, stamp_of
from tests.builders import guide_data, overlay_data, write_guide, write_yaml


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERVIEW_COPILOT_CONFIG", str(tmp_path))
    return write_guide(tmp_path / "knowledge").parent


def test_an_untouched_guide_is_read_once(own: Path) -> None:
    shelf = Shelf()

    assert shelf.guide("baker", "en") is shelf.guide("baker", "en")


def test_an_edit_is_picked_up(own: Path) -> None:
    shelf = Shelf()
    shelf.guide("baker", "en")
    write_yaml(own / "baker.yaml", guide_data() | {"title": "Night Baker"})

    shelved = shelf.guide("baker", "en")

    assert (shelved.guide.title, shelved.broken) == ("Night Baker", None)


def test_an_overlay_that_comes_changes_or_goes_is_picked_up(own: Path) -> None:
    shelf = Shelf()
    with pytest.raises(UsageError):
        shelf.guide("baker", "fr")
    write_yaml(own / "baker.fr.yaml", overlay_data())
    assert shelf.guide("baker", "fr").guide.title == "Chef boulanger"
    (own / "baker.fr.yaml").unlink()
    with pytest.raises(UsageError):
        shelf.guide("baker", "fr")


def test_a_broken_file_keeps_the_last_good_version_and_says_so(own: Path) -> None:
    shelf = Shelf()
    good = shelf.guide("baker", "en").guide
    (own / "baker.yaml").write_text("id: [", "utf-8")

    shelved = shelf.guide("baker", "en")

    assert shelved.guide is good
    assert isinstance(shelved.broken, GuideError)
    assert "baker.yaml:" in shelved.broken.message
    assert shelf.guide("baker", "en") is shelved  # and is not read again and again


def test_a_mended_file_counts_again(own: Path) -> None:
    shelf = Shelf()
    shelf.guide("baker", "en")
    (own / "baker.yaml").write_text("id: [", "utf-8")
    shelf.guide("baker", "en")
    write_guide(own)

    assert shelf.guide("baker", "en").broken is None


def test_one_that_was_broken_from_the_first_is_an_error(own: Path) -> None:
    (own / "baker.yaml").write_text("id: [", "utf-8")

    with pytest.raises(GuideError):
        Shelf().guide("baker", "en")


def test_one_that_is_taken_away_is_gone(own: Path) -> None:
    shelf = Shelf()
    shelf.guide("baker", "en")
    (own / "baker.yaml").unlink()

    with pytest.raises(UsageError, match="no guide for the role"):
        shelf.guide("baker", "en")
    assert stamp_of("baker") == ()
