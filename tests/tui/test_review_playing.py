"""From any line and any quote of a stored session one hears what was said."""

import numpy as np
import pytest

from copilot.audio.recording import RecordingSource
from copilot.events import Channel
from copilot.paths import demo_folder
from copilot.tui.review.status_pane import StatusPane
from tests.audio.capture.conftest import envelope, found_at
from tests.audio.test_playback import Ear, ear  # noqa: F401
from tests.sound_server import sound_server  # noqa: F401
from tests.tui.recorded import toasts, until_it_holds, until_shown
from tests.tui.reviewing import (
    on_point,
    reviewing,
    screen_of,
    stored_demo,
    transcript,
    with_sound,
)

RATE_HZ = 16_000


def _conversation(begin_s: float, end_s: float):
    source = RecordingSource.from_file(demo_folder() / "interview.ogg", speed=float("inf"))
    heard = []
    for block in source.blocks():
        heard.append(sum(block.samples[channel] for channel in Channel))
        if block.end_s > end_s:
            break
    return np.concatenate(heard)[round(begin_s * RATE_HZ) : round(end_s * RATE_HZ)]


def _is_heard(ear: Ear, wanted) -> bool:  # noqa: F811
    shape, so_far = envelope(wanted), envelope(ear.samples)
    return len(so_far) >= len(shape) and found_at(shape, so_far)[1] > 0.9


async def _until_heard(pilot, ear: Ear, wanted) -> None:  # noqa: F811
    """Until it was heard whole; how long a device takes to begin differs."""
    await until_it_holds_for(pilot, lambda: _is_heard(ear, wanted))


async def until_it_holds_for(pilot, holds) -> None:
    """As long as sound takes."""
    for _ in range(600):
        await pilot.pause(0.1)
        if holds():
            return
    raise AssertionError("it never came to that")


async def test_a_line_is_heard_from_its_begin_until_it_is_stopped(ear: Ear) -> None:  # noqa: F811
    async with reviewing(with_sound(stored_demo())) as (app, pilot):
        cursor = transcript(app).cursor
        assert cursor is not None
        at_s = transcript(app).entries[cursor].at_s
        assert at_s is not None
        await pilot.press("space")
        await until_shown(pilot, "▶ 2:40")
        await _until_heard(pilot, ear, _conversation(at_s, at_s + 3.0))
        await pilot.press("space")
        await pilot.pause()
        assert "▶" not in str(screen_of(app).query_one(StatusPane).render())


async def test_a_quote_is_heard_alone(ear: Ear) -> None:  # noqa: F811
    wanted = _conversation(188.5, 190.5)
    async with reviewing(with_sound(stored_demo())) as (app, pilot):
        await pilot.press("3")
        await on_point(app, pilot, "approval")
        for _ in range(5):  # on a busy machine the sound server drops some of it now and then
            await pilot.press("enter")
            await until_it_holds_for(pilot, lambda: _is_playing(app))
            await until_it_holds_for(pilot, lambda: not _is_playing(app))
            player = screen_of(app)._player
            assert player is not None
            assert player.position_s < 195
            if _is_heard(ear, wanted):
                return
    raise AssertionError("the quote was never heard whole")


def _is_playing(app) -> bool:
    player = screen_of(app)._player
    return player is not None and player.playing


async def test_a_session_without_sound_says_so() -> None:
    async with reviewing(stored_demo()) as (app, pilot):
        await pilot.press("space")
        await until_it_holds(pilot, lambda: "No sound is stored" in toasts(app))


async def test_a_machine_without_an_output_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    async with reviewing(with_sound(stored_demo())) as (app, pilot):
        await pilot.press("space")
        await until_it_holds_for(pilot, lambda: "play" in toasts(app))
        assert screen_of(app)._looking is None
