"""The check before a call: both inputs are opened, and proven by what comes in through them."""

import dataclasses
import threading
from collections.abc import Callable

from copilot.audio.capture.check_findings import Findings, ToneFindings
from copilot.audio.capture.check_hearing import Devices, Heard, Hearing
from copilot.audio.capture.check_listening import Listening
from copilot.audio.capture.check_problems import problems
from copilot.audio.capture.clock import capture_clock
from copilot.audio.capture.devices import Choice, InputKind, SoundSystem
from copilot.audio.capture.report import CheckReport
from copilot.audio.capture.tone import TonePlan, TonePlayer
from copilot.errors import DeviceError
from copilot.events import Channel
from copilot.i18n import N_, _

_REPORT_S = 0.1
_PROVEN_S = 2.0  # no check is shorter: a fault may take a moment to show
_AGAIN_S = 2.0  # after this the tone is played once more, if nobody has heard it
_TONE_WAIT_S = 3.0  # so much longer than it should an output may take to wake
_PATIENCE_S = 15.0  # a sound system that takes longer to open has failed in some way of its own
_OPENING = N_("Opening the devices …")

OnReport = Callable[[CheckReport], None]


class QuickCheck:
    """One check; used once.

    Attributes:
        findings: What was measured, once ``run`` has returned; None where it was stopped.
    """

    def __init__(
        self,
        system: SoundSystem,
        choice: Choice,
        seconds: float = 5.0,
        tone: bool = True,
        *,
        proven_s: float = _PROVEN_S,
        clock: Callable[[], float] = capture_clock,
    ) -> None:
        """Prepare; ``run`` opens the devices.

        Args:
            system: Where the inputs are.
            choice: Which ones to hear.
            seconds: How long to listen at most once both are open.
            tone: Whether a tone may be played where the call plays.
            proven_s: How long to listen at least, where all is proven earlier.
            clock: Seconds on a clock that never goes back.
        """
        self._system = system
        self._hearing = Hearing(system, choice, wants_players=tone)
        self._seconds = seconds
        self._proven_s = proven_s
        self._tone = tone and not choice.room
        self._clock = clock
        self._stopped = threading.Event()
        self._player: TonePlayer | None = None
        self._asked = 0  # how often the tone was wished for
        self._asked_s: float | None = None  # when it was last
        self.findings: Findings | None = None

    def stop(self) -> None:
        """Let ``run`` return at once; may be called from any thread, also before it."""
        self._stopped.set()
        self._hearing.stop()

    def run(self, on_report: OnReport) -> CheckReport:
        """Check.

        Args:
            on_report: Called some ten times a second, on the same thread.

        Returns:
            How it ended; not done where it was stopped.

        Raises:
            DeviceError: The sound system does not answer, or a chosen input does not exist.
        """
        if self._stopped.is_set():
            return CheckReport()
        self._hearing.start()
        try:
            return self._run(on_report)
        finally:
            if self._player is not None:
                self._player.stop()
            self._hearing.end()

    def _run(self, on_report: OnReport) -> CheckReport:
        began_s = reported_s = self._clock()
        listening: Listening | None = None
        on_report(CheckReport(step=_(_OPENING), remaining_s=self._seconds))
        while not self._stopped.is_set():
            match self._hearing.next(_REPORT_S):
                case Devices() as devices:
                    listening = Listening(devices)
                    self._open_tone(listening)
                case Heard() as heard if listening is not None:
                    listening.add(heard, self._clock())
            now_s = self._clock()
            if now_s - reported_s < _REPORT_S:
                continue
            reported_s = now_s
            report = self._report(listening, now_s)
            on_report(report)
            if report.remaining_s <= 0 or now_s - began_s > self._seconds + _PATIENCE_S:
                break
        return self._concluded(listening)

    def _report(self, listening: Listening | None, now_s: float) -> CheckReport:
        if listening is None or listening.opened_s is None:
            sides = {} if listening is None else listening.sides()
            return CheckReport(sides, _(_OPENING), self._seconds)
        listening.look()
        self._play(listening, now_s)
        remaining_s = self._remaining_s(listening, now_s - listening.opened_s)
        return CheckReport(listening.sides(), listening.step, remaining_s)

    def _remaining_s(self, listening: Listening, passed_s: float) -> float:
        """How long to listen still; 0 where everything is proven."""
        if passed_s >= self._proven_s and listening.proven:
            return 0.0
        left_s = self._seconds - passed_s
        if left_s <= 0 and listening.all_there and self._tone_is_due():
            left_s += _TONE_WAIT_S
        return max(0.0, left_s)

    def _concluded(self, listening: Listening | None) -> CheckReport:
        if self._stopped.is_set():
            return CheckReport()
        if listening is None:
            raise DeviceError(
                _("the sound system does not answer."), _("Start it anew, then try again.")
            )
        self.findings = self._found(listening)
        return CheckReport(listening.sides(), done=True, problems=problems(self.findings))

    def _found(self, listening: Listening) -> Findings:
        if listening.all_there:
            own = "" if self._player is None else str(self._player.pid)
            others = (player for player in self._hearing.players() if player.pid != own)
            return listening.findings(tuple(others))
        found = listening.findings()
        try:
            self._system.inputs()
        except DeviceError as error:
            return dataclasses.replace(found, failure=error.message)
        return found

    # -- the tone -------------------------------------------------------------------------------

    def _open_tone(self, listening: Listening) -> None:
        if self._tone:
            plan, tone = tone_plan(listening.devices)
            self._player = TonePlayer(plan)
            listening.expect_tone(tone, self._player)

    def _play(self, listening: Listening, now_s: float) -> None:
        """Play the tone, and once more where an output slept through it."""
        player = self._player
        if player is None or listening.tone_heard or player.failure:
            return
        asked_s = self._asked_s
        if asked_s is None or (player.played == self._asked and now_s - asked_s > _AGAIN_S):
            player.play()
            self._asked += 1
            self._asked_s = now_s

    def _tone_is_due(self) -> bool:
        """Whether the tone has still to come, as where an output is slow to wake."""
        player = self._player
        return player is not None and not player.failure and not player.played


def tone_plan(devices: Devices) -> tuple[TonePlan, ToneFindings]:
    """Where to play the tone: where a program plays that is heard, else where calls play."""
    call = devices.chosen[Channel.CANDIDATE]
    outputs = [i for i in devices.inputs if i.output is not None]
    default = next((i for i in outputs if i.is_default), None)
    played_on = {player.output for player in devices.players}
    heard = call if call.output is not None else None
    chosen = heard if heard is not None and heard.output in played_on else default or heard
    if chosen is None or chosen.output is None:
        name = _("the default output")
        return TonePlan(name), ToneFindings(name)
    name = chosen.output_name or chosen.output
    tone = ToneFindings(name, chosen.output, by_default=chosen.is_default)
    if chosen.kind is InputKind.MONITOR:
        environment = {"PULSE_SINK": chosen.output, "PULSE_LATENCY_MSEC": "50"}
        return TonePlan(name, "pulse", environment=environment), tone
    return TonePlan(name, chosen.output, "Windows WASAPI"), tone
