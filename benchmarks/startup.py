"""From command to first screen, and from key to screen while it transcribes.

    python -m benchmarks.startup [--runs 7] [--keys 40]

Starts the commands in a pseudo-terminal of 80 by 24 and reads what they paint.
"""

import random
import subprocess
import sys
import time

from benchmarks.measuring import ROOT, progress, spread, this_machine
from benchmarks.reporting import DELAY_COLUMNS, Delay, Report, Table, arguments, show
from benchmarks.terminal import Terminal

#: Stands in the trust bar from the first paint on.
FIRST_PAINT = "text stays here"
#: Stands in the help that ``?`` opens, and nowhere else.
HELP = "it counts as asked"
#: Stands on the screen once something has been transcribed.
TRANSCRIBED = "Daniel"

_TIMEOUT_S = 60.0
_CLOSING_S = 0.4

METHOD = f"""
First screen: from starting `python -m copilot demo --no-save` in a pseudo-terminal of 80 by 24 to
the moment at which {FIRST_PAINT!r} of the trust bar has been read from it; the process is then
killed. Version: the whole run of `--version`. Bare Python, `python -c pass`, is what no command can
be faster than. One run of each goes before and is not counted, so files are in the system's cache.

Keys: the demo plays faster than it can be transcribed, so that a transcription is always running.
Once its first words are on the screen, `?` is pressed at irregular moments; the delay is until the
help's text has been read from the terminal. Esc closes it again.
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


def key_delays_s(speed: str, keys: int) -> list[float]:
    """Seconds from each press of ``?`` to the help on the screen."""
    pause = random.Random(0)
    delays: list[float] = []
    with Terminal(_demo(speed)) as terminal:
        terminal.wait_for(TRANSCRIBED, timeout_s=_TIMEOUT_S)
        for _ in range(keys):
            terminal.watch(pause.uniform(0.2, 0.7))
            pressed = terminal.press("?")
            delays.append(terminal.wait_for(HELP, timeout_s=_TIMEOUT_S) - pressed)
            terminal.watch(0.1)
            terminal.press("\x1b")
            terminal.watch(_CLOSING_S)
    return delays


def _demo(speed: str) -> list[str]:
    return [sys.executable, "-m", "copilot", "demo", "--no-save", "--speed", speed]


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--runs", type=int, default=7, help="starts of each command (default 7)")
    parser.add_argument("--keys", type=int, default=40, help="presses of a key (default 40)")
    parser.add_argument("--key-speed", default="4", help="speed of the demo meanwhile (default 4)")
    options = parser.parse_args()
    machine = this_machine()
    starts = {
        "command → first screen painted": (first_screen_s, 700, 1000),
        "interview-copilot --version": (lambda: run_s("-m", "copilot", "--version"), None, None),
        "bare Python": (lambda: run_s("-c", "pass"), None, None),
    }
    rows: list[Delay] = []
    for what, (measure, p50_ms, p95_ms) in starts.items():
        progress(what)
        _, *delays_s = [measure() for _ in range(options.runs + 1)]
        rows.append(Delay(what, spread([1000 * delay for delay in delays_s]), p50_ms, p95_ms))
    if options.keys:
        progress("keys while transcribing")
        delays_s = key_delays_s(options.key_speed, options.keys)
        what = "key pressed → screen changed, transcribing"
        rows.append(Delay(what, spread([1000 * delay for delay in delays_s]), 20, 50))
    table = Table("Delays in a terminal of 80 by 24", DELAY_COLUMNS, rows)
    show(Report("startup", METHOD, machine, [table]), options)


if __name__ == "__main__":
    main()
