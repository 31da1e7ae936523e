"""``devices``: what can hear the user and the call, and which pair to use."""

import argparse
import platform
import shlex
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from copilot.audio.capture.devices import Input, Pair, SoundSystem, recommended
from copilot.audio.capture.system import sound_system
from copilot.cli.json_output import print_json
from copilot.errors import DeviceError, ExitCode

_PAGES = {"Darwin": "docs/setup-macos.md", "Windows": "docs/setup-windows.md"}
_LIVE = ("interview-copilot", "live", "--role", "ROLE")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")


def run(options: argparse.Namespace) -> int:
    """List them.

    Raises:
        DeviceError: The sound system does not answer, or one side of a call cannot be heard.
    """
    system = _system()
    inputs = system.inputs()
    pair = recommended(inputs)
    if options.json:
        print_json(_as_json(system, inputs, pair))
    else:
        sys.stdout.write("\n".join(_lines(system, inputs, pair)) + "\n")
    _refuse_half_a_call(inputs)
    return ExitCode.OK


def setup_page() -> str:
    """The page that tells how to set this kind of machine up."""
    return _PAGES.get(platform.system(), "docs/setup-linux.md")


def _system() -> SoundSystem:
    try:
        return sound_system()
    except DeviceError as error:
        raise DeviceError(
            error.message, f"{error.remedy} {setup_page()} tells more.".strip()
        ) from error


def _refuse_half_a_call(inputs: Sequence[Input]) -> None:
    if not any(not i.hears_a_call for i in inputs):
        raise DeviceError(
            "there is no microphone.",
            f"Plug one in, or let this terminal use it. {setup_page()} tells more.",
        )
    if not any(i.hears_a_call for i in inputs):
        raise DeviceError(
            "nothing here can hear what a call plays.",
            f"{setup_page()} tells how to set that up. With both people in one room: --mixed.",
        )


# -- in words -------------------------------------------------------------------------------------


def _lines(system: SoundSystem, inputs: Sequence[Input], pair: Pair) -> list[str]:
    lines = [f"Sound system: {system.name}"]
    for title, hears_a_call in (("What can hear you", False), ("What can hear the call", True)):
        group = [i for i in inputs if i.hears_a_call == hears_a_call]
        lines += ["", title]
        lines += [_line(i, i in (pair.microphone, pair.call)) for i in group] or ["    nothing"]
    if pair.microphone is None and pair.call is None:
        return lines
    lines += ["", "Recommended (*)"]
    lines += [f"    {command}" for command in _commands(pair, inputs)]
    return lines


def _line(device: Input, chosen: bool) -> str:
    marks = ", ".join(_marks(device))
    return f"  {'*' if chosen else ' '} {device.name}{f'  ({marks})' if marks else ''}"


def _marks(device: Input) -> list[str]:
    marks = []
    if device.output_name is not None:
        marks.append(f"hears what {device.output_name} plays")
    if device.is_default:
        marks.append("default output" if device.output is not None else "default")
    if device.muted:
        marks.append("muted")
    elif device.volume is not None:
        marks.append(f"volume {device.volume:.0%}")
    if device.call_mode:
        marks.append("Bluetooth in call mode, sounds like a telephone")
    return marks


def _commands(pair: Pair, inputs: Sequence[Input]) -> list[str]:
    """What to type: the short form follows the defaults, the long one stays with this pair."""
    chosen = [
        *(("--mic", _unique(pair.microphone, inputs)) if pair.microphone is not None else ()),
        *(("--call", _unique(pair.call, inputs)) if pair.call is not None else ()),
    ]
    if pair.microphone is None or pair.call is None:
        missing = "--mic" if pair.microphone is None else "--call"
        return [_typed([*_LIVE, *chosen, missing, "NAME"])]
    by_default = pair.microphone.is_default and pair.call.is_default
    follows = [f"{_typed(_LIVE)}  (follows the default devices)"] if by_default else []
    return [*follows, f"{_typed([*_LIVE, *chosen])}  (stays with these two)"]


def _unique(device: Input, inputs: Sequence[Input]) -> str:
    """Its name, or its id where two have the same name."""
    alone = sum(other.name == device.name for other in inputs) == 1
    return device.name if alone else device.id


def _typed(words: Sequence[str]) -> str:
    """A command line as this machine's shell takes it."""
    if platform.system() == "Windows":
        return subprocess.list2cmdline(words)
    return shlex.join(words)


# -- as JSON --------------------------------------------------------------------------------------


def _as_json(system: SoundSystem, inputs: Sequence[Input], pair: Pair) -> dict[str, Any]:
    return {
        "system": system.name,
        "inputs": [_input_as_json(i) for i in inputs],
        "recommended": {
            "mic": None if pair.microphone is None else pair.microphone.id,
            "call": None if pair.call is None else pair.call.id,
            "commands": [command.partition("  (")[0] for command in _commands(pair, inputs)]
            if pair.microphone is not None or pair.call is not None
            else [],
        },
    }


def _input_as_json(device: Input) -> dict[str, Any]:
    return {
        "id": device.id,
        "name": device.name,
        "kind": device.kind.value,
        "hears": "call" if device.hears_a_call else "you",
        "default": device.is_default,
        "output": device.output_name,
        "rate_hz": device.rate_hz,
        "channels": device.channels,
        "muted": device.muted,
        "volume": device.volume,
        "bluetooth_call_mode": device.call_mode,
    }
