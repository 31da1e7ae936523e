"""macOS, Windows, and Linux without a sound server: the inputs PortAudio lists.

PortAudio offers no monitors. What hears the call is a virtual cable (BlackHole, VB-CABLE and the
like), recognised by its name, or on Windows WASAPI loopback by PyAudioWPatch, the extra
``windows-loopback``.
"""

import importlib.util
import platform
from collections.abc import Callable
from typing import Any, cast

from copilot.audio.blocks import SAMPLE_RATE_HZ
from copilot.audio.capture.devices import Input, InputKind, TapPlan
from copilot.audio.capture.tap import portaudio_listing
from copilot.errors import DeviceError

#: Parts of the names of virtual cables; what is played into one comes out as an input.
_CABLES = (
    "blackhole",
    "soundflower",
    "loopback",
    "vb-audio",
    "vb-cable",
    "cable output",
    "voicemeeter",
    "stereo mix",
)
#: The host API to use where a device is listed under several.
_HOSTS = ("Core Audio", "Windows WASAPI", "ALSA")
_WASAPI_LOOPBACK = "Windows WASAPI loopback"


class PortAudioSystem:
    """Whatever PortAudio finds."""

    name = "PortAudio"

    def inputs(self) -> list[Input]:
        """All inputs, and WASAPI's loopbacks where PyAudioWPatch is installed."""
        try:
            listed = portaudio_listing()
        except OSError as error:
            raise DeviceError(f"PortAudio: {error}.", _remedy()) from error
        hosts = {str(entry["host"]) for entry in listed}
        host = next((known for known in _HOSTS if known in hosts), None)
        found = [_as_input(entry) for entry in listed if host is None or entry["host"] == host]
        return found + _loopbacks()

    def plan(self, device: Input) -> TapPlan:
        """With 16 kHz where the system converts by itself, else with the device's own rate."""
        host, _, name = device.id.partition("/")
        converts = host == "Core Audio"
        return TapPlan(
            device=name,
            host="" if host == _WASAPI_LOOPBACK else host,
            library="pyaudiowpatch" if host == _WASAPI_LOOPBACK else "sounddevice",
            rate_hz=SAMPLE_RATE_HZ if converts else device.rate_hz,
            channels=min(2, device.channels),
            idle_is_silence=host == _WASAPI_LOOPBACK,
        )

    def input_of(self, pid: int) -> str | None:
        """These systems do not move streams, and do not tell."""
        del pid
        return None

    def move(self, pid: int, device: Input) -> None:
        """These systems do not move streams."""
        raise DeviceError(f"process {pid} cannot be moved to {device.name}.")

    def watch(self, on_change: Callable[[], None]) -> Callable[[], None]:
        """These systems do not tell."""
        del on_change
        return lambda: None


def _as_input(entry: dict[str, object]) -> Input:
    name = str(entry["name"])
    cable = any(part in name.lower() for part in _CABLES)
    return Input(
        id=f"{entry['host']}/{name}",
        name=name,
        kind=InputKind.LOOPBACK if cable else InputKind.MICROPHONE,
        is_default=bool(entry["is_default"]) and not cable,
        rate_hz=int(cast("int", entry["rate_hz"])),
        channels=int(cast("int", entry["channels"])),
    )


def _loopbacks() -> list[Input]:
    if platform.system() != "Windows" or importlib.util.find_spec("pyaudiowpatch") is None:
        return []
    return _listed_by_pyaudiowpatch()


def _listed_by_pyaudiowpatch() -> list[Input]:
    pyaudio: Any = importlib.import_module("pyaudiowpatch")
    audio = pyaudio.PyAudio()
    try:
        default = audio.get_default_wasapi_loopback()["name"]
        return [
            Input(
                id=f"{_WASAPI_LOOPBACK}/{device['name']}",
                name=str(device["name"]),
                kind=InputKind.LOOPBACK,
                is_default=device["name"] == default,
                rate_hz=int(device["defaultSampleRate"]),
                channels=int(device["maxInputChannels"]),
                output=str(device["name"]).removesuffix(" [Loopback]"),
                output_name=str(device["name"]).removesuffix(" [Loopback]"),
            )
            for device in audio.get_loopback_device_info_generator()
        ]
    finally:
        audio.terminate()


def _remedy() -> str:
    if platform.system() == "Linux":
        return (
            "Install PortAudio and the Pulse bridge: "
            "apt-get install libportaudio2 libasound2-plugins pulseaudio-utils"
        )
    return "Install sounddevice again: pip install --force-reinstall sounddevice"
