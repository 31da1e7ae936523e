"""Plays samples from stdin, by a process of its own; run as a script, never imported by the app.

A process of its own for the same reasons as a tap: a sound server that hangs must hang nobody else,
PortAudio knows only the outputs it saw when it started, and ALSA prints what it likes. Samples are
16-bit mono at the rate that is told first; when stdin ends, what is left is played and told. Lines
on stdout are JSON objects: ``opened``, ``rate_hz`` and ``delay_s``, then ``played`` with the count
of samples so far, at last ``ended``, or ``failed`` at any time.
"""

import contextlib
import json
import os
import sys
from typing import Any

_RATE_HZ = 16_000
_STEP_S = 0.02
_LATENCY_S = 0.08


def _outputs(sounddevice: Any) -> list[Any]:
    """The sound server's device where ALSA has one, then the default output."""
    found = [
        device["index"]
        for device in sounddevice.query_devices()
        if device["name"] == "pulse" and device["max_output_channels"]
    ]
    return [*found, sounddevice.query_devices(kind="output")["index"]]


def _opened(sounddevice: Any, output: int) -> Any:
    """A stream at 16 kHz, or at the output's own rate where it takes no other."""
    own = int(sounddevice.query_devices(output)["default_samplerate"])
    try:
        return _stream(sounddevice, output, _RATE_HZ)
    except sounddevice.PortAudioError:
        return _stream(sounddevice, output, own)


def _stream(sounddevice: Any, output: int, rate_hz: int) -> Any:
    return sounddevice.RawOutputStream(
        samplerate=rate_hz, device=output, channels=1, dtype="int16", latency=_LATENCY_S
    )


def _first_that_opens(sounddevice: Any) -> tuple[Any, str]:
    outputs = _outputs(sounddevice)
    for output in outputs[:-1]:
        with contextlib.suppress(sounddevice.PortAudioError):
            return _opened(sounddevice, output), str(sounddevice.query_devices(output)["name"])
    last = outputs[-1]
    return _opened(sounddevice, last), str(sounddevice.query_devices(last)["name"])


def _private_stdout() -> Any:
    # PortAudio and ALSA print to stdout as they like.
    own = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return own


def play(tell: Any) -> None:
    """Play stdin to its end."""
    try:
        import sounddevice  # noqa: PLC0415 - needs PortAudio, and its absence is reported

        stream, name = _first_that_opens(sounddevice)
        stream.start()
        rate_hz = int(stream.samplerate)
        tell({"opened": name, "rate_hz": rate_hz, "delay_s": stream.latency})
        size = 2 * round(_STEP_S * rate_hz)
        played = 0
        while data := sys.stdin.buffer.read(size):
            stream.write(data)
            played += len(data) // 2
            tell({"played": played})
        stream.stop()  # waits until the last of it was heard
        tell({"ended": True})
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent is told
        tell({"failed": f"{type(error).__name__}: {error}"})


def main() -> None:
    """Play, and tell of it."""
    out = _private_stdout()
    with contextlib.suppress(BrokenPipeError):
        play(lambda value: out.write(json.dumps(value) + "\n"))
    os._exit(0)  # not by way of PortAudio's own end, which waits for a server that may be gone


if __name__ == "__main__":
    main()
