"""Encrypted sessions: nothing of them can be read, and nothing of them is ever lost."""

import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from copilot.errors import SessionError, StorageError
from copilot.store import SessionFolder, SessionStore
from copilot.store.encryption.changing import decrypt, encrypt, rekey
from copilot.store.encryption.copies import take_over_left
from copilot.store.encryption.keys import Key, Passphrase
from copilot.store.encryption.vault import Vault
from tests.store.encrypted import (
    KEY,
    OTHER_KEY,
    PASSPHRASE,
    QUICK,
    a_session,
    contents,
    readable,
)
from tests.store.killing import killed_at_every_step
from tests.store.records import held_by_another_program


@pytest.fixture
def plain(tmp_path: Path) -> SessionFolder:
    """An ordinary session."""
    return a_session(tmp_path / "store")


@pytest.fixture
def encrypted(plain: SessionFolder) -> SessionFolder:
    """The same, encrypted with ``KEY``."""
    encrypt(plain, KEY)
    return plain


def _sealed(folder: SessionFolder, name: str) -> Path:
    """The encrypted file of that name."""
    vault = Vault.open(folder.path, KEY)
    return vault.path / next(f.stored for f in vault.manifest().files if f.name == name)


# -- what can be read ------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [KEY, PASSPHRASE], ids=["key file", "passphrase"])
def test_nothing_of_an_encrypted_session_can_be_read(
    plain: SessionFolder, key: Key, tmp_path: Path
) -> None:
    assert len({phrase for _path, phrase in readable(tmp_path)}) > 6

    encrypt(plain, key, scrypt=QUICK)

    assert readable(tmp_path) == []
    assert json.loads((plain.path / "session.json").read_bytes()) == {
        "format": 1, "id": plain.id, "encrypted": 1, "plain_left": False,
    }  # fmt: skip
    secret = key.secret
    assert not any(secret in data for data in contents(plain).values())


@pytest.mark.parametrize("key", [KEY, PASSPHRASE], ids=["key file", "passphrase"])
def test_decrypting_gives_every_byte_back(plain: SessionFolder, key: Key) -> None:
    before = contents(plain)
    changed = (plain.path / "interviewer.wav").stat().st_mtime_ns

    encrypt(plain, key, scrypt=QUICK)
    decrypt(plain, key)

    assert contents(plain) == before
    assert (plain.path / "interviewer.wav").stat().st_mtime_ns == changed
    assert not plain.is_encrypted
    assert plain.state() == "ended"


def test_files_stay_private(encrypted: SessionFolder) -> None:
    def modes() -> set[tuple[bool, int]]:
        return {(p.is_dir(), stat.S_IMODE(p.stat().st_mode)) for p in encrypted.path.rglob("*")}

    assert modes() == {(True, 0o700), (False, 0o600)}
    decrypt(encrypted, KEY)
    assert modes() == {(True, 0o700), (False, 0o600)}


def test_two_sessions_with_one_key_share_no_key_of_their_own(tmp_path: Path) -> None:
    one, other = a_session(tmp_path / "one"), a_session(tmp_path / "other")
    encrypt(one, KEY)
    encrypt(other, KEY)

    shutil.copy(one.path / "sealed" / "key.json", other.path / "sealed" / "key.json")

    with pytest.raises(SessionError, match="changed or cut off"):
        decrypt(other, KEY)


def test_a_passphrase_is_the_same_however_a_keyboard_composes_it(plain: SessionFolder) -> None:
    encrypt(plain, Passphrase("cr\N{LATIN SMALL LETTER E WITH GRAVE}me"), scrypt=QUICK)

    decrypt(plain, Passphrase("cre\N{COMBINING GRAVE ACCENT}me"))

    assert not plain.is_encrypted


def test_keys_are_not_told_by_what_prints_them() -> None:
    assert PASSPHRASE.text not in repr(PASSPHRASE)
    assert "kkkk" not in repr(KEY)


# -- what refuses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Passphrase("white bread on a Tuesday"), "the passphrase does not fit"),
        (Passphrase(""), "the passphrase does not fit"),
        (KEY, "encrypted with a passphrase"),
    ],
)
def test_a_wrong_key_changes_nothing_where_a_passphrase_is_right(
    plain: SessionFolder, key: Key, said: str
) -> None:
    encrypt(plain, PASSPHRASE, scrypt=QUICK)
    before = contents(plain)

    with pytest.raises(SessionError, match=said):
        decrypt(plain, key)

    assert contents(plain) == before


@pytest.mark.parametrize(
    ("key", "said"),
    [(OTHER_KEY, "other.key does not fit"), (PASSPHRASE, "encrypted with a key file")],
)
def test_a_wrong_key_changes_nothing_where_a_key_file_is_right(
    encrypted: SessionFolder, key: Key, said: str
) -> None:
    before = contents(encrypted)

    with pytest.raises(SessionError, match=said):
        decrypt(encrypted, key)

    assert contents(encrypted) == before


def test_whoever_reads_it_as_it_is_learns_that_it_is_encrypted(encrypted: SessionFolder) -> None:
    for read in (encrypted.record, encrypted.state):
        with pytest.raises(SessionError, match="is encrypted") as refused:
            read()
        assert "sessions decrypt" in refused.value.remedy
    assert not encrypted.is_resumable()
    assert [folder.id for folder in SessionStore(encrypted.path.parent).folders()] == [encrypted.id]


def test_what_cannot_be_encrypted_is_left_as_it_is(plain: SessionFolder) -> None:
    before = contents(plain)
    with held_by_another_program(plain), pytest.raises(SessionError, match="in use"):
        encrypt(plain, KEY)
    (plain.path / "link").symlink_to("/etc/passwd")
    with pytest.raises(SessionError, match="neither a file nor a folder"):
        encrypt(plain, KEY)
    (plain.path / "link").unlink()
    with pytest.raises(SessionError, match="is not encrypted"):
        decrypt(plain, KEY)
    with pytest.raises(SessionError, match="is not encrypted"):
        rekey(plain, KEY, OTHER_KEY)
    assert contents(plain) == before

    plain.journal_path.unlink()
    with pytest.raises(SessionError, match="no event"):
        encrypt(plain, KEY)


def test_a_folder_that_cannot_be_written_says_so(encrypted: SessionFolder) -> None:
    (encrypted.path / ".lock").unlink()
    (encrypted.path / ".lock").mkdir()

    with pytest.raises(StorageError, match=encrypted.id):
        decrypt(encrypted, KEY)


def test_an_encrypted_session_is_not_encrypted_again(encrypted: SessionFolder) -> None:
    with pytest.raises(SessionError, match="encrypted already"):
        encrypt(encrypted, OTHER_KEY)

    decrypt(encrypted, KEY)


def test_one_that_a_newer_version_encrypted_says_so(encrypted: SessionFolder) -> None:
    marker = encrypted.path / "session.json"
    marker.write_text(marker.read_text().replace('"encrypted": 1', '"encrypted": 2'))

    with pytest.raises(SessionError, match="does not know"):
        decrypt(encrypted, KEY)


# -- what was changed ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["journal.jsonl", "candidate.wav", "session.json", "review.jsonl"])
@pytest.mark.parametrize("place", [0, 20, -1])
def test_a_flipped_byte_is_found_and_the_file_named(
    encrypted: SessionFolder, name: str, place: int
) -> None:
    path = _sealed(encrypted, name)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    before = contents(encrypted)

    with pytest.raises(SessionError, match=name) as refused:
        decrypt(encrypted, KEY)

    assert str(path) in str(refused.value)
    assert contents(encrypted) == before
    assert readable(encrypted.path) == []


def test_files_that_are_cut_off_missing_or_swapped_are_found(encrypted: SessionFolder) -> None:
    first, second = _sealed(encrypted, "candidate.wav"), _sealed(encrypted, "interviewer.wav")
    one, other = first.read_bytes(), second.read_bytes()

    first.write_bytes(one[:-30])
    with pytest.raises(SessionError, match=r"candidate\.wav .*cut off"):
        decrypt(encrypted, KEY)
    first.write_bytes(other)
    second.write_bytes(one)
    with pytest.raises(SessionError, match=r"candidate\.wav .*changed"):
        decrypt(encrypted, KEY)
    first.unlink()
    with pytest.raises(SessionError, match=r"candidate\.wav .*is missing"):
        decrypt(encrypted, KEY)
    first.write_bytes(one)
    second.write_bytes(other)

    decrypt(encrypted, KEY)


def test_an_earlier_version_of_one_file_is_found(encrypted: SessionFolder) -> None:
    earlier = _sealed(encrypted, "review.jsonl").read_bytes()
    decrypt(encrypted, KEY)
    encrypt(encrypted, KEY)

    _sealed(encrypted, "review.jsonl").write_bytes(earlier)

    with pytest.raises(SessionError, match=r"review\.jsonl"):
        decrypt(encrypted, KEY)


@pytest.mark.parametrize("name", ["manifest", "key.json"])
def test_the_list_and_the_key_are_guarded_too(encrypted: SessionFolder, name: str) -> None:
    path = encrypted.path / "sealed" / name
    data = path.read_bytes()
    for place in range(0, len(data), 7):
        changed = bytearray(data)
        changed[place] ^= 1
        path.write_bytes(changed)
        with pytest.raises(SessionError):
            decrypt(encrypted, KEY)
    path.unlink()
    with pytest.raises(SessionError, match=name):
        decrypt(encrypted, KEY)
    path.write_bytes(data)

    decrypt(encrypted, KEY)


@pytest.mark.parametrize("work", [2**40, 2**15 + 1, 2, -1])
def test_a_forged_key_file_cannot_hang_the_program(plain: SessionFolder, work: int) -> None:
    encrypt(plain, PASSPHRASE, scrypt=QUICK)
    path = plain.path / "sealed" / "key.json"
    forged = json.loads(path.read_bytes())
    forged["scrypt"]["n"] = work
    path.write_text(json.dumps(forged))

    with pytest.raises(SessionError, match="is damaged"):
        decrypt(plain, PASSPHRASE)


# -- another key -----------------------------------------------------------------------------------


def test_another_key_opens_it_and_the_files_stay_as_they_are(encrypted: SessionFolder) -> None:
    before = contents(encrypted)

    rekey(encrypted, KEY, PASSPHRASE, scrypt=QUICK)

    after = contents(encrypted)
    assert {name for name in after if after[name] != before[name]} == {"sealed/key.json"}
    with pytest.raises(SessionError, match="encrypted with a passphrase"):
        decrypt(encrypted, KEY)
    decrypt(encrypted, PASSPHRASE)


def test_a_key_that_does_not_fit_changes_no_key(encrypted: SessionFolder) -> None:
    with pytest.raises(SessionError, match="does not fit"):
        rekey(encrypted, OTHER_KEY, OTHER_KEY)

    decrypt(encrypted, KEY)


# -- killed, and no room ---------------------------------------------------------------------------

_PARTS = """
from pathlib import Path
import cryptography.exceptions
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from copilot.store import SessionFolder
from copilot.store.encryption.changing import decrypt, encrypt, rekey
from copilot.store.encryption.keys import FileKey
import copilot.store.index
KEY = FileKey(b"k" * 32, Path("my.key"))
OTHER = FileKey(b"o" * 32, Path("other.key"))
"""


def _is_one_or_the_other(folder: SessionFolder, whole: dict[str, bytes]) -> bool:
    """Whether a session is whole and of one kind at the next look; True where it is encrypted."""
    assert [found.id for found in SessionStore(folder.path.parent).folders()] == [folder.id]
    is_encrypted = folder.is_encrypted
    if is_encrypted:
        assert readable(folder.path) == []
        decrypt(folder, KEY)
    assert contents(folder) == whole
    return is_encrypted


def _copies_of(folder: SessionFolder, root: Path) -> Callable[[int], Path]:
    """Makes sessions like that one, each in a store of its own."""

    def make(number: int) -> Path:
        return Path(shutil.copytree(folder.path, root / str(number) / folder.id))

    return make


def _ends(act: str, folder: SessionFolder, root: Path, whole: dict[str, bytes]) -> list[bool]:
    """Whether it is encrypted after each kill."""
    made = _copies_of(folder, root)
    killed = killed_at_every_step(_PARTS + act, made, at_most=75)
    return [_is_one_or_the_other(SessionFolder(path), whole) for path in killed]


def test_killed_at_any_step_of_encrypting_it_is_plain_or_encrypted(tmp_path: Path) -> None:
    session = a_session(tmp_path / "whole", sound=False)

    act = "act = lambda folder: encrypt(SessionFolder(folder), KEY)"
    ends = _ends(act, session, tmp_path, contents(session))

    assert ends == sorted(ends)  # once it counts as encrypted, it stays so
    assert {True, False} == set(ends)


def test_killed_at_any_step_of_decrypting_it_is_encrypted_or_plain(tmp_path: Path) -> None:
    session = a_session(tmp_path / "whole", sound=False)
    whole = contents(session)
    encrypt(session, KEY)

    act = "act = lambda folder: decrypt(SessionFolder(folder), KEY)"
    ends = _ends(act, session, tmp_path, whole)

    assert ends == sorted(ends, reverse=True)
    assert {True, False} == set(ends)


def test_killed_at_any_step_of_changing_the_key_one_of_both_opens_it(tmp_path: Path) -> None:
    session = a_session(tmp_path / "whole", sound=False)
    encrypt(session, KEY)

    act = _PARTS + "act = lambda folder: rekey(SessionFolder(folder), KEY, OTHER)"
    for path in killed_at_every_step(act, _copies_of(session, tmp_path)):
        try:
            decrypt(SessionFolder(path), KEY)
        except SessionError:
            decrypt(SessionFolder(path), OTHER_KEY)


def test_a_full_disk_leaves_the_session_plain(
    plain: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(plain)
    synced: list[int] = []

    def full(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) > 4:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        encrypt(plain, KEY)

    assert contents(plain) == before


def test_a_full_disk_leaves_the_session_encrypted(
    encrypted: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(encrypted)
    real, synced = os.fsync, [0]

    def full(descriptor: int) -> None:
        synced[0] += 1
        if synced[0] == 6:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        decrypt(encrypted, KEY)

    assert contents(encrypted) == before


def test_a_file_put_beside_an_encrypted_session_stays(encrypted: SessionFolder) -> None:
    (encrypted.path / "to-do.txt").write_text("call back")

    SessionStore(encrypted.path.parent).folders()

    assert (encrypted.path / "to-do.txt").read_text() == "call back"


def test_nothing_is_left_where_no_copy_was_open(encrypted: SessionFolder) -> None:
    vault = Vault.open(encrypted.path, KEY)
    before = contents(encrypted)

    take_over_left(encrypted.path, vault)

    assert contents(encrypted) == before
