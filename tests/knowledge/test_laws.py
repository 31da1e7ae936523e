"""Which packs apply: by name, else by language, and the user's own before those that ship."""

import shutil
from pathlib import Path

import pytest

from copilot.errors import GuideError, UsageError
from copilot.knowledge.laws import every_pack, laws_for, laws_still_there, own_files
from copilot.knowledge.off_limits import FOLDER, check_pack_file
from copilot.paths import shipped_knowledge


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The user's own folder of packs, empty."""
    folder = tmp_path / "config" / "knowledge" / FOLDER
    folder.mkdir(parents=True)
    return folder


def _add(folder: Path, name: str, shipped: str = "eu") -> Path:
    """A copy of a shipped pack under another name."""
    path = folder / f"{name}.yaml"
    text = (shipped_knowledge() / FOLDER / f"{shipped}.yaml").read_text("utf-8")
    path.write_text(text.replace(f"id: {shipped}\n", f"id: {name}\n", 1), "utf-8")
    return path


@pytest.mark.parametrize(("language", "laws"), [("en", ("eu", "us")), ("fr", ("fr", "eu"))])
def test_the_language_says_which_apply_where_nobody_does(
    language: str, laws: tuple[str, ...]
) -> None:
    assert laws_for(language) == laws


def test_those_named_apply_in_their_order_and_no_other() -> None:
    assert laws_for("en", ("us", "fr", "us")) == ("us", "fr")


def test_none_switches_the_warnings_off() -> None:
    assert laws_for("fr", ("none",)) == ()
    with pytest.raises(UsageError, match="'none' and other packs"):
        laws_for("fr", ("none", "fr"))


def test_an_unknown_pack_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="'xx'") as caught:
        laws_for("en", ("xx",))

    assert "eu, fr, none, us" in caught.value.remedy


def test_a_pack_that_the_user_added_applies_first(own: Path) -> None:
    assert not own_files()
    _add(own, "house")

    assert own_files()
    assert laws_for("en") == ("house", "eu", "us")
    assert [pack.id for pack in every_pack()] == ["eu", "fr", "house", "us"]


def test_one_that_replaces_a_shipped_one_keeps_its_place(own: Path) -> None:
    shutil.copy(shipped_knowledge() / FOLDER / "us.yaml", own)

    assert own_files()
    assert laws_for("en") == ("eu", "us")


def test_a_pack_that_is_gone_no_longer_applies() -> None:
    assert laws_still_there(("house", "us")) == ("us",)


def test_a_broken_pack_of_the_users_own_is_named_with_its_line(own: Path) -> None:
    path = _add(own, "house")
    path.write_text(path.read_text("utf-8").replace("label:", "lable:", 1), "utf-8")

    with pytest.raises(GuideError, match=rf"{path}:\d+: .*lable"):
        every_pack()


def test_a_pack_is_checked_wherever_it_lies(tmp_path: Path) -> None:
    folder = tmp_path / "drafts" / FOLDER
    folder.mkdir(parents=True)
    good = _add(folder, "house")
    check_pack_file(good)

    good.write_text(good.read_text("utf-8").replace("id: house", "id: home", 1), "utf-8")
    with pytest.raises(GuideError, match=f"{good}:.*'house', the file's name"):
        check_pack_file(good)


def test_phrases_of_the_users_own_are_checked_as_such(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    path = folder / "phrases.yaml"
    path.write_text("lists: {en: {}, fr: {}}\ntopics: {age: {en: {asked: ['(old']}}}\n", "utf-8")

    with pytest.raises(GuideError, match=rf"{path}:\d+: .*missing"):
        check_pack_file(path)
