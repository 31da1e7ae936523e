"""Encrypted interviews in the app: listed as such, opened by their key, closed when they are left."""

import json
import threading

import pytest
from textual.app import App
from textual.widgets import Input

from copilot.store import SessionFolder, SessionStore
from copilot.store.encryption.changing import decrypt, encrypt
from copilot.store.encryption.copies import left_copies
from copilot.store.encryption.keys import Key, make_key_file
from copilot.tui.dialogs.message import MessageDialog
from copilot.tui.review.app import ReviewApp
from copilot.tui.review.screen import ReviewScreen
from copilot.tui.start.sessions import SessionsScreen
from copilot.tui.start.stored import stored_sessions
from copilot.tui.unlocking import dialog
from copilot.tui.unlocking.dialog import UnlockDialog
from copilot.tui.unlocking.unlocked import Unlocked
from tests.store.encrypted import KEY, PASSPHRASE, QUICK
from tests.tui.recorded import toasts, until_it_holds, until_shown, words
from tests.tui.reviewing import stored_demo
from tests.tui.starting import SIZES, Starting, until_read


@pytest.fixture
def encrypted() -> SessionFolder:
    """The demo interview, encrypted with a passphrase."""
    folder = stored_demo()
    encrypt(folder, PASSPHRASE, scrypt=QUICK)
    return folder


def _is_reviewing(app: App[None]) -> bool:
    return isinstance(app.screen, ReviewScreen) and app.screen._opened is not None


def _reviewed(folder: SessionFolder) -> list[str]:
    """The kinds of events a review has written, once the session is plain again."""
    decrypt(folder, PASSPHRASE)
    lines = folder.review_path.read_text().splitlines()
    return [json.loads(line)["event"]["type"] for line in lines]


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_listed_as_encrypted_and_asks_for_its_passphrase(encrypted, size):
    app = Starting()
    async with app.run_test(size=size) as pilot:
        await until_read(pilot, app)
        await pilot.press("v")
        await until_it_holds(pilot, lambda: isinstance(app.screen, SessionsScreen))
        await until_shown(pilot, "encrypted")
        assert "Head Baker" not in words(app)
        await pilot.press("enter")
        await until_shown(pilot, "Its passphrase:")
        await until_shown(pilot, "Esc goes back")
        await pilot.press("escape")
        await until_it_holds(pilot, lambda: isinstance(app.screen, SessionsScreen))
    assert left_copies(encrypted.path) == []


async def test_it_is_reviewed_and_encrypted_again_when_it_is_left(encrypted):
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        await pilot.press("v", "enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, UnlockDialog))
        await pilot.press(*"a wrong one", "enter")
        await until_shown(pilot, "the passphrase does not fit")
        await pilot.press(*PASSPHRASE.text, "enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ReviewScreen))
        await until_shown(pilot, "0 of 6 judged")
        assert PASSPHRASE.text not in words(app)
        assert len(left_copies(encrypted.path)) == 1
        await until_it_holds(pilot, lambda: _is_reviewing(app))
        await pilot.press("3")
        await pilot.press("q")
        await until_it_holds(pilot, lambda: isinstance(app.screen, SessionsScreen))
        assert left_copies(encrypted.path) == []
    assert "question_rated" in _reviewed(encrypted)


async def test_leaving_the_whole_app_closes_it(encrypted):
    app = ReviewApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, UnlockDialog))
        await pilot.press(*PASSPHRASE.text, "enter")
        await until_it_holds(pilot, lambda: _is_reviewing(app))
        await pilot.press("3")
        app.exit()
    app.reviews.close()

    assert left_copies(encrypted.path) == []
    assert "question_rated" in _reviewed(encrypted)


async def test_leaving_the_app_while_it_is_being_opened_leaves_no_copy(encrypted, monkeypatch):
    begun, left = threading.Event(), threading.Event()

    def slowly(folder: SessionFolder, key: Key) -> Unlocked:
        begun.set()
        left.wait()
        return Unlocked(folder, key)

    monkeypatch.setattr(dialog, "Unlocked", slowly)
    app = ReviewApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, UnlockDialog))
        await pilot.press(*PASSPHRASE.text, "enter")
        await until_it_holds(pilot, begun.is_set)
        app.exit()
    left.set()
    app.reviews.close()

    assert left_copies(encrypted.path) == []
    decrypt(encrypted, PASSPHRASE)


async def test_where_the_key_file_is_known_nothing_is_asked(tmp_path, monkeypatch):
    folder = stored_demo()
    encrypt(folder, make_key_file(tmp_path / "my.key"))
    monkeypatch.setenv("INTERVIEW_COPILOT_KEY_FILE", str(tmp_path / "my.key"))
    app = ReviewApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: _is_reviewing(app))
        await pilot.press("q")
        await until_it_holds(pilot, lambda: isinstance(app.screen, SessionsScreen))
    assert left_copies(folder.path) == []


async def test_a_key_file_can_be_named_and_another_is_refused(tmp_path):
    folder = stored_demo()
    encrypt(folder, KEY)
    make_key_file(tmp_path / "other.key")
    app = ReviewApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until_shown(pilot, "Its key file:")
        await pilot.press(*str(tmp_path / "none.key"), "enter")
        await until_shown(pilot, "No such file")
        app.screen.query_one(Input).value = str(tmp_path / "other.key")
        await pilot.press("enter")
        await until_shown(pilot, "does not fit")
        await pilot.press("escape")
        await until_it_holds(pilot, lambda: isinstance(app.screen, SessionsScreen))


async def test_damage_is_told_and_takes_nothing_down(encrypted):
    (encrypted.path / "sealed" / "key.json").write_text("{")
    app = ReviewApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "encrypted")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, MessageDialog))
        assert "is damaged" in words(app)


async def test_the_report_of_an_open_one_is_not_told_by_a_path_that_goes_away(encrypted):
    app = ReviewApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, UnlockDialog))
        await pilot.press(*PASSPHRASE.text, "enter")
        await until_it_holds(pilot, lambda: _is_reviewing(app))
        await pilot.press("r")
        await until_shown(pilot, "write it")
        await pilot.press("enter")
        await until_shown(pilot, "It goes into the session's folder")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: "--output FILE" in toasts(app))
        assert "/dev/shm" not in toasts(app)
        await pilot.press("q")
        await until_it_holds(pilot, lambda: isinstance(app.screen, SessionsScreen))
    decrypt(encrypted, PASSPHRASE)
    assert [path.name for path in encrypted.reports_path.iterdir()]


def test_lists_know_nothing_of_it_but_its_id(encrypted):
    [session] = stored_sessions(SessionStore())

    assert (session.state, session.title, session.resumable) == ("encrypted", "", False)
    assert session.named == encrypted.id
