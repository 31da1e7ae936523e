"""The check of the sound in lines: what to do, what is heard, what is to be mended."""

from typing import TYPE_CHECKING

from copilot.engine.background_check import BackgroundCheck, MakeCheck
from copilot.events import Channel
from copilot.i18n import N_, _
from copilot.plain.console import Console
from copilot.plain.happenings import Checked, Failed, InputOver, Interrupted, Typed
from copilot.plain.names import side_name
from copilot.plain.vocabulary import understood

if TYPE_CHECKING:
    from copilot.audio.capture.report import CheckReport

#: How long devices may take to close before the call is opened all the same, in seconds.
_PATIENCE_S = 2.0

_STATES = {
    "opening": N_("{side}: opening {device}."),
    "silent": N_("{side}: nothing heard yet. {device}."),
    "heard": N_("{side}: heard. {device}."),
    "clipping": N_("{side}: too loud. {device}."),
    "failed": N_("{side}: failed. {device}."),
}


def go_through_check(console: Console, make_check: MakeCheck) -> bool:
    """Check until the sound is ready or the user goes on all the same; False where they left."""
    while True:
        match _check_once(console, make_check):
            case "go":
                return True
            case "leave":
                return False
        console.say(_("Type start to go on as it is, again to check again, or quit."))
        match _answer(console):
            case "start":
                return True
            case "leave":
                return False


def _check_once(console: Console, make_check: MakeCheck) -> str:
    """``go``, ``leave``, or ``mend`` where something is to be mended."""
    console.say(_("Checking the sound. Type skip to go on without."))
    running = BackgroundCheck(
        make_check,
        on_report=lambda report: console.put(Checked(report)),
        on_over=lambda report: console.put(Checked(report, over=True)),
        on_failed=lambda error: console.put(Failed(error)),
    )
    running.start()
    spoken = _Spoken(console)
    while True:
        happening = console.next()
        match happening:
            case Checked(report=report, over=False):
                spoken.tell(report)
            case Checked(report=report):
                return _concluded(console, report)
            case Failed(error=error):
                console.say(_("{problem} {remedy}", problem=error.message, remedy=error.remedy))
                return "mend"
            case Typed(text=text) if _is(text, "skip"):
                running.stop()
                _wait_for_end(console)
                console.say(_("Skipped."))
                return "go"
            case Typed(text=text) if not _is(text, "quit"):
                pass  # nothing else means anything here
            case Typed() | Interrupted() | InputOver():
                running.stop()
                return "leave"


def _concluded(console: Console, report: "CheckReport") -> str:
    for problem in report.problems:
        console.say(_("{problem} {remedy}", problem=problem.text, remedy=problem.remedy))
    if report.ready:
        console.say(_("The sound is ready."))
        return "go"
    if not report.problems:
        console.say(_("It could not be proven that both sides are heard."))
    console.say(_("The sound is not ready."))
    return "mend"


def _answer(console: Console) -> str:
    while True:
        happening = console.next()
        if isinstance(happening, Interrupted | InputOver):
            return "leave"
        if not isinstance(happening, Typed):
            continue
        if happening.text.strip().casefold() in ("start", _("start").casefold()):
            return "start"
        if _is(happening.text, "repeat"):
            return "again"
        if _is(happening.text, "quit"):
            return "leave"
        console.say(_("Type start, again or quit."))


def _wait_for_end(console: Console) -> None:
    """Until the devices are closed, or for as long as that may take."""
    while True:
        happening = console.next(_PATIENCE_S)
        if happening is None or isinstance(happening, Failed):
            return
        if isinstance(happening, Checked) and happening.over:
            return


def _is(text: str, what: str) -> bool:
    known = understood(text)
    if what == "skip":
        return known is not None and known[0].id == "suggestion.skip"
    return known is not None and known[0].id == what


class _Spoken:
    """Says only what is new of a report."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._step = ""
        self._sides: dict[Channel, str] = {}

    def tell(self, report: "CheckReport") -> None:
        """Say what has changed since the last one."""
        if report.step and report.step != self._step:
            self._step = report.step
            self._console.say(report.step)
        alone = len(report.sides) == 1
        for channel, side in report.sides.items():
            if self._sides.get(channel) == side.state or side.state == "opening":
                continue
            self._sides[channel] = side.state
            name = _("Microphone") if alone else side_name(channel)
            self._console.say(_(_STATES[side.state], side=name, device=side.device))
