"""The check's tone: two short, quiet beeps, played where a call plays."""

import contextlib
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from copilot.audio.capture import tone_process

_SCRIPT = Path(tone_process.__file__)

#: The beeps, one after the other. A voice holds neither of them that steadily, and their order
#: tells them from a melody.
FREQUENCIES_HZ = (1850.0, 2600.0)
BEEP_S = 0.2
GAP_S = 0.06
TONE_S = 2 * BEEP_S + GAP_S
AMPLITUDE = 0.06  # of full scale, -27 dBFS


@dataclass(frozen=True, slots=True)
class TonePlan:
    """Where the tone is played.

    Attributes:
        output: The output in words for people.
        device: Its name as PortAudio lists it; empty for the default output.
        host: PortAudio's name for the audio system it belongs to; empty for any.
        environment: Set before it is opened.
    """

    output: str
    device: str = ""
    host: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


class TonePlayer:
    """An output held open by a process of its own, on which the tone can be played."""

    def __init__(self, plan: TonePlan) -> None:
        """Open the output; whether it worked shows in ``opened`` and ``failure``."""
        self.plan = plan
        self.opened = False
        self.played = 0
        self.failure = ""
        self._process = subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, "-P", str(_SCRIPT), json.dumps(_beeps(plan))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **plan.environment},
            start_new_session=True,
        )
        threading.Thread(target=self._read, name="tone", daemon=True).start()

    @property
    def pid(self) -> int:
        """The process that plays."""
        return self._process.pid

    def play(self) -> None:
        """Play the tone as soon as the output is open; never waits."""
        stream = cast("io.BufferedWriter", self._process.stdin)
        with contextlib.suppress(OSError):
            stream.write(b"\n")
            stream.flush()

    def stop(self) -> None:
        """Close the output at once, whatever state its sound server is in."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def _read(self) -> None:
        stream = cast("io.BufferedReader", self._process.stdout)
        for line in stream:
            told = json.loads(line)
            self.opened = self.opened or "opened" in told
            self.played += "played" in told
            self.failure = told.get("failed", self.failure)
        self._process.wait()
        for pipe in (self._process.stdin, stream):
            with contextlib.suppress(OSError):
                cast("io.IOBase", pipe).close()


def _beeps(plan: TonePlan) -> dict[str, object]:
    return {
        "device": plan.device,
        "host": plan.host,
        "frequencies_hz": FREQUENCIES_HZ,
        "beep_s": BEEP_S,
        "gap_s": GAP_S,
        "amplitude": AMPLITUDE,
    }
