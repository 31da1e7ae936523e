"""Which programs play something, and on which output, where the sound server tells."""

import platform
from dataclasses import dataclass
from typing import Any

from copilot.audio.capture.devices import SoundSystem


@dataclass(frozen=True, slots=True)
class Player:
    """A program that plays something.

    Attributes:
        program: Its name.
        output: The id of the output.
        output_name: The output in words for people.
        pid: Its process, as it says itself.
    """

    program: str
    output: str
    output_name: str
    pid: str = ""


def players(system: SoundSystem) -> tuple[Player, ...]:
    """The programs that play something now; none where the system does not tell.

    Raises:
        DeviceError: The system does not answer.
    """
    if platform.system() != "Linux":
        return ()
    try:
        # Needs libpulse, which a machine without a sound server lacks.
        from copilot.audio.capture.pulse import PulseSystem, ask_server  # noqa: PLC0415
    except (ImportError, OSError):
        return ()
    return ask_server(_listed) if isinstance(system, PulseSystem) else ()


def _listed(pulse: Any) -> tuple[Player, ...]:
    outputs = {sink.index: sink for sink in pulse.sink_list()}
    return tuple(
        Player(
            stream.proplist["application.name"],
            outputs[stream.sink].name,
            outputs[stream.sink].description,
            stream.proplist.get("application.process.id", ""),
        )
        for stream in pulse.sink_input_list()
        # The server's own streams, as from one device to another, name no program.
        if "application.name" in stream.proplist and stream.sink in outputs and not stream.corked
    )
