"""Nothing is opened before a decision was recorded, with who recorded it and what was read out."""

import getpass

import pytest
from textual.app import App
from textual.widgets import Input, Static, TextArea

from copilot.engine.consent import consent_notice, notice_path
from copilot.events import ConsentDecision
from copilot.tui.consent.screen import ConsentAnswer, ConsentScreen
from copilot.tui.keys.consent import CONSENT_ACTIONS
from tests.tui.recorded import shown, words

SIZES = [(50, 24), (80, 24), (60, 40), (160, 50)]
NOTICE = consent_notice("en")


class Asking(App[None]):
    """An app that asks and keeps the answer."""

    def __init__(self, notice: str = NOTICE, language: str = "en", host: str = "") -> None:
        super().__init__()
        self.answers: list[ConsentAnswer | None] = []
        self.asked = ConsentScreen("Head Baker", language, notice, host)

    def on_mount(self) -> None:
        self.push_screen(self.asked, self.keep)

    def keep(self, answer: ConsentAnswer | None) -> None:
        self.answers.append(answer)


@pytest.fixture(autouse=True)
def _logged_in(monkeypatch):
    monkeypatch.setenv("LOGNAME", "ada")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", SIZES)
async def test_notice_role_keys_and_their_meaning_are_on_the_screen_at_every_size(size, language):
    notice = consent_notice(language)
    app = Asking(notice, language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = words(app)
        assert {"en": "Head Baker · English", "fr": "Head Baker · French"}[language] in text
        assert " ".join(notice.split()[:20]) in text
        assert "Recorded by: ada" in text
        assert "no sound is opened; plan, timer, notes and ratings work" in text
        last = shown(app).splitlines()[-1]
        for action in CONSENT_ACTIONS:
            assert action.label in last or action.id == "help"  # no room for all on 50 columns
        assert max(map(len, shown(app).splitlines())) <= size[0]


@pytest.mark.parametrize("size", SIZES)
async def test_where_the_sound_would_go_is_on_the_screen(size):
    app = Asking(consent_notice("en", "gpubox.example"), "en", "gpubox.example")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "sound → gpubox.example, if agreed" in words(app)
        for action in CONSENT_ACTIONS:
            assert action.label in shown(app).splitlines()[-1] or action.id == "help"
    quiet = Asking()
    async with quiet.run_test(size=size) as pilot:
        await pilot.pause()
        assert "sound →" not in words(quiet)


@pytest.mark.parametrize(
    ("key", "decision"), [("y", ConsentDecision.GIVEN), ("n", ConsentDecision.DECLINED)]
)
async def test_the_answer_says_who_recorded_it_and_what_was_read_out(key, decision):
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        assert app.answers == [ConsentAnswer(decision, "ada", NOTICE)]


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_leaving_is_no_answer(key):
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        assert app.answers == [None]


async def test_someone_else_can_record_it():
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "ctrl+u", *"Yann", "enter")
        assert app.answers == []  # the y of the name was no answer
        await pilot.press("y")
        assert app.answers == [ConsentAnswer(ConsentDecision.GIVEN, "Yann", NOTICE)]


async def test_escape_leaves_the_name_first_and_the_screen_only_then():
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "escape")
        assert app.answers == []
        await pilot.press("escape")
        assert app.answers == [None]


async def test_without_a_name_nothing_is_recorded(monkeypatch):
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", unknown)
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y")
        assert app.answers == []
        assert "Who records the decision?" in words(app)
        assert isinstance(app.focused, Input)
        await pilot.press(*"Ada", "enter", "y")
        assert app.answers == [ConsentAnswer(ConsentDecision.GIVEN, "Ada", NOTICE)]


async def test_wording_changed_in_place_is_what_is_recorded_this_once():
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        assert isinstance(app.focused, TextArea)
        assert "Ctrl+S" in shown(app).splitlines()[-1]
        app.asked.query_one(TextArea).text = ""
        await pilot.press(*"May I, y or n", "escape")
        assert "May I, y or n" in words(app)
        await pilot.press("n")
        assert app.answers == [ConsentAnswer(ConsentDecision.DECLINED, "ada", "May I, y or n")]
    assert consent_notice("en") == NOTICE


async def test_wording_can_be_kept_for_the_next_time():
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        app.asked.query_one(TextArea).text = "May I record this?\n"
        await pilot.press("ctrl+s")
        assert "Kept in" in words(app)
        assert consent_notice("en") == "May I record this?"
        await pilot.press("y")
        assert app.answers == [ConsentAnswer(ConsentDecision.GIVEN, "ada", "May I record this?")]


async def test_an_empty_notice_is_neither_kept_nor_read_out():
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        app.asked.query_one(TextArea).text = " \n"
        await pilot.press("ctrl+s")
        assert isinstance(app.focused, TextArea)
        assert "the notice is empty" in words(app)
        await pilot.press("escape")
        assert "the one before is back" in words(app)
        assert str(app.asked.query_one("#notice", Static).content) == NOTICE


async def test_a_disk_that_refuses_is_said_and_the_wording_can_still_be_used():
    notice_path("en").parent.parent.mkdir(parents=True, exist_ok=True)
    notice_path("en").parent.write_text("a file where the folder should be")
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        app.asked.query_one(TextArea).text = "May I?"
        await pilot.press("ctrl+s")
        assert "INTERVIEW_COPILOT_CONFIG" in words(app)
        await pilot.press("escape", "y")
        assert app.answers == [ConsentAnswer(ConsentDecision.GIVEN, "ada", "May I?")]


async def test_a_long_notice_scrolls_by_key():
    app = Asking("\n".join(f"Sentence {number}." for number in range(60)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Sentence 59." not in words(app)
        await pilot.press("end")
        await pilot.pause()
        assert "Sentence 59." in words(app)


async def test_what_the_user_wrote_is_shown_as_it_is():
    app = Asking("May I [b]record[/b] this [now?")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "May I [b]record[/b] this [now?" in words(app)


async def test_help_says_what_it_is_for_and_writing_a_name_does_not_open_it():
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert "read the notice to the candidate" in words(app)
        await pilot.press("escape", "tab", "question_mark")
        await pilot.pause()
        assert "read the notice to the candidate" not in words(app)
        assert app.asked.query_one("#by", Input).value == "ada?"
