"""Whether the screen is fast and light: first paint, keys, processor share, two hours of text.

    python -m benchmarks.screen [--starts 10] [--presses 20] [--seconds 120] [--busy-speed 4]

Starts the real commands in a pseudo-terminal of 80 by 24 and reads what they paint.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks import screen_runs as runs
from benchmarks.measuring import Spent, Spread, progress, spread, this_machine
from benchmarks.reporting import (
    DELAY_COLUMNS,
    FIGURE_COLUMNS,
    Delay,
    Figure,
    Report,
    Row,
    Table,
    arguments,
    number,
    show,
)
from benchmarks.screen_apps import BARE_FIRST, TWO_HOURS
from benchmarks.screen_runs import KEYS, LISTENING, TRANSCRIBED, Taken
from benchmarks.screen_work import work_s

_HARDLY_MOVING = "0.01"  # a speed at which nobody speaks before the keys have been pressed
_LIGHT = 0.05  # what the screen may take of one core

METHOD = f"""
First paint: from starting a command in a pseudo-terminal of 80 by 24 to the moment at which the
words of its first screen have been read from it; the process is then killed. Every start is a new
process with settings of its own; all commands take turns, so that other work on the machine falls
on all alike. One round goes before and is not counted: files are in the system's cache. The last
column is the ratio to a Textual app that shows one line.

Keys: pressed in turns at irregular moments, while the demo is heard and both its channels are
transcribed by the base model; the delay is until the words that the key brings have been read
from the terminal. Opening the help is the most work a key can cause. Nothing to hear: the session
listens to silence, so that this is the screen's own share.

Processor: the clocks of the app's own threads over the same stretch of the demo at natural speed,
from the first words on; the screen is the thread of the app and those that read keys and write to
the terminal. No key is pressed. Without a screen: the same command with --headless.

Two hours: {TWO_HOURS} utterances of the demo's own sentences, told to the real live screen in a
pseudo-terminal by a link that goes on talking twice a second. Inside the app: the work alone,
with the painting of what can be seen, in a terminal of 80 by 24.
"""

COLD_COLUMNS = ("command", "n", "p50 ms", "p95 ms", "most ms", "p95 budget", "ratio")


@dataclass(frozen=True, slots=True)
class Start:
    """How long a command takes to its first screen, or to its end where it has none.

    Attributes:
        what: The command.
        ms: Milliseconds.
        ratio: Its median over that of the bare Textual app.
        budget_p95_ms: What the design allows.
    """

    what: str
    ms: Spread
    ratio: float
    budget_p95_ms: float | None = None

    def cells(self) -> Sequence[str]:
        """As ``COLD_COLUMNS``."""
        measured = (number(value, 0) for value in (self.ms.p50, self.ms.p95, self.ms.most))
        budget, ratio = number(self.budget_p95_ms, 0), number(self.ratio)
        return self.what, str(self.ms.count), *measured, budget, ratio


def starts(rounds: int) -> list[Row]:
    """Each command started ``rounds`` times in turns, after once that is not counted."""
    python, bare = runs.python, "a Textual app with one line, to its paint"
    commands: dict[str, tuple[Callable[[], float], float | None]] = {
        "python -c pass": (lambda: runs.ended_s(python("-c", "pass")), None),
        "python -c 'import textual.app'": (
            lambda: runs.ended_s(python("-c", "import textual.app")),
            None,
        ),
        bare: (
            lambda: runs.painted_s(python("-m", "benchmarks.screen_apps", "bare"), BARE_FIRST),
            None,
        ),
        "interview-copilot --version": (
            lambda: runs.ended_s(python("-m", "copilot", "--version")),
            None,
        ),
        "interview-copilot, to the start screen": (
            lambda: runs.painted_s(python("-m", "copilot"), runs.START_PAINT),
            1000,
        ),
        "interview-copilot demo, to the live screen": (
            lambda: runs.painted_s(runs.demo(), runs.FIRST_PAINT),
            1000,
        ),
    }
    taken: dict[str, list[float]] = {what: [] for what in commands}
    for round_number in range(rounds + 1):
        progress(f"starts, round {round_number} of {rounds}")
        for what, (measure, _) in commands.items():
            taken[what].append(1000 * measure())
    spreads = {what: spread(delays[1:]) for what, delays in taken.items()}
    return [
        Start(what, spreads[what], spreads[what].p50 / spreads[bare].p50, budget)
        for what, (_, budget) in commands.items()
    ]


def keys(presses: int, busy_speed: str) -> tuple[list[Row], list[Row]]:
    """Delays of keys, and how busy each run was."""
    delays: list[Row] = []
    busy: list[Row] = []
    progress("keys, bare app")
    delays.append(_delay("a Textual app with one line", runs.bare_key_delays_s(presses)))
    ways = {
        "nothing to hear": (_HARDLY_MOVING, LISTENING),
        "natural speed": ("1", TRANSCRIBED),
        f"{busy_speed} times as fast": (busy_speed, TRANSCRIBED),
    }
    for how, (speed, after) in ways.items():
        progress(f"keys, {how}")
        by_key, spent = runs.key_delays_s(speed, after, presses)
        if how == "natural speed":
            delays += [_delay(f"{what}, {how}", taken) for what, taken in by_key.items()]
        every = [delay for taken in by_key.values() for delay in taken]
        delays.append(_delay(f"all {len(KEYS)} keys, {how}", every, 20, 50))
        busy.append(_busy(how, spent))
    return delays, busy


def _busy(how: str, spent: Spent) -> Figure:
    return Figure(f"processor time, {how}", spent.processor_s / spent.wall_s, "cores")


def _delay(what: str, taken_s: Sequence[float], *budgets: float) -> Delay:
    return Delay(what, spread([1000 * delay for delay in taken_s]), *budgets)


def processor(seconds: float) -> list[Row]:
    """What the screen takes of the processor, and the session with and without it."""
    progress("processor, with the screen")
    shown = runs.taken_with_screen(seconds)
    progress("processor, without a screen")
    bare = runs.taken_without_screen(seconds)
    return [
        Figure("the screen's threads", 100 * _share(shown.screen_s, shown), "% of one core"),
        Figure("allowed", 100 * _LIGHT, "% of one core"),
        Figure("everything, with the screen", 100 * _share(shown.all_s, shown), "% of one core"),
        Figure("everything, without it", 100 * _share(bare.all_s, bare), "% of one core"),
        Figure("with over without", _share(shown.all_s, shown) / _share(bare.all_s, bare)),
        Figure("seconds of talk", shown.wall_s, "s", 0),
    ]


def _share(seconds: float, taken: Taken) -> float:
    return seconds / taken.wall_s


def two_hours(presses: int) -> list[Row]:
    """Delays with a transcript of two hours."""
    progress("two hours, in a terminal")
    rows: list[Row] = [
        _delay(what, taken, 20, 50) for what, taken in runs.two_hours_s(presses).items()
    ]
    progress("two hours, inside the app")
    inside = asyncio.run(work_s(presses))
    return rows + [_delay(f"inside: {what}", taken) for what, taken in inside.items()]


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--starts", type=int, default=10, help="starts of each (default 10)")
    parser.add_argument("--presses", type=int, default=20, help="presses of each key (default 20)")
    parser.add_argument("--seconds", type=float, default=120, help="of talk (default 120)")
    parser.add_argument("--busy-speed", default="4", help="speed of the busy run (default 4)")
    options = parser.parse_args()
    machine = this_machine()
    tables = []
    if options.starts:
        tables.append(Table("First paint", COLD_COLUMNS, starts(options.starts)))
    if options.presses:
        delays, busy = keys(options.presses, options.busy_speed)
        tables.append(Table("Key pressed → screen changed", DELAY_COLUMNS, delays))
        tables.append(Table("How busy it was", FIGURE_COLUMNS, busy))
        tables.append(Table("A talk of two hours", DELAY_COLUMNS, two_hours(options.presses)))
    if options.seconds:
        tables.append(Table("Processor", FIGURE_COLUMNS, processor(options.seconds)))
    show(Report("screen", METHOD, machine, tables), options)


if __name__ == "__main__":
    main()
