"""Every byte is searched, in whatever form a text was written."""

import json
from pathlib import Path

import pytest

from copilot.store.byte_search import search_bytes

_TEXT = "déjà vu & “rien” de neuf"


@pytest.mark.parametrize("before", range(40))
def test_a_text_across_two_chunks_is_found(tmp_path: Path, before: int) -> None:
    (tmp_path / "file").write_bytes(b"x" * before + _TEXT.encode() + b"y" * 9)

    seen = search_bytes(tmp_path, [_TEXT], chunk_bytes=16)

    assert seen.found == {_TEXT: ("file",)}


@pytest.mark.parametrize(
    "written",
    [json.dumps(_TEXT), json.dumps(_TEXT, ensure_ascii=False), "<p>déjà vu &amp; “rien” de neuf"],
)
def test_every_form_is_found(tmp_path: Path, written: str) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "deep").write_text(written, "utf-8")
    (tmp_path / "other").write_bytes(bytes(5000))

    seen = search_bytes(tmp_path, [_TEXT, "nothing of the kind"])

    assert seen.found == {_TEXT: ("a/b/deep",), "nothing of the kind": ()}
    assert (seen.files, seen.unread) == (2, ())
    assert seen.bytes == 5000 + len(written.encode())


def test_links_are_followed_and_circles_end(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").write_text(_TEXT, "utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "data" / "circle").symlink_to(tmp_path / "data")
    (tmp_path / "data" / "gone").symlink_to(tmp_path / "nowhere")

    assert search_bytes(tmp_path / "data", [_TEXT]).found == {_TEXT: ("link/file",)}
