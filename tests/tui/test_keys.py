"""Keys: one list feeds them all, the user can change them, and everything follows."""

import importlib
import json
import pkgutil
from typing import NoReturn

import pytest

import copilot.tui.keys
from copilot.errors import InputError
from copilot.events import ConsentDecision
from copilot.settings import settings_path
from copilot.tui.consent.screen import ConsentScreen
from copilot.tui.dialogs.help import HelpDialog
from copilot.tui.keys import in_force
from copilot.tui.keys.action import Action
from copilot.tui.keys.consent import CONSENT_ACTIONS
from copilot.tui.keys.names import key_name, read_keys
from copilot.tui.keys.registry import SCREENS, actions_by_id
from copilot.tui.start.app import StartApp
from tests.tui.one_screen import OneScreen
from tests.tui.recorded import shown, until_shown, words


def consent() -> ConsentScreen:
    return ConsentScreen("Head baker", "en", "May I record this?")


def settings(text: str) -> None:
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text(text, encoding="utf-8")


def with_keys(**keys: str) -> None:
    settings(json.dumps({"keys": {name.replace("_", "."): key for name, key in keys.items()}}))


# -- the lists ----------------------------------------------------------------------------------


def test_the_registry_knows_every_list_of_actions():
    listed = {
        action
        for module in pkgutil.iter_modules(copilot.tui.keys.__path__)
        for value in vars(importlib.import_module(f"copilot.tui.keys.{module.name}")).values()
        if isinstance(value, tuple)
        for action in value
        if isinstance(action, Action)
    }
    assert {action.id for action in listed} == set(actions_by_id())


def test_an_action_of_several_screens_has_one_key():
    for screen in SCREENS:
        for action in screen.actions:
            assert action.key == actions_by_id()[action.id].key


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_every_key_that_ships_is_one_the_terminal_can_send(screen):
    for action in screen.actions:
        assert read_keys(action.key) == action.key


# -- names of keys ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("t", "t"),
        ("T", "T"),
        ("shift+t", "T"),
        ("Ctrl+T", "ctrl+t"),
        ("?", "question_mark"),
        (",", "comma"),
        ("Esc", "escape"),
        ("PgUp", "pageup"),
        ("F5", "f5"),
        ("Ctrl+F5", "ctrl+f5"),
        ("shift+ctrl+up", "ctrl+shift+up"),
        ("ctrl+i", "tab"),
        ("ctrl+m", "enter"),
        ("é", "é"),
        ("a, Ctrl+B", "a,ctrl+b"),
    ],
)
def test_a_key_may_be_written_as_people_write_it(written, read):
    assert read_keys(written) == read


@pytest.mark.parametrize("written", ["blub", "ctrl+", "cmd+t", "t t", "", "a,,b", "<any>", "\t"])
def test_what_is_no_key_is_refused(written):
    with pytest.raises(ValueError, match=r"^"):
        read_keys(written)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("question_mark", "?"),
        ("ctrl+t", "Ctrl+T"),
        ("q,escape", "q"),
        ("pageup", "PgUp"),
        ("f5", "F5"),
        ("space", "Space"),
        ("shift+tab", "Shift+Tab"),
        ("T", "T"),
        ("minus", "-"),
        ("ctrl+plus", "Ctrl++"),
        ("down", "↓"),
    ],
)
def test_a_key_is_shown_as_it_stands_on_the_keyboard(key, name):
    assert key_name(key) == name


# -- changing them ------------------------------------------------------------------------------


def test_only_what_differs_counts_as_changed():
    chosen = in_force.checked_keys({"note": "m", "quit": "Q"}, None)
    assert chosen == {"quit": "Q"}


def test_two_actions_may_exchange_their_keys():
    wanted = {"suggestion.take": "s", "suggestion.skip": "t"}
    assert in_force.checked_keys(wanted, None) == wanted


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ('"suggestion.tak": "b"', ["'suggestion.tak'", "'suggestion.take'"]),
        ('"suggestion.take": "blub"', ["'suggestion.take'", "'blub'"]),
        ('"suggestion.take": 7', ["'suggestion.take'", "quotation marks"]),
        ('"suggestion.take": ""', ["'suggestion.take'", "quotation marks"]),
        ('"suggestion.take": "s"', ["'suggestion.take'", "'suggestion.skip'", "'s'"]),
        ('"suggestion.take": "ctrl+p"', ["'suggestion.take'", "'palette'", "'Ctrl+P'"]),
        ('"palette": "q"', ["'palette'", "'quit'", "'q'"]),
        ('"suggestion.take": "ctrl+q"', ["'suggestion.take'", "Ctrl+Q"]),
        ('"consent.edit": "tab"', ["'consent.edit'", "'consent.name'", "'Tab'"]),
    ],
)
def test_keys_that_cannot_be_used_are_refused_by_name(keys, named):
    text = '{\n  "keys": {\n    "help": "f1",\n    ' + keys + "\n  }\n}"
    settings(text)
    with pytest.raises(InputError) as refused:
        in_force.checked_keys(json.loads(text)["keys"], settings_path())
    said = str(refused.value)
    assert f"{settings_path()}:4" in said
    for name in named:
        assert name in said


def test_actions_that_take_turns_on_a_key_may_keep_sharing_it():
    assert in_force.checked_keys({"check.skip": "enter,s"}, None) == {"check.skip": "enter,s"}
    with pytest.raises(InputError, match=r"check\.again"):
        in_force.checked_keys({"check.again": "enter"}, None)


# -- and everything follows ---------------------------------------------------------------------


async def test_a_changed_key_works_and_the_one_that_shipped_no_longer_does():
    with_keys(consent_given="ctrl+y")
    app = OneScreen(consent())
    async with app.run_test() as pilot:
        await pilot.press("y")
        assert app.answers == []
        await pilot.press("ctrl+y")
        await pilot.pause()
    assert [answer.decision for answer in app.answers] == [ConsentDecision.GIVEN]


async def test_footer_and_help_show_the_changed_key():
    with_keys(consent_given="f2")
    app = OneScreen(consent())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "F2 Agreed" in shown(app)
        await app.push_screen(HelpDialog(CONSENT_ACTIONS))
        await pilot.pause()
        assert "F2 The candidate agrees." in words(app)


async def test_changing_one_of_two_that_share_a_key_leaves_the_other_its_own():
    with_keys(consent_leave="f9")
    app = OneScreen(consent())
    async with app.run_test() as pilot:
        await pilot.press("e")
        assert app.screen.query("#editor")
        await pilot.press("escape")  # shared as it ships by leaving and going back
        await pilot.pause()
        assert not app.screen.query("#editor")
        await pilot.press("escape")
        assert app.answers == []
        await pilot.press("f9")
        await pilot.pause()
    assert app.answers == [None]


async def test_keys_that_cannot_be_used_leave_those_that_ship_and_say_so_once():
    with_keys(consent_given="blub", consent_declined="f2")
    app = OneScreen(consent())
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until_shown(pilot, "'consent.given' cannot be on 'blub'")
        assert len(app._notifications) == 1
        assert "y Agreed" in shown(app)
        assert "n Declined" in shown(app)
        await pilot.press("y")
        await pilot.pause()
    assert [answer.decision for answer in app.answers] == [ConsentDecision.GIVEN]


def test_a_text_can_name_the_key_in_force():
    assert in_force.key_of("capture.pause") == "o"
    in_force.use({"capture.pause": "ctrl+o"})
    assert in_force.key_of("capture.pause") == "Ctrl+O"


def test_what_stands_for_several_keys_shows_them_when_they_changed():
    rate = actions_by_id()["rating.1"]
    assert in_force.shown_key(rate) == "1-4"
    in_force.use({f"rating.{number}": f"f{number}" for number in (1, 2, 3, 4)})
    assert in_force.shown_key(rate) == "F1-F4"


async def test_the_start_screen_says_it_as_well():
    with_keys(note="blub")
    app = StartApp(_no_demo)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        # The length of the path decides where its lines break, so words have to do.
        await until_shown(pilot, "'blub'")


def _no_demo(*_: object, **__: object) -> NoReturn:
    raise AssertionError("the demo is not asked for")
