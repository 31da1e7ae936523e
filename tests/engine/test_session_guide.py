"""A stored session is read with the guide it ran with, whatever has become of that since."""

import dataclasses
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from copilot.engine.keeping import kept_anew
from copilot.engine.resuming import resumed_call
from copilot.engine.session_guide import changed_since, session_guide
from copilot.errors import GuideError, SessionError, StorageError, UsageError
from copilot.events import CaptureKind, SessionStarted
from copilot.knowledge.guide import Guide
from copilot.store import SessionFolder, SessionStore, open_journal
from copilot.store.guides import KEPT_GUIDE, keep_guide, kept_guide
from tests.builders import GUIDE, guide_data, session_started, write_guide, write_yaml
from tests.store.records import a_record
from tests.story import Story


@pytest.fixture(autouse=True)
def _places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("INTERVIEW_COPILOT_CONFIG", str(tmp_path / "config"))


@pytest.fixture
def folder() -> SessionFolder:
    return SessionStore().create(a_record(capture=CaptureKind.CALL))


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    """The user's own folder of guides, with the small one."""
    return write_guide(tmp_path / "config" / "knowledge").parent


STARTED = session_started()


def _another(**changes: object) -> Guide:
    return Guide.model_validate(guide_data() | {"title": "Night Baker"} | changes)


def test_the_kept_guide_is_its_own_and_nothing_is_to_be_said(
    folder: SessionFolder, guides: Path
) -> None:
    keep_guide(folder, GUIDE)

    found = session_guide(folder, STARTED)

    assert (found.guide, found.is_its_own, found.notice) == (GUIDE, True, "")


def _is_changed(guides: Path) -> None:
    write_yaml(guides / "baker.yaml", guide_data() | {"title": "Night Baker"})


def _is_broken(guides: Path) -> None:
    (guides / "baker.yaml").write_text("id: [", "utf-8")


def _is_gone(guides: Path) -> None:
    (guides / "baker.yaml").unlink()


@pytest.mark.parametrize(
    ("becomes", "said"),
    [(_is_changed, "has changed since"), (_is_broken, "cannot be read"), (_is_gone, "cannot be")],
)
def test_whatever_becomes_of_the_file_the_session_goes_by_its_own(
    folder: SessionFolder, guides: Path, becomes: Callable[[Path], None], said: str
) -> None:
    keep_guide(folder, GUIDE)
    becomes(guides)

    found = session_guide(folder, STARTED)

    assert found.guide == GUIDE
    assert found.is_its_own
    assert said in found.notice
    assert changed_since(folder, STARTED) == found.notice


def test_a_session_of_before_takes_the_same_guide_from_the_file(
    folder: SessionFolder, guides: Path
) -> None:
    found = session_guide(folder, STARTED)

    assert (found.guide, found.is_its_own, found.notice) == (GUIDE, True, "")


def test_a_session_of_before_is_told_that_the_file_is_another_version(
    folder: SessionFolder, guides: Path
) -> None:
    _is_changed(guides)

    found = session_guide(folder, STARTED)

    assert (found.guide.title, found.is_its_own) == ("Night Baker", False)
    assert "another version" in found.notice
    assert folder.id in found.notice


def test_a_session_of_before_whose_file_is_gone_or_broken_says_so(
    folder: SessionFolder, guides: Path
) -> None:
    _is_broken(guides)
    with pytest.raises(GuideError):
        session_guide(folder, STARTED)
    _is_gone(guides)
    with pytest.raises(UsageError, match="no guide for the role"):
        session_guide(folder, STARTED)
    assert "no guide for the role" in changed_since(folder, STARTED)


def test_a_damaged_guide_is_never_replaced_in_silence(folder: SessionFolder, guides: Path) -> None:
    keep_guide(folder, GUIDE)
    (folder.path / KEPT_GUIDE).write_bytes(b"")

    with pytest.raises(SessionError, match="cannot be read"):
        session_guide(folder, STARTED)

    found = session_guide(folder, STARTED, "baker")
    assert (found.guide, found.is_its_own) == (GUIDE, True)
    assert KEPT_GUIDE in changed_since(folder, STARTED)


def test_a_guide_of_another_session_is_not_taken_for_its_own(
    folder: SessionFolder, guides: Path
) -> None:
    keep_guide(folder, _another())

    with pytest.raises(SessionError, match="another guide than the one"):
        session_guide(folder, STARTED)


def test_it_is_on_disk_before_the_first_event_and_after_a_kill() -> None:
    store = SessionStore()

    with kept_anew(store, a_record(), GUIDE, audio=False, on_trouble=print) as kept:
        on_disk = kept_guide(SessionFolder(kept.folder.path))

        assert kept.journal.count == 0
        assert on_disk is not None
        assert on_disk.guide == GUIDE


# -- going on -------------------------------------------------------------------------------------


def _interrupted(folder: SessionFolder, guide: Guide = GUIDE) -> SessionFolder:
    story = Story(guide)
    first = story.events[0]
    assert isinstance(first, SessionStarted)
    story.events[0] = dataclasses.replace(first, capture=CaptureKind.CALL)
    with open_journal(folder) as journal:
        for event in story.events:
            journal.append(event)
    return folder


def test_a_session_goes_on_with_the_guide_it_kept(folder: SessionFolder, guides: Path) -> None:
    keep_guide(folder, GUIDE)
    _is_changed(guides)

    options, _consent = resumed_call(_interrupted(folder))

    assert options.guide == GUIDE
    assert "has changed since" in options.guide_notice


def test_the_file_that_is_named_does_not_replace_what_was_kept(
    folder: SessionFolder, guides: Path
) -> None:
    keep_guide(folder, GUIDE)
    _is_changed(guides)

    options, _consent = resumed_call(_interrupted(folder), str(guides / "baker.yaml"))

    assert options.guide == GUIDE


def test_a_session_with_a_damaged_guide_goes_on_with_the_one_that_is_named(
    folder: SessionFolder, guides: Path
) -> None:
    keep_guide(folder, GUIDE)
    (folder.path / KEPT_GUIDE).write_bytes(b"")
    _interrupted(folder)

    with pytest.raises(SessionError) as refused:
        resumed_call(folder)
    options, _consent = resumed_call(folder, "baker")

    assert f"resume {folder.id} --role baker" in refused.value.remedy
    assert options.guide == GUIDE


def test_a_guide_from_a_file_of_ones_own_is_not_needed_again(folder: SessionFolder) -> None:
    guide = Guide.model_validate(guide_data() | {"id": "stoker"})
    keep_guide(folder, guide)

    options, _consent = resumed_call(_interrupted(folder, guide))

    assert options.guide == guide


def test_a_disk_without_room_for_the_guide_begins_no_session() -> None:
    store = SessionStore()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with (
            pytest.raises(StorageError, match=KEPT_GUIDE),
            kept_anew(store, a_record(), GUIDE, audio=False, on_trouble=print),
        ):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert list(store.folders()) == []
