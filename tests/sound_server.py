"""A real PulseAudio server without hardware, private to the tests that ask for it.

Two null sinks stand for a headset's output, on which the call plays, and for the room, in which the
interviewer speaks; their monitors are what is captured. It can be killed, frozen and started again.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

MISSING = [name for name in ("pulseaudio", "pactl", "paplay") if shutil.which(name) is None]

#: The output the call plays on, the room the interviewer speaks in, and another output.
CALL, ROOM, OTHER = "call", "room", "other"
_SINKS = {CALL: "Headset", ROOM: "Room", OTHER: "Speakers"}
_OPTIONS = ["--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"]
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
        self._recorders: dict[str, subprocess.Popen[bytes]] = {}

    # -- the server -----------------------------------------------------------------------------

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.socket.unlink(missing_ok=True)
        modules = [f"module-native-protocol-unix auth-anonymous=1 socket={self.socket}"]
        modules += [_null_sink(name) for name in _SINKS]
        loads = [word for module in modules for word in ("-L", module)]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                ["pulseaudio", "-n", *_OPTIONS, *loads],
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
        self.drowse()
        if self._process is not None and self._process.poll() is None:
            self.thaw()
            self.kill()

    # -- devices --------------------------------------------------------------------------------

    def default_output(self, sink: str) -> None:
        """What a call that follows the default plays on from now on."""
        self.control("set-default-sink", sink)

    def unplug(self, sink: str) -> None:
        """Take an output, and with it its monitor, away."""
        self._drowse(sink)  # or the server would have it listen to another output
        for number, name in self._modules():
            if name == sink:
                self.control("unload-module", number)

    def _modules(self) -> list[tuple[str, str]]:
        """Number of each module that makes a sink or a source, and the name of what it makes."""
        lines = [line.split("\t") for line in self.control("list", "short", "modules").splitlines()]
        made = [(line[0], re.search(r"(?:sink|source)_name=(\S+)", line[2])) for line in lines]
        return [(number, name[1]) for number, name in made if name]

    def plug_in(self, sink: str) -> None:
        """Bring it back."""
        self.control("load-module", *_null_sink(sink).split(" ", 2))

    def streams(self) -> dict[int, int]:
        """Streams of programs that record: each one's process by its number, without our own."""
        ours = {0, *(recorder.pid for recorder in self._recorders.values())}
        pids = {
            stream["index"]: int(stream["properties"].get("application.process.id", 0))
            for stream in self._listed("source-outputs")
        }
        return {index: pid for index, pid in pids.items() if pid not in ours}

    def restore(self) -> None:
        """Run, with its own outputs alone and the call's the default, whatever happened."""
        if self._process is None or self._process.poll() is not None:
            self.start()
        self.thaw()
        present = {name: number for number, name in self._modules()}
        for name, number in reversed(present.items()):
            if name not in _SINKS:
                self._drowse(name)
                self.control("unload-module", number)
        for sink in _SINKS:
            if sink not in present:
                self.plug_in(sink)
        self.default_output(CALL)

    def inputs_in_use(self) -> list[str]:
        """Names of the sources that something is recording, ourselves apart."""
        sources = {source["index"]: source["name"] for source in self._listed("sources")}
        streams = {stream["index"]: stream["source"] for stream in self._listed("source-outputs")}
        return [sources.get(streams[i], "none") for i in self.streams() if i in streams]

    def _listed(self, what: str) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = json.loads(self.control("--format=json", "list", what))
        return listed

    # -- sound ----------------------------------------------------------------------------------

    def play(self, sink: str, path: Path, *, latency_ms: int = 50) -> subprocess.Popen[bytes]:
        """Play a file on an output; ``wait`` on the result for its end.

        With a long latency it plays on without a break though the machine be busy.
        """
        player = subprocess.Popen(
            ["paplay", f"--latency-msec={latency_ms}", f"--device={sink}", str(path)],
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._players.append(player)
        return player

    def awaken(self, *sinks: str) -> None:
        """Have outputs deliver at once.

        A null sink that nobody has listened to takes up to two seconds before it delivers, and
        tells wrong times when something begins to play on it; a recorder of ours prevents both.
        """
        awake = [sink for sink, recorder in self._recorders.items() if recorder.poll() is None]
        heard = [self._record(sink) for sink in sinks or _SINKS if sink not in awake]
        assert all(sound.wait(PATIENCE_S) for sound in heard), "an output does not wake up"

    def drowse(self) -> None:
        """End what ``awaken`` began."""
        for sink in list(self._recorders):
            self._drowse(sink)

    def _drowse(self, sink: str) -> None:
        if recorder := self._recorders.pop(sink, None):
            recorder.kill()
            recorder.wait()

    def _record(self, sink: str) -> threading.Event:
        recorder = subprocess.Popen(
            ["parec", "--latency-msec=20", f"--device={sink}.monitor"],
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._drowse(sink)
        self._recorders[sink] = recorder
        heard = threading.Event()

        def drain() -> None:
            assert recorder.stdout is not None
            with recorder.stdout as stream:
                while stream.read(4096):
                    heard.set()

        threading.Thread(target=drain, name=f"listening to {sink}", daemon=True).start()
        return heard

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
