"""What a transcript of two hours costs inside the app: the work itself, painting included."""

import time
from collections.abc import Callable
from functools import partial

from textual.app import App, ComposeResult
from textual.geometry import Region

from benchmarks.measuring import ROOT
from benchmarks.screen_apps import TWO_HOURS
from copilot.events import Channel, Utterance, UtteranceHeard, event_from_json
from copilot.tui.transcript.entry import said
from copilot.tui.transcript.view import TranscriptView


class _App(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.view = TranscriptView()

    def compose(self) -> ComposeResult:
        yield self.view


async def work_s(rounds: int) -> dict[str, list[float]]:
    """Seconds each kind of work takes, by what it is."""
    texts = _texts()
    entries = [said(_utterance(number, texts)) for number in range(TWO_HOURS)]
    app = _App()
    taken: dict[str, list[float]] = {}
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        for round_number in range(rounds):

            def note(what: str, work: Callable[[], object]) -> None:
                began = time.perf_counter()
                work()
                view.render_lines(Region(0, 0, *view.size))
                taken.setdefault(what, []).append(time.perf_counter() - began)

            view.set_entries([])
            note("read again: all utterances set", lambda: view.set_entries(entries))
            await pilot.pause()
            note("search, the first", lambda: view.search("servers"))
            note("search, a letter more", lambda: view.search("servers w"))
            note("search for one letter", lambda: view.search("e"))
            note("to the next match", view.next_match)
            note("search ended", view.clear_search)
            width = 60 + round_number % 2 * 40
            await pilot.resize_terminal(width, 24)
            note("another width", partial(_rewrap, view, width))
            await pilot.pause()
    return taken


def _rewrap(view: TranscriptView, width: int) -> None:
    view._lines.set_width(width - 5)  # noqa: SLF001
    view._lines.set_width(width - 1)  # noqa: SLF001


def _texts() -> list[str]:
    lines = (ROOT / "tests" / "tui" / "demo-events.jsonl").read_bytes().splitlines()
    events = map(event_from_json, lines)
    return [event.utterance.text for event in events if isinstance(event, UtteranceHeard)]


def _utterance(number: int, texts: list[str]) -> Utterance:
    return Utterance(
        id=f"u{number}",
        channel=Channel.INTERVIEWER if number % 3 == 0 else Channel.CANDIDATE,
        start_s=number * 2.88,
        end_s=number * 2.88 + 2,
        text=texts[number % len(texts)],
    )
