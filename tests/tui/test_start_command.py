"""Without a command a terminal shows the start screen, and anything else is told what there is."""

import argparse

import pytest

from copilot.cli import main as main_module
from copilot.cli import start
from tests.cli.command import run
from tests.tui.test_in_a_terminal import in_terminal

__all__ = ["in_terminal"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[argparse.Namespace]:
    """How often the start screen was asked for."""
    found: list[argparse.Namespace] = []

    def keep(options: argparse.Namespace) -> int:
        found.append(options)
        return 0

    monkeypatch.setattr(start, "run", keep)
    return found


@pytest.mark.parametrize("arguments", [(), ("--lang", "fr"), ("--lang=en",)])
def test_a_terminal_without_a_command_shows_the_start_screen(arguments, started, monkeypatch):
    monkeypatch.setattr(main_module, "_in_terminal", lambda: True)
    assert run(*arguments).code == 0
    assert len(started) == 1


@pytest.mark.parametrize("arguments", [(), ("--lang", "fr")])
def test_where_nobody_can_press_a_key_it_says_how_to_name_a_command(arguments, started):
    done = run(*arguments)
    assert done.code == 2
    assert "COMMAND" in done.message
    assert started == []


def test_help_and_mistakes_stay_what_they_are_in_a_terminal(started, monkeypatch):
    monkeypatch.setattr(main_module, "_in_terminal", lambda: True)
    assert "start" in run("--help").out
    assert run("--nonsense").code == 2
    assert started == []


def test_it_can_be_named_as_well(started):
    assert run("start").code == 0
    assert len(started) == 1


def test_a_person_looks_around_and_leaves(in_terminal, tmp_path):
    terminal = in_terminal("", 80, 24)
    terminal.wait_for("nothing is stored yet")
    terminal.keys("n")
    terminal.wait_for("10 questions, 59 of 60 min")
    terminal.keys("Down", "Down", "Enter")
    terminal.wait_for("Plan: Customer Support Lead")
    terminal.keys("J", "Space")
    terminal.wait_for("9 questions ·")
    terminal.keys("Escape")
    terminal.wait_for("9 questions, ")
    terminal.keys("Escape")
    terminal.wait_for("nothing is stored yet")
    terminal.keys("s")
    terminal.wait_for("Colours")
    terminal.keys("Escape")
    terminal.wait_for("nothing is stored yet")
    terminal.keys("q")
    terminal.wait_for("left with 0")
    assert not (tmp_path / "data").exists()
    assert not (tmp_path / "config").exists()
