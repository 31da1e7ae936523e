"""The review screen on the stored demo interview."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from copilot.audio.files import probe, read_16k
from copilot.audio.recorder import Recorder
from copilot.events import Channel, Event
from copilot.paths import demo_folder
from copilot.store import SessionFolder
from copilot.tui.review.app import ReviewApp
from copilot.tui.review.points_pane import PointsPane
from copilot.tui.review.screen import ReviewScreen
from copilot.tui.transcript.view import TranscriptView
from tests.review.stored import keep
from tests.tui.recorded import demo_events, until_it_holds


def stored_demo(events: Iterable[Event] | None = None) -> SessionFolder:
    """The demo interview in the store, without its sound."""
    return keep(demo_events() if events is None else events)


def with_sound(folder: SessionFolder) -> SessionFolder:
    """The same with the sound that ships."""
    recorders = [Recorder(folder.audio_path(channel)) for channel in Channel]
    for frames in read_16k(probe(demo_folder() / "interview.ogg")):
        for number, recorder in enumerate(recorders):
            recorder.write(frames[:, number])
    for recorder in recorders:
        recorder.close()
    return folder


def screen_of(app: ReviewApp) -> ReviewScreen:
    """The review screen, wherever it lies in the stack."""
    return next(each for each in app.screen_stack if isinstance(each, ReviewScreen))


@asynccontextmanager
async def reviewing(
    folder: SessionFolder, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[ReviewApp, Pilot[None]]]:
    """The app with a session open; left at the end, so that what was changed is on disk."""
    app = ReviewApp(folder)
    async with app.run_test(size=size) as pilot:
        await until_it_holds(
            pilot,
            lambda: isinstance(app.screen, ReviewScreen) and app.screen._opened is not None,
        )
        await pilot.pause()
        yield app, pilot


async def on_point(app: ReviewApp, pilot: Pilot[None], item: str) -> None:
    """Walk to a point or flag of the question that is shown."""
    pane = screen_of(app).query_one(PointsPane)
    pane.focus()
    for _ in range(pane.option_count):
        if pane.current is not None and pane.current.id == item:
            return
        await pilot.press("down")
        await pilot.pause()
    raise AssertionError(f"there is no {item}")


def transcript(app: ReviewApp) -> TranscriptView:
    """The words."""
    return screen_of(app).query_one(TranscriptView)


def in_style(app: ReviewApp, part: str) -> str:
    """What of the transcript stands in the style of ``part`` on the screen."""
    view = transcript(app)
    wanted = view.get_component_rich_style(f"transcript--{part}", partial=True)
    rows = [view.render_line(y) for y in range(view.size.height)]
    return " ".join(
        segment.text.strip()
        for row in rows
        for segment in row
        if segment.style is not None and segment.style + wanted == segment.style
    )
