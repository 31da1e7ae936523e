"""Consent and check in lines: nothing is opened before a yes."""

import sys
from collections.abc import Callable

from copilot.audio.capture.report import CheckReport, Problem, SideReport, SideState
from copilot.errors import DeviceError
from copilot.events import Channel, ConsentDecision
from copilot.plain.checking import go_through_check
from copilot.plain.consent import Notice, ask_consent, user_name
from copilot.plain.console import Console
from copilot.plain.happenings import Checked, Failed, Happening, InputOver, Interrupted, Typed
from tests.plain.parts import ScriptedConsole

NOTICE = Notice("Head Baker", "en", "We record.\nYou may refuse.", sound_goes_to="speech.example")


def asked(*typed: str):
    console = ScriptedConsole([[Typed(line)] for line in typed] + [[InputOver(True)]])
    return ask_consent(console, NOTICE), console.lines


def test_the_notice_is_read_out_line_by_line_and_where_sound_goes() -> None:
    _, lines = asked()

    assert lines[0] == "Head Baker, in English."
    assert lines[3:6] == [
        "We record.",
        "You may refuse.",
        "If agreed, sound goes to speech.example.",
    ]
    assert lines[-1].startswith("Type yes if the candidate agreed")


def test_yes_and_no_are_recorded_with_who_recorded_them() -> None:
    agreed, _ = asked("yes")
    declined, _ = asked("name Ada Lovelace", "n")

    assert agreed is not None
    assert (agreed.decision, agreed.by) == (ConsentDecision.GIVEN, user_name())
    assert agreed.wording == NOTICE.text
    assert declined is not None
    assert (declined.decision, declined.by) == (ConsentDecision.DECLINED, "Ada Lovelace")


def test_nothing_else_is_an_answer() -> None:
    for typed in ([], ["maybe"], ["take"], [""], ["quit", "yes"]):
        assert asked(*typed)[0] is None
    console = ScriptedConsole([[Interrupted()]])
    assert ask_consent(console, NOTICE) is None


# -- the check ------------------------------------------------------------------------------------

HEARD = {
    Channel.INTERVIEWER: SideReport("USB", SideState.HEARD),
    Channel.CANDIDATE: SideReport("Speakers", SideState.SILENT),
}


class _Check:
    """A check that reports what it is told to; its thread is the test's console."""

    def run(self, on_report: Callable[[CheckReport], None]) -> CheckReport:
        return CheckReport()

    def stop(self) -> None:
        pass


class _DeafConsole(ScriptedConsole):
    """Lets happen what the script says alone, whatever the check's thread tells."""

    def put(self, happening: Happening) -> None:
        pass


def checked(*batches) -> tuple[bool, list[str]]:
    console = _DeafConsole(batches)
    return go_through_check(console, _Check), console.lines


def test_a_check_says_what_to_do_once_and_goes_on_when_all_is_well() -> None:
    report = CheckReport(HEARD, step="Say a few words", remaining_s=4)
    going, lines = checked(
        [Checked(report)], [Checked(report)], [Checked(CheckReport(done=True), over=True)]
    )

    assert going
    assert lines[1:] == [
        "Say a few words",
        "You: heard. USB.",
        "Candidate: nothing heard yet. Speakers.",
        "The sound is ready.",
    ]


def test_a_problem_is_told_with_its_remedy_and_the_user_decides() -> None:
    bad = Checked(
        CheckReport(done=True, problems=(Problem("You are muted.", "Unmute."),)), over=True
    )
    good = Checked(CheckReport(done=True), over=True)

    going, lines = checked([bad], [Typed("start")])
    assert going
    assert lines[1:3] == ["You are muted. Unmute.", "The sound is not ready."]
    assert checked([bad], [Typed("again")], [good])[0]
    assert not checked([bad], [Typed("quit")])[0]
    assert not checked([bad], [InputOver(True)])[0]


def test_a_check_can_be_skipped_or_left_and_may_fail() -> None:
    stopped = Checked(CheckReport(), over=True)

    assert checked([Typed("skip")], [stopped])[0]
    assert not checked([Typed("quit")])[0]
    assert not checked([Interrupted()])[0]
    failed = [Failed(DeviceError("no sound system.", "Start one."))]
    going, lines = checked(failed, [Typed("start")])
    assert going
    assert "no sound system. Start one." in lines


def test_a_real_console_hears_of_a_check_on_its_own_thread(capsys) -> None:
    console = Console(sys.stdout, interactive=True)

    class Ready(_Check):
        def run(self, on_report):
            on_report(CheckReport(HEARD, step="Say a few words"))
            return CheckReport(HEARD, done=True)

    assert go_through_check(console, Ready)
    assert capsys.readouterr().out.splitlines()[-1] == "The sound is ready."
