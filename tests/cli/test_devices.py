"""``devices``: what there is in plain words, which pair to use, and what to do where one is missing."""

import json
from collections.abc import Iterator

import pytest

from copilot.audio.capture.devices import Input, InputKind
from copilot.cli import devices
from copilot.errors import ExitCode
from tests.cli.command import Done, run
from tests.sound_server import CALL, MISSING, ROOM, SoundServer


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    """One server for all tests of this file."""
    if MISSING:
        pytest.skip("no PulseAudio: apt-get install pulseaudio pulseaudio-utils libportaudio2")
    server = SoundServer(tmp_path_factory.mktemp("hall"))
    server.start()
    yield server
    server.close()


@pytest.fixture
def server(hall: SoundServer, monkeypatch: pytest.MonkeyPatch) -> SoundServer:
    """The server: three outputs and no microphone."""
    for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, hall.environment[name])
    return hall


@pytest.fixture
def with_microphone(server: SoundServer) -> Iterator[SoundServer]:
    """The same with a microphone, which is a source that is no monitor."""
    module = server.control(
        "load-module",
        "module-remap-source",
        f"master={ROOM}.monitor",
        "source_name=mic",
        "source_properties=device.description=Microphone",
    )
    yield server
    server.control("unload-module", module.strip())


def group(done: Done, title: str) -> list[str]:
    """The lines under a heading."""
    _, _, rest = done.out.partition(f"{title}\n")
    return rest.partition("\n\n")[0].splitlines()


def test_inputs_are_listed_in_words_with_the_pair_to_use(with_microphone: SoundServer) -> None:
    done = run("devices")

    assert (done.code, done.err) == (0, "")
    assert group(done, "What can hear you") == ["  * Microphone  (default, volume 100%)"]
    assert group(done, "What can hear the call") == [
        "  * Monitor of Headset  (hears what Headset plays, default output, volume 100%)",
        "    Monitor of Room  (hears what Room plays, volume 100%)",
        "    Monitor of Speakers  (hears what Speakers plays, volume 100%)",
    ]
    live = "    interview-copilot live --role ROLE"
    assert group(done, "Recommended (*)") == [
        f"{live}  (follows the default devices)",
        f"{live} --mic Microphone --call 'Monitor of Headset'  (stays with these two)",
    ]


def test_a_muted_microphone_and_its_volume_show(with_microphone: SoundServer) -> None:
    with_microphone.control("set-source-volume", "mic", "40%")
    assert "volume 40%" in group(run("devices"), "What can hear you")[0]
    with_microphone.control("set-source-mute", "mic", "1")
    assert "muted" in group(run("devices"), "What can hear you")[0]


def test_as_json_the_same_is_said(with_microphone: SoundServer) -> None:
    done = run("devices", "--json")

    told = json.loads(done.out)
    assert done.code == 0
    assert told["system"].startswith("pulseaudio")
    assert (told["recommended"]["mic"], told["recommended"]["call"]) == ("mic", f"{CALL}.monitor")
    by_id = {device["id"]: device for device in told["inputs"]}
    assert by_id["mic"]["hears"] == "you"
    assert by_id[f"{CALL}.monitor"]["output"] == "Headset"


def test_without_a_microphone_the_list_ends_in_what_to_do(server: SoundServer) -> None:
    done = run("devices")

    assert done.code == ExitCode.DEVICE
    assert group(done, "What can hear you") == ["    nothing"]
    assert "there is no microphone" in done.err
    assert "docs/setup-linux.md" in done.err


def test_without_a_sound_server_there_is_a_remedy(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    done = run("devices")

    assert done.code == ExitCode.DEVICE
    assert done.out == ""
    assert "pactl info" in done.err
    assert "docs/setup-linux.md" in done.err


class Inputs:
    """A sound system of which only the inputs are asked."""

    name = "PortAudio"

    def __init__(self, *inputs: Input) -> None:
        self._inputs = list(inputs)

    def inputs(self) -> list[Input]:
        return self._inputs


MICROPHONE = Input("a", "Built-in Microphone", InputKind.MICROPHONE, is_default=True)


@pytest.mark.parametrize(
    ("system", "page"),
    [("Darwin", "docs/setup-macos.md"), ("Windows", "docs/setup-windows.md")],
)
def test_where_nothing_hears_the_call_the_platforms_page_is_named(
    system: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.system", lambda: system)
    monkeypatch.setattr(devices, "sound_system", lambda: Inputs(MICROPHONE))
    done = run("devices")

    assert done.code == ExitCode.DEVICE
    assert "nothing here can hear what a call plays" in done.err
    assert page in done.err
    assert "--mixed" in done.err


def test_a_headset_in_call_mode_and_two_of_one_name_are_told_apart(monkeypatch) -> None:
    headset = Input("b", "Headset", InputKind.MICROPHONE, is_default=True, call_mode=True)
    twins = [
        Input(id_, "Cable", InputKind.LOOPBACK, is_default=default)
        for id_, default in (("x", True), ("y", False))
    ]
    monkeypatch.setattr(devices, "sound_system", lambda: Inputs(MICROPHONE, headset, *twins))
    done = run("devices")

    assert "Bluetooth in call mode, sounds like a telephone" in done.out
    assert "--call x" in done.out
