"""Inputs are listed; none is opened before the user asks for levels, and none stays open."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from copilot.audio import Block
from copilot.audio.capture import system as system_module
from copilot.audio.capture.devices import Choice, Input, InputKind
from copilot.audio.notices import Attached
from copilot.engine.devices import Devices
from copilot.errors import DeviceError
from copilot.events import Channel
from copilot.tui.rows.dialogs import PickDialog
from copilot.tui.rows.rows import Rows
from copilot.tui.sound.screen import SoundScreen
from tests.sound_server import CALL, ROOM, SoundServer, sound_server
from tests.tui.one_screen import OneScreen
from tests.tui.recorded import shown, until_it_holds, until_shown, words
from tests.tui.starting import SIZES

__all__ = ["sound_server"]

MIC = Input("mic", "Built-in microphone", InputKind.MICROPHONE, is_default=True)
DESK = Input("desk", "Desk microphone", InputKind.MICROPHONE)
MONITOR = Input("mon", "Monitor of Headset", InputKind.MONITOR, is_default=True)


class Inputs:
    """A sound system that only lists."""

    name = "inputs"

    def __init__(self, *inputs: Input, trouble: DeviceError | None = None) -> None:
        self._inputs = list(inputs)
        self._trouble = trouble

    def inputs(self) -> list[Input]:
        if self._trouble is not None:
            raise self._trouble
        return self._inputs


class Tone:
    """A source on which you speak and the candidate is silent, until it is stopped."""

    description, duration_s = "tone", None

    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self.stopped = threading.Event()

    def blocks(self) -> Iterator[Block]:
        loud = np.full(800, 0.1, np.float32)
        notices = (Attached(Channel.INTERVIEWER, MIC.name), Attached(Channel.CANDIDATE, "Monitor"))
        start = 0
        while not self.stopped.wait(0.001):
            samples = {Channel.INTERVIEWER: loud, Channel.CANDIDATE: loud * 0}
            yield Block(start, samples, notices if start == 0 else ())
            start += 800

    def stop(self) -> None:
        self.stopped.set()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Tone]:
    """The sources that were opened."""
    found: list[Tone] = []

    def open_source(_system: object, choice: Choice) -> Tone:
        found.append(Tone(choice))
        return found[-1]

    monkeypatch.setattr(system_module, "open_source", open_source)
    return found


def _screen(devices: Devices | None = None, *inputs: Input) -> SoundScreen:
    found = Inputs(*(inputs or (MIC, DESK, MONITOR)))
    return SoundScreen(devices or Devices(), lambda: found)  # type: ignore[arg-type, return-value]


async def _listed(pilot, screen: SoundScreen) -> None:
    await until_it_holds(pilot, lambda: screen._inputs is not None)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_the_inputs_and_what_is_open_are_said_at_every_size(size, opened):
    screen = _screen()
    app = OneScreen(screen)
    async with app.run_test(size=size) as pilot:
        await _listed(pilot, screen)
        text = words(app)
        assert "No input is open" in text
        assert "default: Built-in" in text
        assert "Levels" in shown(app).splitlines()[-1]
        assert max(map(len, shown(app).splitlines())) <= size[0]
    assert opened == []


async def test_levels_are_shown_on_request_and_end_with_the_page(opened):
    screen = _screen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await _listed(pilot, screen)
        assert opened == []
        await pilot.press("l")
        await until_shown(pilot, "● heard")
        assert "○ nothing heard yet" in words(app)
        assert "Nothing is kept" in words(app)
        await pilot.press("escape")
        await until_it_holds(pilot, opened[0].stopped.is_set)
        assert app.answers == [Devices()]


async def test_the_same_key_closes_them(opened):
    screen = _screen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await _listed(pilot, screen)
        await pilot.press("l")
        await until_shown(pilot, "● heard")
        await pilot.press("l")
        assert opened[0].stopped.is_set()
        assert "No input is open" in words(app)
        assert "● heard" not in words(app)


async def test_levels_follow_the_choice(opened):
    screen = _screen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await _listed(pilot, screen)
        await pilot.press("l")
        await until_shown(pilot, "● heard")
        await pilot.press("right", "right")
        await until_it_holds(pilot, lambda: opened[-1].choice.microphone == "Desk microphone")
        assert all(source.stopped.is_set() for source in opened[:-1])
        await pilot.press("escape")
        assert app.answers == [Devices("Desk microphone")]


async def test_one_microphone_for_both_leaves_the_other_side_out(opened):
    screen = _screen(Devices(call="Monitor of Headset"))
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await _listed(pilot, screen)
        screen.query_one(Rows).point_at("room")
        await pilot.press("enter", "l")
        await until_shown(pilot, "● heard")
        assert "nothing heard yet" not in words(app)
        await pilot.press("escape")
        assert app.answers == [Devices(room=True)]


async def test_an_input_is_chosen_from_a_list():
    screen = _screen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await _listed(pilot, screen)
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, PickDialog))
        await pilot.press("down", "down", "enter")
        await until_it_holds(pilot, lambda: app.screen is screen)
        assert screen.devices == Devices("Desk microphone")


async def test_inputs_of_one_name_are_told_apart():
    twin = Input("twin", DESK.name, InputKind.MICROPHONE)
    screen = _screen(None, DESK, twin)
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await _listed(pilot, screen)
        await pilot.press("right", "right")
        assert screen.devices == Devices("twin")


async def test_without_a_sound_system_it_says_why_and_can_be_left():
    trouble = DeviceError("the sound server cannot be reached.", "Start it.")
    screen = SoundScreen(Devices(), lambda: Inputs(trouble=trouble))  # type: ignore[arg-type, return-value]
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "the sound server cannot be reached")
        assert "→ Start it." in words(app)
        await pilot.press("l")
        await pilot.press("escape")
        assert app.answers == [Devices()]


async def test_an_input_that_cannot_be_opened_is_said(monkeypatch):
    def refuse(*_: object) -> None:
        raise DeviceError("there is no microphone.", "Plug one in.")

    monkeypatch.setattr(system_module, "open_source", refuse)
    screen = _screen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await _listed(pilot, screen)
        await pilot.press("l")
        await until_shown(pilot, "there is no microphone.")
        assert "No input is open" in words(app)


async def test_real_inputs_are_heard_and_let_go(sound_server: SoundServer, monkeypatch):
    for name, value in sound_server.environment.items():
        monkeypatch.setenv(name, value)
    sound_server.awaken(ROOM, CALL)
    screen = SoundScreen(Devices(f"{ROOM}.monitor", f"{CALL}.monitor"))
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await _listed(pilot, screen)
        assert sound_server.inputs_in_use() == []
        await pilot.press("l")
        await until_shown(pilot, "Monitor of Room")
        await until_it_holds(pilot, lambda: len(sound_server.inputs_in_use()) == 2)
        await pilot.press("escape")
        await until_it_holds(pilot, lambda: sound_server.inputs_in_use() == [])
