"""The inputs of this machine in plain words, and which two of them make a call."""

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from copilot.errors import DeviceError, nearest
from copilot.i18n import N_, _


class InputKind(enum.StrEnum):
    """What an input hears."""

    MICROPHONE = "microphone"
    MONITOR = "monitor"  # what an output plays, as PulseAudio and PipeWire offer it
    LOOPBACK = "loopback"  # what is played, by way of a virtual cable or WASAPI


@dataclass(frozen=True, slots=True)
class Input:
    """One input.

    Attributes:
        id: Stable name by which it can be chosen, unique on this machine.
        name: In words for people, such as ``Monitor of Headphones``.
        kind: What it hears.
        is_default: Whether the system uses it by default; for a monitor, whether it belongs to the
            default output.
        rate_hz: Its own sample rate.
        channels: How many channels it offers.
        output: For a monitor, the id of the output that plays into it.
        output_name: That output, in words for people.
        muted: Whether the system mutes it; for a monitor, whether its output is muted.
        volume: 0 to 1 or more, where the system tells.
        call_mode: Whether it is a Bluetooth headset in call mode, which sounds like a telephone.
    """

    id: str
    name: str
    kind: InputKind
    is_default: bool = False
    rate_hz: int = 48_000
    channels: int = 1
    output: str | None = None
    output_name: str | None = None
    muted: bool = False
    volume: float | None = None
    call_mode: bool = False

    @property
    def hears_a_call(self) -> bool:
        """Whether it hears what is played rather than what is said in the room."""
        return self.kind is not InputKind.MICROPHONE


@dataclass(frozen=True, slots=True)
class TapPlan:
    """How a process of its own opens an input.

    Attributes:
        library: ``sounddevice``, or ``pyaudiowpatch`` for WASAPI loopback.
        device: The device's name as the library lists it.
        host: The library's name for the audio system the device belongs to; empty for any.
        rate_hz: Sample rate to open it with.
        channels: Channels to open; they are mixed to one.
        environment: Set before the library opens the device.
        idle_is_silence: Whether the device delivers nothing while nothing is played.
    """

    device: str
    rate_hz: int
    channels: int = 1
    library: str = "sounddevice"
    host: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    idle_is_silence: bool = False


class SoundSystem(Protocol):
    """What the operating system tells of its inputs; one implementation a system."""

    @property
    def name(self) -> str:
        """Such as ``PulseAudio 16.1``."""

    def inputs(self) -> list[Input]:
        """All inputs at this moment.

        Raises:
            DeviceError: The sound system does not answer.
        """

    def plan(self, device: Input) -> TapPlan:
        """How to open one of them."""

    def input_of(self, pid: int) -> str | None:
        """Id of the input that process ``pid`` is hearing; None where the system does not tell.

        Sound systems move a stream elsewhere when its device goes away, which would put one
        speaker's words into the other's mouth.

        Raises:
            DeviceError: The sound system does not answer.
        """

    def move(self, pid: int, device: Input) -> None:
        """Have process ``pid`` hear another input from now on.

        Raises:
            DeviceError: It cannot be moved there.
        """

    def watch(self, on_change: Callable[[], None]) -> Callable[[], None]:
        """Call ``on_change`` at once whenever an input or a stream may have changed.

        Systems that do not tell never call it; whoever watches looks now and then as well.

        Args:
            on_change: Called on a thread of the system's own; must not wait.

        Returns:
            What ends the watch.
        """


#: Chooses the default: the default microphone, or the monitor of the default output.
AUTOMATIC = "auto"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which inputs the user wants to hear.

    Attributes:
        microphone: The interviewer's input, by id or name; ``auto`` follows the default.
        call: The input that hears the candidate; ``auto`` follows the default output.
        room: Whether the microphone hears both and nothing else is opened.
    """

    microphone: str = AUTOMATIC
    call: str = AUTOMATIC
    room: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """The two inputs of a call; either can be missing."""

    microphone: Input | None
    call: Input | None


def recommended(inputs: Sequence[Input]) -> Pair:
    """The pair to use where nobody chose: the defaults, else the only one there is."""
    return Pair(
        _best([i for i in inputs if not i.hears_a_call]),
        _best([i for i in inputs if i.hears_a_call]),
    )


def _best(inputs: Sequence[Input]) -> Input | None:
    default = next((i for i in inputs if i.is_default), None)
    return default or (inputs[0] if len(inputs) == 1 else None)


def find_input(inputs: Sequence[Input], wanted: str, *, call: bool) -> Input:
    """The input a user named, by id, by name, or by a part of its name.

    Args:
        inputs: Those there are.
        wanted: What the user wrote; ``auto`` for the recommended one.
        call: Whether it is to hear the call rather than the room.

    Raises:
        DeviceError: There is none, or several have that in their name.
    """
    if wanted == AUTOMATIC:
        pair = recommended(inputs)
        found = pair.call if call else pair.microphone
        if found is None:
            raise _none_to_recommend(inputs, call=call)
        return found
    exact = [i for i in inputs if wanted in (i.id, i.name)]
    if call:
        exact = exact or [i for i in inputs if i.output and wanted in (i.output, i.output_name)]
    part = [i for i in inputs if wanted.casefold() in i.name.casefold()]
    matching = exact or [i for i in part if i.hears_a_call == call] or part
    if len(matching) == 1:
        return matching[0]
    if matching:
        raise DeviceError(
            _(
                "{count} inputs have {wanted!r} in their name.",
                count=len(matching),
                wanted=wanted,
            ),
            _("Give more of it: {names}.", names=", ".join(repr(i.name) for i in matching[:4])),
        )
    raise DeviceError(
        _("there is no input {wanted!r}.", wanted=wanted),
        nearest(wanted, [i.name for i in inputs])
        + " "
        + _("The command interview-copilot devices lists them."),
    )


_NO_DEFAULT_CALL = N_("no input that hears the call is the default, and there are {count}.")
_NO_DEFAULT_MICROPHONE = N_("no microphone is the default, and there are {count}.")


def _none_to_recommend(inputs: Sequence[Input], *, call: bool) -> DeviceError:
    rivals = [i.name for i in inputs if i.hears_a_call == call]
    if rivals:
        return DeviceError(
            _(_NO_DEFAULT_CALL if call else _NO_DEFAULT_MICROPHONE, count=len(rivals)),
            _(
                "Choose one with {option}: {names}.",
                option="--call" if call else "--mic",
                names=", ".join(rivals),
            ),
        )
    return DeviceError(
        _("there is no input that hears the call.") if call else _("there is no microphone."),
        _("The command interview-copilot devices tells what there is."),
    )
