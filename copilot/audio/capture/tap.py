"""The parent's side of a tap: start it, read what it sends, end it."""

import contextlib
import dataclasses
import io
import json
import os
import subprocess
import sys
import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from copilot.audio.capture import tap_process
from copilot.audio.capture.devices import TapPlan

_SCRIPT = Path(tap_process.__file__)
_HEADER = tap_process.HEADER


@dataclass(frozen=True, slots=True)
class Packet:
    """Sound as the tap heard it.

    Attributes:
        stamp: When its first frame was heard, in seconds on the capture clock.
        data: Interleaved 16-bit samples.
    """

    stamp: float
    data: bytes


class Tap:
    """A running tap. Its packets wait here until they are fetched; nothing is dropped."""

    def __init__(self, plan: TapPlan) -> None:
        """Start tapping; whether it worked shows in ``opened`` and ``ended``."""
        self.plan = plan
        self.opened = threading.Event()
        self.ended = threading.Event()
        self.failure = ""
        self.alive_at = 0.0
        self.dropped_frames = 0
        self.overflows = 0
        self._packets: deque[Packet] = deque()
        self._process = _start(json.dumps(_as_plain(plan)), plan)
        self._reader = threading.Thread(target=self._read, name="tap reader", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The process that taps."""
        return self._process.pid

    def fetch(self) -> list[Packet]:
        """The packets that have come since the last call, oldest first."""
        packets: list[Packet] = []
        while self._packets:
            packets.append(self._packets.popleft())
        return packets

    def stop(self) -> None:
        """End it at once, whatever state its sound server is in."""
        # By force: a tap that waits for a hanging server would not leave for a kind word.
        with contextlib.suppress(OSError):
            self._process.kill()

    def _read(self) -> None:
        stream = cast("io.BufferedReader", self._process.stdout)
        while len(head := stream.read(_HEADER.size)) == _HEADER.size:
            kind, size, stamp, self.dropped_frames, self.overflows = _HEADER.unpack(head)
            payload = stream.read(size)
            if len(payload) < size:
                break
            if kind == tap_process.SOUND:
                self._packets.append(Packet(stamp, payload))
            elif kind == tap_process.ALIVE:
                self.alive_at = stamp
            elif kind == tap_process.OPENED:
                self.opened.set()
            elif kind == tap_process.FAILED:
                self.failure = json.loads(payload)["reason"]
        self._process.wait()
        with contextlib.suppress(OSError):
            stream.close()
            if self._process.stdin is not None:
                self._process.stdin.close()
        self.failure = self.failure or "its process ended"
        self.ended.set()


def _as_plain(plan: TapPlan) -> dict[str, object]:
    plain = dataclasses.asdict(plan)
    del plain["environment"]
    return plain


def _start(argument: str, plan: TapPlan) -> subprocess.Popen[bytes]:
    # -P: the script's folder holds modules of ours that are not to be found as top-level ones.
    return subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-P", str(_SCRIPT), argument],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **plan.environment},
        # Ctrl-C in the terminal is for the app to answer.
        start_new_session=True,
    )


def portaudio_listing(timeout_s: float = 10.0) -> list[dict[str, object]]:
    """What PortAudio lists at this moment: name, host, channels, rate_hz, is_default.

    Raises:
        OSError: It does not answer, or PortAudio is not installed.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-P", str(_SCRIPT), "--list"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise OSError("the sound system does not answer") from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise OSError(lines[-1] if lines else "PortAudio cannot be used")
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found
