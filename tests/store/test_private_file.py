"""Files that hold what people said: for their owner's eyes, and never half written."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.errors import StorageError
from copilot.private_file import create_private, make_private_folder, write_private
from tests.builders import start_python


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def _careless_user() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_careless_user")
def test_folders_are_their_owners_alone_and_those_above_them_too(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()

    make_private_folder(tmp_path / "there" / "data" / "sessions")
    make_private_folder(tmp_path / "there" / "data" / "sessions")

    assert _mode(tmp_path / "there") == 0o777
    assert _mode(tmp_path / "there" / "data") == 0o700
    assert _mode(tmp_path / "there" / "data" / "sessions") == 0o700


@pytest.mark.usefixtures("_careless_user")
def test_files_are_readable_by_their_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    create_private(tmp_path / "a").close()
    write_private(tmp_path / "b", b"said")

    assert _mode(tmp_path / "a") == _mode(tmp_path / "b") == 0o600


def test_an_existing_file_is_never_created_over(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"said")

    with pytest.raises(StorageError, match="File exists"):
        create_private(path)
    assert path.read_bytes() == b"said"


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"a much longer text than the new one")

    write_private(path, b"new")

    assert path.read_bytes() == b"new"
    assert _mode(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_can_be_written(tmp_path: Path) -> None:
    write_private(tmp_path / "a", b"")

    assert (tmp_path / "a").read_bytes() == b""


def test_the_draft_of_a_program_that_was_killed_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / ".a.new").write_bytes(b"half")

    write_private(tmp_path / "a", b"whole")

    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize(
    "where",
    [
        pytest.param("gone/a"),
        pytest.param(
            "file/a",
        ),
        "folder",
    ],
)
def test_a_place_that_cannot_be_written_is_an_error_that_names_it(
    tmp_path: Path, where: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()

    with pytest.raises(StorageError, match=where):
        write_private(tmp_path / where, b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


_WRITE_FOR_EVER = """
import itertools, sys
from pathlib import Path
from copilot.private_file import write_private

for letter in itertools.cycle(b"ab"):
    write_private(Path(sys.argv[1]), bytes([letter]) * 3_000_000)
    print()
"""


def test_a_reader_never_sees_half_a_file_nor_does_a_killed_writer_leave_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a"
    program = start_python(_WRITE_FOR_EVER, path)
    assert program.stdout is not None
    with program:
        program.stdout.readline()
        seen = [path.read_bytes() for _ in range(30)]
        program.kill()
    seen.append(path.read_bytes())

    assert all(data in (b"a" * 3_000_000, b"b" * 3_000_000) for data in seen)
