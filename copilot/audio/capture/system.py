"""The sound system of this machine, and a source that hears a call through it."""

import platform
from collections.abc import Callable, Mapping

from copilot.audio.capture.devices import Choice, SoundSystem, find_input
from copilot.audio.capture.feeder import Feeder
from copilot.audio.capture.portaudio import PortAudioSystem
from copilot.audio.capture.source import DeviceSource
from copilot.errors import DeviceError
from copilot.events import Channel
from copilot.i18n import _


def sound_system() -> SoundSystem:
    """PulseAudio or PipeWire where they run, else what PortAudio finds.

    Raises:
        DeviceError: No sound system answers.
    """
    if platform.system() == "Linux":
        # Needs libpulse, which a machine without a sound server lacks.
        try:
            from copilot.audio.capture.pulse import PulseSystem, ServerHangsError  # noqa: PLC0415
        except (ImportError, OSError):
            return PortAudioSystem()
        try:
            return PulseSystem()
        except ServerHangsError:
            raise  # ALSA would hang as well, because its default device is the server
        except DeviceError as error:
            return _without_server(error)
    return PortAudioSystem()


def _without_server(error: DeviceError) -> SoundSystem:
    """Plain ALSA where that has inputs; else the server is what to start."""
    system = PortAudioSystem()
    try:
        found = system.inputs()
    except DeviceError:
        found = []
    if not found:
        raise error
    return system


def open_source(
    system: SoundSystem,
    choice: Choice,
    *,
    make: Callable[..., DeviceSource] = DeviceSource,
) -> DeviceSource:
    """A source on the chosen inputs; they are opened when it is first asked for sound.

    Args:
        system: Where the inputs are.
        choice: Which ones.
        make: Makes the source; for tests.

    Raises:
        DeviceError: An input is missing, or both sides would hear the same one.
    """
    inputs = system.inputs()
    microphone = find_input(inputs, choice.microphone, call=False)
    if choice.room:
        feeders = {Channel.INTERVIEWER: Feeder(system, choice.microphone, call=False)}
        return make(feeders, f"one microphone: {microphone.name}", room=True)
    call = find_input(inputs, choice.call, call=True)
    if call.id == microphone.id:
        raise DeviceError(
            _("{call} is chosen for both sides.", call=call.name),
            _(
                "Choose the microphone with --mic and what hears the call with --call, or use "
                "--mixed for one microphone in a room."
            ),
        )
    wanted: Mapping[Channel, tuple[str, bool]] = {
        Channel.INTERVIEWER: (choice.microphone, False),
        Channel.CANDIDATE: (choice.call, True),
    }
    feeders = {
        channel: Feeder(system, name, call=hears_call)
        for channel, (name, hears_call) in wanted.items()
    }
    return make(feeders, f"{microphone.name} and {call.name}")
