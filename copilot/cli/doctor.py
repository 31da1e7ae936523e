"""``doctor``: proves the set-up, step by step, and says what to mend first."""

import argparse
import dataclasses
import shutil
import sys
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from copilot.audio.capture.check import QuickCheck
from copilot.audio.capture.check_findings import Findings, SideFindings
from copilot.audio.capture.devices import Choice
from copilot.audio.capture.report import CheckReport, Problem, SideReport
from copilot.audio.capture.system import sound_system
from copilot.cli import options as shared
from copilot.cli.devices import setup_page
from copilot.cli.json_output import print_json
from copilot.engine.doctor import (
    Finding,
    check_disk,
    check_machine,
    check_models,
    check_speed,
    check_thresholds,
)
from copilot.engine.language_model_check import check_language_model
from copilot.engine.server_check import check_server
from copilot.engine.speed import Advice, Speed
from copilot.errors import DeviceError, ExitCode
from copilot.events import Channel
from copilot.knowledge.loading import check_language
from copilot.speech.models import check_knows, speech_model

#: So long the user is listened to, so that rate and tone of voice can be judged as well.
_PROVEN_S = 6.0
_SECONDS = 12.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    shared.add_devices(parser)
    shared.add_language(parser)
    shared.add_model(parser)
    shared.add_server(parser)
    shared.add_llm(parser)
    parser.add_argument(
        "--minutes",
        type=_positive,
        default=60.0,
        metavar="N",
        help="planned length of the interview, for the room on the disk (default 60)",
    )
    parser.add_argument(
        "--seconds",
        type=_positive,
        default=_SECONDS,
        metavar="N",
        help=f"how long to listen at most (default {_SECONDS:g})",
    )
    parser.add_argument("--no-tone", action="store_true", help="play no tone where the call plays")
    parser.add_argument(
        "--measure",
        action="store_true",
        help="measure how fast the speech models are here, also where that was done before",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")


def run(options: argparse.Namespace) -> int:
    """Check everything and say what is to be mended."""
    check_language(options.language)
    check_knows(speech_model(options.model), options.language)
    choice = shared.chosen_devices(options)
    out = sys.stderr if options.json else sys.stdout
    findings, report = _check_sound(choice, options, out)
    found = list(_check_rest(options, out))
    problems = _ordered([*report.problems, *(f.problem for f in found if f.problem is not None)])
    ready = report.done and not any(problem.grave for problem in problems)
    if options.json:
        print_json(_as_json(ready, problems, findings, found))
    else:
        _tell(ready, problems)
    return ExitCode.OK if ready else ExitCode.FAILED


def _check_sound(
    choice: Choice, options: argparse.Namespace, out: TextIO
) -> tuple[Findings | None, CheckReport]:
    tone = not options.no_tone and not choice.room
    _line(out, "Sound")
    if tone:
        _line(out, "  A short, quiet tone is played where the call plays.")
    meters = _Meters(out, alone=choice.room)
    try:
        check = QuickCheck(
            sound_system(),
            choice,
            options.seconds,
            tone,
            proven_s=min(_PROVEN_S, options.seconds),
        )
        report = check.run(meters.show)
    except DeviceError as error:
        remedy = f"{error.remedy} {setup_page()} tells more.".strip()
        problem = Problem(f"{error.message[:1].upper()}{error.message[1:]}", remedy)
        _line(out, f"  {problem.text}")
        return None, CheckReport(done=True, problems=(problem,))
    finally:
        meters.close()
    if check.findings is not None:
        for line in _sound_lines(check.findings):
            _line(out, f"  {line}")
    return check.findings, report


def _check_rest(options: argparse.Namespace, out: TextIO) -> Sequence[Finding]:
    looks: dict[str, Callable[[], Finding]] = {
        "Models": lambda: check_models(options.language, options.model),
        "Thresholds": check_thresholds,
        "Disk": lambda: check_disk(options.minutes),
        "Machine": lambda: check_machine(options.model),
        "Speed": lambda: check_speed(
            options.language,
            options.model,
            again=options.measure,
            telling=lambda model: _line(out, f"  Measuring {model} once; this takes a moment."),
        ),
    }
    server = shared.chosen_server(options)
    if server is not None:
        looks["Server"] = lambda: check_server(server)
    llm = shared.chosen_llm(options)
    if llm is not None:
        looks["Language model"] = lambda: check_language_model(llm)
    found = []
    for title, look in looks.items():
        _line(out, title)
        found.append(look())
        for text in found[-1].text.splitlines():
            _line(out, f"  {text}")
    return found


# -- while it runs --------------------------------------------------------------------------------

_NAMES = {Channel.INTERVIEWER: "you", Channel.CANDIDATE: "candidate"}
_QUIETEST_DBFS, _LOUDEST_DBFS = -60.0, -6.0
_CELLS = 12


class _Meters:
    """A check's reports as they come: a line that moves in a terminal, a line a step elsewhere."""

    def __init__(self, out: TextIO, *, alone: bool) -> None:
        self._out = out
        self._alone = alone
        self._moves = out.isatty()
        self._step = ""
        self._drawn = 0

    def show(self, report: CheckReport) -> None:
        """Draw one."""
        if report.step != self._step:
            self._step = report.step
            self.close()
            _line(self._out, f"  {self._step}")
        if not self._moves or not report.sides:
            return
        meters = [
            _meter(_name(channel, alone=self._alone), side)
            for channel, side in report.sides.items()
        ]
        text = "   ".join(["", *meters, f"{report.remaining_s:.0f} s"])
        text = text[: shutil.get_terminal_size().columns - 1]
        self._out.write(f"\r{text:<{self._drawn}}")
        self._out.flush()
        self._drawn = len(text)

    def close(self) -> None:
        """Leave the line clean."""
        if self._drawn:
            self._out.write(f"\r{'':<{self._drawn}}\r")
            self._drawn = 0


def _meter(name: str, side: SideReport) -> str:
    share = (side.level_dbfs - _QUIETEST_DBFS) / (_LOUDEST_DBFS - _QUIETEST_DBFS)
    full = round(min(max(share, 0.0), 1.0) * _CELLS)
    return f"{name} {'█' * full}{'·' * (_CELLS - full)} {side.level_dbfs:4.0f} dB {side.state}"


def _name(channel: Channel, *, alone: bool) -> str:
    return "microphone" if alone else _NAMES[channel]


# -- in words -------------------------------------------------------------------------------------


def _sound_lines(findings: Findings) -> list[str]:
    alone = len(findings.sides) == 1
    lines = [
        _side_line(_name(channel, alone=alone), side) for channel, side in findings.sides.items()
    ]
    tone = findings.tone_of(Channel.CANDIDATE)
    if findings.tone is not None:
        heard = f"heard at {tone.level_dbfs:.0f} dB" if tone is not None else "not heard"
        played = f"played on {findings.tone.output}" if findings.tone.played else "not played"
        lines.append(f"tone: {played}, {heard} on the candidate's side")
        echo_db = findings.echo_db
        if tone is not None:
            lines.append(
                "echo: none" if echo_db is None else f"echo: the tone comes back {-echo_db:+.0f} dB"
            )
    return lines


def _side_line(name: str, side: SideFindings) -> str:
    sound = side.sound
    if side.reason:
        what = side.reason.removesuffix(".")
    elif sound.silent:
        what = "digital silence" if side.tone is None else "digital silence but for the tone"
    elif side.spoke:
        what = f"speech at {sound.speech_dbfs:.0f} dB, peak {sound.peak_dbfs:.0f} dB"
    else:
        what = f"no speech, background at {sound.noise_dbfs:.0f} dB"
    rate = side.rate_error
    clock = f", sample rate {rate:+.2%} off" if rate is not None else ""
    return f"{name}: {side.device.name}: {what}{clock}"


def _tell(ready: bool, problems: Sequence[Problem]) -> None:
    out = sys.stdout
    if problems:
        _line(out, "")
    for problem in problems:
        _line(out, f"{'✕' if problem.grave else '!'} {problem.text}")
        _line(out, f"  → {problem.remedy}")
    _line(out, "")
    if ready:
        _line(out, "ready")
    else:
        first = problems[0] if problems else Problem("The check was broken off.", "Check again.")
        _line(out, f"Mend this first: {first.text} → {first.remedy}")


def _line(out: TextIO, text: str) -> None:
    out.write(f"{text}\n")
    out.flush()


def _ordered(problems: Sequence[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: not problem.grave)


# -- as JSON --------------------------------------------------------------------------------------


def _as_json(
    ready: bool, problems: Sequence[Problem], findings: Findings | None, found: Sequence[Finding]
) -> dict[str, Any]:
    told = [dataclasses.asdict(problem) for problem in problems]
    return {
        "ready": ready,
        "mend_first": None if ready or not told else told[0],
        "problems": told,
        "sound": None if findings is None else _sound_as_json(findings),
        **{finding.name: _finding_as_json(finding) for finding in found},
    }


def _finding_as_json(finding: Finding) -> dict[str, Any]:
    told: dict[str, Any] = {
        "ok": finding.problem is None,
        "text": "; ".join(finding.text.splitlines()),
    }
    if finding.advice is not None:
        told |= _advice_as_json(finding.advice)
    return told


def _advice_as_json(advice: Advice) -> dict[str, Any]:
    best = advice.best
    return {
        "measured": [_speed_as_json(speed) for speed in advice.measured],
        "recommended": None
        if best is None
        else {**_speed_as_json(best), "expected": advice.expected},
    }


def _speed_as_json(speed: Speed) -> dict[str, Any]:
    return {
        "model": speed.model,
        "decode_s": round(speed.decode_s, 3),
        "final_s": round(speed.final_s, 3),
        "load": round(speed.load, 3),
        "keeps_up": speed.keeps_up,
        "busy": speed.busy,
    }


def _sound_as_json(findings: Findings) -> dict[str, Any]:
    tone = findings.tone
    return {
        "sides": {channel.value: _side_as_json(side) for channel, side in findings.sides.items()},
        "tone": None if tone is None else {"output": tone.output, "played": tone.played},
        "echo_db": findings.echo_db,
        "same_sound": findings.same_sound,
    }


def _side_as_json(side: SideFindings) -> dict[str, Any]:
    sound = side.sound
    return {
        "device": side.device.name,
        "id": side.device.id,
        "presence": side.presence.value,
        "reason": side.reason,
        "spoke": side.spoke,
        "speech_dbfs": round(sound.speech_dbfs, 1),
        "noise_dbfs": round(sound.noise_dbfs, 1),
        "peak_dbfs": round(sound.peak_dbfs, 1),
        "digital_silence": sound.silent,
        "clipped": sound.clipped,
        "telephone": sound.telephone,
        "bluetooth_call_mode": side.device.call_mode,
        "rate_error": side.rate_error,
        "tone_dbfs": None if side.tone is None else round(side.tone.level_dbfs, 1),
    }


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 24 * 60:
        raise argparse.ArgumentTypeError(f"{text!r} is no length; give a number such as 60")
    return value
