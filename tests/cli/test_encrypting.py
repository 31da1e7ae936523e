"""``sessions encrypt`` and what goes with it: keys, what opens a session, and what is refused."""

import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from copilot.settings import change_settings
from copilot.store import SessionFolder
from copilot.store.encryption.marker import Marker
from tests.builders import ROOT
from tests.cli.command import PATIENCE_S, ROLE, command_line, run
from tests.cli.conftest import Replay
from tests.store.encrypted import a_session, readable

PASSPHRASE = "brown bread on a Tuesday"


@pytest.fixture(autouse=True)
def _no_key_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERVIEW_COPILOT_KEY_FILE", raising=False)


@pytest.fixture
def folder(data: Path) -> SessionFolder:
    """An ordinary session."""
    return a_session(data / "sessions", sound=False)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key file."""
    path = tmp_path / "my.key"
    assert run("sessions", "key", "new", path).code == 0
    return path


@pytest.fixture
def encrypted(folder: SessionFolder, key: Path) -> SessionFolder:
    """The session, encrypted with that."""
    assert run("sessions", "encrypt", "last", "--key-file", key).code == 0
    return folder


def _typed(*arguments: object, answers: list[str]) -> tuple[int, str]:
    """A command in a terminal, where answers are typed; its exit code, and all that is seen."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command_line(*arguments),
        cwd=ROOT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    seen = b""
    left = list(answers)
    try:
        while data := os.read(ours, 4096):
            seen += data
            if left and seen.endswith(b": "):
                os.write(ours, left.pop(0).encode() + b"\n")
                seen += b"\n"
    except OSError:
        pass  # so a terminal says that nobody is there any more
    finally:
        os.close(ours)
    return process.wait(PATIENCE_S), seen.decode()


# -- key files -------------------------------------------------------------------------------------


def test_a_key_file_is_random_and_private(tmp_path: Path) -> None:
    one, other = tmp_path / "one.key", tmp_path / "other.key"

    assert "Keep a copy" in run("sessions", "key", "new", one).out
    assert run("sessions", "key", "new", other).code == 0

    assert stat.S_IMODE(one.stat().st_mode) == 0o600
    assert one.read_text() != other.read_text()


def test_a_key_file_is_never_overwritten(key: Path) -> None:
    before = key.read_bytes()

    done = run("sessions", "key", "new", key)

    assert done.code != 0
    assert str(key) in done.message
    assert key.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    ["", "hello\n", "interview-copilot key file 1\n", "interview-copilot key file 1\nAAAA\n"],
)
def test_what_is_no_key_file_is_named(folder: SessionFolder, tmp_path: Path, content: str) -> None:
    path = tmp_path / "wrong.key"
    path.write_text(content)

    done = run("sessions", "encrypt", "last", "--key-file", path)

    assert done.code == 3
    assert done.err.startswith(f"Unusable file: {path}: this is no key file")
    assert not folder.is_encrypted


def test_a_key_file_that_is_not_there_is_named(folder: SessionFolder, tmp_path: Path) -> None:
    done = run("sessions", "encrypt", "last", "--key-file", tmp_path / "none.key")

    assert (done.code, str(tmp_path / "none.key") in done.err) == (3, True)


# -- encrypting, opening, decrypting ---------------------------------------------------------------


def test_nothing_in_the_data_folder_tells_of_it(folder: SessionFolder, key: Path) -> None:
    data = folder.path.parent.parent
    run("sessions", "list")
    assert len({phrase for _path, phrase in readable(data)}) > 5

    done = run("sessions", "encrypt", "last", "--key-file", key)

    assert (done.code, done.err) == (0, "")
    assert "can only be read with the key file" in done.out
    run("sessions", "list")
    assert readable(data) == []


def test_a_session_that_was_held_shows_the_same_as_before(stored: Replay, key: Path) -> None:
    asked = [("sessions", "show", "--json"), ("sessions", "verify"), ("report",)]
    before = [run(*command, stored.id).out for command in asked]

    assert run("sessions", "encrypt", stored.id, "--key-file", key).code == 0

    for command, plain in zip(asked, before, strict=True):
        assert run(*command, stored.id, "--key-file", key).out == plain
    heard = [line for line in stored.done.lines if line["type"] == "utterance_heard"]
    said = [line["utterance"]["text"] for line in heard]
    assert said
    files = [path for path in stored.data.rglob("*") if path.is_file()]
    assert not [p for p in files for text in said if text.encode() in p.read_bytes()]
    assert run("sessions", "decrypt", stored.id, "--key-file", key).code == 0
    assert [run(*command, stored.id).out for command in asked] == before


def test_the_list_tells_which_are_encrypted_and_nothing_else(encrypted: SessionFolder) -> None:
    done = run("sessions", "list")

    assert (done.code, done.err) == (0, "")
    assert done.out == f"{encrypted.id}  encrypted  opened by its key file\n"
    assert run("sessions", "list", "--json").lines == [
        {
            "id": encrypted.id,
            "state": "encrypted",
            "folder": str(encrypted.path),
            "resumable": False,
            "opened_by": "key file",
            "open_copies": [],
        }
    ]


def test_the_list_finishes_an_encryption_that_was_cut_off(encrypted: SessionFolder) -> None:
    run("search", "bread")  # with an index, the list looks into no folder that it knows
    Marker(id=encrypted.id, plain_left=True).write(encrypted.path)
    encrypted.journal_path.write_text("zwetschgenkuchen")

    assert "encrypted" in run("sessions", "list").out

    assert not encrypted.journal_path.exists()


def test_without_its_key_every_command_says_so(encrypted: SessionFolder) -> None:
    for command in (["sessions", "show"], ["sessions", "verify"], ["report"], ["review"]):
        done = run(*command, "last")
        assert (done.code, done.out) == (2, "")
        assert "--key-file" in done.message
    for command in (["sessions", "pack"], ["sessions", "resume"], ["replay"]):
        done = run(*command, "last" if command[0] == "sessions" else encrypted.path)
        assert done.code == 4
        assert "is encrypted" in done.message


def test_another_key_is_refused_and_changes_nothing(
    encrypted: SessionFolder, tmp_path: Path
) -> None:
    other = tmp_path / "other.key"
    run("sessions", "key", "new", other)

    for command in (["sessions", "show"], ["sessions", "decrypt"], ["sessions", "rekey"]):
        done = run(*command, "last", "--key-file", other)
        assert (done.code, done.out) == (4, "")
        assert f"the key in {other} does not fit" in done.message
    assert encrypted.is_encrypted


@pytest.mark.parametrize("by", ["environment", "settings"])
def test_a_key_file_can_be_named_once_and_for_all(
    folder: SessionFolder, key: Path, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if by == "environment":
        monkeypatch.setenv("INTERVIEW_COPILOT_KEY_FILE", str(key))
    else:
        change_settings(encrypt_with=str(key))

    assert run("sessions", "encrypt", "last").code == 0
    assert folder.is_encrypted
    assert "zwetschgenkuchen" in run("sessions", "show", "last").out
    assert run("sessions", "decrypt", "last").code == 0


def test_the_key_file_given_counts_before_the_one_of_the_environment(
    encrypted: SessionFolder, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_KEY_FILE", str(tmp_path / "none.key"))

    assert run("sessions", "show", "last").code == 3
    assert run("sessions", "show", "last", "--key-file", key).code == 0


def test_another_key_file_opens_it_from_then_on(
    encrypted: SessionFolder, key: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new.key"
    run("sessions", "key", "new", new)

    done = run("sessions", "rekey", "last", "--key-file", key, "--new-key-file", new)

    assert done.code == 0
    assert "backup" in done.out
    assert run("sessions", "show", "last", "--key-file", key).code == 4
    assert run("sessions", "show", "last", "--key-file", new).code == 0


def test_machines_are_told_what_was_done(folder: SessionFolder, key: Path) -> None:
    [done] = run("sessions", "encrypt", "last", "--key-file", key, "--json").lines
    assert (done["id"], done["files"], done["opened_by"]) == (folder.id, 5, "key file")

    [done] = run("sessions", "decrypt", "last", "--key-file", key, "--json").lines
    assert (done["id"], done["files"]) == (folder.id, 5)


def test_what_is_not_there_or_not_encrypted_is_said(folder: SessionFolder, key: Path) -> None:
    assert run("sessions", "decrypt", "last", "--key-file", key).code == 4
    assert "is not encrypted" in run("sessions", "rekey", "last", "--key-file", key).message
    assert "there is no session" in run("sessions", "encrypt", "2031").message


def test_an_encrypted_session_can_be_deleted_without_its_key(encrypted: SessionFolder) -> None:
    assert run("sessions", "delete", "last", "--yes").code == 0

    assert not encrypted.path.exists()


def test_without_the_package_it_is_said_how_to_get_it(
    folder: SessionFolder, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ciphers.aead", "kdf.hkdf", "kdf.scrypt"):
        monkeypatch.setitem(sys.modules, f"cryptography.hazmat.primitives.{name}", None)

    done = run("sessions", "encrypt", "last", "--key-file", key)

    assert done.code == 2
    assert "pip install 'interview-copilot[encryption]'" in done.message
    assert not (folder.path / "sealed").exists()
    assert run("sessions", "list").code == 0
    assert run("sessions", "show", "last").code == 0


# -- passphrases -----------------------------------------------------------------------------------


def test_a_passphrase_is_only_ever_typed_and_never_seen(folder: SessionFolder) -> None:
    code, seen = _typed("sessions", "encrypt", "last", answers=[PASSPHRASE, PASSPHRASE])
    assert (code, folder.is_encrypted) == (0, True), seen
    assert PASSPHRASE not in seen
    assert readable(folder.path.parent) == []

    code, seen = _typed("sessions", "show", "last", answers=["white bread on a Tuesday"])
    assert code == 4
    assert "the passphrase does not fit" in seen

    code, seen = _typed("sessions", "show", "last", answers=[PASSPHRASE])
    assert code == 0
    assert "zwetschgenkuchen" in seen
    assert PASSPHRASE not in seen


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([PASSPHRASE, PASSPHRASE.lower()], "the two passphrases differ"),
        (["too short"], "the passphrase has 9 characters"),
        ([""], "the passphrase has 0 characters"),
    ],
)
def test_a_new_passphrase_has_to_be_good_and_typed_twice(
    folder: SessionFolder, answers: list[str], said: str
) -> None:
    code, seen = _typed("sessions", "encrypt", "last", answers=answers)

    assert code == 2
    assert said in seen
    assert not folder.is_encrypted


def test_where_nobody_can_type_a_key_file_is_recommended(folder: SessionFolder) -> None:
    done = run("sessions", "encrypt", "last")

    assert done.code == 2
    assert "sessions key new FILE" in done.message
    assert not folder.is_encrypted


# -- by itself -------------------------------------------------------------------------------------


def _replayed(recording: Path) -> int:
    given = ("--role", ROLE, "--model", "tiny.en", "--json", "--save")
    return run("replay", recording, *given).code


def test_every_interview_is_encrypted_when_it_ends(data: Path, key: Path, unheard: Path) -> None:
    assert "are encrypted with" in run("sessions", "key", "use", key).out

    assert _replayed(unheard) == 0

    [line] = run("sessions", "list", "--json").lines
    assert (line["state"], line["opened_by"]) == ("encrypted", "key file")
    assert "Director of IT Operations" in run("report", "last").out
    assert run("sessions", "key", "use", "off").code == 0
    assert _replayed(unheard) == 0
    assert run("sessions", "list", "--json").lines[0]["state"] == "ended"


def test_no_interview_begins_that_could_not_be_encrypted(
    data: Path, key: Path, unheard: Path
) -> None:
    run("sessions", "key", "use", key)
    key.unlink()

    assert _replayed(unheard) == 3

    assert run("sessions", "list").out.startswith("Nothing is stored")


def test_only_a_key_file_can_be_chosen(data: Path, unheard: Path) -> None:
    assert run("sessions", "key", "use", unheard).code == 3
    assert run("sessions", "key", "use", data / "none.key").code == 3
