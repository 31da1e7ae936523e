"""What to make of a check's measurements: what is to be mended, gravest first."""

from collections.abc import Iterator

from copilot.audio.capture.check_findings import Findings, Presence, SideFindings, ToneFindings
from copilot.audio.capture.check_players import Player
from copilot.audio.capture.check_side import CLIPPED_RUNS
from copilot.audio.capture.devices import Input
from copilot.audio.capture.report import Problem
from copilot.events import Channel

_JUDGED_S = 1.5  # less sound than this is not called silent
_QUIET_DBFS = -45.0  # a voice whose peaks stay below this is hard to transcribe
_LOST_DBFS = -60.0  # below this it is as good as not there
_RATE_ERROR = 0.01
_OFFSET = 0.05
#: In a microphone that hears the tone as loud as the call does and nothing else, it is the call.
_SAME_DB = 6.0

_LOOK = "interview-copilot devices lists what there is."


def problems(findings: Findings) -> tuple[Problem, ...]:
    """All that is to be mended; the first is where to begin."""
    found = [*_absent(findings), *_same(findings), *_dead_microphone(findings)]
    found += [*_call_not_heard(findings), *_others_play(findings)]
    for channel, side in findings.sides.items():
        found += [*_damaged(side), *_imperfect(side)]
        if channel is Channel.INTERVIEWER:
            found += _telephone(side)
    found += [*_echo(findings), *_unproven(findings)]
    return tuple(sorted(found, key=lambda problem: not problem.grave))


def is_heard(findings: Findings, channel: Channel) -> bool:
    """Whether samples prove that a channel hears what it is for."""
    side = findings.sides[channel]
    if channel is Channel.CANDIDATE and side.tone is not None:
        return True
    return side.spoke


# -- what makes a call useless --------------------------------------------------------------------


def _absent(findings: Findings) -> Iterator[Problem]:
    if findings.failure:
        yield Problem(
            f"The sound system has failed: {_clause(findings.failure)}.",
            "Start PulseAudio or PipeWire anew, or the machine, then check again.",
        )
        return
    for channel, side in findings.sides.items():
        name = side.device.name
        if side.presence is Presence.NEVER:
            yield Problem(
                f"{name} cannot be heard: {_clause(side.reason)}.",
                f"Close other programs that use it. {_option(channel)}",
            )
        elif side.presence is Presence.LOST:
            yield Problem(
                f"{name} went away during the check: {_clause(side.reason)}.",
                f"Look whether {name} is plugged in and switched on. {_option(channel)}",
            )


def _same(findings: Findings) -> Iterator[Problem]:
    mine, call = _both(findings)
    if mine is None or call is None:
        return
    echo_db = findings.echo_db
    nothing_else = mine.sound.silent and echo_db is not None and abs(echo_db) < _SAME_DB
    if findings.same_sound or nothing_else:
        yield Problem(
            f"Both sides carry the same sound: {mine.device.name} hears what "
            f"{call.device.name} hears.",
            f"Choose a real microphone instead of {mine.device.name}: --mic NAME. {_LOOK}",
        )


def _dead_microphone(findings: Findings) -> Iterator[Problem]:
    mine = findings.sides.get(Channel.INTERVIEWER)
    if mine is None or mine.presence is not Presence.ALWAYS or mine.tone is not None:
        return
    name, sound = mine.device.name, mine.sound
    if mine.device.muted:
        yield Problem(
            f"The microphone {name} is muted.",
            f"Unmute {name} in the sound settings, or with the switch on the headset.",
        )
    elif sound.silent and mine.heard_s >= _JUDGED_S:
        yield Problem(
            f"The microphone {name} delivers digital silence: every sample is zero.",
            f"Look for a mute switch on {name}, let this terminal use the microphone, or choose "
            "another: --mic NAME.",
        )
    elif sound.constant:
        yield Problem(
            f"The microphone {name} delivers one constant value and no sound.",
            f"Unplug {name} and plug it in again, or choose another: --mic NAME.",
        )


def _call_not_heard(findings: Findings) -> Iterator[Problem]:
    mine, call = _both(findings)
    tone = findings.tone
    if mine is None or call is None or tone is None or call.presence is not Presence.ALWAYS:
        return
    if not tone.played:
        if not is_heard(findings, Channel.CANDIDATE):
            yield Problem(
                f"The tone could not be played on {tone.output}: {tone.failure or 'no answer'}.",
                f"Look whether {tone.output} plays anything at all.",
            )
    elif call.tone is None and mine.tone is not None:
        yield _swapped(mine.device, call.device, tone)
    elif call.tone is None and not is_heard(findings, Channel.CANDIDATE):
        yield _wrong_output(call.device, tone)


def _swapped(mine: Input, call: Input, tone: ToneFindings) -> Problem:
    text = (
        f"The tone played on {tone.output} came in on your side ({mine.name}) and not on the "
        f"candidate's ({call.name})."
    )
    if mine.output is not None and mine.output == tone.output_id:
        return Problem(
            f"{text} The sides are swapped.",
            f"Swap them: --mic {_quoted(call.name)} --call {_quoted(mine.name)}",
        )
    return Problem(text, _other_output(call, tone))


def _wrong_output(call: Input, tone: ToneFindings) -> Problem:
    if call.muted:
        return Problem(
            f"{call.output_name or call.name} is muted, so the call cannot be heard.",
            f"Unmute {call.output_name or call.name} in the sound settings.",
        )
    where = " (the default output)" if tone.by_default else ""
    if call.output is not None and call.output == tone.output_id:
        return Problem(
            f"The tone was played on {tone.output}{where}, but {call.name} did not hear it.",
            f"Look whether {tone.output} is muted or turned down to nothing.",
        )
    return Problem(
        f"The tone was played on {tone.output}{where}, where a call plays, but the candidate's "
        f"side hears {call.name}.",
        _other_output(call, tone),
    )


def _other_output(call: Input, tone: ToneFindings) -> str:
    return (
        f"Hear what {tone.output} plays (--call {_quoted(tone.output)}), or have the call play "
        f"on {call.output_name or call.name}."
    )


def _others_play(findings: Findings) -> Iterator[Problem]:
    """The tone was heard, but it is another output on which a program plays."""
    mine, call = _both(findings)
    if mine is None or call is None or call.presence is not Presence.ALWAYS:
        return
    if call.tone is None or call.device.output is None:
        return
    here = [p for p in findings.players if p.output == call.device.output]
    elsewhere = [
        p for p in findings.players if p.output not in (call.device.output, mine.device.output)
    ]
    if elsewhere and not here:
        yield _plays_elsewhere(elsewhere[0], call.device)


def _plays_elsewhere(player: Player, call: Input) -> Problem:
    return Problem(
        f"{player.program} plays on {player.output_name}, but the candidate's side hears "
        f"{call.name}, on which nothing plays.",
        f"If that is the call: --call {_quoted(player.output_name)}, or have it play on "
        f"{call.output_name}. If not, stop {player.program} and check again.",
    )


def _damaged(side: SideFindings) -> Iterator[Problem]:
    name = side.device.name
    if side.rate_error is not None and abs(side.rate_error) > _RATE_ERROR:
        many = "many" if side.rate_error > 0 else "few"
        yield Problem(
            f"{name} delivers {abs(side.rate_error):.1%} too {many} samples a second, so times and "
            "words go wrong.",
            f"Set {name} to 48000 Hz in the sound settings, or unplug it and plug it in again.",
        )
    if side.spoke and side.sound.peak_dbfs < _QUIET_DBFS:
        yield Problem(
            f"{name} is very quiet: even the loudest moment is at {side.sound.peak_dbfs:.0f} dB.",
            f"Turn {name} up in the sound settings, or come closer to it.",
            grave=side.sound.peak_dbfs < _LOST_DBFS,
        )


# -- what makes it worse --------------------------------------------------------------------------


def _imperfect(side: SideFindings) -> Iterator[Problem]:
    name, sound = side.device.name, side.sound
    if sound.clipped >= CLIPPED_RUNS:
        yield Problem(
            f"{name} is too loud: the sound is cut off at full scale.",
            f"Turn {name} down in the sound settings.",
            grave=False,
        )
    if side.device.call_mode:
        yield Problem(
            f"{side.device.output_name or name} is a Bluetooth headset in call mode, which sounds "
            "like a telephone.",
            "Use another microphone, then set the headset's profile to high fidelity (A2DP).",
            grave=False,
        )
    if abs(sound.offset) > _OFFSET and not sound.constant:
        yield Problem(
            f"{name} is off balance by {abs(sound.offset):.0%} of full scale, a fault of its "
            "electronics.",
            f"Plug {name} into another socket, or choose another device.",
            grave=False,
        )
    if side.dropped_s > 0:
        yield Problem(
            f"The machine was too busy: {side.dropped_s:.1f} s of {name} were lost.",
            "Close programs that are not needed for the call.",
            grave=False,
        )


def _telephone(side: SideFindings) -> Iterator[Problem]:
    """Only of the microphone; how others call in is not for the interviewer to mend."""
    name = side.device.name
    if not side.device.call_mode and (side.sound.telephone or side.device.rate_hz <= 8000):
        yield Problem(
            f"{name} sounds like a telephone: there is nothing above 4 kHz.",
            f"If {name} can do better, choose 16000 Hz or more in the sound settings, and no noise "
            "suppression.",
            grave=False,
        )


def _echo(findings: Findings) -> Iterator[Problem]:
    mine, _ = _both(findings)
    if findings.echo_db is None or mine is None or any(_same(findings)):
        return
    how = f"{abs(findings.echo_db):.0f} dB {'down' if findings.echo_db >= 0 else 'up'}"
    yield Problem(
        f"{mine.device.name} hears the call from the loudspeakers, {how}.",
        "Headphones are best. Without them the echo filter removes most of it.",
        grave=False,
    )


def _unproven(findings: Findings) -> Iterator[Problem]:
    """Sides on which nobody was heard, though nothing is known to be wrong with them."""
    for channel, side in findings.sides.items():
        if side.presence is not Presence.ALWAYS or is_heard(findings, channel):
            continue
        if channel is Channel.INTERVIEWER and not any(_dead_microphone(findings)):
            yield Problem(
                f"Nobody was heard speaking into {side.device.name}, only its background noise.",
                f"Say a few words and check again. If that was you speaking, {side.device.name} "
                "is too quiet or the wrong microphone: --mic NAME.",
                grave=False,
            )
        if channel is Channel.CANDIDATE and findings.tone is None:
            yield Problem(
                f"Nothing was heard of the call on {side.device.name}.",
                "Let the other person say something, or check with the tone.",
                grave=False,
            )


def _both(findings: Findings) -> tuple[SideFindings | None, SideFindings | None]:
    return findings.sides.get(Channel.INTERVIEWER), findings.sides.get(Channel.CANDIDATE)


def _option(channel: Channel) -> str:
    option = "--mic" if channel is Channel.INTERVIEWER else "--call"
    return f"Or choose another: {option} NAME. {_LOOK}"


def _clause(reason: str) -> str:
    """A reason as it stands inside a sentence."""
    return reason.removesuffix(".")


def _quoted(name: str) -> str:
    return f'"{name}"'
