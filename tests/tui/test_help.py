"""Help begins with the focused pane, and can be read on a small screen."""

from typing import ClassVar

import pytest
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static

from copilot.tui.dialogs.help import HelpDialog
from copilot.tui.keys.live import LIVE_ACTIONS
from copilot.tui.keys.registry import _HEADINGS, actions_by_id
from tests.tui.one_screen import OneScreen
from tests.tui.recorded import shown, words


class _Explained(Vertical):
    HELP: ClassVar[str] = "Here is what was said, the newest at the end."


class _Panes(Screen[None]):
    HELP: ClassVar[str] = "An interview, as it happens."
    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        with _Explained():
            yield Input(id="inside")
        yield Input(id="outside")
        yield Static("nothing")


@pytest.mark.parametrize(
    ("focused", "said"),
    [
        ("#inside", "Here is what was said, the newest at the end."),
        ("#outside", "An interview, as it happens."),
        (None, "An interview, as it happens."),
    ],
)
async def test_it_begins_with_the_nearest_words_around_the_focus(focused, said):
    app = OneScreen(_Panes())
    async with app.run_test(size=(80, 24)) as pilot:
        if focused:
            app.screen.query_one(focused).focus()
        await app.push_screen(HelpDialog(LIVE_ACTIONS))
        await pilot.pause()
        assert words(app).index(said) < words(app).index("What to ask")


@pytest.mark.parametrize("size", [(80, 24), (50, 20), (160, 50)])
async def test_all_of_it_can_be_reached_and_no_line_is_cut(size):
    app = OneScreen(_Panes())
    async with app.run_test(size=size) as pilot:
        await app.push_screen(HelpDialog(LIVE_ACTIONS, signs=True))
        await pilot.pause()
        box = app.screen.query_one(VerticalScroll)
        assert box.region.bottom <= size[1]
        assert box.max_scroll_x == 0
        seen = words(app)
        while box.scroll_y < box.max_scroll_y:
            await pilot.press("down")
            box.scroll_to(y=box.scroll_target_y, animate=False)
            await pilot.pause()
            seen += " " + shown(app).replace("│", " ").splitlines()[-2]
        for action in LIVE_ACTIONS:
            if action.id not in ("rating.2", "rating.3", "rating.4"):
                assert action.help.split()[-1] in seen
        assert "not heard" in seen


async def test_keys_stand_under_what_they_are_about_and_those_of_the_app_last():
    app = OneScreen(_Panes())
    async with app.run_test(size=(100, 100)) as pilot:
        await app.push_screen(HelpDialog(LIVE_ACTIONS))
        await pilot.pause()
        text = words(app)
        places = [text.index(title) for title in ("What to ask", "Questions", "The app")]
        assert places == sorted(places)
        assert "1-4" in text
        assert "Ctrl+P" in text[places[-1] :]


async def test_signs_are_explained_where_there_are_any():
    app = OneScreen(_Panes())
    async with app.run_test(size=(100, 100)) as pilot:
        await app.push_screen(HelpDialog(LIVE_ACTIONS))
        await pilot.pause()
        assert "Signs" not in words(app)


@pytest.mark.parametrize("key", ["escape", "question_mark", "q", "enter"])
async def test_any_of_the_usual_keys_closes_it(key):
    app = OneScreen(_Panes())
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(HelpDialog(LIVE_ACTIONS))
        await pilot.press(key)
        assert isinstance(app.screen, _Panes)


def test_every_action_has_its_heading():
    for action in actions_by_id().values():
        assert action.about in _HEADINGS
