"""What to make of a check's measurements: what is to be mended, gravest first."""

from collections.abc import Iterator

from copilot.audio.capture.check_findings import Findings, Presence, SideFindings, ToneFindings
from copilot.audio.capture.check_players import Player
from copilot.audio.capture.check_side import CLIPPED_RUNS
from copilot.audio.capture.devices import Input
from copilot.audio.capture.report import Problem
from copilot.events import Channel
from copilot.i18n import N_, _

_JUDGED_S = 1.5  # less sound than this is not called silent
_QUIET_DBFS = -45.0  # a voice whose peaks stay below this is hard to transcribe
_LOST_DBFS = -60.0  # below this it is as good as not there
_RATE_ERROR = 0.01
_OFFSET = 0.05
#: In a microphone that hears the tone as loud as the call does and nothing else, it is the call.
_SAME_DB = 6.0

_LOOK = N_("interview-copilot devices lists what there is.")

_TOO_MANY = N_("{name} delivers {share} too many samples a second, so times and words go wrong.")
_TOO_FEW = N_("{name} delivers {share} too few samples a second, so times and words go wrong.")
_ECHO_DOWN = N_("{device} hears the call from the loudspeakers, {level} dB down.")
_ECHO_UP = N_("{device} hears the call from the loudspeakers, {level} dB up.")


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
            _("The sound system has failed: {failure}.", failure=_clause(findings.failure)),
            _("Start PulseAudio or PipeWire anew, or the machine, then check again."),
        )
        return
    for channel, side in findings.sides.items():
        name = side.device.name
        if side.presence is Presence.NEVER:
            yield Problem(
                _("{name} cannot be heard: {reason}.", name=name, reason=_(_clause(side.reason))),
                _("Close other programs that use it. {other}", other=_option(channel)),
            )
        elif side.presence is Presence.LOST:
            yield Problem(
                _(
                    "{name} went away during the check: {reason}.",
                    name=name,
                    reason=_(_clause(side.reason)),
                ),
                _(
                    "Look whether {name} is plugged in and switched on. {other}",
                    name=name,
                    other=_option(channel),
                ),
            )


def _same(findings: Findings) -> Iterator[Problem]:
    mine, call = _both(findings)
    if mine is None or call is None:
        return
    echo_db = findings.echo_db
    nothing_else = mine.sound.silent and echo_db is not None and abs(echo_db) < _SAME_DB
    if findings.same_sound or nothing_else:
        yield Problem(
            _(
                "Both sides carry the same sound: {microphone} hears what {call} hears.",
                microphone=mine.device.name,
                call=call.device.name,
            ),
            _(
                "Choose a real microphone instead of {device}: --mic NAME. {look}",
                device=mine.device.name,
                look=_(_LOOK),
            ),
        )


def _dead_microphone(findings: Findings) -> Iterator[Problem]:
    mine = findings.sides.get(Channel.INTERVIEWER)
    if mine is None or mine.presence is not Presence.ALWAYS or mine.tone is not None:
        return
    name, sound = mine.device.name, mine.sound
    if mine.device.muted:
        yield Problem(
            _("The microphone {name} is muted.", name=name),
            _("Unmute {name} in the sound settings, or with the switch on the headset.", name=name),
        )
    elif sound.silent and mine.heard_s >= _JUDGED_S:
        yield Problem(
            _("The microphone {name} delivers digital silence: every sample is zero.", name=name),
            _(
                "Look for a mute switch on {name}, let this terminal use the microphone, or "
                "choose another: --mic NAME.",
                name=name,
            ),
        )
    elif sound.constant:
        yield Problem(
            _("The microphone {name} delivers one constant value and no sound.", name=name),
            _("Unplug {name} and plug it in again, or choose another: --mic NAME.", name=name),
        )


def _call_not_heard(findings: Findings) -> Iterator[Problem]:
    mine, call = _both(findings)
    tone = findings.tone
    if mine is None or call is None or tone is None or call.presence is not Presence.ALWAYS:
        return
    if not tone.played:
        if not is_heard(findings, Channel.CANDIDATE):
            yield Problem(
                _(
                    "The tone could not be played on {output}: {failure}.",
                    output=tone.output,
                    failure=tone.failure or _("no answer"),
                ),
                _("Look whether {output} plays anything at all.", output=tone.output),
            )
    elif call.tone is None and mine.tone is not None:
        yield _swapped(mine.device, call.device, tone)
    elif call.tone is None and not is_heard(findings, Channel.CANDIDATE):
        yield _wrong_output(call.device, tone)


def _swapped(mine: Input, call: Input, tone: ToneFindings) -> Problem:
    text = _(
        "The tone played on {output} came in on your side ({microphone}) and not on the "
        "candidate's ({call}).",
        output=tone.output,
        microphone=mine.name,
        call=call.name,
    )
    if mine.output is not None and mine.output == tone.output_id:
        return Problem(
            _("{text} The sides are swapped.", text=text),
            _(
                "Swap them: --mic {microphone} --call {call}",
                microphone=_quoted(call.name),
                call=_quoted(mine.name),
            ),
        )
    return Problem(text, _other_output(call, tone))


def _wrong_output(call: Input, tone: ToneFindings) -> Problem:
    if call.muted:
        return Problem(
            _(
                "{output_name} is muted, so the call cannot be heard.",
                output_name=call.output_name or call.name,
            ),
            _(
                "Unmute {output_name} in the sound settings.",
                output_name=call.output_name or call.name,
            ),
        )
    where = _(" (the default output)") if tone.by_default else ""
    if call.output is not None and call.output == tone.output_id:
        return Problem(
            _(
                "The tone was played on {output}{where}, but {call} did not hear it.",
                output=tone.output,
                where=where,
                call=call.name,
            ),
            _("Look whether {output} is muted or turned down to nothing.", output=tone.output),
        )
    return Problem(
        _(
            "The tone was played on {output}{where}, where a call plays, but the "
            "candidate's side hears {call}.",
            output=tone.output,
            where=where,
            call=call.name,
        ),
        _other_output(call, tone),
    )


def _other_output(call: Input, tone: ToneFindings) -> str:
    return _(
        "Hear what {output} plays (--call {quoted}), or have the call play on {other}.",
        output=tone.output,
        quoted=_quoted(tone.output),
        other=call.output_name or call.name,
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
        _(
            "{program} plays on {output_name}, but the candidate's side hears {call}, on "
            "which nothing plays.",
            program=player.program,
            output_name=player.output_name,
            call=call.name,
        ),
        _(
            "If that is the call: --call {quoted}, or have it play on "
            "{other}. If not, stop {program} and check again.",
            quoted=_quoted(player.output_name),
            other=call.output_name,
            program=player.program,
        ),
    )


def _damaged(side: SideFindings) -> Iterator[Problem]:
    name = side.device.name
    if side.rate_error is not None and abs(side.rate_error) > _RATE_ERROR:
        share = f"{abs(side.rate_error):.1%}"
        yield Problem(
            _(_TOO_MANY if side.rate_error > 0 else _TOO_FEW, name=name, share=share),
            _(
                "Set {name} to 48000 Hz in the sound settings, or unplug it and plug it in again.",
                name=name,
            ),
        )
    if side.spoke and side.sound.peak_dbfs < _QUIET_DBFS:
        yield Problem(
            _(
                "{name} is very quiet: even the loudest moment is at {peak_dbfs} dB.",
                name=name,
                peak_dbfs=f"{side.sound.peak_dbfs:.0f}",
            ),
            _("Turn {name} up in the sound settings, or come closer to it.", name=name),
            grave=side.sound.peak_dbfs < _LOST_DBFS,
        )


# -- what makes it worse --------------------------------------------------------------------------


def _imperfect(side: SideFindings) -> Iterator[Problem]:
    name, sound = side.device.name, side.sound
    if sound.clipped >= CLIPPED_RUNS:
        yield Problem(
            _("{name} is too loud: the sound is cut off at full scale.", name=name),
            _("Turn {name} down in the sound settings.", name=name),
            grave=False,
        )
    if side.device.call_mode:
        yield Problem(
            _(
                "{output_name} is a Bluetooth headset in call mode, which sounds like a telephone.",
                output_name=side.device.output_name or name,
            ),
            _("Use another microphone, then set the headset's profile to high fidelity (A2DP)."),
            grave=False,
        )
    if abs(sound.offset) > _OFFSET and not sound.constant:
        yield Problem(
            _(
                "{name} is off balance by {offset} of full scale, a fault of its electronics.",
                name=name,
                offset=f"{abs(sound.offset):.0%}",
            ),
            _("Plug {name} into another socket, or choose another device.", name=name),
            grave=False,
        )
    if side.dropped_s > 0:
        yield Problem(
            _(
                "The machine was too busy: {dropped_s} s of {name} were lost.",
                dropped_s=f"{side.dropped_s:.1f}",
                name=name,
            ),
            _("Close programs that are not needed for the call."),
            grave=False,
        )


def _telephone(side: SideFindings) -> Iterator[Problem]:
    """Only of the microphone; how others call in is not for the interviewer to mend."""
    name = side.device.name
    if not side.device.call_mode and (side.sound.telephone or side.device.rate_hz <= 8000):
        yield Problem(
            _("{name} sounds like a telephone: there is nothing above 4 kHz.", name=name),
            _(
                "If {name} can do better, choose 16000 Hz or more in the sound settings, and "
                "no noise suppression.",
                name=name,
            ),
            grave=False,
        )


def _echo(findings: Findings) -> Iterator[Problem]:
    mine = findings.sides.get(Channel.INTERVIEWER)
    if findings.echo_db is None or mine is None or any(_same(findings)):
        return
    echo = _ECHO_DOWN if findings.echo_db >= 0 else _ECHO_UP
    yield Problem(
        _(echo, device=mine.device.name, level=f"{abs(findings.echo_db):.0f}"),
        _("Headphones are best. Without them the echo filter removes most of it."),
        grave=False,
    )


def _unproven(findings: Findings) -> Iterator[Problem]:
    """Sides on which nobody was heard, though nothing is known to be wrong with them."""
    for channel, side in findings.sides.items():
        if side.presence is not Presence.ALWAYS or is_heard(findings, channel):
            continue
        if channel is Channel.INTERVIEWER and not any(_dead_microphone(findings)):
            yield Problem(
                _(
                    "Nobody was heard speaking into {device}, only its background noise.",
                    device=side.device.name,
                ),
                _(
                    "Say a few words and check again. If that was you speaking, {device} is too "
                    "quiet or the wrong microphone: --mic NAME.",
                    device=side.device.name,
                ),
                grave=False,
            )
        if channel is Channel.CANDIDATE and findings.tone is None:
            yield Problem(
                _("Nothing was heard of the call on {device}.", device=side.device.name),
                _("Let the other person say something, or check with the tone."),
                grave=False,
            )


def _both(findings: Findings) -> tuple[SideFindings | None, SideFindings | None]:
    return findings.sides.get(Channel.INTERVIEWER), findings.sides.get(Channel.CANDIDATE)


def _option(channel: Channel) -> str:
    option = "--mic" if channel is Channel.INTERVIEWER else "--call"
    return _("Or choose another: {option} NAME. {look}", option=option, look=_(_LOOK))


def _clause(reason: str) -> str:
    """A reason as it stands inside a sentence."""
    return reason.removesuffix(".")


def _quoted(name: str) -> str:
    return f'"{name}"'
