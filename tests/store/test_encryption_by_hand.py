"""Files that people put into a session's folder by hand cost nothing of what is encrypted there."""

import shutil
from pathlib import Path

import pytest

from copilot.errors import SessionError
from copilot.store import SessionFolder, SessionStore
from copilot.store.encryption import changing
from copilot.store.encryption.changing import decrypt, encrypt
from copilot.store.encryption.marker import Marker, note_passing
from tests.store.encrypted import KEY, a_session, contents, readable

_RESTORED = ("session.json", "journal.jsonl")


@pytest.fixture
def plain(tmp_path: Path) -> SessionFolder:
    """An ordinary session."""
    return a_session(tmp_path / "store")


def test_two_plain_files_put_back_from_a_backup_do_not_cost_the_sound(
    plain: SessionFolder, tmp_path: Path
) -> None:
    backup = Path(shutil.copytree(plain.path, tmp_path / "backup"))
    whole = contents(plain)
    encrypt(plain, KEY)
    encrypted = contents(plain)
    marker = (plain.path / "session.json").read_bytes()
    for name in _RESTORED:
        shutil.copy(backup / name, plain.path / name)

    for _look in range(2):
        assert [found.id for found in SessionStore(plain.path.parent).folders()] == [plain.id]

    sealed = {name: data for name, data in encrypted.items() if name.startswith("sealed/")}
    assert contents(plain) == sealed | {name: whole[name] for name in _RESTORED}
    with pytest.raises(SessionError, match="encrypted files of an earlier state"):
        encrypt(plain, KEY)
    assert sealed.items() <= contents(plain).items()

    (plain.path / "session.json").write_bytes(marker)
    (plain.path / "journal.jsonl").unlink()
    decrypt(plain, KEY)
    assert contents(plain) == whole


def test_with_the_earlier_encrypted_files_moved_away_it_is_encrypted_again(
    plain: SessionFolder, tmp_path: Path
) -> None:
    backup = Path(shutil.copytree(plain.path, tmp_path / "backup"))
    encrypt(plain, KEY)
    shutil.copytree(backup, plain.path, dirs_exist_ok=True)
    (plain.path / "sealed").rename(tmp_path / "moved")

    encrypt(plain, KEY)

    assert readable(plain.path) == []


def test_a_broken_record_never_makes_encrypted_files_go(plain: SessionFolder) -> None:
    journal = plain.journal_path.read_bytes()
    encrypt(plain, KEY)
    note_passing(plain.path)  # as a program leaves it that is killed at the wrong moment
    plain.journal_path.write_bytes(journal)
    (plain.path / "session.json").write_bytes(b"\0" * 90)

    SessionStore(plain.path.parent).folders()

    plain.journal_path.unlink()
    Marker(id=plain.id).write(plain.path)
    decrypt(plain, KEY)


def test_a_file_put_beside_the_encrypted_ones_is_neither_overwritten_nor_removed(
    plain: SessionFolder,
) -> None:
    encrypt(plain, KEY)
    (plain.path / "cv.txt").write_text("My only copy.")

    with pytest.raises(SessionError, match=r"cv\.txt: this lies beside"):
        decrypt(plain, KEY)

    assert (plain.path / "cv.txt").read_text() == "My only copy."
    (plain.path / "cv.txt").unlink()
    decrypt(plain, KEY)


def test_a_file_that_comes_in_while_it_is_encrypted_does_not_go_with_the_others(
    plain: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = changing._compare

    def and_put(*given: object) -> None:
        compare(*given)  # type: ignore[arg-type]
        (plain.path / "cv.txt").write_text("My only copy.")

    monkeypatch.setattr(changing, "_compare", and_put)
    before = contents(plain)
    with pytest.raises(SessionError, match=r"cv\.txt was changed while"):
        encrypt(plain, KEY)

    assert contents(plain) == before | {"cv.txt": b"My only copy."}
    monkeypatch.undo()
    encrypt(plain, KEY)
    assert readable(plain.path) == []


def test_a_record_of_nothing_but_brackets_hides_no_other_session(plain: SessionFolder) -> None:
    damaged = Path(shutil.copytree(plain.path, plain.path.with_name("20260303-090000-ef01")))
    (damaged / "session.json").write_text("[" * 100_000)

    for folder in SessionStore(plain.path.parent).folders():
        assert not folder.is_encrypted
    with pytest.raises(SessionError, match=r"session\.json"):
        SessionFolder(damaged).record()
