"""What the user chose is kept, and a file that cannot be understood is never ignored."""

import re
import stat
from pathlib import Path

import pytest

from copilot.errors import InputError, StorageError
from copilot.settings import Settings, change_settings, load_settings, settings_path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The settings of the test, in a folder that is there."""
    (tmp_path / "config").mkdir()
    assert settings_path() == tmp_path / "config" / "settings.json"
    return settings_path()


def test_without_a_file_nothing_is_chosen() -> None:
    assert load_settings() == Settings()
    assert not settings_path().exists()


def test_what_is_chosen_is_kept_for_its_owner_alone() -> None:
    change_settings(model="small")

    assert load_settings() == Settings(model="small")
    assert stat.S_IMODE(settings_path().stat().st_mode) == 0o600
    assert [file.name for file in settings_path().parent.iterdir()] == ["settings.json"]


def test_what_is_chosen_can_be_taken_back() -> None:
    change_settings(model="small")
    change_settings(model=None)

    assert load_settings() == Settings()


@pytest.mark.parametrize(
    ("text", "line", "says", "remedy"),
    [
        ('{\n "model": "base",\n}', 3, "no JSON", "Mend the file"),
        ("", 1, "no JSON", "Mend the file"),
        ('["model"]', 1, "an object", "Mend the file"),
        (
            '{\n "model": "base",\n "modle": "x"\n}',
            3,
            "no setting 'modle'",
            "Did you mean 'model'?",
        ),
        ('{\n\n "model": 3}', 3, "'model' must be a text", "Mend the file"),
        ('{"model": ""}', 1, "'model' must be a text", "Mend the file"),
        ('{\n "theme": "drak"}', 2, "'theme' cannot be 'drak'", "Did you mean 'dark'?"),
        ('{"blind": "maybe"}', 1, "'blind' cannot be 'maybe'", "Known: off, on."),
    ],
)
def test_a_broken_file_is_named_with_its_line(
    path: Path, text: str, line: int, says: str, remedy: str
) -> None:
    path.write_text(text)

    with pytest.raises(InputError, match=re.escape(f"{path}:{line}: ")) as caught:
        load_settings()
    assert says in caught.value.message
    assert caught.value.remedy.startswith(remedy)
    with pytest.raises(InputError):
        change_settings(model="small")
    assert path.read_text() == text


def test_a_file_that_is_no_text_is_named(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(InputError, match="no UTF-8 text"):
        load_settings()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("not a folder")

    with pytest.raises((StorageError, InputError), match="config"):
        change_settings(model="small")
