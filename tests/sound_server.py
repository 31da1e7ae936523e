"""A real PulseAudio server without hardware, private to the tests that ask for it.

Two null sinks stand for a headset's output, on which the call plays, and for the room, in which the
interviewer speaks; their monitors are what is captured. It can be killed, frozen and started again.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

MISSING = [name for name in ("pulseaudio", "pactl", "paplay") if shutil.which(name) is None]

#: The output the call plays on, the room the interviewer speaks in, and another output.
CALL, ROOM, OTHER = "call", "room", "other"
_SINKS = {CALL: "Headset", ROOM: "Room", OTHER: "Speakers"}
PATIENCE_S = 60.0


class SoundServer:
    """One server; everything on it ends with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "native"
        self.environment = {
            "PULSE_SERVER": f"unix:{self.socket}",
            "XDG_RUNTIME_DIR": str(folder),
            "HOME": str(folder),
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._players: list[subprocess.Popen[bytes]] = []

    # -- the server -----------------------------------------------------------------------------

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.socket.unlink(missing_ok=True)
        modules = [f"module-native-protocol-unix auth-anonymous=1 socket={self.socket}"]
        modules += [_null_sink(name) for name in _SINKS]
        loads = [word for module in modules for word in ("-L", module)]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"]
                + loads,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
            )
        self._until_it_answers()
        self.default_output(CALL)

    def _until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            with contextlib.suppress(subprocess.SubprocessError):
                self.control("info")
                return
        raise AssertionError("the sound server did not start")

    def control(self, *words: str) -> str:
        """``pactl`` with these words; what it prints."""
        done = subprocess.run(
            ["pactl", *words],
            env={**os.environ, **self.environment},
            capture_output=True,
            check=True,
            timeout=PATIENCE_S,
        )
        return done.stdout.decode()

    def kill(self) -> None:
        """As a crash would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def freeze(self) -> None:
        """It hangs: whoever asks waits."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """End it and what plays on it."""
        self.silence()
        if self._process is not None and self._process.poll() is None:
            self.thaw()
            self.kill()

    # -- devices --------------------------------------------------------------------------------

    def default_output(self, sink: str) -> None:
        """What a call that follows the default plays on from now on."""
        self.control("set-default-sink", sink)

    def unplug(self, sink: str) -> None:
        """Take an output, and with it its monitor, away."""
        for line in self.control("list", "short", "modules").splitlines():
            if f"sink_name={sink} " in line + " ":
                self.control("unload-module", line.split("\t")[0])

    def plug_in(self, sink: str) -> None:
        """Bring it back."""
        self.control("load-module", *_null_sink(sink).split(" ", 2))

    def inputs_in_use(self) -> list[str]:
        """Names of the sources that something is recording."""
        sources = dict(
            line.split("\t")[:2] for line in self.control("list", "short", "sources").splitlines()
        )
        streams = self.control("list", "short", "source-outputs").splitlines()
        return [sources[line.split("\t")[1]] for line in streams]

    # -- sound ----------------------------------------------------------------------------------

    def play(self, sink: str, path: Path) -> subprocess.Popen[bytes]:
        """Play a file on an output; ``wait`` on the result for its end."""
        player = subprocess.Popen(
            ["paplay", "--latency-msec=50", f"--device={sink}", str(path)],
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._players.append(player)
        return player

    def silence(self) -> None:
        """Stop everything that plays."""
        for player in self._players:
            if player.poll() is None:
                player.kill()
            player.wait()
        self._players.clear()


def _null_sink(name: str) -> str:
    return f"module-null-sink sink_name={name} sink_properties=device.description={_SINKS[name]}"


@pytest.fixture
def sound_server(tmp_path_factory, monkeypatch) -> Iterator[SoundServer]:
    """A running server that everything in this test, and what it starts, talks to."""
    if MISSING:
        pytest.skip("no PulseAudio: apt-get install pulseaudio pulseaudio-utils libportaudio2")
    server = SoundServer(tmp_path_factory.mktemp("pulse"))
    for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, server.environment[name])
    server.start()
    try:
        yield server
    finally:
        server.close()
