"""Would this count? By the matcher itself, on this machine, and taken over by a key."""

import socket
from typing import Any

import pytest
from textual.widgets import Input

from copilot.guides import trying
from copilot.guides.editing.edits import Action, Edit
from copilot.guides.listening import Listener
from copilot.knowledge.loading import load_guide
from copilot.tui.guides.try_screen import TryScreen
from copilot.tui.lists.table import Table
from tests.tui.guides.kitchen import SIZES, editing, go, own_guide, write
from tests.tui.recorded import toasts, until_it_holds, until_shown, words


@pytest.fixture(scope="module")
def listener() -> Listener:
    return Listener()


@pytest.fixture(autouse=True)
def _models_are_loaded_once(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    # While the first test looks on; from then on they are there.
    monkeypatch.setattr(trying, "Listener", lambda: listener)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every attempt to reach another machine."""
    tried: list[Any] = []

    def refuse(*where: Any, **_options: Any) -> None:
        tried.append(where)
        raise OSError("there is no network here")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tried


@pytest.mark.parametrize("size", SIZES)
async def test_a_sentence_is_tried_and_taken_over(
    size: tuple[int, int], no_network: list[Any]
) -> None:
    path = own_guide()
    async with editing(size=size) as (screen, pilot):
        await go(screen, pilot, "questions/waste/points/trays/says")
        await pilot.press("t")
        await until_it_holds(pilot, lambda: isinstance(pilot.app.screen, TryScreen))
        assert "What did you do about waste?" in words(pilot.app)
        await write(pilot, "We put every single tray on the scales.")
        await until_shown(pilot, "Weighed the trays")
        await until_it_holds(pilot, lambda: "Working" not in words(pilot.app))
        assert pilot.app.screen.query_one(Table).current == "point/trays"
        assert "Closest: “We weighed every tray.”" in words(pilot.app)

        await pilot.press("w")
        await until_shown(pilot, "If it stood there:")
        await pilot.press("s")
        assert "Not saved yet" in toasts(pilot.app)
        await until_it_holds(pilot, lambda: "Working" not in words(pilot.app))
        assert "It would count for: Weighed the trays" in words(pilot.app)
        await pilot.press("s")
        assert "stands there already" in toasts(pilot.app)
        await pilot.press("down", "d")
        await until_it_holds(pilot, lambda: "Working" not in words(pilot.app))
        await pilot.press("escape", "ctrl+s")
        await until_it_holds(pilot, lambda: not screen.is_changed)

    said = "We put every single tray on the scales."
    points = load_guide(str(path)).questions[0].points
    assert points[0].says[-1] == said
    assert points[1].not_says.denials == (said,)
    assert no_network == []


async def test_the_same_sentence_with_another_question_and_a_flag(no_network: list[Any]) -> None:
    own_guide()
    async with editing() as (screen, pilot):
        await go(screen, pilot, "red_flags/blame")
        await pilot.press("t")
        await write(pilot, "It was all the fault of my team.")
        await until_shown(pilot, "Blames others")
        await until_it_holds(pilot, lambda: "Working" not in words(pilot.app))
        assert pilot.app.screen.query_one(Table).current == "flag/blame"
        await pilot.press("m")
        await until_it_holds(pilot, lambda: "Working" not in words(pilot.app))
        await pilot.press("n")
        await until_shown(pilot, "How would you plan a week?")
        await until_it_holds(pilot, lambda: "Working" not in words(pilot.app))
        assert screen.opened.guide("en").red_flags[0].not_says.near_misses
    assert no_network == []


async def test_a_guide_with_errors_is_not_tried() -> None:
    own_guide()
    async with editing() as (screen, pilot):
        screen.make([Edit(Action.SET, ("questions", "waste", "kind"), "song")], "kind")
        await pilot.press("t")
        assert not isinstance(pilot.app.screen, TryScreen)
        assert "kind" in toasts(pilot.app)


async def test_what_was_asked_for_last_is_what_is_shown() -> None:
    """Keys pressed while the models load never show one question's outcomes under another."""
    own_guide()
    async with editing() as (screen, pilot):
        await go(screen, pilot, "questions/waste")
        await pilot.press("t")
        await write(pilot, "We weighed every tray.")
        trying = pilot.app.screen
        assert isinstance(trying, TryScreen)
        for _ in range(3):
            trying.action_step(1)
        await until_shown(pilot, "How would you plan a week?")
        await until_it_holds(pilot, lambda: "Working" not in words(pilot.app))
        assert "Weighed the trays" not in words(pilot.app)

        trying.action_step(1)
        await until_shown(pilot, "Weighed the trays")
        await pilot.press("e", "end", "x", "tab", "s")
        assert "try it first" in toasts(pilot.app)
        await pilot.press("e", "escape")
        assert pilot.app.screen is trying
        assert trying.query_one(Input).value == "We weighed every tray."
        assert not screen.is_changed
