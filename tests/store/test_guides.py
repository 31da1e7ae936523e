"""The guide a session ran with is kept word for word, and a damaged one is never taken for it."""

import json
import stat
from pathlib import Path

import pytest

from copilot.errors import SessionError
from copilot.knowledge.guide import Guide
from copilot.knowledge.sentence import origin_of
from copilot.store import SessionFolder, SessionStore
from copilot.store.guides import KEPT_GUIDE, has_kept_guide, keep_guide, kept_guide
from copilot.store.removing import counted
from tests.builders import GUIDE, guide_data
from tests.store.records import a_record


@pytest.fixture
def folder(tmp_path: Path) -> SessionFolder:
    return SessionStore(tmp_path / "sessions").create(a_record())


def _with_origins() -> Guide:
    data = guide_data()
    point = data["questions"][0]["points"][0]
    point["says"] = ["We tried.", {"text": "Three small batches first.", "origin": "model:trial"}]
    data["competencies"][0]["anchors"][1] = {"text": "None.", "origin": "worksheet:2026-01-02"}
    data["title"] = {"text": "Head\u2028Baker, pétri\u0085 à l'aube", "origin": "handbook"}
    return Guide.model_validate(data)


def test_what_is_kept_is_the_guide_with_every_origin(folder: SessionFolder) -> None:
    guide = _with_origins()
    keep_guide(folder, guide)

    kept = kept_guide(folder)

    assert kept is not None
    assert kept.guide == guide
    assert kept.sha256 == guide.content_hash() == kept.guide.content_hash()
    assert origin_of(kept.guide.questions[0].points[0].says[1]) == "model:trial"
    assert origin_of(kept.guide.questions[0].points[0].says[0]) == ""
    anchors = kept.guide.competencies[0].anchors
    assert anchors is not None
    assert origin_of(anchors.one) == "worksheet:2026-01-02"
    assert origin_of(kept.guide.title) == "handbook"


def test_a_guide_that_says_next_to_nothing_is_kept_as_well(folder: SessionFolder) -> None:
    question = {"id": "q", "label": "Q", "kind": "opinion", "text": "And?", "origin": "project"}
    flag = {"id": "f", "label": "F", "description": "Shows.", "origin": "project"}
    bare = Guide.model_validate(
        {
            "id": "bare",
            "language": "en",
            "title": "Bare",
            "summary": "Little.",
            "questions": [question],
            "red_flags": [flag],
        }
    )
    keep_guide(folder, bare)

    kept = kept_guide(folder)

    assert kept is not None
    assert kept.guide == bare


def test_the_file_is_its_owners_alone_and_counted_when_it_is_deleted(
    folder: SessionFolder,
) -> None:
    keep_guide(folder, GUIDE)
    path = folder.path / KEPT_GUIDE

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert counted(folder.path)["guide"].files == 1


def test_a_session_of_before_kept_none(folder: SessionFolder) -> None:
    assert kept_guide(folder) is None
    assert not has_kept_guide(folder)


def _changed(path: Path) -> bytes:
    return path.read_bytes().replace(b"New oven", b"Old oven")


def _cut_off(path: Path) -> bytes:
    return path.read_bytes()[:200]


def _no_guide(path: Path) -> bytes:
    return b'{"a": 1}\n' + path.read_bytes().splitlines()[1]


def _wild_origin(path: Path) -> bytes:
    content, about = path.read_bytes().splitlines()
    data = json.loads(about) | {"origins": [[["questions", 99, "text"], "project"]]}
    return content + b"\n" + json.dumps(data).encode()


def _later_format(path: Path) -> bytes:
    content, about = path.read_bytes().splitlines()
    return content + b"\n" + json.dumps(json.loads(about) | {"format": 2}).encode()


@pytest.mark.parametrize(
    "damage", [_changed, _cut_off, _no_guide, _wild_origin, _later_format, lambda _: b"\xff"]
)
def test_a_damaged_one_is_said_to_be(folder: SessionFolder, damage) -> None:
    keep_guide(folder, _with_origins())
    path = folder.path / KEPT_GUIDE
    path.write_bytes(damage(path))

    with pytest.raises(SessionError, match=r"guide\.jsonl: the guide that the session ran with"):
        kept_guide(folder)

    assert has_kept_guide(folder)


def test_one_that_cannot_be_read_is_said_to_be(folder: SessionFolder) -> None:
    (folder.path / KEPT_GUIDE).mkdir()

    with pytest.raises(SessionError, match="directory"):
        kept_guide(folder)
