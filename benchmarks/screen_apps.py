"""What `benchmarks.screen` runs in its pseudo-terminals, beside the commands themselves.

python -m benchmarks.screen_apps bare
python -m benchmarks.screen_apps clocks FILE COMMAND …
python -m benchmarks.screen_apps two-hours FILE
"""

import itertools
import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from benchmarks.measuring import ROOT

if TYPE_CHECKING:
    from copilot.audio import Source
    from copilot.engine.setup import SessionSetup

#: Utterances of a talk of two hours.
TWO_HOURS = 2500
#: Painted by ``bare`` at first, and after each key.
BARE_FIRST, BARE_PRESSED = "bare screen", "pressed"
#: Painted by ``two-hours`` once all of it is there.
TWO_HOURS_READY = f"utterance {TWO_HOURS}"
_SPACING_S = 7200 / TWO_HOURS
_APPENDED_EVERY_S = 0.4


def run_bare() -> None:
    """An app that shows one line and another one after a key: what no app can be faster than."""
    from textual.app import App, ComposeResult  # noqa: PLC0415 - only this run may load it
    from textual.widgets import Static  # noqa: PLC0415

    class Bare(App[None]):
        BINDINGS: ClassVar = [("x", "press", "Press")]
        _pressed = 0

        def compose(self) -> ComposeResult:
            yield Static(BARE_FIRST)

        def action_press(self) -> None:
            self._pressed += 1
            self.query_one(Static).update(f"{BARE_PRESSED} {self._pressed}")

    Bare().run()


def run_with_clocks(file: Path, command: list[str]) -> int:
    """Run a command of the app, writing down twice a second what each of its threads has taken."""
    from copilot.cli.main import main  # noqa: PLC0415 - as the command itself does

    threading.Thread(target=_write_clocks, args=(file,), name="clocks", daemon=True).start()
    return main(command)


def _write_clocks(file: Path) -> None:
    with file.open("w", encoding="utf-8") as out:
        while True:
            out.write(json.dumps([time.monotonic(), time.process_time(), _clocks()]) + "\n")
            out.flush()
            time.sleep(0.5)


def _clocks() -> dict[str, float]:
    """Processor seconds of each thread that Python knows, by name."""
    taken: dict[str, float] = {}
    for thread in threading.enumerate():
        if thread.ident is None:
            continue
        try:
            clock = time.pthread_getcpuclockid(thread.ident)
            taken[thread.name] = taken.get(thread.name, 0.0) + time.clock_gettime(clock)
        except OSError:
            continue  # it has just ended
    return taken


def run_two_hours(file: Path) -> None:
    """The app at the end of a talk of two hours, which goes on; sending times are written down."""
    from copilot.events import (  # noqa: PLC0415
        Channel,
        Event,
        Utterance,
        UtteranceHeard,
        event_from_json,
    )
    from copilot.tui.app import CopilotApp  # noqa: PLC0415
    from copilot.tui.link import Link, SessionReady  # noqa: PLC0415

    lines = (ROOT / "tests" / "tui" / "demo-events.jsonl").read_bytes().splitlines()
    recorded = [event_from_json(line) for line in lines]
    texts = [event.utterance.text for event in recorded if isinstance(event, UtteranceHeard)]

    def events() -> Iterator[Event]:
        yield from recorded[:2]  # what the session is, and consent
        for number in itertools.count(1):
            at_s = recorded[1].at_s + number * _SPACING_S
            heard = Utterance(
                id=f"u{number}",
                channel=Channel.INTERVIEWER if number % 3 == 0 else Channel.CANDIDATE,
                start_s=at_s - 2,
                end_s=at_s,
                text=f"utterance {number} {texts[number % len(texts)]}",
            )
            yield UtteranceHeard(seq=number + 2, at_s=at_s, utterance=heard)

    class LongLink(Link):
        def start(self, screen: object) -> None:
            self._screen = screen  # type: ignore[assignment]
            threading.Thread(target=self._tell, name="talk", daemon=True).start()

        def _tell(self) -> None:
            self._post(SessionReady(duration_s=None, kept=False))
            told = events()
            for event in itertools.islice(told, TWO_HOURS + 2):
                self.on_event(event)
            with file.open("w", encoding="utf-8") as out:
                for event in told:
                    time.sleep(_APPENDED_EVERY_S)
                    out.write(f"{event.seq - 2} {time.monotonic()}\n")
                    out.flush()
                    self.on_event(event)

    class LongApp(CopilotApp):
        def __init__(self) -> None:
            super().__init__(_never)
            self.live._link = self.link = LongLink(_never)  # noqa: SLF001

    LongApp().run()


def _never() -> "tuple[SessionSetup, Source]":
    raise AssertionError("nothing is prepared here")


def main() -> int:
    """Run one of them."""
    match sys.argv[1:]:
        case ["bare"]:
            run_bare()
        case ["clocks", file, *command]:
            return run_with_clocks(Path(file), command)
        case ["two-hours", file]:
            run_two_hours(Path(file))
        case _:
            sys.exit(__doc__)
    return 0


if __name__ == "__main__":
    sys.exit(main())
