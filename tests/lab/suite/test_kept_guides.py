"""A suite can hold stored interviews again with the very guides that they were held with."""

from pathlib import Path

import pytest

from copilot.knowledge.guide import Guide
from copilot.lab.bench import Bench
from copilot.lab.errors import SuiteError
from copilot.lab.promoting import Wish, promote
from copilot.lab.suite.materials import collect
from copilot.lab.tasks import task_named
from copilot.store import SessionFolder
from copilot.store.guides import keep_guide
from tests.bare_guides import THIN, told_with
from tests.builders import write_yaml
from tests.lab.suite.written import read
from tests.review.stored import keep

FIRST, SECOND = "20260302-090000-abcd", "20260303-090000-ef01"
SUITE = """\
task: interview
providers: local
guides: {guides}
tests:
  - {{id: one, vars: {{session: {first}}}}}
  - {{id: two, vars: {{session: {second}{more}}}}}
"""


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("INTERVIEW_COPILOT_CONFIG", str(tmp_path / "config"))


def _stored(guide: Guide, session_id: str) -> SessionFolder:
    story = told_with(guide)
    story.end(at_s=100)
    folder = keep(story.events, session_id)
    keep_guide(folder, guide)
    return folder


def _suite(tmp_path: Path, guides: str = "kept", more: str = "") -> str:
    return SUITE.format(guides=guides, first=FIRST, second=SECOND, more=more)


def test_each_session_goes_by_its_own_guide(tmp_path: Path) -> None:
    later = THIN.model_copy(update={"summary": "Keeps the house at night."})
    _stored(THIN, FIRST)
    _stored(later, SECOND)
    suite = read(tmp_path, _suite(tmp_path))

    materials, [variant] = collect(suite)

    task = task_named("interview")
    told = [task.fingerprint(case, variant, materials)["guide"] for case in suite.cases]
    assert told == [THIN.content_hash(), later.content_hash()]
    with Bench(materials, threads=1) as bench:
        assert bench.guide(variant, f"porter@{SECOND}", "en") == later


def test_a_guide_that_says_little_is_read_again_as_it_was(tmp_path: Path) -> None:
    _stored(THIN, FIRST)
    _stored(THIN, SECOND)
    write_yaml(tmp_path / "config" / "knowledge" / "porter.yaml", THIN.model_dump(
        mode="json", by_alias=True, exclude_defaults=True
    ))  # fmt: skip

    materials, [variant] = collect(read(tmp_path, _suite(tmp_path, "installed")))

    with Bench(materials, threads=1) as bench:
        assert bench.guide(variant, "porter", "en") == THIN


def test_what_replays_no_session_alone_has_no_guide_of_its_own(tmp_path: Path) -> None:
    _stored(THIN, FIRST)
    _stored(THIN, SECOND)

    with pytest.raises(SuiteError, match="is the guide of a stored session"):
        collect(read(tmp_path, _suite(tmp_path, more=", role: porter")))


def test_a_session_that_kept_none_is_named(tmp_path: Path) -> None:
    _stored(THIN, FIRST)
    (_stored(THIN, SECOND).path / "guide.jsonl").unlink()
    other = THIN.model_copy(update={"title": "Day Porter"})
    write_yaml(tmp_path / "config" / "knowledge" / "porter.yaml", other.model_dump(
        mode="json", by_alias=True, exclude_defaults=True
    ))  # fmt: skip

    with pytest.raises(SuiteError, match=SECOND):
        collect(read(tmp_path, _suite(tmp_path)))


def test_promoting_says_that_the_guide_has_changed_since(tmp_path: Path) -> None:
    folder = _stored(THIN, FIRST)
    assert not any("changed" in each for each in _notices(folder, THIN, tmp_path))

    other = THIN.model_copy(update={"title": "Day Porter"})
    notices = _notices(folder, other, tmp_path)

    assert any("has changed since" in each and "guides: kept" in each for each in notices)


def _notices(folder: SessionFolder, today: Guide, tmp_path: Path) -> tuple[str, ...]:
    data = today.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    write_yaml(tmp_path / "config" / "knowledge" / "porter.yaml", data)
    return promote(folder, "", Wish(), keep=False).notices
