"""A long live session on a real sound server: memory, gaps, lag and alignment from start to end.

    python -m benchmarks.soak --minutes 120

Two null sinks of a private PulseAudio server play the demo's two sides over and over, at natural
speed; `interview-copilot live` captures them as in a call. Nothing is sped up.
"""

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from copilot.audio.files import probe, read_16k
from copilot.paths import demo_folder
from tests.sound_server import CALL, ROOM, SoundServer

_SAMPLE_EVERY_S = 10.0
OPTIONS = [
    *("--role", "director-it-operations", "--mic", f"{ROOM}.monitor"),
    *("--headless", "--consent", "given"),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=120.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        soak(Path(folder), options.minutes * 60)


def soak(folder: Path, seconds: float) -> None:
    server = SoundServer(folder)
    server.start()
    environment = {
        **os.environ,
        **server.environment,
        "INTERVIEW_COPILOT_DATA": str(folder / "data"),
    }
    environment["HOME"] = os.environ.get("HOME", str(folder))
    sides = split_demo(folder)
    live = subprocess.Popen(
        [sys.executable, "-m", "copilot", "live", *OPTIONS],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    events: list[tuple[float, dict[str, Any]]] = []
    reader = threading.Thread(target=read, args=(live, events), daemon=True)
    reader.start()
    memory: list[tuple[float, float, float]] = []
    try:
        play_and_watch(server, sides, live, memory, seconds)
    finally:
        live.send_signal(signal.SIGINT)
        live.wait(timeout=600)
        reader.join(timeout=60)
        server.close()
    report(folder, sides, events, memory)


def split_demo(folder: Path) -> dict[str, Path]:
    samples, rate_hz = soundfile.read(demo_folder() / "interview.ogg", dtype="float32")
    paths = {ROOM: folder / "interviewer.wav", CALL: folder / "candidate.wav"}
    for index, path in enumerate(paths.values()):
        soundfile.write(path, samples[:, index], rate_hz)
    return paths


def read(live: "subprocess.Popen[str]", events: list[tuple[float, dict[str, Any]]]) -> None:
    assert live.stdout is not None
    events.extend((time.monotonic(), json.loads(line)) for line in live.stdout)


def play_and_watch(
    server: SoundServer,
    sides: dict[str, Path],
    live: "subprocess.Popen[str]",
    memory: list[tuple[float, float, float]],
    seconds: float,
) -> None:
    began = time.monotonic()
    while time.monotonic() - began < seconds and live.poll() is None:
        players = [server.play(sink, path) for sink, path in sides.items()]
        while any(player.poll() is None for player in players):
            time.sleep(_SAMPLE_EVERY_S)
            spent = time.monotonic() - began
            memory.append((spent, resident_mb(live.pid), tap_mb(live.pid)))
            if spent > seconds or live.poll() is not None:
                return


def resident_mb(pid: int) -> float:
    """Memory of a process, 0 once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def tap_mb(pid: int) -> float:
    """Memory of the processes that a process has started."""
    children: set[str] = set()
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):  # the thread has ended meanwhile
            children |= set((task / "children").read_text().split())
    return sum(resident_mb(int(child)) for child in children)


def report(
    folder: Path,
    sides: dict[str, Path],
    events: list[tuple[float, dict[str, Any]]],
    memory: list[tuple[float, float, float]],
) -> None:
    kinds = [event["type"] for _, event in events]
    ended = next(event for _, event in events if event["type"] == "session_ended")
    session = next((folder / "data" / "sessions").iterdir())
    lengths = {path.stem: soundfile.info(path).duration for path in session.glob("*.wav")}
    lags = [
        event["at_s"] - event["utterance"]["end_s"]
        for _, event in events
        if event["type"] == "utterance_heard"
    ]
    settled = [rss for at_s, rss, _ in memory if at_s > 300] or [rss for _, rss, _ in memory]
    print(
        f"session                    {ended['duration_s'] / 60:.1f} min, ended: {ended['reason']}"
    )
    print(f"recordings                 {lengths}")
    print(
        f"memory after 5 min, end    {np.mean(settled[:6]):.0f} MB, {np.mean(settled[-6:]):.0f} MB"
    )
    print(f"memory peak                {max(rss for _, rss, _ in memory):.0f} MB")
    print(f"both taps, end             {memory[-1][2]:.0f} MB")
    print(f"utterances                 {kinds.count('utterance_heard')}")
    half = len(lags) // 2
    first, second = np.median(lags[:half]), np.median(lags[half:])
    print(
        f"last word to text, median  {first:.2f} s in the first half, {second:.2f} s in the second"
    )
    print(f"devices lost               {kinds.count('channel_lost')}")
    gaps = [event for _, event in events if event["type"] == "audio_gap"]
    missing_s = sum(gap["end_s"] - gap["start_s"] for gap in gaps)
    print(f"gaps                       {len(gaps)}, {missing_s:.2f} s")
    for gap in gaps[:20]:
        print(f"    {gap['channel']} {gap['start_s']:.2f} to {gap['end_s']:.2f} {gap['cause']}")
    print(f"alarms                     {kinds.count('alarm_raised')}")
    print(f"disk troubles              {kinds.count('disk_troubled')}")
    print("interviewer's channel against the candidate's, first round = 0:")
    for at_s, apart_ms in apart(session, sides):
        print(f"    {at_s / 60:6.1f} min  {apart_ms:+7.1f} ms")


def apart(session: Path, sides: dict[str, Path]) -> list[tuple[float, float]]:
    """How far the channels are apart in each round, in ms, against the first round.

    Players are started one right after the other, so a few milliseconds are theirs.
    """
    ours = rounds(session / "interviewer.wav", sides[ROOM])
    theirs = rounds(session / "candidate.wav", sides[CALL])
    # A round that is found on one side alone is left out.
    both = [(a, b) for a in ours for b in theirs if abs(a - b - (ours[0] - theirs[0])) < 5]
    return [(a, 1000 * ((a - b) - (both[0][0] - both[0][1]))) for a, b in both]


def rounds(recorded: Path, played: Path) -> list[float]:
    """When the loudest twenty seconds of the played file begin in the recording, round by round."""
    heard, rate_hz = soundfile.read(recorded, dtype="float32")
    clip = np.concatenate(list(read_16k(probe(played))))[:, 0]
    size = 20 * rate_hz
    total = np.concatenate([[0.0], np.cumsum(clip.astype(np.float64) ** 2)])
    loudest = int(np.argmax(total[size:] - total[:-size]))
    key = clip[loudest : loudest + size]
    found: list[float] = []
    start = 0
    while len(part := heard[start : start + len(clip) + size]) > size:
        bits = 1 << (len(part) + size - 1).bit_length()
        scores = np.fft.irfft(np.fft.rfft(part, bits) * np.conj(np.fft.rfft(key, bits)), bits)
        at = int(np.argmax(scores[: len(part) - size + 1]))
        there = part[at : at + size]
        if scores[at] < 0.5 * float(np.linalg.norm(there) * np.linalg.norm(key)):
            start += len(clip)
            continue
        found.append((start + at) / rate_hz)
        start += at + size
    return found


if __name__ == "__main__":
    main()
