"""The start screen: what can be done is one key away, and what cannot be is said calmly."""

import json
from functools import partial

import pytest

from copilot import paths
from copilot.engine.commands import EndSession
from copilot.errors import DeviceError
from copilot.events import ConsentDecision
from copilot.paths import config_folder, data_folder
from copilot.store import read_journal
from copilot.tui import flow as flow_module
from copilot.tui.check.screen import CheckScreen
from copilot.tui.consent.screen import ConsentScreen
from copilot.tui.link import SessionFailed
from copilot.tui.live.screen import LiveScreen
from copilot.tui.rows.rows import Rows
from copilot.tui.start.choices import Choices
from copilot.tui.start.desk import read_desk
from copilot.tui.start.last_time import keep_last_time, last_time_path, load_last_time
from copilot.tui.start.messages import DeskReady
from copilot.tui.start.new import NewScreen
from copilot.tui.start.rehearse import RehearseScreen
from copilot.tui.start.sessions import SessionsScreen
from tests.builders import run_python
from tests.store.records import ended_with, held_by_another_program
from tests.tui.recorded import shown, toasts, until_it_holds, until_shown, words
from tests.tui.starting import (
    ROLE,
    SIZES,
    TITLE,
    Links,
    Starting,
    keep,
    own_guide,
    to_row,
    until_read,
)

OLD, NEW = "20260301-090000-aaaa", "20260405-080000-cccc"


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> Links:
    """Sessions told instead of heard."""
    made = Links()
    monkeypatch.setattr(flow_module, "Link", made)
    return made


def _is_shown(app: Starting, screen: type[object]) -> bool:
    return isinstance(app.screen, screen)


def _last_role() -> str:
    last = load_last_time()
    assert last is not None
    return last.role


# -- what it shows --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_newcomer_sees_what_can_be_done_at_every_size(size):
    app = Starting()
    async with app.run_test(size=size) as pilot:
        await until_read(pilot, app)
        assert app.shown_rows == ["new", "review", "rehearse", "guides", "settings", "quit"]
        text = words(app)
        for label in ("New interview", "nothing is stored yet", "Rehearse", "Settings", "Quit"):
            assert label in text
        last = shown(app).splitlines()[-1]
        assert "Choose" in last
        assert "Quit" in last
        assert max(map(len, shown(app).splitlines())) <= size[0]


@pytest.mark.parametrize("size", SIZES)
async def test_a_returning_user_sees_what_last_time_was(size):
    keep_last_time(Choices(ROLE), None)
    keep(OLD)
    app = Starting()
    async with app.run_test(size=size) as pilot:
        await until_read(pilot, app)
        assert app.at == "again"
        assert TITLE in app.value("again")
        assert "1 stored interview" in words(app)
        assert "11 questions, 60 of 60 min" in words(app)


async def test_rows_are_walked_by_arrows_and_reached_by_mouse():
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        await to_row(pilot, app, "rehearse")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, RehearseScreen))
        await pilot.press("escape")
        assert app.at == "rehearse"
        rows = app.screen.query_one(Rows)
        await pilot.click(Rows, offset=(4, rows.get_option_index("new")))
        await until_it_holds(pilot, lambda: isinstance(app.screen, NewScreen))


async def test_keys_pressed_before_everything_is_read_are_not_lost():
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        app.start._desk = None
        await pilot.press("n")
        # What the screen reads by itself may have come before the key.
        app.start.post_message(DeskReady(read_desk()))
        await until_it_holds(pilot, lambda: isinstance(app.screen, NewScreen))


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+q", "ctrl+c"])
async def test_leaving(key):
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        await pilot.press(key)
        await pilot.pause()
    assert app._exit
    assert not data_folder().exists()


def test_the_first_screen_loads_nothing_that_hears_reads_or_infers():
    code = """
import asyncio, sys
from copilot.tui.start.app import StartApp
from copilot.tui.start.screen import StartScreen
StartScreen.look_again = lambda self: None
async def paint():
    app = StartApp(None)
    async with app.run_test() as pilot:
        await pilot.pause()
asyncio.run(paint())
print(*sorted({name.partition(".")[0] for name in sys.modules}))
print(*[name for name in sys.modules if name.startswith("copilot.")])
"""
    outside, ours = run_python(code).splitlines()
    heavy = {"faster_whisper", "ctranslate2", "onnxruntime", "sounddevice", "av", "numpy"}
    assert not set(outside.split()) & {*heavy, "openai", "soundfile", "pydantic", "yaml"}
    assert not {name for name in ours.split() if name.startswith("copilot.tui.live")}


# -- four keys ------------------------------------------------------------------------------------


async def test_a_returning_user_listens_after_at_most_four_keys(links):
    keep_last_time(Choices(ROLE), None)
    app = Starting()
    keys = 0
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        for key, screen in (("enter", ConsentScreen), ("y", CheckScreen), ("enter", LiveScreen)):
            await pilot.press(key)
            keys += 1
            await until_it_holds(pilot, partial(_is_shown, app, screen))
        [link] = links.made
        await until_it_holds(pilot, lambda: link.target is app.screen)
    assert keys <= 4


async def test_nothing_is_opened_or_stored_before_the_notice_is_answered(links, monkeypatch):
    keep_last_time(Choices(ROLE), None)
    monkeypatch.setattr(
        "copilot.audio.capture.system.sound_system", lambda: pytest.fail("asked for devices")
    )
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ConsentScreen))
        assert not data_folder().exists()
        await pilot.press("q")
        await until_it_holds(pilot, lambda: app.screen is app.start)
    assert links.made[0].target is None
    assert not data_folder().exists()


# -- back from an interview -----------------------------------------------------------------------


async def _held(pilot, app: Starting, links: Links) -> None:
    """Hold last time's interview until it listens."""
    await until_read(pilot, app)
    await pilot.press("enter")
    await until_it_holds(pilot, lambda: isinstance(app.screen, ConsentScreen))
    await pilot.press("n")
    await until_it_holds(pilot, lambda: isinstance(app.screen, LiveScreen))
    await until_it_holds(pilot, lambda: links.made[-1].target is not None)


async def test_the_end_of_an_interview_leads_back_and_offers_its_review(links):
    keep_last_time(Choices(ROLE), None)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await _held(pilot, app, links)
        [link] = links.made
        folder = keep(NEW)
        await pilot.press("q", "y")
        assert link.commands == [EndSession()]
        link.stored_as = (folder.id, str(folder.path))
        link.over(link.stored_as)
        await until_it_holds(pilot, lambda: app.screen is app.start)
        await until_it_holds(pilot, lambda: "Head Baker" in app.value("review-it"))
        assert app.at == "review-it"
        assert not app._exit


async def test_the_next_interview_can_follow(links):
    keep_last_time(Choices(ROLE), None)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        for number in (1, 2):
            await _held(pilot, app, links)
            assert len(links.made) == number
            await pilot.press("q", "y")
            links.made[-1].over(None)
            await until_it_holds(pilot, lambda: app.screen is app.start)


async def test_a_session_that_fails_says_so_and_leads_back(links):
    keep_last_time(Choices(ROLE), None)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await _held(pilot, app, links)
        error = DeviceError("there is no microphone.", "Plug one in.")
        links.made[0].target.post_message(SessionFailed(error))
        await until_shown(pilot, "there is no microphone.")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: app.screen is app.start)
        assert not app._exit
        assert _last_role() == ROLE  # nothing chosen is lost


async def test_ctrl_c_in_an_interview_asks_and_does_not_leave_the_app(links):
    keep_last_time(Choices(ROLE), None)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await _held(pilot, app, links)
        await pilot.press("ctrl+c")
        await until_shown(pilot, "End this session?")
        assert not app._exit


# -- resume and review ----------------------------------------------------------------------------


async def test_resume_is_there_only_where_something_was_interrupted_and_says_what(links):
    own_guide()
    keep(OLD)
    keep(NEW, ended=False)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        assert "Head Baker" in app.value("resume")
        await pilot.press("r")
        await until_it_holds(pilot, lambda: isinstance(app.screen, CheckScreen))
        # Consent is that of the session: it is not asked for again.
        assert app._flow is not None
        assert app._flow.answer is not None
        assert app._flow.answer.decision is ConsentDecision.GIVEN


async def test_what_has_gone_on_is_no_longer_offered(links):
    own_guide()
    folder = keep(NEW, ended=False)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        await pilot.press("r")
        await until_it_holds(pilot, lambda: isinstance(app.screen, CheckScreen))
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: links.made[0].target is app.screen)
        await pilot.press("q", "y")
        end = ended_with(read_journal(folder.journal_path))
        folder.write_record(folder.record().model_copy(update={"ended": end}))
        links.made[0].stored_as = (folder.id, str(folder.path))
        links.made[0].over(links.made[0].stored_as)
        await until_it_holds(pilot, lambda: app.screen is app.start)
        assert "resume" not in app.shown_rows
        assert app.at == "review-it"


async def test_of_several_one_is_chosen(links):
    own_guide()
    keep(OLD, ended=False)
    keep(NEW, ended=False)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        assert app.value("resume") == "2 interrupted"
        await pilot.press("r")
        await until_it_holds(pilot, lambda: isinstance(app.screen, SessionsScreen))
        assert app.shown_rows == [NEW, OLD]
        await pilot.press("down", "enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, CheckScreen))


async def test_a_session_whose_guide_is_gone_cannot_go_on_and_says_so():
    keep(NEW, ended=False)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        await pilot.press("r")
        await until_shown(pilot, "there is no guide for the role 'baker'")
        await pilot.press("enter")
        assert app.screen is app.start


async def test_stored_interviews_are_listed_with_how_they_stand():
    keep(OLD)
    folder = keep(NEW, ended=False, title="Pastry Chef")
    app = Starting()
    with held_by_another_program(folder):
        async with app.run_test(size=(80, 24)) as pilot:
            await until_read(pilot, app)
            await pilot.press("v")
            await until_it_holds(pilot, lambda: isinstance(app.screen, SessionsScreen))
            assert "running in another program Pastry Chef" in words(app)
            assert "30:00 Head Baker" in words(app)
            await pilot.press("enter")
            await until_shown(pilot, "being recorded by another program")


async def test_a_damaged_one_is_listed_and_says_what_is_wrong():
    keep(OLD)
    (keep(NEW).path / "session.json").write_text("{}")
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        await pilot.press("v")
        await until_it_holds(pilot, lambda: isinstance(app.screen, SessionsScreen))
        assert "damaged" in words(app)
        await pilot.press("enter")
        await until_shown(pilot, "the journal beside it still holds the session")


async def test_an_interview_is_opened_for_review_and_left_again():
    keep(OLD)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        await pilot.press("v", "enter")
        await until_it_holds(pilot, lambda: type(app.screen).__name__ == "ReviewScreen")
        await until_shown(pilot, "Head Baker")
        await pilot.press("q")
        await until_it_holds(pilot, lambda: isinstance(app.screen, SessionsScreen))


# -- bad cases ------------------------------------------------------------------------------------


async def test_broken_settings_are_said_with_their_line_and_left_alone():
    config_folder().mkdir(parents=True)
    path = config_folder() / "settings.json"
    path.write_text('{\n "theme": "drak"\n}')
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        await until_shown(pilot, "Did you mean")
        assert "settings.json:2:" in words(app).replace(" ", "")
        assert "Did you mean 'dark'?" in words(app)
        await pilot.press("n")
        await until_it_holds(pilot, lambda: isinstance(app.screen, NewScreen))
    assert path.read_text() == '{\n "theme": "drak"\n}'


async def test_lost_choices_of_last_time_are_said_and_not_missed():
    config_folder().mkdir(parents=True)
    (config_folder() / "last-interview.json").write_text('{"role": 3}')
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        assert app.value("again") == "cannot be repeated"
        assert "The last choices are lost" in words(app)
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, NewScreen))


async def test_without_any_guide_it_says_where_one_belongs(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "_shipped", lambda: tmp_path / "nothing")
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        assert "There is no guide to interview with" in words(app)
        await pilot.press("n")
        assert app.screen is app.start


async def test_without_a_speech_model_it_says_how_to_get_one_and_comes_back():
    config_folder().mkdir(parents=True)
    (config_folder() / "settings.json").write_text(json.dumps({"model": "large-v3"}))
    keep_last_time(Choices(ROLE), None)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        await pilot.press("enter")
        await until_shown(pilot, "interview-copilot models fetch large-v3")
        await pilot.press("escape")
        assert app.screen is app.start


async def test_a_guide_broken_since_is_used_as_it_was_and_that_is_said():
    guide = own_guide()
    keep_last_time(Choices("baker"), None)
    app = Starting()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_read(pilot, app)
        guide.write_text("id: baker\nquestions: [\n")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ConsentScreen))
        assert "the version read before is used" in toasts(app)
        assert "baker.yaml:3" in toasts(app)
    assert _last_role() == "baker"


async def test_a_guide_that_was_never_whole_is_named_and_nothing_is_lost():
    own_guide().write_text("id: baker\nquestions: [\n")
    keep_last_time(Choices("baker"), None)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        await until_shown(pilot, "cannot be repeated")
        assert "baker.yaml:" in words(app).replace(" ", "")
    assert _last_role() == "baker"


async def test_a_guide_edited_beside_the_app_is_read_again():
    guide = own_guide()
    keep_last_time(Choices("baker"), None)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        await until_shown(pilot, "Head Baker")
        text = guide.read_text("utf-8")
        guide.write_text(text.replace("Head Baker", "Chief of Bakers"), "utf-8")
        app.start.look_at_guides(app.start.look_again)
        await until_shown(pilot, "Chief of Bakers")
        guide.write_text("id: baker\nquestions: [\n", "utf-8")
        app.start.look_at_guides(app.start.look_again)
        await until_shown(pilot, "the version read before is used")
        assert "Chief of Bakers" in words(app)


async def test_choices_that_cannot_be_kept_do_not_stop_an_interview(links):
    keep_last_time(Choices(ROLE), None)
    app = Starting()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_read(pilot, app)
        last_time_path().unlink()
        last_time_path().mkdir()
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ConsentScreen))
        await until_shown(pilot, "directory")
