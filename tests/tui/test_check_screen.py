"""The check before a call: what is proven, what is to be mended, and the way past it."""

import threading
from collections.abc import Callable, Iterable

import pytest
from textual.app import App

from copilot.audio.capture.report import CheckReport, Problem, SideReport, SideState
from copilot.errors import DeviceError
from copilot.events import Channel
from copilot.tui.check.screen import CheckScreen
from tests.tui.recorded import shown, until_it_holds, until_shown, words

SIZES = [(50, 24), (80, 24), (60, 40), (160, 50)]
SIDES = {
    Channel.INTERVIEWER: SideReport("Built-in microphone", SideState.HEARD, -20.0, -12.0),
    Channel.CANDIDATE: SideReport(
        "Monitor of Built-in Audio Analogue Stereo", SideState.SILENT, -58.0, -50.0
    ),
}
SILENT = Problem("The candidate's side is silent.", "Look which output the call uses.")
TELEPHONE = Problem("The headset is in call mode.", "Use its other profile.", grave=False)
RUNNING = CheckReport(SIDES, "Say a few words.", 3.0)
READY = CheckReport(SIDES, done=True)
BROKEN = CheckReport(SIDES, done=True, problems=(SILENT, TELEPHONE))


class ToldCheck:
    """A check that reports what it is told to, then waits to be stopped unless it is done."""

    def __init__(self, reports: Iterable[CheckReport]) -> None:
        self._reports = tuple(reports)
        self.stopped = threading.Event()

    def run(self, on_report: Callable[[CheckReport], None]) -> CheckReport:
        for report in self._reports:
            on_report(report)
        last = self._reports[-1]
        if not last.done:
            assert self.stopped.wait(60), "nobody stopped the check"
        return last

    def stop(self) -> None:
        self.stopped.set()


class FailingCheck(ToldCheck):
    """A check that cannot be done."""

    def __init__(self, error: Exception) -> None:
        super().__init__([RUNNING])
        self._error = error

    def run(self, on_report: Callable[[CheckReport], None]) -> CheckReport:
        on_report(RUNNING)
        raise self._error


class Checking(App[None]):
    """An app that checks and keeps what the screen gave back."""

    def __init__(self, *checks: ToldCheck) -> None:
        super().__init__()
        self.checks = list(checks)
        self.results: list[tuple[Problem, ...] | None] = []
        self.made: list[ToldCheck] = []

    def on_mount(self) -> None:
        self.push_screen(CheckScreen(self._make), self.keep)

    def _make(self) -> ToldCheck:
        self.made.append(self.checks.pop(0))
        return self.made[-1]

    def keep(self, result: tuple[Problem, ...] | None) -> None:
        self.results.append(result)


@pytest.mark.parametrize("size", SIZES)
async def test_both_sides_and_what_to_do_are_on_the_screen_at_every_size(size):
    app = Checking(ToldCheck([RUNNING]))
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "Say a few words")
        text = words(app)
        assert "Say a few words. 3 s" in text
        assert "you Built-in microphone" in text
        assert "candidate Monitor of Built-in Audio" in text
        assert "● heard" in text
        assert "○ nothing heard yet" in text
        assert shown(app).splitlines()[-1].split() == ["Enter", "Skip", "q", "Leave"]
        assert max(map(len, shown(app).splitlines())) <= size[0]


async def test_the_louder_the_longer_the_bar():
    app = Checking(ToldCheck([RUNNING]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Say a few words")
        you, candidate = (line for line in shown(app).splitlines() if "··" in line)
        assert you.count("█") > 5 * max(1, candidate.count("█"))
        assert "|" in you  # the loudest so far


async def test_one_microphone_is_one_side():
    sides = {Channel.INTERVIEWER: SIDES[Channel.INTERVIEWER]}
    app = Checking(ToldCheck([CheckReport(sides, "Say a few words.", 3.0)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "microphone Built-in microphone")
        assert "candidate" not in words(app)


async def test_when_all_is_well_it_goes_on_by_itself():
    app = Checking(ToldCheck([RUNNING, READY]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_it_holds(pilot, lambda: app.results == [()])


async def test_what_is_not_grave_is_passed_on():
    report = CheckReport(SIDES, done=True, problems=(TELEPHONE,))
    app = Checking(ToldCheck([report]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_it_holds(pilot, lambda: app.results == [(TELEPHONE,)])


@pytest.mark.parametrize("key", ["enter", "escape", "space"])
async def test_it_can_be_skipped_and_lets_go_of_the_devices_first(key):
    check = ToldCheck([RUNNING])
    app = Checking(check)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Say a few words")
        await pilot.press(key)
        await until_it_holds(pilot, lambda: app.results == [()])
        assert check.stopped.is_set()


@pytest.mark.parametrize("size", SIZES)
async def test_the_gravest_problem_comes_first_with_its_remedy_and_the_keys(size):
    app = Checking(ToldCheck([RUNNING, BROKEN]))
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "not ready")
        text = words(app)
        first = "▲ The candidate's side is silent. → Look which output the call uses."
        assert text.index(first) < text.index("· The headset is in call mode.")
        last = shown(app).splitlines()[-1]
        assert last.split() == [
            "r",
            "Check",
            "again",
            "Enter",
            "Start",
            "anyway",
            "?",
            "Keys",
            "q",
            "Leave",
        ]
        await pilot.press("space", "escape")
        assert app.results == []
        await pilot.press("enter")
        assert app.results == [(SILENT, TELEPHONE)]


async def test_after_mending_it_is_checked_again():
    app = Checking(ToldCheck([BROKEN]), ToldCheck([RUNNING]), ToldCheck([READY]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "not ready")
        await pilot.press("r")
        await until_shown(pilot, "Say a few words")
        assert "The candidate's side is silent" not in words(app)
        await pilot.press("r")  # means nothing while it runs
        assert len(app.made) == 2
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: app.results == [()])


async def test_leaving_stops_it():
    check = ToldCheck([RUNNING])
    app = Checking(check)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Say a few words")
        await pilot.press("q")
        assert app.results == [None]
        assert check.stopped.is_set()


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (DeviceError("there is no microphone.", "Plug one in."), "there is no microphone."),
        (ValueError("unheard of"), "ValueError: unheard of"),
    ],
)
async def test_a_check_that_fails_is_a_problem_like_any_other(error, text):
    app = Checking(FailingCheck(error), ToldCheck([READY]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, text)
        assert "→" in shown(app)
        await pilot.press("r")
        await until_it_holds(pilot, lambda: app.results == [()])


async def test_a_check_without_a_verdict_is_not_taken_for_ready():
    app = Checking(ToldCheck([CheckReport(SIDES, done=False)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "you")
        app.made[0].stop()  # as a check does that is ended from elsewhere
        await until_shown(pilot, "It could not be proven")
