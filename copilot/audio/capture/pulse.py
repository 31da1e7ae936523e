"""PulseAudio, and PipeWire's Pulse server: inputs, monitors, and where a stream really is.

PortAudio reaches the server through the device ``pulse`` of ALSA and lists no monitors, so the
source is named by the environment of the process that taps. Everything else the server is asked.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

import pulsectl

from copilot.audio.blocks import SAMPLE_RATE_HZ
from copilot.audio.capture.devices import Input, InputKind, TapPlan
from copilot.audio.capture.pulse_events import PulseEvents
from copilot.errors import DeviceError
from copilot.i18n import N_, _

T = TypeVar("T")

_START = N_(
    "Start PulseAudio or PipeWire with its Pulse server (pactl info shows whether it runs)."
)
_RESTART = N_(
    "Restart PulseAudio or PipeWire: systemctl --user restart pulseaudio or pipewire-pulse."
)

_ANSWER_S = 3.0

#: What the server buffers before it hands sound on, in milliseconds. Without a wish of ours it may
#: be two seconds.
_LATENCY_MS = 50


class ServerHangsError(DeviceError):
    """The server is there but does not answer; nothing else on this machine would either."""

    title = N_("Sound server not answering")


class PulseSystem:
    """The Pulse server of this user."""

    def __init__(self) -> None:
        """Find it.

        Raises:
            DeviceError: There is none, or it does not answer.
        """
        info = ask_server(lambda pulse: pulse.server_info())
        self.name = f"{info.server_name} {info.server_version}"
        self._events = PulseEvents()

    def inputs(self) -> list[Input]:
        """All sources, monitors included."""
        return ask_server(_inputs)

    def plan(self, device: Input) -> TapPlan:
        """By way of ALSA's ``pulse`` device; the server resamples and mixes to one channel."""
        return TapPlan(
            device="pulse",
            rate_hz=SAMPLE_RATE_HZ,
            environment={"PULSE_SOURCE": device.id, "PULSE_LATENCY_MSEC": str(_LATENCY_MS)},
        )

    def input_of(self, pid: int) -> str | None:
        """The source that the stream of process ``pid`` is connected to."""
        return ask_server(lambda pulse: _source_of(pulse, pid))

    def move(self, pid: int, device: Input) -> None:
        """Connect the stream of process ``pid`` to another source."""
        ask_server(lambda pulse: _move(pulse, pid, device))

    def watch(self, on_change: Callable[[], None]) -> Callable[[], None]:
        """Whenever a source, a stream or a default changes, or the server goes or comes."""
        return self._events.watch(on_change)


def _inputs(pulse: Any) -> list[Input]:
    server = pulse.server_info()
    sinks = {sink.name: sink for sink in pulse.sink_list()}
    cards = {card.index: card for card in pulse.card_list()}
    return [
        _as_input(source, server, sinks.get(source.monitor_of_sink_name), cards)
        for source in pulse.source_list()
    ]


def _as_input(source: Any, server: Any, sink: Any, cards: dict[int, Any]) -> Input:
    # A monitor has a volume of its own, but what counts is that its output plays.
    monitor = sink is not None
    default = server.default_sink_name if monitor else server.default_source_name
    owner = sink if monitor else source
    return Input(
        id=source.name,
        name=source.description,
        kind=InputKind.MONITOR if monitor else InputKind.MICROPHONE,
        is_default=(sink.name if monitor else source.name) == default,
        rate_hz=source.sample_spec.rate,
        channels=source.sample_spec.channels,
        output=sink.name if monitor else None,
        output_name=sink.description if monitor else None,
        muted=bool(owner.mute or source.mute),
        volume=float(owner.volume.value_flat),
        call_mode=_in_call_mode(owner, cards),
    )


def _in_call_mode(device: Any, cards: dict[int, Any]) -> bool:
    """Whether a Bluetooth headset's profile is one for telephoning (HSP or HFP)."""
    card = cards.get(device.card)
    profile = card.profile_active.name if card is not None and card.profile_active else ""
    named = device.proplist.get("bluetooth.protocol", "") or device.proplist.get(
        "api.bluez5.profile", ""
    )
    bluetooth = "bluez" in device.name or device.proplist.get("device.bus") == "bluetooth"
    said = f"{profile} {named}".replace("_", "-").lower()
    return bluetooth and any(word in said for word in ("headset", "handsfree", "hfp", "hsp"))


def _stream_of(pulse: Any, pid: int) -> Any:
    for stream in pulse.source_output_list():
        if stream.proplist.get("application.process.id") == str(pid):
            return stream
    return None


def _source_of(pulse: Any, pid: int) -> str | None:
    stream = _stream_of(pulse, pid)
    if stream is None:
        return None
    for source in pulse.source_list():
        if source.index == stream.source:
            return str(source.name)
    return None


def _move(pulse: Any, pid: int, device: Input) -> None:
    stream = _stream_of(pulse, pid)
    if stream is None:
        raise DeviceError(f"the stream on {device.name} has ended.")
    source = pulse.get_source_by_name(device.id)
    pulse.source_output_move(stream.index, source.index)


def ask_server(question: Callable[[Any], T]) -> T:
    """Put one question to the server, on a connection of its own.

    A connection that met a restarting server never recovers, and a server that hangs never answers;
    so each question has its own connection and thread, and waits for a bounded time.

    Raises:
        DeviceError: There is no server, or it does not answer.
    """
    answer: list[T] = []
    failure: list[Exception] = []

    def ask() -> None:
        try:
            with pulsectl.Pulse("interview-copilot", connect=False) as pulse:
                pulse.connect(autospawn=False)
                answer.append(question(pulse))
        except (pulsectl.PulseError, pulsectl.PulseDisconnected, OSError, DeviceError) as error:
            failure.append(error)

    thread = threading.Thread(target=ask, name="pulse", daemon=True)
    thread.start()
    thread.join(_ANSWER_S)
    if answer:
        return answer[0]
    if failure and isinstance(failure[0], DeviceError):
        raise failure[0]
    if not failure:
        raise ServerHangsError(_("the sound server does not answer."), _RESTART)
    raise DeviceError(_("the sound server cannot be reached."), _START) from failure[0]
