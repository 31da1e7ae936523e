"""The processes that tap come and go with the session, however that ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.audio.capture.conftest import CALL_SIDE, PATIENCE_S, ROOM_SIDE
from tests.builders import ROOT
from tests.sound_server import SoundServer

_PARENT = """
import signal
from copilot.audio.capture.devices import Choice
from copilot.audio.capture.pulse import PulseSystem
from copilot.audio.capture.system import open_source
from copilot.audio.notices import Attached, Lost

signal.signal(signal.SIGINT, lambda *_: print("interrupted", flush=True))
source = open_source(PulseSystem(), Choice("room.monitor", "call.monitor"))
for block in source.blocks():
    for notice in block.notices:
        print(type(notice).__name__, flush=True)
    if block.start // 16_000 != (block.start + len(block)) // 16_000:
        print("second", flush=True)
"""


def _lives(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"  # an orphan that nobody has buried yet


def _until_gone(pids: Iterable[int], server: SoundServer) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while any(_lives(pid) for pid in pids) or server.streams():
        assert time.monotonic() < deadline, "a tap is still alive"


def _until_said(parent: "subprocess.Popen[str]", *lines: str) -> list[str]:
    """What it printed until it had printed all of these."""
    assert parent.stdout is not None
    wanted, said = list(lines), []
    while wanted:
        line = parent.stdout.readline().strip()
        assert line, f"it ended without {wanted}"
        said.append(line)
        if line in wanted:
            wanted.remove(line)
    return said


@pytest.fixture
def parent(server) -> Iterator["subprocess.Popen[str]"]:
    """A program that captures, with both of its inputs attached."""
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as program:
        _until_said(program, "Attached", "Attached")
        yield program
        program.kill()


def test_no_tap_outlives_stop(server, listening) -> None:
    listener = listening()
    listener.until_attached()
    pids = set(server.streams().values())
    assert len(pids) == 2

    listener.close()

    _until_gone(pids, server)
    assert not listener.losses(ROOM_SIDE) + listener.losses(CALL_SIDE)


def test_no_tap_outlives_a_killed_parent(server, parent) -> None:
    pids = set(server.streams().values())
    assert len(pids) == 2

    parent.kill()
    parent.wait()

    _until_gone(pids, server)


def test_ctrl_c_is_for_the_app_alone(server, parent) -> None:
    pids = server.streams()

    os.killpg(parent.pid, signal.SIGINT)
    said = _until_said(parent, "interrupted", "second", "second")

    assert server.streams() == pids
    assert "Lost" not in said
