"""From command to first screen, and from key to screen while it transcribes.

    python -m benchmarks.startup [--runs 7] [--keys 40] [--busy-speed 4]

Starts the commands in a pseudo-terminal of 80 by 24 and reads what they paint.
"""

import random
import subprocess
import sys
import time

from benchmarks.measuring import ROOT, Spent, progress, spread, this_machine
from benchmarks.reporting import (
    DELAY_COLUMNS,
    FIGURE_COLUMNS,
    Delay,
    Figure,
    Report,
    Row,
    Table,
    arguments,
    show,
)
from benchmarks.terminal import Terminal

#: Stands in the trust bar from the first paint on.
FIRST_PAINT = "text stays here"
#: Stands in the help that ``?`` opens, and nowhere else.
HELP = "it counts as asked"
#: Stands in the trust bar once the session listens.
LISTENING = "not stored"
#: Stands on the screen once something has been transcribed.
TRANSCRIBED = "Daniel"

_TIMEOUT_S = 60.0
_CLOSING_S = 0.4
_HARDLY_MOVING = "0.01"  # a speed at which nobody speaks before the keys have been pressed

METHOD = f"""
First screen: from starting `python -m copilot demo --no-save` in a pseudo-terminal of 80 by 24 to
the moment at which {FIRST_PAINT!r} of the trust bar has been read from it; the process is then
killed. Version: the whole run of `--version`. Bare Python, `python -c pass`, is what no command can
be faster than. One run of each goes before and is not counted, so files are in the system's cache.

Keys: `?` is pressed at irregular moments; the delay is until the help's text has been read from the
terminal. Esc closes it again. Opening a dialog is the most work a key can cause. Nothing to hear:
the session listens to silence, so that this is the screen's own share. The demo then plays at
natural speed, and so fast that transcription hardly rests, keys coming once its first words are on
the screen. How busy each run kept the processor, start included, stands below.
"""


def first_screen_s() -> float:
    """Seconds from command to first paint."""
    with Terminal(_demo("1")) as terminal:
        return terminal.wait_for(FIRST_PAINT, timeout_s=_TIMEOUT_S) - terminal.started


def run_s(*command: str) -> float:
    """Seconds a whole command takes."""
    began = time.monotonic()
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True)
    return time.monotonic() - began


def key_delays_s(speed: str, after: str, keys: int) -> tuple[list[float], Spent]:
    """Seconds from each press of ``?`` to the help on the screen, and what the run took.

    Args:
        speed: Of the demo.
        after: Text on the screen before which no key is pressed.
        keys: How many are pressed.
    """
    pause = random.Random(0)
    delays: list[float] = []
    with Terminal(_demo(speed)) as terminal:
        terminal.wait_for(after, timeout_s=_TIMEOUT_S)
        for _ in range(keys):
            terminal.watch(pause.uniform(0.2, 0.7))
            pressed = terminal.press("?")
            delays.append(terminal.wait_for(HELP, timeout_s=_TIMEOUT_S) - pressed)
            terminal.watch(0.1)
            terminal.press("\x1b")
            terminal.watch(_CLOSING_S)
    return delays, terminal.spent


def _demo(speed: str) -> list[str]:
    return [sys.executable, "-m", "copilot", "demo", "--no-save", "--speed", speed]


def starts(runs: int) -> list[Delay]:
    """Each command started ``runs`` times, after once that is not counted."""
    commands = {
        "command → first screen painted": (first_screen_s, 700, 1000),
        "interview-copilot --version": (lambda: run_s("-m", "copilot", "--version"), None, None),
        "bare Python": (lambda: run_s("-c", "pass"), None, None),
    }
    rows: list[Delay] = []
    for what, (measure, p50_ms, p95_ms) in commands.items():
        progress(what)
        _, *delays_s = [measure() for _ in range(runs + 1)]
        rows.append(Delay(what, spread([1000 * delay for delay in delays_s]), p50_ms, p95_ms))
    return rows


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--runs", type=int, default=7, help="starts of each command (default 7)")
    parser.add_argument("--keys", type=int, default=40, help="presses of a key (default 40)")
    parser.add_argument("--busy-speed", default="4", help="speed of the busy run (default 4)")
    options = parser.parse_args()
    machine = this_machine()
    delays, busy = starts(options.runs), list[Row]()
    runs = {
        "nothing to hear": (_HARDLY_MOVING, LISTENING),
        "natural speed": ("1", TRANSCRIBED),
        f"{options.busy_speed} times as fast": (options.busy_speed, TRANSCRIBED),
    }
    for how, (speed, after) in runs.items() if options.keys else ():
        progress(f"keys, {how}")
        delays_s, spent = key_delays_s(speed, after, options.keys)
        what = f"key pressed → screen changed, {how}"
        delays.append(Delay(what, spread([1000 * delay for delay in delays_s]), 20, 50))
        busy.append(Figure(f"processor time, {how}", spent.processor_s / spent.wall_s, "cores"))
    tables = [
        Table("Delays in a terminal of 80 by 24", DELAY_COLUMNS, delays),
        Table("How busy it was", FIGURE_COLUMNS, busy),
    ]
    show(Report("startup", METHOD, machine, tables), options)


if __name__ == "__main__":
    main()
