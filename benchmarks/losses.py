"""How soon a lost device is told, and how soon it is heard again once it is back.

    python -m benchmarks.losses --rounds 5

`interview-copilot live` runs on a private PulseAudio server on which speech plays; devices are
taken away and brought back under it. Times are from the command to the event that is printed. A
null sink takes up to two seconds to deliver its first sound, which hardware does not.
"""

import argparse
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.soak import OPTIONS, split_demo
from tests.sound_server import CALL, OTHER, ROOM, SoundServer

Event = dict[str, Any]


class Watched:
    """A live session whose events are waited for."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "copilot", "live", *OPTIONS],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._events: queue.SimpleQueue[tuple[float, Event]] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._events.put((time.monotonic(), json.loads(line)))

    def until(self, kind: str, **values: str) -> float:
        """When the next such event was printed."""
        while True:
            at, event = self._events.get(timeout=60)
            if event["type"] == kind and all(event[k] == v for k, v in values.items()):
                return at

    def end(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        run(Path(name), options.rounds)


def run(folder: Path, rounds: int) -> None:
    server = SoundServer(folder)
    server.start()
    environment = {
        **os.environ,
        **{k: v for k, v in server.environment.items() if k != "HOME"},
        "INTERVIEW_COPILOT_DATA": str(folder / "data"),
    }
    sides = split_demo(folder)
    live = Watched(environment)
    try:
        live.until("channel_attached", channel="candidate")
        print(f"{'what happens':<34}{'told after':>22}{'heard again after':>24}")
        print(f"{'':<34}{'median, most':>22}{'median, most':>24}")
        cases: dict[str, Callable[[], tuple[float, float]]] = {
            "microphone unplugged, plugged in": lambda: unplugged(server, live, sides),
            "sound server killed, restarted": lambda: restarted(server, live, sides),
            "sound server frozen, thawed": lambda: frozen(server, live, sides),
            "default output switched": lambda: switched(server, live, sides),
        }
        for name, case in cases.items():
            told, heard = np.array([case() for _ in range(rounds)]).T
            print(f"{name:<34}{spread(told):>22}{spread(heard):>24}", flush=True)
    finally:
        live.end()
        server.close()


def spread(seconds: "np.ndarray[Any, Any]") -> str:
    return f"{np.median(seconds):.2f} s, {seconds.max():.2f} s"


def play(server: SoundServer, sides: dict[str, Path]) -> None:
    server.silence()
    for sink, path in sides.items():
        server.play(sink, path)
    time.sleep(3)  # until the sinks have settled


def unplugged(server: SoundServer, live: Watched, sides: dict[str, Path]) -> tuple[float, float]:
    play(server, sides)
    gone_at = time.monotonic()
    server.unplug(ROOM)
    told_at = live.until("channel_lost", channel="interviewer")
    time.sleep(1)
    back_at = time.monotonic()
    server.plug_in(ROOM)
    server.play(ROOM, sides[ROOM])
    return told_at - gone_at, live.until("channel_attached", channel="interviewer") - back_at


def restarted(server: SoundServer, live: Watched, sides: dict[str, Path]) -> tuple[float, float]:
    play(server, sides)
    gone_at = time.monotonic()
    server.kill()
    told_at = live.until("channel_lost")
    time.sleep(1)
    back_at = time.monotonic()
    server.start()
    play(server, sides)
    return told_at - gone_at, live.until("channel_attached", channel="candidate") - back_at


def frozen(server: SoundServer, live: Watched, sides: dict[str, Path]) -> tuple[float, float]:
    play(server, sides)
    gone_at = time.monotonic()
    server.freeze()
    told_at = live.until("channel_lost")
    time.sleep(1)
    back_at = time.monotonic()
    server.thaw()
    return told_at - gone_at, live.until("channel_attached", channel="candidate") - back_at


def switched(server: SoundServer, live: Watched, sides: dict[str, Path]) -> tuple[float, float]:
    """The call moves with the default output; nothing needs to be lost."""
    play(server, sides)
    server.play(OTHER, sides[CALL])
    gone_at = time.monotonic()
    server.default_output(OTHER)
    heard_at = live.until("channel_attached", channel="candidate", device="Monitor of Speakers")
    server.default_output(CALL)
    live.until("channel_attached", channel="candidate", device="Monitor of Headset")
    return 0.0, heard_at - gone_at


if __name__ == "__main__":
    main()
