"""A live call from the notice to the interview: nothing is opened before its time."""

import getpass
import threading
from typing import Any

import pytest
from textual.screen import Screen

from copilot.engine.background_check import MakeCheck
from copilot.engine.commands import Command, EndSession, PauseCapture
from copilot.engine.setup import Consent
from copilot.errors import DeviceError, ExitCode
from copilot.events import CaptureKind, ConsentDecision
from copilot.tui import app as app_module
from copilot.tui.app import LiveApp, run_live
from copilot.tui.call import LiveCall
from copilot.tui.check.screen import CheckScreen
from copilot.tui.consent.screen import ConsentScreen
from copilot.tui.live.screen import LiveScreen
from tests.tui.recorded import CallStory, RecordedLink, shown, until_it_holds, until_shown, words
from tests.tui.test_check_screen import BROKEN, READY, RUNNING, SIDES, TELEPHONE, ToldCheck

NOTICE = "May I record this?"
GIVEN = Consent(ConsentDecision.GIVEN, "Ada", NOTICE)
DECLINED = Consent(ConsentDecision.DECLINED, "Ada", NOTICE)
SIZES = [(80, 24), (60, 40), (160, 50)]


class CallApp(LiveApp):
    """The real app for a call whose session is told; what it would open is kept."""

    def __init__(self, check: MakeCheck | None = None, consent: Consent | None = None) -> None:
        self.opened: list[Consent] = []
        super().__init__(LiveCall("Head Baker", "en", NOTICE, self._open, check, consent=consent))
        declined = consent is not None and consent.decision is ConsentDecision.DECLINED
        story = CallStory(CaptureKind.NONE if declined else CaptureKind.CALL)
        self.recorded = RecordedLink(story.fresh())
        self.flow.link = self.recorded
        self.flow.live = self.flow._stage = LiveScreen(self.recorded)

    def _open(self, consent: Consent):
        self.opened.append(consent)
        raise NotImplementedError

    def decision(self) -> Consent:
        """What the session is given to go by."""
        with pytest.raises(NotImplementedError):
            self.flow.prepare()
        return self.opened[-1]


@pytest.fixture(autouse=True)
def _logged_in(monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "ada")


def on(app: LiveApp, screen: type[Screen[Any]]) -> bool:
    """Whether that screen is the one to be seen."""
    return isinstance(app.screen, screen)


def begun(app: CallApp) -> bool:
    """Whether the session was started."""
    return app.recorded.target is app.live


def never() -> ToldCheck:
    raise AssertionError("nothing may be checked here")


@pytest.mark.parametrize("size", SIZES)
async def test_consent_then_check_then_interview(size):
    check = ToldCheck([RUNNING])
    app = CallApp(lambda: check)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert on(app, ConsentScreen)
        assert NOTICE in words(app)
        assert not begun(app)
        await pilot.press("y")
        await until_shown(pilot, "Say a few words")
        assert not begun(app)
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: app.screen is app.live)
        assert begun(app)
        assert app.decision() == Consent(ConsentDecision.GIVEN, "ada", NOTICE)


async def test_a_check_that_finds_all_well_leads_on_by_itself():
    app = CallApp(lambda: ToldCheck([RUNNING, READY]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y")
        await until_it_holds(pilot, lambda: app.screen is app.live)


async def test_what_is_not_grave_is_said_on_the_live_screen():
    mild = type(READY)(SIDES, done=True, problems=(TELEPHONE,))
    app = CallApp(lambda: ToldCheck([mild]))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("y")
        await until_it_holds(pilot, lambda: app.screen is app.live)
        await until_shown(pilot, "The headset is in call mode")


async def test_declined_opens_no_device_and_goes_straight_to_the_interview():
    app = CallApp(never)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await until_it_holds(pilot, lambda: app.screen is app.live)
        assert app.decision() == Consent(ConsentDecision.DECLINED, "ada", NOTICE)


async def test_without_a_check_consent_leads_to_the_interview():
    app = CallApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y")
        await until_it_holds(pilot, lambda: app.screen is app.live)


async def test_a_resumed_session_has_its_consent_and_is_checked():
    app = CallApp(lambda: ToldCheck([BROKEN]), GIVEN)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "not ready")
        assert on(app, CheckScreen)
        await pilot.press("enter")
        assert app.screen is app.live
        assert app.decision() == GIVEN


async def test_a_resumed_session_that_was_declined_stays_so():
    app = CallApp(never, DECLINED)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "declined")
        assert app.screen is app.live
        assert app.decision() == DECLINED


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+q", "ctrl+c"])
async def test_leaving_the_notice_leaves_the_app_and_opens_nothing(key):
    app = CallApp(never)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
    assert app._exit
    assert not begun(app)


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_leaving_the_check_leaves_the_app_and_stops_it(key):
    check = ToldCheck([RUNNING])
    app = CallApp(lambda: check)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y")
        await until_shown(pilot, "Say a few words")
        await pilot.press(key)
        await pilot.pause()
    assert app._exit
    assert check.stopped.is_set()
    assert not begun(app)


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_leaving_the_interview_asks(key):
    app = CallApp(None, GIVEN)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_it_holds(pilot, lambda: app.screen is app.live)
        await pilot.press(key, "y")
        assert app.recorded.commands == [EndSession()]


def test_a_call_that_never_began_is_no_failure(monkeypatch, capsys):
    monkeypatch.setattr(app_module.LiveApp, "run", lambda _: None)
    code = run_live(LiveCall("Head Baker", "en", NOTICE, _not_now))
    assert code == ExitCode.OK
    assert "No session was started; nothing was stored." in capsys.readouterr().err


def _not_now(consent: Consent):
    raise AssertionError("nothing was agreed to")


async def test_a_device_that_cannot_be_opened_is_said_with_its_remedy_and_in_the_exit_code():
    def prepare(consent: Consent):
        raise DeviceError("there is no microphone.", "Plug one in.")

    app = LiveApp(LiveCall("Head Baker", "en", NOTICE, prepare))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y")
        await until_shown(pilot, "there is no microphone.")
        assert "→ Plug one in." in shown(app)
        await pilot.press("enter")
    assert app.return_code == ExitCode.DEVICE
    assert isinstance(app.link.failure, DeviceError)


async def test_the_app_stays_usable_while_the_session_is_being_set_up():
    """Keys are answered and nothing is forgotten, however long loading takes."""
    let_go = threading.Event()
    sent: list[Command] = []

    def prepare(consent: Consent):
        assert let_go.wait(60)
        raise DeviceError("it was unplugged.", "Plug it in.")

    app = LiveApp(LiveCall("Head Baker", "en", NOTICE, prepare))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y")
        await until_shown(pilot, "Loading the models")
        await pilot.press("o")
        await pilot.pause()
        sent.extend(app.link._early)
        assert sent == [PauseCapture(paused=True)]
        assert "pausing" in shown(app).splitlines()[0]
        let_go.set()
        await until_shown(pilot, "it was unplugged.")
