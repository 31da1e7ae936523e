"""Plays the check's tone, by a process of its own; run as a script, never imported by the app.

A process of its own for the same reasons as a tap: a sound server that hangs must hang nobody else,
and the output is named by the environment. Silence is played between tones, so that an output that
sleeps is awake when the tone comes. Each byte on stdin plays the tone once; when stdin ends, so
does this. What happens is told on stdout, one JSON object a line.
"""

import array
import contextlib
import json
import math
import os
import sys
import threading
from typing import Any

_SILENCE_S = 0.05
_RAMP_S = 0.01  # beeps swell and fade, or they would click
_LATENCY_S = 0.1


def tone(plan: dict[str, Any], rate_hz: int, channels: int) -> bytes:
    """The beeps one after the other, as interleaved 32-bit floats."""
    samples = array.array("f")
    for number, frequency_hz in enumerate(plan["frequencies_hz"]):
        if number:
            samples.extend([0.0] * round(plan["gap_s"] * rate_hz * channels))
        length = round(plan["beep_s"] * rate_hz)
        for index in range(length):
            swell = min(1.0, index / rate_hz / _RAMP_S, (length - index) / rate_hz / _RAMP_S)
            turn = 2 * math.pi * frequency_hz * index / rate_hz
            samples.extend([plan["amplitude"] * swell * math.sin(turn)] * channels)
    return samples.tobytes()


def _device(sounddevice: Any, plan: dict[str, Any]) -> dict[str, Any]:
    hosts = [host["name"] for host in sounddevice.query_hostapis()]
    found: dict[str, Any]
    for found in sounddevice.query_devices():
        same_host = not plan["host"] or hosts[found["hostapi"]] == plan["host"]
        if found["name"] == plan["device"] and found["max_output_channels"] and same_host:
            return found
    if plan["device"]:
        raise LookupError(f"PortAudio lists no output {plan['device']!r}")
    found = sounddevice.query_devices(kind="output")
    return found


def _count_wishes(wishes: threading.Semaphore) -> None:
    while sys.stdin.buffer.read(1):
        wishes.release()
    os._exit(0)


def _private_stdout() -> Any:
    # PortAudio and ALSA print to stdout as they like.
    own = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return own


def play(plan: dict[str, Any], tell: Any) -> None:
    """Play the tone each time it is wished for, until the parent goes away."""
    wishes = threading.Semaphore(0)
    threading.Thread(target=_count_wishes, args=(wishes,), daemon=True).start()
    try:
        import sounddevice  # noqa: PLC0415 - needs PortAudio, and its absence is reported

        device = _device(sounddevice, plan)
        rate_hz, channels = int(device["default_samplerate"]), min(2, device["max_output_channels"])
        stream = sounddevice.RawOutputStream(
            samplerate=rate_hz,
            device=device["index"],
            channels=channels,
            dtype="float32",
            latency=_LATENCY_S,
        )
        stream.start()
        beeps = tone(plan, rate_hz, channels)
        silence = bytes(4 * channels * round(_SILENCE_S * rate_hz))
        stream.write(silence)
        tell({"opened": device["name"]})
        while True:
            if wishes.acquire(blocking=False):
                stream.write(beeps)
                tell({"played": True})
            else:
                stream.write(silence)
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent is told
        tell({"failed": f"{type(error).__name__}: {error}"})


def main() -> None:
    """``tone_process.py PLAN``."""
    out = _private_stdout()
    with contextlib.suppress(BrokenPipeError):
        play(json.loads(sys.argv[1]), lambda value: out.write(json.dumps(value) + "\n"))
    os._exit(0)  # not by way of PortAudio's own end, which waits for a server that may be gone


if __name__ == "__main__":
    main()
