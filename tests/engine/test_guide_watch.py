"""A guide edited during an interview is told of once; what is half written is not."""

import threading
from pathlib import Path

import pytest

from copilot.engine.guide_watch import GuideWatch
from copilot.engine.vitals import Vitals
from copilot.knowledge.loading import load_guide
from tests.builders import guide_data, overlay_data, write_guide, write_yaml


class Watch(GuideWatch):
    """The real one, by a clock of the test's own."""

    def __init__(self, language: str = "en") -> None:
        self.now_s = 0.0
        super().__init__(load_guide("baker", language), lambda: self.now_s)

    def notice(self, after_s: float = 10.0) -> str:
        """What it says once it has looked and read."""
        self.now_s += after_s
        self.told(Vitals(0.0))
        for thread in threading.enumerate():
            if thread.name == "guide":
                thread.join()
        return self.told(Vitals(0.0)).guide_notice


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERVIEW_COPILOT_CONFIG", str(tmp_path))
    return write_guide(tmp_path / "knowledge").parent


def _change(own: Path, title: str = "Chief of Bakers") -> None:
    write_yaml(own / "baker.yaml", guide_data() | {"title": title})


def test_nothing_is_said_of_a_guide_that_nobody_touches(own: Path) -> None:
    assert Watch().notice() == ""


def test_a_change_is_told(own: Path) -> None:
    watch = Watch()
    _change(own)

    assert watch.notice() == (
        "The guide Chief of Bakers was changed. This interview goes on with the version it began "
        "with; the next one takes the new one."
    )
    _change(own, "Chief of all Bakers")
    assert "Chief of Bakers" in watch.notice()  # once is enough


def test_it_looks_seldom(own: Path) -> None:
    watch = Watch()
    _change(own)

    assert watch.notice(after_s=0.5) == ""
    assert watch.notice(after_s=2.0) != ""


def test_a_remark_in_the_file_changes_no_guide(own: Path) -> None:
    watch = Watch()
    path = own / "baker.yaml"
    path.write_text("# A remark\n" + path.read_text("utf-8"), "utf-8")

    assert watch.notice() == ""


def test_what_is_half_written_is_not_told_until_it_is_whole(own: Path) -> None:
    watch = Watch()
    (own / "baker.yaml").write_text("id: [", "utf-8")
    assert watch.notice() == ""
    (own / "baker.yaml").unlink()
    assert watch.notice() == ""

    _change(own)
    assert watch.notice() != ""


def test_a_change_of_the_overlay_is_a_change_too(own: Path) -> None:
    write_yaml(own / "baker.fr.yaml", overlay_data())
    watch = Watch("fr")
    write_yaml(own / "baker.fr.yaml", overlay_data() | {"title": "Maître boulanger"})

    assert "Maître boulanger" in watch.notice()


def test_a_copy_of_ones_own_that_takes_the_shipped_ones_place_is_told(own: Path) -> None:
    role = "director-it-operations"
    watch = Watch.__new__(Watch)
    watch.now_s = 0.0
    GuideWatch.__init__(watch, load_guide(role), lambda: watch.now_s)
    write_yaml(own / f"{role}.yaml", guide_data() | {"id": role})

    assert "Head Baker was changed" in watch.notice()
