"""A guide open for editing: one step back at a time, saved whole, kept through a crash."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from copilot.errors import GuideError
from copilot.guides.editing.edits import Action, Edit, Place
from copilot.guides.editing.fields import FIELDS, Form
from copilot.guides.editing.open_guide import ChangedOnDiskError, OpenGuide
from copilot.guides.editing.parts import Part, parts_of
from copilot.guides.editing.recovery import recovery_path, unsaved_of
from copilot.knowledge.guide import (
    Competency,
    Guide,
    Model,
    Point,
    Question,
    RedFlag,
    Skill,
    Source,
    Stage,
)
from copilot.knowledge.loading import knowledge_folders, load_guide
from tests.tui.guides.kitchen import COOK, own_guide

TITLE: Place = ("title",)
MODELS: dict[str, type[Model]] = {
    "guide": Guide,
    "question": Question,
    "point": Point,
    "competency": Competency,
    "flag": RedFlag,
    "stage": Stage,
    "skill": Skill,
    "source": Source,
}


@pytest.fixture
def cook() -> Path:
    return own_guide()


def titled(title: str) -> list[Edit]:
    return [Edit(Action.SET, TITLE, title)]


def test_steps_are_taken_back_and_made_again_one_by_one(cook: Path) -> None:
    opened = OpenGuide("cook")
    opened.change("en", titled("One"), "one")
    opened.change("fr", titled("Deux"), "deux")

    assert opened.undo() == "deux"
    assert opened.guide("fr").title == "Chef de cuisine"
    assert opened.undo() == "one"
    assert (opened.undo(), opened.is_changed) == ("", False)
    assert opened.redo() == "one"
    opened.change("en", titled("Other"), "other")
    assert opened.redo() == ""
    assert opened.file("en").data["title"] == "Other"
    assert cook.read_text(encoding="utf-8") == COOK


@pytest.mark.parametrize("language", ["de", "[en]", "1", ""])
def test_a_guide_in_a_language_there_is_not_opens_to_be_mended(cook: Path, language: str) -> None:
    cook.write_text(COOK.replace("language: en", f"language: {language}"), encoding="utf-8")
    opened = OpenGuide("cook")
    assert opened.language == "en"
    assert "language" in str(opened.troubles()[0])
    opened.change("en", [Edit(Action.SET, ("language",), "en")], "language")
    assert opened.troubles() == []


def test_a_guide_is_held_to_the_rules_once_for_what_it_says(cook: Path) -> None:
    opened = OpenGuide("cook")
    first = opened.guide("fr")
    assert opened.guide("fr") is first
    opened.change("en", [Edit(Action.SET, ("questions", "waste", "minutes"), 9)], "minutes")
    assert opened.guide("fr").questions[0].minutes == 9
    opened.undo()
    assert opened.guide("fr") == first


def test_a_change_that_cannot_be_made_changes_nothing(cook: Path) -> None:
    opened = OpenGuide(str(cook))

    with pytest.raises(KeyError):
        opened.change("en", [*titled("x"), Edit(Action.REMOVE, ("stages", "gone"))], "x")

    assert not opened.is_changed
    assert opened.undo() == ""


def test_one_broken_file_keeps_all_from_being_written(cook: Path) -> None:
    opened = OpenGuide("cook")
    opened.change("en", titled("One"), "one")
    opened.change("fr", [Edit(Action.SET, ("questions", "gone", "text"), "?")], "broken")

    with pytest.raises(GuideError, match="gone"):
        opened.save()

    assert cook.read_text(encoding="utf-8") == COOK
    assert [(t.language, t.line > 0) for t in opened.troubles()] == [("fr", True)]


def test_a_file_written_meanwhile_keeps_all_from_being_written(cook: Path) -> None:
    opened = OpenGuide("cook")
    opened.change("en", titled("One"), "one")
    opened.change("fr", titled("Deux"), "deux")
    french = cook.with_name("cook.fr.yaml")
    french.write_text(french.read_text(encoding="utf-8") + "# since\n", encoding="utf-8")

    assert opened.changed_on_disk() == "fr"
    with pytest.raises(ChangedOnDiskError) as refused:
        opened.save()

    assert refused.value.language == "fr"
    assert cook.read_text(encoding="utf-8") == COOK


def test_a_file_taken_away_meanwhile_is_written_again_where_mine_is_kept(cook: Path) -> None:
    opened = OpenGuide("cook")
    opened.change("en", titled("Mine"), "mine")
    cook.unlink()

    with pytest.raises(ChangedOnDiskError):
        opened.save()
    opened.keep_mine("en")
    assert opened.changed_on_disk() == ""
    assert opened.save() == [cook]
    assert load_guide(str(cook)).title == "Mine"


def test_what_is_not_saved_is_kept_for_its_owner_alone_and_goes_with_saving(cook: Path) -> None:
    opened = OpenGuide("cook")
    opened.change("en", titled("One"), "one")
    kept = recovery_path(cook)

    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    again = OpenGuide("cook")
    again.take_up(again.unsaved())
    assert again.file("en").data["title"] == "One"
    assert again.undo()
    assert not again.is_changed
    opened.save()
    assert not kept.exists()


_SOMEBODY_ELSE = """
import sys
from copilot.guides.editing.edits import Action, Edit
from copilot.guides.editing.open_guide import OpenGuide
OpenGuide("cook").change("en", [Edit(Action.SET, ("title",), "Theirs")], "title")
print("kept", flush=True)
sys.stdin.read()
"""


def test_two_editors_take_nothing_from_each_other(cook: Path) -> None:
    command = [sys.executable, "-c", _SOMEBODY_ELSE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as theirs:
        assert theirs.stdout is not None
        assert theirs.stdout.readline() == b"kept\n"
        mine = OpenGuide("cook")
        while_they_work = mine.unsaved()
        mine.change("en", titled("Mine"), "title")
        mine.give_up()
        theirs.kill()

    assert while_they_work == {}
    left = OpenGuide("cook").unsaved()
    assert [path.name for path in recovery_path(cook).parent.glob(".*.lock")] == [
        f".{os.getpid()}.lock"
    ]
    assert [name for name, each in left.items() if "Theirs" in each.text] == ["cook.yaml"]


def test_a_damaged_recovery_file_is_none(cook: Path) -> None:
    opened = OpenGuide("cook")
    opened.change("en", titled("One"), "one")
    recovery_path(cook).write_bytes(b'{"format": 1, "files": {"cook.ya')

    assert unsaved_of(cook) == {}


def test_a_guide_that_ships_is_copied_with_its_overlays_when_it_is_saved() -> None:
    own, shipped = knowledge_folders()
    opened = OpenGuide("operations-manager")
    before = opened.is_shipped
    opened.change("fr", titled("Chef des operations"), "title")
    assert not own.exists()

    written = opened.save()

    assert written == [own / "operations-manager.fr.yaml"]
    assert (before, opened.is_shipped) == (True, False)
    name = "operations-manager.yaml"
    assert (own / name).read_bytes() == (shipped / name).read_bytes()
    assert load_guide("operations-manager", "fr").title == "Chef des operations"


def test_an_own_copy_made_meanwhile_is_not_overwritten() -> None:
    own, shipped = knowledge_folders()
    opened = OpenGuide("operations-manager")
    opened.change("en", titled("Mine"), "title")
    own.mkdir(parents=True)
    theirs = (shipped / "operations-manager.yaml").read_text(encoding="utf-8") + "# theirs\n"
    (own / "operations-manager.yaml").write_text(theirs, encoding="utf-8")

    with pytest.raises(ChangedOnDiskError):
        opened.save()

    assert (own / "operations-manager.yaml").read_text(encoding="utf-8") == theirs


@pytest.mark.parametrize("kind", FIELDS)
def test_every_key_of_a_guide_can_be_changed(kind: str) -> None:
    known = {each.key.partition(".")[0] for each in FIELDS[kind]}
    fixed = {"id", "language", "origin"}

    assert known == set(MODELS[kind].model_fields) - fixed


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_text_of_a_shipped_guide_is_a_part_at_its_place(language: str) -> None:
    opened = OpenGuide("operations-manager")
    file = opened.file(language)
    parts = [part for top in opened.parts(language).children for part in top.walk()]

    texts = [part for part in parts if part.is_text and part.value]
    assert len({part.key for part in parts}) == len(parts)
    assert len(texts) > 300
    for part in texts:
        assert file.get(part.place) == part.value
    lines = file.lines_of([part.place for part in texts])
    assert lines == [file.line_of(part.place) for part in texts[:40]] + lines[40:]
    assert all(lines)


def test_parts_of_what_is_no_guide_yet_are_shown_as_far_as_they_go() -> None:
    root = parts_of({"questions": [{"text": "A?"}, "no item"], "tips": "no list"})

    found = {part.key: part for part in _walk(root)}
    assert found["questions/0/text"].value == "A?"
    assert found["questions/0"].title == "?"
    assert found["tips"].children == ()
    assert found["red_flags"].form is Form.ITEMS


def _walk(root: Part) -> list[Part]:
    return [part for top in root.children for part in top.walk()]
