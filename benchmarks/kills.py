"""`kill -9` at random moments: how much sound and how many events a live session loses.

    python -m benchmarks.kills --rounds 50

Each round starts `interview-copilot live` on a private PulseAudio server, on which speech plays on
both sides, kills it at a random moment, and looks at what is on disk. Every third time it resumes
the session before instead of beginning one, so that resumed sessions are killed too.
"""

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import soundfile

from benchmarks.soak import split_demo
from copilot.store import SessionFolder
from tests.sound_server import ROOM, SoundServer


@dataclass
class Live:
    """A running session and what it has printed."""

    process: "subprocess.Popen[str]"
    printed: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    attached: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if not line.endswith("\n"):
                break  # cut off by the kill
            event = json.loads(line)
            self.printed.append((time.monotonic(), event))
            if event["type"] == "channel_attached":
                self.attached.set()


@dataclass(frozen=True)
class Round:
    """What one kill left.

    Attributes:
        resumed: Whether it was a session gone on with.
        after_s: How long after the devices were attached it was killed.
        recorded_s: Seconds on disk, by channel.
        lost_s: Seconds heard until the kill that are not on disk, device latency included.
        printed: Events told before the kill.
        lost_events: Those of them that the journal lacks.
        readable: Whether journal and recordings can be read.
    """

    resumed: bool
    after_s: float
    recorded_s: tuple[float, float]
    lost_s: float
    printed: int
    lost_events: int
    readable: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        rounds = run(Path(name), options.rounds, chance)
    report(rounds)


def run(folder: Path, count: int, chance: random.Random) -> list[Round]:
    server = SoundServer(folder)
    server.start()
    environment = {
        **os.environ,
        **{k: v for k, v in server.environment.items() if k != "HOME"},
        "INTERVIEW_COPILOT_DATA": str(folder / "data"),
    }
    sides = split_demo(folder)
    rounds: list[Round] = []
    try:
        for number in range(count):
            server.silence()
            for sink, path in sides.items():
                server.play(sink, path)
            rounds.append(one(folder, environment, chance, resumed=number % 3 == 2))
            print_round(number + 1, rounds[-1])
    finally:
        server.close()
    return rounds


def one(
    folder: Path, environment: dict[str, str], chance: random.Random, *, resumed: bool
) -> Round:
    command = ["live", "--role", "director-it-operations", "--consent", "given"]
    if resumed:
        command = ["sessions", "resume", "last"]
    process = subprocess.Popen(
        [sys.executable, "-m", "copilot", *command, "--mic", f"{ROOM}.monitor", "--headless"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    live = Live(process)
    reader = threading.Thread(target=live.read)
    reader.start()
    if not live.attached.wait(60):
        process.kill()
        raise RuntimeError("the devices were never attached")
    after_s = chance.uniform(0.0, 10.0)
    session = max((folder / "data" / "sessions").iterdir())
    began_at = watch(session / "candidate.wav", after_s)
    process.kill()
    killed_at = time.monotonic()
    process.wait()
    reader.join()
    # Events and bytes come a little after the sound, so the least difference is nearest the truth.
    told_at = min(at - event["at_s"] for at, event in live.printed)
    return judge(session, live, killed_at - min(began_at, told_at), after_s, resumed=resumed)


def watch(recording: Path, seconds: float) -> float:
    """When the session began, by the growth of its recording, which is watched for a while."""
    until = time.monotonic() + seconds
    began_at = math.inf
    while (now := time.monotonic()) < until:
        began_at = min(began_at, now - (recording.stat().st_size - 44) / 32_000)
        time.sleep(0.01)
    return began_at


def judge(session: Path, live: Live, heard_s: float, after_s: float, *, resumed: bool) -> Round:
    events = [event for _, event in live.printed]
    try:
        kept = SessionFolder(session).read_journal().events
        lengths = tuple(
            soundfile.info(session / f"{name}.wav").duration
            for name in ("interviewer", "candidate")
        )
        readable = True
    except Exception as error:  # noqa: BLE001 - what is unreadable is a finding, not a crash of the benchmark
        print(f"    {type(error).__name__}: {error}")
        kept, lengths, readable = (), (0.0, 0.0), False
    return Round(
        resumed,
        after_s,
        (lengths[0], lengths[1]),
        heard_s - min(lengths),
        len(events),
        sum(event["seq"] > len(kept) for event in events),
        readable,
    )


def print_round(number: int, done: Round) -> None:
    print(
        f"{number:>3}  {'resumed' if done.resumed else 'new':<8}{done.after_s:5.2f} s"
        f"   {done.recorded_s[0]:7.2f} s {done.recorded_s[1]:7.2f} s   lost {done.lost_s:5.2f} s"
        f"   events {done.printed:>3}, lost {done.lost_events}"
        f"   {'whole' if done.readable else 'BROKEN'}",
        flush=True,
    )


def report(rounds: list[Round]) -> None:
    lost = sorted(done.lost_s for done in rounds)
    print(f"\nkills                         {len(rounds)}")
    print(f"sound lost, median and most   {lost[len(lost) // 2]:.2f} s, {lost[-1]:.2f} s")
    print(
        f"events told, lost             {sum(r.printed for r in rounds)}, "
        f"{sum(r.lost_events for r in rounds)}"
    )
    print(f"unreadable sessions           {sum(not r.readable for r in rounds)}")
    print(
        f"unequal channels              {sum(r.recorded_s[0] != r.recorded_s[1] for r in rounds)}"
    )


if __name__ == "__main__":
    main()
