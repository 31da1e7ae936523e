"""Encrypted sessions that are open: everything works with them, and no change is lost."""

import contextlib
import os
import shutil
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.errors import SessionError, StorageError
from copilot.store import SessionFolder
from copilot.store.encryption import copies as copies_module
from copilot.store.encryption import forget_copies
from copilot.store.encryption import opening as opening_module
from copilot.store.encryption.changing import decrypt, encrypt, rekey
from copilot.store.encryption.copies import OpenedCopy, left_copies, take_over_left
from copilot.store.encryption.opening import opened
from copilot.store.encryption.places import memory_folders
from copilot.store.encryption.vault import Vault
from tests.builders import start_python
from tests.store.encrypted import KEY, OTHER_KEY, a_session, contents, readable
from tests.store.killing import killed_at_every_step

_OPEN = """
import sys
from pathlib import Path
from copilot.store import SessionFolder
from copilot.store.encryption.keys import FileKey
from copilot.store.encryption.opening import opened

with opened(SessionFolder(Path(sys.argv[1])), FileKey(b"k" * 32, Path("my.key"))) as copy:
    with copy.folder.review_path.open("a") as review:
        review.write("zwetschgenkuchen\\n")
    copy.folder.audio_path("candidate").unlink()
    (copy.folder.reports_path / "second.md").write_text("baker")
    print(copy.path, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test's own that passes for one in memory."""
    folder = tmp_path / "memory"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(copies_module, "memory_folders", lambda **_: [folder])
    return folder


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[SessionFolder]:
    """An encrypted session, nothing of which is left in memory in the end."""
    folder = a_session(tmp_path / "store")
    encrypt(folder, KEY)
    yield folder
    for copy in left_copies(folder.path):
        copy.remove()


def _changed(folder: SessionFolder) -> None:
    """Make sure that the change of a program that was killed is there, and nothing else is new."""
    with opened(folder, KEY) as copy:
        assert copy.folder.review_path.read_text() == "correction by hand\nzwetschgenkuchen\n"
        assert not copy.folder.audio_path("candidate").exists()
        assert (copy.folder.reports_path / "second.md").read_text() == "baker"
        assert (copy.folder.reports_path / "report.md").is_file()
        assert copy.folder.audio_path("interviewer").is_file()
        assert len(copy.folder.read_journal().events) == 4


def test_an_open_session_is_the_plain_one(tmp_path: Path, encrypted: SessionFolder) -> None:
    whole = contents(a_session(tmp_path / "plain"))

    with opened(encrypted, KEY) as copy:
        assert contents(copy.folder) == whole
        assert copy.folder.id == encrypted.id
        assert copy.folder.state() == "ended"
        assert copy.folder.is_opened_copy
        for path in (copy.path, *copy.path.rglob("*")):
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)

    assert not copy.path.exists()
    assert readable(encrypted.path.parent) == []


def test_the_copy_lies_in_memory_where_there_is_some(encrypted: SessionFolder) -> None:
    there = memory_folders(make=True)

    with opened(encrypted, KEY) as copy:
        assert copy.is_in_memory == bool(there)
        assert not there or copy.path.parent in there
        assert readable(encrypted.path) == [] or not there


def test_without_memory_the_copy_lies_beside_the_session(
    encrypted: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies_module, "memory_folders", lambda **_: [])

    with opened(encrypted, KEY) as copy:
        assert not copy.is_in_memory
        assert copy.path == encrypted.path / ".opened"
        copy.folder.review_path.write_text("zwetschgenkuchen")

    assert readable(encrypted.path) == []
    decrypt(encrypted, KEY)
    assert encrypted.review_path.read_text() == "zwetschgenkuchen"


def test_memory_with_no_room_is_left_alone(
    encrypted: SessionFolder, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies_module, "has_room", lambda *_: False)

    with opened(encrypted, KEY) as copy:
        assert not copy.is_in_memory

    assert list(memory.iterdir()) == []


def test_a_folder_that_another_prepared_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr("copilot.store.encryption.places._file_system", lambda _: "tmpfs")
    ours = tmp_path / f"interview-copilot-{os.getuid()}"
    assert ours not in memory_folders()

    ours.mkdir(mode=0o755)
    assert ours not in memory_folders(make=True)
    ours.rmdir()
    ours.symlink_to(tmp_path)
    assert ours not in memory_folders(make=True)
    ours.unlink()

    assert ours in memory_folders(make=True)


def test_what_was_changed_is_encrypted_on_leaving(encrypted: SessionFolder) -> None:
    before = contents(encrypted)

    with opened(encrypted, KEY) as copy:
        copy.folder.review_path.write_text("zwetschgenkuchen")
        (copy.folder.reports_path / "second.md").write_text("baker")

    kept = set(before) & set(contents(encrypted))
    assert len(set(before) - kept) == 1  # the earlier review
    assert len(set(contents(encrypted)) - kept) == 2
    assert readable(encrypted.path.parent) == []
    with opened(encrypted, KEY) as copy:
        assert copy.folder.review_path.read_text() == "zwetschgenkuchen"
        assert (copy.folder.reports_path / "second.md").read_text() == "baker"


def test_reading_alone_changes_nothing(encrypted: SessionFolder) -> None:
    before = contents(encrypted)

    with opened(encrypted, KEY) as copy:
        copy.folder.read_journal()

    assert contents(encrypted) == before


def test_what_fails_while_it_is_open_loses_no_change(encrypted: SessionFolder) -> None:
    def fail() -> None:
        with opened(encrypted, KEY) as copy:
            copy.folder.review_path.write_text("zwetschgenkuchen")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()

    assert left_copies(encrypted.path) == []
    with opened(encrypted, KEY) as copy:
        assert copy.folder.review_path.read_text() == "zwetschgenkuchen"


def test_what_is_written_is_encrypted_while_the_session_is_open(
    encrypted: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening_module, "_SAVE_EVERY_S", 0.001)
    before = contents(encrypted)["sealed/manifest"]

    with opened(encrypted, KEY) as copy:
        copy.folder.review_path.write_text("zwetschgenkuchen")
        while contents(encrypted)["sealed/manifest"] == before:
            pass
        assert readable(encrypted.path) == []


def test_only_one_program_has_it_open(encrypted: SessionFolder) -> None:
    with opened(encrypted, KEY):
        for act in (
            lambda: decrypt(encrypted, KEY),
            lambda: rekey(encrypted, KEY, OTHER_KEY),
            lambda: opened(encrypted, KEY).__enter__(),
        ):
            with pytest.raises(SessionError, match="in use"):
                act()


def test_a_wrong_key_opens_nothing(encrypted: SessionFolder) -> None:
    with pytest.raises(SessionError, match="does not fit"), opened(encrypted, OTHER_KEY):
        pass

    assert left_copies(encrypted.path) == []


def test_a_damaged_session_leaves_nothing_readable(encrypted: SessionFolder) -> None:
    vault = Vault.open(encrypted.path, KEY)
    (vault.path / vault.manifest().files[-1].stored).unlink()

    with pytest.raises(SessionError, match="is missing"), opened(encrypted, KEY):
        pass

    assert left_copies(encrypted.path) == []


# -- killed ----------------------------------------------------------------------------------------


def _killed(folder: SessionFolder) -> Path:
    """Let a program open a session, change it and be killed; its copy."""
    program = start_python(_OPEN, folder.path)
    assert program.stdout is not None
    with program:
        path = Path(program.stdout.readline().strip())
        program.kill()
    return path


def test_what_a_killed_program_changed_is_taken_over(encrypted: SessionFolder) -> None:
    path = _killed(encrypted)
    assert [copy.path for copy in left_copies(encrypted.path)] == [path]

    _changed(encrypted)

    assert left_copies(encrypted.path) == []


def test_decrypting_takes_over_what_a_killed_program_changed(encrypted: SessionFolder) -> None:
    _killed(encrypted)

    decrypt(encrypted, KEY)

    assert encrypted.review_path.read_text() == "correction by hand\nzwetschgenkuchen\n"
    assert left_copies(encrypted.path) == []


def test_another_key_takes_over_what_a_killed_program_changed(encrypted: SessionFolder) -> None:
    _killed(encrypted)

    rekey(encrypted, KEY, OTHER_KEY)

    decrypt(encrypted, OTHER_KEY)
    assert encrypted.review_path.read_text() == "correction by hand\nzwetschgenkuchen\n"


def test_a_copy_that_never_was_whole_counts_for_nothing(encrypted: SessionFolder) -> None:
    path = _killed(encrypted)
    (path / "state.json").unlink()

    with opened(encrypted, KEY) as copy:
        assert copy.folder.review_path.read_text() == "correction by hand\n"


def test_two_states_of_one_session_are_never_mixed(encrypted: SessionFolder) -> None:
    path = _killed(encrypted)
    state = (path / "state.json").read_text()
    decrypt(encrypted, KEY)
    encrypt(encrypted, KEY)
    OpenedCopy.make(encrypted.path, Vault.open(encrypted.path, KEY))
    (path / "state.json").write_text(state)

    with pytest.raises(SessionError, match="changed elsewhere") as refused:
        decrypt(encrypted, KEY)

    assert str(path) in refused.value.message
    assert path.is_dir()


def test_a_deleted_session_leaves_no_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path))
    folder = a_session(tmp_path / "sessions")
    encrypt(folder, KEY)
    path = _killed(folder)

    forget_copies(folder.id)

    assert not path.exists()


def test_killed_at_any_step_of_saving_nothing_is_lost(tmp_path: Path, memory: Path) -> None:
    session = a_session(tmp_path / "session", sound=False)
    encrypt(session, KEY)

    def make(number: int) -> Path:
        path = Path(shutil.copytree(session.path, tmp_path / str(number) / session.id))
        copy = OpenedCopy.make(path, Vault.open(path, KEY))
        copy.folder.review_path.write_text("zwetschgenkuchen")
        return path

    act = f"""
from pathlib import Path
import cryptography.exceptions
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from copilot.store.encryption import copies
from copilot.store.encryption.keys import FileKey
from copilot.store.encryption.vault import Vault
copies.memory_folders = lambda **_: [Path({str(memory)!r})]

def act(folder):
    vault = Vault.open(folder, FileKey(b"k" * 32, Path("my.key")))
    copies.take_over_left(folder, vault)
"""
    for path in killed_at_every_step(act, make):
        take_over_left(path, Vault.open(path, KEY))
        folder = SessionFolder(path)
        decrypt(folder, KEY)
        assert folder.review_path.read_text() == "zwetschgenkuchen"
        assert len(folder.read_journal().events) == 4
        assert left_copies(path) == []


def test_a_full_disk_on_leaving_keeps_the_copy(
    encrypted: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    def fill(patch: pytest.MonkeyPatch) -> None:
        with opened(encrypted, KEY) as copy:
            copy.folder.review_path.write_text("zwetschgenkuchen")
            patch.setattr(os, "fsync", full)

    with (
        monkeypatch.context() as patch,
        pytest.raises(StorageError, match="No space left") as refused,
    ):
        fill(patch)

    [left] = left_copies(encrypted.path)
    assert str(left.path) in refused.value.remedy
    with opened(encrypted, KEY) as copy:
        assert copy.folder.review_path.read_text() == "zwetschgenkuchen"


_ENDED_FROM_OUTSIDE = """
import signal
import sys
from pathlib import Path

signal.signal(signal.SIGHUP, signal.SIG_DFL)  # also where the tests run without a terminal: nohup
from copilot.store import SessionFolder
from copilot.store.encryption.ending import leaving_in_order
from copilot.store.encryption.keys import FileKey
from copilot.store.encryption.opening import opened

key = FileKey(b"k" * 32, Path("my.key"))
with leaving_in_order(), opened(SessionFolder(Path(sys.argv[1])), key) as copy:
    (copy.folder.reports_path / "second.md").write_text("baker")
    print(copy.path, flush=True)
    sys.stdin.readline()
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_closed_terminal_leaves_no_copy_and_loses_nothing(
    encrypted: SessionFolder, number: signal.Signals
) -> None:
    program = start_python(_ENDED_FROM_OUTSIDE, encrypted.path)
    assert program.stdout is not None
    with program:
        path = Path(program.stdout.readline().strip())
        assert path.is_dir()
        program.send_signal(number)
        assert program.wait(60) == 128 + number

    assert not path.exists()
    decrypt(encrypted, KEY)
    assert (encrypted.reports_path / "second.md").read_text() == "baker"


@pytest.mark.parametrize(
    "name",
    ["20260302-090000-abcd/journal.jsonl", "20260302-090000-abcd/session.json", "state.json"],
)
def test_a_copy_that_is_being_cleared_away_takes_nothing_encrypted_with_it(
    encrypted: SessionFolder, name: str
) -> None:
    before = contents(encrypted)

    held = contextlib.ExitStack()
    copy = held.enter_context(opened(encrypted, KEY))
    (copy.path / name).unlink()
    copy.folder.audio_path("candidate").unlink()

    with pytest.raises(SessionError, match="was cleared away"):
        held.close()

    assert contents(encrypted) == before
