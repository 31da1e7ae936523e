"""One input, tapped by a process of its own; run as a script, never imported by the app.

A process of its own, because PortAudio knows only the devices it saw when it started, because a
sound server that hangs hangs whoever calls it, and because nothing the app does (a garbage
collection, a model being loaded) can then delay the audio callback. It imports nothing of ours, so
that it is small and starts at once. The parent is told everything through stdout, in packets of
a header and a payload; when the parent goes away, stdin ends and so does this.
"""

import collections
import contextlib
import json
import os
import struct
import sys
import threading
import time
from typing import Any

#: Kind, payload bytes, time of the first frame in seconds, frames dropped so far, overflows so far.
HEADER = struct.Struct("<BxxxIdII")
OPENED, SOUND, ALIVE, FAILED = 1, 2, 3, 4

_RING_S = 120.0  # what is kept for a parent that does not read
_PERIOD_S = 0.05
_POLL_S = 0.02
_ALIVE_S = 0.1

_BOOTTIME = getattr(time, "CLOCK_BOOTTIME", None)


def _now_s() -> float:
    # The same clock as copilot.audio.capture.clock, which is not imported here.
    return time.monotonic() if _BOOTTIME is None else time.clock_gettime(_BOOTTIME)


class Ring:
    """Frames on their way from the callback to the pipe; bounded, and what it drops is counted."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._blocks: collections.deque[tuple[float, bytes]] = collections.deque()
        self._frames = 0
        self._taken = 0
        self.dropped = 0
        self.overflows = 0

    def put(self, data: Any, frames: int, *, overflowed: bool) -> None:
        """Called by the audio callback: copies, and does nothing else."""
        if overflowed:
            self.overflows += 1
        if self._frames - self._taken > _RING_S * self._rate_hz:
            self.dropped += frames
            return
        self._blocks.append((_now_s() - frames / self._rate_hz, bytes(data)))
        self._frames += frames

    def take(self, bytes_per_frame: int) -> tuple[float, bytes] | None:
        """The oldest block and the time of its first frame."""
        if not self._blocks:
            return None
        stamp, data = self._blocks.popleft()
        self._taken += len(data) // bytes_per_frame
        return stamp, data


def _open_sounddevice(plan: dict[str, Any], ring: Ring, ended: threading.Event) -> Any:
    import sounddevice  # noqa: PLC0415 - needs PortAudio, and its absence is reported

    def callback(data: Any, frames: int, times: Any, status: Any) -> None:
        del times  # what the host claims about ages jumps when an output begins to play
        ring.put(data, frames, overflowed=status.input_overflow)

    stream = sounddevice.RawInputStream(
        samplerate=plan["rate_hz"],
        blocksize=round(plan["rate_hz"] * _PERIOD_S),
        device=_device_index(sounddevice, plan),
        channels=plan["channels"],
        dtype="int16",
        callback=callback,
        finished_callback=ended.set,
    )
    stream.start()
    return stream


def _device_index(sounddevice: Any, plan: dict[str, Any]) -> int:
    hosts = [host["name"] for host in sounddevice.query_hostapis()]
    for index, device in enumerate(sounddevice.query_devices()):
        same_host = not plan["host"] or hosts[device["hostapi"]] == plan["host"]
        if device["name"] == plan["device"] and device["max_input_channels"] and same_host:
            return index
    raise LookupError(f"PortAudio lists no input {plan['device']!r}")


def _open_loopback(plan: dict[str, Any], ring: Ring, ended: threading.Event) -> Any:
    """WASAPI loopback by PyAudioWPatch, on Windows alone; PortAudio itself cannot."""
    import pyaudiowpatch as pyaudio  # type: ignore[import-not-found] # noqa: PLC0415

    audio = pyaudio.PyAudio()
    device = next(
        (d for d in audio.get_loopback_device_info_generator() if d["name"] == plan["device"]), None
    )
    if device is None:
        ended.set()
        raise LookupError(f"WASAPI lists no loopback of {plan['device']!r}")

    def callback(data: bytes, frames: int, times: Any, status: int) -> tuple[None, int]:
        del times
        ring.put(data, frames, overflowed=bool(status & pyaudio.paInputOverflow))
        return None, pyaudio.paContinue

    return audio.open(
        format=pyaudio.paInt16,
        channels=plan["channels"],
        rate=plan["rate_hz"],
        input=True,
        input_device_index=device["index"],
        frames_per_buffer=round(plan["rate_hz"] * _PERIOD_S),
        stream_callback=callback,
    )


def listing() -> list[dict[str, Any]]:
    """What PortAudio lists, as plain data."""
    import sounddevice  # noqa: PLC0415

    hosts = sounddevice.query_hostapis()
    return [
        {
            "name": device["name"],
            "host": hosts[device["hostapi"]]["name"],
            "channels": device["max_input_channels"],
            "rate_hz": int(device["default_samplerate"]),
            "is_default": hosts[device["hostapi"]]["default_input_device"] == index
            and device["hostapi"] == sounddevice.query_devices(kind="input")["hostapi"],
        }
        for index, device in enumerate(sounddevice.query_devices())
        if device["max_input_channels"]
    ]


class _Pipe:
    """Packets to the parent."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        # PortAudio and ALSA print to stdout and stderr as they like; packets keep a pipe to
        # themselves.
        self._file = os.fdopen(os.dup(1), "wb", buffering=0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def send(self, kind: int, payload: bytes = b"", stamp: float = 0.0) -> None:
        ring = self._ring
        data = HEADER.pack(kind, len(payload), stamp, ring.dropped, ring.overflows) + payload
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) :]

    def tell(self, kind: int, **values: Any) -> None:
        self.send(kind, json.dumps(values).encode())


def _leave_with_parent() -> None:
    while sys.stdin.buffer.read(1):
        pass
    os._exit(0)


def tap(plan: dict[str, Any]) -> None:
    """Send the input's sound until it ends or the parent goes away."""
    ring = Ring(plan["rate_hz"])
    pipe = _Pipe(ring)
    ended = threading.Event()
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    opener = _open_loopback if plan["library"] == "pyaudiowpatch" else _open_sounddevice
    try:
        stream = opener(plan, ring, ended)
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent is told
        pipe.tell(FAILED, reason=f"{type(error).__name__}: {error}")
        return
    pipe.tell(OPENED)
    bytes_per_frame = 2 * plan["channels"]
    alive_at = 0.0
    while True:
        over = ended.wait(_POLL_S)
        while (block := ring.take(bytes_per_frame)) is not None:
            pipe.send(SOUND, block[1], block[0])
        if over:
            pipe.tell(FAILED, reason="the device stopped delivering")
            return
        if (now := _now_s()) >= alive_at:
            alive_at = now + _ALIVE_S
            pipe.send(ALIVE, stamp=now)
        del block
        _ = stream  # kept, or the stream would be closed


def main() -> None:
    """``tap_process.py PLAN`` taps, ``tap_process.py --list`` lists."""
    if sys.argv[1] == "--list":
        sys.stdout.write(json.dumps(listing()))
        return
    with contextlib.suppress(BrokenPipeError):
        tap(json.loads(sys.argv[1]))
    os._exit(0)  # not by way of PortAudio's own end, which waits for a server that may be gone


if __name__ == "__main__":
    main()
