"""A guide's file is changed in place: what was not changed stays as it was, to the byte."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from copilot.errors import GuideError
from copilot.guides.editing.edits import Action, Edit
from copilot.guides.editing.guide_file import GuideFile, write_whole
from copilot.knowledge.loading import knowledge_folders, read_guide
from copilot.knowledge.sentence import Sentence, origin_of

SHIPPED = sorted(knowledge_folders()[1].glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_that_nothing_is_changed_in_stays_as_it_was(path: Path) -> None:
    assert GuideFile(path).text() == path.read_text(encoding="utf-8")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shipped = next(path for path in SHIPPED if path.name == "nurse-manager.yaml")
    return Path(shutil.copy(shipped, tmp_path))


def test_a_sentence_is_added_with_its_origin_and_nothing_else_changes(copied: Path) -> None:
    before = copied.read_text(encoding="utf-8").splitlines()
    guide = read_guide(copied)
    question, point = guide.questions[0], guide.questions[0].points[0]
    file = GuideFile(copied)

    said = Sentence("I did it: all of it.", "interview:2026-11")
    place = ("questions", question.id, "points", point.id, "says")
    file.apply([Edit(Action.ADD, place, said)])
    file.save()

    after = copied.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == [
        '          - {text: "I did it: all of it.", origin: interview:2026-11}'.replace('"', "'")
    ]
    assert len(after) == len(before) + 1
    added = read_guide(copied).questions[0].points[0].says[-1]
    assert (added, origin_of(added)) == ("I did it: all of it.", "interview:2026-11")


def test_what_would_break_the_guide_is_not_written(copied: Path) -> None:
    before = copied.read_bytes()
    file = GuideFile(copied)
    file.apply(
        [Edit(Action.SET, ("questions", read_guide(copied).questions[0].id, "kind"), "song")]
    )

    with pytest.raises(GuideError, match="kind"):
        file.save()

    assert copied.read_bytes() == before


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(copied: Path) -> None:
    file = GuideFile(copied)
    copied.write_text(copied.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    file.apply([Edit(Action.SET, ("title",), "Other")])

    with pytest.raises(GuideError, match="changed by somebody else"):
        file.save()

    assert copied.read_text(encoding="utf-8").endswith("# mine\n")


@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_what_is_written_keeps_its_permissions_and_leaves_no_draft(copied: Path, mode: int) -> None:
    copied.chmod(mode)
    link = copied.with_name("link.yaml")
    link.symlink_to(copied.name)

    write_whole(link, "id: other\n")

    assert link.is_symlink()
    assert copied.read_text(encoding="utf-8") == "id: other\n"
    assert copied.stat().st_mode & 0o777 == mode
    assert {path.name for path in copied.parent.iterdir()} == {copied.name, link.name}


def test_a_folder_that_is_missing_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "new" / "deep" / "head-baker.yaml", "id: head-baker\n")

    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / "deep").stat().st_mode & 0o777 == 0o700


def test_what_is_no_file_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as others:
        read = others.submit(pipe.read_text, encoding="utf-8")
        write_whole(pipe, "# Head baker\n")
        assert read.result() == "# Head baker\n"

    assert pipe.is_fifo()


def test_a_text_that_is_no_guide_is_told_by_the_file_it_is_to_be(tmp_path: Path) -> None:
    path = tmp_path / "head-baker.yaml"

    with pytest.raises(GuideError, match=f"{path}:3: "):
        GuideFile(path, "id: head-baker\ntitle: [\n")
    with pytest.raises(GuideError, match=str(path)):
        GuideFile(path, "id: head-baker\n").check()

    assert not list(tmp_path.iterdir())
