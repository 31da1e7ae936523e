"""A rehearsal hears a recording in the live screen: no microphone is opened and nothing is kept."""

import pytest

from copilot.errors import AudioFileError
from copilot.events import Channel, ConsentDecision
from copilot.paths import data_folder
from copilot.store import SessionStore
from copilot.tui import link as link_module
from copilot.tui.live.screen import LiveScreen
from copilot.tui.rows.dialogs import LineDialog, PickDialog
from copilot.tui.rows.rows import Rows
from copilot.tui.start.rehearse import RehearseScreen
from tests.builders import noise, write_sound
from tests.tui.recorded import until_it_holds, until_shown, words
from tests.tui.starting import (
    FIRST,
    SIZES,
    Links,
    Starting,
    keep,
    own_guide,
    to_row,
    until_read,
)

KEPT = "20260301-090000-aaaa"


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> Links:
    """Sessions told instead of heard."""
    made = Links()
    monkeypatch.setattr(link_module, "Link", made)
    return made


async def _open(pilot, app: Starting) -> RehearseScreen:
    await until_read(pilot, app)
    await pilot.press("h")
    await until_it_holds(pilot, lambda: isinstance(app.screen, RehearseScreen))
    await pilot.pause()
    assert isinstance(app.screen, RehearseScreen)
    return app.screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_demo_is_two_keys_away(size, links):
    app = Starting()
    async with app.run_test(size=size) as pilot:
        await _open(pilot, app)
        assert "the demo interview" in words(app)
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, LiveScreen))
        with pytest.raises(NotImplementedError):
            links.made[0]._prepare()
    assert app.speeds == [1]


async def test_one_to_ten_times_as_fast(links):
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _open(pilot, app)
        await to_row(pilot, app, "speed")
        seen = [screen.rehearsal.speed]
        for _ in range(10):
            await pilot.press("right")
            seen.append(screen.rehearsal.speed)
        assert seen == [*range(1, 11), 1]
        await pilot.press("left")
        assert "10 times as fast" in words(app)


async def test_leaving_leads_back_to_the_start(links):
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, app)
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, LiveScreen))
        await until_it_holds(pilot, lambda: links.made[0].target is not None)
        await pilot.press("q", "y")
        links.made[0].over(None)
        await until_it_holds(pilot, lambda: app.screen is app.start)
        assert "review-it" not in app.shown_rows


async def test_a_stored_interview_is_heard_with_its_own_plan(links):
    own_guide()
    folder = keep(KEPT)
    for channel in Channel:
        write_sound(folder.audio_path(channel), noise(1))
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, app)
        await to_row(pilot, app, "recording")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, PickDialog))
        app.screen.query_one(Rows).point_at(KEPT)
        await pilot.press("enter")
        await until_shown(pilot, "Head Baker")
        await pilot.press("b")
        await until_it_holds(pilot, lambda: bool(links.made))
        setup, source = links.made[0]._prepare()
    assert setup.store is None
    assert setup.consent.decision is ConsentDecision.NOT_NEEDED
    assert setup.guide.id == "baker"
    assert source.duration_s == pytest.approx(1.0)
    assert [each.id for each in SessionStore().folders()] == [KEPT]


async def test_a_file_is_heard_with_a_guide(links, tmp_path):
    call = write_sound(tmp_path / "call.wav", noise(1, seed=1), noise(1, seed=2))
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, app)
        await to_row(pilot, app, "recording")
        await pilot.press("enter", "down", "enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, LineDialog))
        await pilot.press(*str(call), "enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, RehearseScreen))
        assert app.shown_rows == ["recording", "role", "language", "speed", "begin"]
        await to_row(pilot, app, "language")
        await pilot.press("right", "b")
        await until_it_holds(pilot, lambda: bool(links.made))
        setup, source = links.made[0]._prepare()
    assert (setup.guide.id, setup.guide.language) == (FIRST, "fr")
    assert source.duration_s == pytest.approx(1.0)
    assert not data_folder().exists()


async def test_a_file_that_is_not_there_is_said(tmp_path):
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, app)
        await to_row(pilot, app, "recording")
        await pilot.press("enter", "down", "enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, LineDialog))
        await pilot.press(*"/nowhere.wav", "enter")
        await until_shown(pilot, "There is no file /nowhere.wav")


async def test_a_file_that_cannot_be_heard_says_so_and_leads_back(tmp_path):
    broken = tmp_path / "call.wav"
    broken.write_text("no sound")
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await _open(pilot, app)
        await to_row(pilot, app, "recording")
        await pilot.press("enter", "down", "enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, LineDialog))
        await pilot.press(*str(broken), "enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, RehearseScreen))
        await pilot.press("b")
        await until_shown(pilot, AudioFileError.title)
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: app.screen is app.start)
