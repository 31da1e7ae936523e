"""The report as PDF, printed by a real Chromium: whole, private, and without a network."""

import os
import stat
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from copilot.errors import StorageError, UsageError
from copilot.review.html import to_html
from copilot.review.pdf import find_browser, write_pdf
from tests.browser.pdf_text import pages_of
from tests.review.html.hostile import a_hostile_report
from tests.review.html.reports import a_full_report


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for what is temporary, to look at what is left in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def _squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_pdf_holds_every_quote_and_is_private(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    report = a_full_report()
    path = tmp_path / "report.pdf"
    write_pdf(to_html(report), path)
    pages = pages_of(path.read_bytes())

    text = _squeezed("".join(pages))
    quotes = [
        item.quote
        for question in report.summary.questions
        for point in question.points
        for item in point.evidence
    ]
    assert len(quotes) == 3
    for each in (*quotes, "Head Baker", "Calm and clear.", *(x.text for x in report.transcript)):
        assert _squeezed(each) in text, each
    assert 2 <= len(pages) <= 5
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(temporary.iterdir()) == []
    left = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert left == [path]


def test_pages_are_numbered_and_what_is_for_the_screen_is_left_out(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(to_html(a_full_report()), encoding="utf-8")
    write_pdf(page, tmp_path / "report.pdf")
    pages = pages_of((tmp_path / "report.pdf").read_bytes())

    for number, text in enumerate(pages, 1):
        assert f"{number}/{len(pages)}" in _squeezed(text)
    assert "Tothetranscript" not in _squeezed("".join(pages))


def test_a_hostile_report_is_printed_too(tmp_path: Path) -> None:
    write_pdf(to_html(a_hostile_report()), tmp_path / "report.pdf")

    text = _squeezed("".join(pages_of((tmp_path / "report.pdf").read_bytes())))
    assert "<script>window.ran=1;document.title=1</script>" in text


class _Asked(BaseHTTPRequestHandler):
    paths: list[str]

    def do_GET(self) -> None:
        type(self).paths.append(self.path)
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


def test_the_browser_asks_nobody_for_anything(tmp_path: Path) -> None:
    _Asked.paths = []
    with HTTPServer(("127.0.0.1", 0), _Asked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        write_pdf(
            f"<!doctype html><link rel=stylesheet href={address}/x.css>"
            f"<img src={address}/x.png><script src={address}/x.js></script>"
            f"<script>fetch('{address}/fetched')</script><p>Here",
            tmp_path / "report.pdf",
        )
        server.shutdown()

    assert "Here" in pages_of((tmp_path / "report.pdf").read_bytes())[0]
    assert _Asked.paths == []


def test_without_a_browser_there_is_an_error_with_a_remedy(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_browser() is None
    with pytest.raises(UsageError) as refused:
        write_pdf("<p>Hello", tmp_path / "report.pdf")
    assert refused.value.title == "Cannot make a PDF"
    assert "no Chromium, Chrome or Edge" in refused.value.message
    assert "HTML" in refused.value.remedy


def _program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The only browser there is from now on."""
    folder.mkdir()
    path = folder / "chromium"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    assert find_browser() == path


@pytest.mark.parametrize("named", [False, True])
def test_the_page_is_printed_in_memory_unless_another_folder_was_named(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setattr("copilot.review.pdf.memory_folders", lambda **_: [memory])
    monkeypatch.setattr("copilot.review.pdf.has_room", lambda *_: True)
    if named:
        monkeypatch.setenv("TMPDIR", str(temporary))
    else:
        monkeypatch.delenv("TMPDIR", raising=False)
    _program(tmp_path / "bin", f'echo "$@" > {tmp_path}/told', monkeypatch)

    with pytest.raises(UsageError, match="made no PDF"):
        write_pdf("<p>said</p>", tmp_path / "report.pdf")

    assert f"file://{temporary if named else memory}/" in (tmp_path / "told").read_text()
    assert list(memory.iterdir()) == list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        'for o in "$@"; do case $o in --print-to-pdf=*) echo no > "${o#*=}";; esac; done',
        'for o in "$@"; do case $o in --print-to-pdf=*) echo %PDF-1.4 > "${o#*=}";; esac; done',
    ],
)
def test_a_browser_that_makes_no_pdf_leaves_the_earlier_one(
    tmp_path, temporary, monkeypatch, script
) -> None:
    _program(tmp_path / "bin", script, monkeypatch)
    (tmp_path / "report.pdf").write_text("earlier")

    with pytest.raises(UsageError, match="made no PDF"):
        write_pdf("<p>Hello", tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_text() == "earlier"
    assert list(temporary.iterdir()) == []


def test_a_browser_that_hangs_is_ended_with_all_it_started(
    tmp_path, temporary, monkeypatch
) -> None:
    os.mkfifo(tmp_path / "alive")
    script = f'sleep 600 > "{tmp_path}/alive" & sleep 600'
    _program(tmp_path / "bin", script, monkeypatch)
    ended = threading.Event()

    def wait_for_its_end() -> None:
        (tmp_path / "alive").read_bytes()  # until nobody can write any more
        ended.set()

    threading.Thread(target=wait_for_its_end, daemon=True).start()
    with pytest.raises(UsageError, match="was not done in"):
        write_pdf("<p>Hello", tmp_path / "report.pdf", limit_s=0.5)
    assert ended.wait(60)
    assert list(temporary.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        write_pdf(to_html(a_full_report()), tmp_path / "none" / "report.pdf")
