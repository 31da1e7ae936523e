"""Settings are kept at once and show at once; a broken file is said and never written over."""

import json
import stat

import pytest

from copilot.i18n import spoken
from copilot.settings import load_settings, settings_path
from copilot.tui.rows.dialogs import PickDialog
from copilot.tui.rows.rows import Rows
from copilot.tui.settings.screen import SettingsScreen
from tests.tui.one_screen import OneScreen
from tests.tui.recorded import shown, until_it_holds, words
from tests.tui.starting import SIZES


def _write(**settings: object) -> None:
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text(json.dumps(settings))


async def _to(pilot, screen: SettingsScreen, row_id: str) -> None:
    screen.query_one(Rows).point_at(row_id)
    await pilot.pause()
    assert screen.query_one(Rows).current.id == row_id  # type: ignore[union-attr]


@pytest.mark.parametrize("size", SIZES)
async def test_every_setting_is_there_at_every_size(size):
    screen = SettingsScreen()
    app = OneScreen(screen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        rows = [row.id for row in screen.query_one(Rows)._rows]
        assert rows == [
            *("theme", "motion", "lang", "calm", "blind", "model", "llm", "server", "law"),
            *("sessions", "guides", "file"),
        ]
        assert "Colours" in words(app)
        assert "Back" in shown(app).splitlines()[-1]
        assert max(map(len, shown(app).splitlines())) <= size[0]


async def test_colours_change_at_once_and_for_good():
    screen = SettingsScreen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.theme == "textual-dark"
        await pilot.press("right")
        assert app.theme == "textual-light"
        await pilot.press("right")
        assert app.theme == "ansi-dark"
        await pilot.press("right", "left")
        assert app.theme == "ansi-dark"
    assert load_settings().theme == "terminal"
    assert stat.S_IMODE(settings_path().stat().st_mode) == 0o600
    again = OneScreen(SettingsScreen())
    async with again.run_test(size=(80, 24)):
        assert again.theme == "ansi-dark"


@pytest.mark.parametrize(
    ("field", "value"), [("motion", "reduced"), ("calm", "on"), ("blind", "off")]
)
async def test_a_switch(field, value):
    screen = SettingsScreen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await _to(pilot, screen, field)
        await pilot.press("enter")
        assert getattr(load_settings(), field) == value
        assert app.animation_level == ("none" if field == "motion" else "full")


async def test_the_interface_speaks_the_language_chosen():
    screen = SettingsScreen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await _to(pilot, screen, "lang")
        await pilot.press("left")
        assert load_settings().lang == "fr"
        assert spoken() == "fr"
        await pilot.press("left")
        assert spoken() == "en"


async def test_other_settings_stay_as_they_are():
    _write(keys={"help": "f1"}, model="tiny.en")
    screen = SettingsScreen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right")
    assert (load_settings().keys, load_settings().model) == ({"help": "f1"}, "tiny.en")


async def test_a_speech_model_that_is_here_can_be_chosen():
    screen = SettingsScreen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_it_holds(pilot, lambda: screen._models is not None)
        await _to(pilot, screen, "model")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, PickDialog))
        rows = app.screen.query_one(Rows)
        names = [row.id for row in rows._rows]
        assert {"base", "tiny.en"} <= set(names)
        assert "large-v3" not in names
        rows.point_at("tiny.en")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: load_settings().model == "tiny.en")


async def test_laws_are_chosen_from_the_packs_there_are():
    screen = SettingsScreen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        for chosen, kept in (("fr,eu", "fr,eu"), ("none", "none"), ("by-language", None)):
            await _to(pilot, screen, "law")
            await pilot.press("enter")
            await until_it_holds(pilot, lambda: isinstance(app.screen, PickDialog))
            app.screen.query_one(Rows).point_at(chosen)
            await pilot.press("enter")
            await until_it_holds(pilot, lambda: app.screen is screen)
            assert load_settings().law == kept


async def test_a_language_model_that_is_set_up_is_chosen_or_switched_off():
    _write(llm_profiles={"home": {"url": "https://llm.example/v1", "model": "small"}})
    screen = SettingsScreen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await _to(pilot, screen, "llm")
        await pilot.press("right")
        assert load_settings().llm == "home"
        await pilot.press("right")
        assert load_settings().llm is None


@pytest.mark.parametrize("key", ["right", "enter"])
async def test_a_broken_file_is_named_with_its_line_and_never_written_over(key):
    text = '{\n "model": "base",\n "theme": "drak"\n}'
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text(text)
    screen = SettingsScreen()
    app = OneScreen(screen)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        assert "settings.json:3:" in words(app).replace(" ", "")
        assert "Did you mean 'dark'?" in words(app)
        assert app.theme == "textual-dark"  # the defaults hold
        await pilot.press(key)
        assert "settings.json:3:" in words(app).replace(" ", "")
    assert settings_path().read_text() == text


async def test_a_disk_that_refuses_is_said_and_changes_nothing():
    settings_path().mkdir(parents=True)  # a folder where the file should be
    screen = SettingsScreen()
    app = OneScreen(screen)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("right")
        assert "Unusable settings" in words(app)
        assert app.theme == "textual-dark"


async def test_without_colour_the_highlight_is_still_seen(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = OneScreen(SettingsScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        styles = [
            {segment.style for segment in strip if segment.style and "dark" in segment.text}
            for strip in app.screen._compositor.render_strips()
        ]
        [(highlighted,)] = [found for found in styles if found]
        other = app.screen.query_one(Rows)
        assert highlighted.reverse or highlighted.bgcolor
        assert other.highlighted == 0
