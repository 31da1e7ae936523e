"""Answers to what the user asks: where the interview stands, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from copilot.engine.vitals import Vitals
from copilot.events import CaptureKind, Channel, FindingKind, FindingState, Unrated
from copilot.i18n import _, ngettext
from copilot.interview import Interview
from copilot.plain.names import side_name, state_name
from copilot.timecode import timecode

#: A voice is above this, in dBFS; speech recorded well is above that.
_SILENT_DBFS, _QUIET_DBFS, _LOUD_DBFS = -55.0, -40.0, -3.0


@dataclass(frozen=True, slots=True)
class Running:
    """What is known of the session beside its events.

    Attributes:
        vitals: How it is doing; None before it has told.
        duration_s: Length of what is heard, in seconds, where it is known.
        kept: Whether it is stored.
        levels_dbfs: How loud each channel was at its loudest lately.
    """

    vitals: Vitals | None = None
    duration_s: float | None = None
    kept: bool = False
    levels_dbfs: Mapping[Channel, float] = field(default_factory=dict)


def status(interview: Interview, running: Running) -> str:
    """How the session is doing, in one line."""
    vitals = running.vitals
    if interview.started is None or vitals is None:
        return _("Getting ready.")
    parts = [_recording(interview, running)]
    if interview.started.capture is not CaptureKind.NONE:
        if interview.capture.paused_at_s is None:
            parts += _levels(interview, running.levels_dbfs)
        parts.append(_("Text {seconds} s behind.", seconds=f"{vitals.lag_s:.1f}"))
        parts += _alarms(interview)
    parts.append(goes_to(interview))
    parts.append(_time(interview, running, vitals.now_s))
    return " ".join(parts)


def goes_to(interview: Interview) -> str:
    """Where sound and text are sent."""
    started = interview.started
    if started is None or not started.text_goes_to:
        return _("Sound and text stay here.")
    sound = started.sound_goes_to
    text = [to for to in started.text_goes_to if to in started.llm_goes_to or to not in sound]
    told = []
    if sound:
        told.append(_("Sound goes to {hosts}.", hosts=", ".join(sound)))
    if text:
        told.append(_("Text goes to {hosts}.", hosts=", ".join(text)))
    return " ".join(told)


def where(interview: Interview, now_s: float) -> str:
    """Which question is being answered, for how long, and what was heard of it."""
    current = interview.current_question
    if current is None:
        return _("No question of the plan is being answered.")
    question = interview.planned(current)
    heard = sum(
        interview.state_of(current, FindingKind.POINT, point.id) is FindingState.EVIDENCED
        for point in question.points
    )
    spent = timecode(interview.seconds_on(current, now_s))
    place = {
        "number": interview.plan.index(question) + 1,
        "total": len(interview.plan),
        "label": question.label,
        "spent": spent,
        "minutes": f"{question.minutes:g}",
    }
    if not question.points:
        return _(
            "Question {number} of {total}, {label}. {spent} of {minutes} minutes. "
            "The guide lists nothing to listen for here.",
            **place,
        )
    return _(
        "Question {number} of {total}, {label}. {spent} of {minutes} minutes. "
        "{heard} of {points} points heard.",
        **place,
        heard=heard,
        points=len(question.points),
    )


def points(interview: Interview) -> list[str]:
    """The points of the current question with their numbers, and the flags that were raised."""
    current = interview.current_question
    if current is None:
        return [_("No question of the plan is being answered.")]
    lines = []
    for number, point in enumerate(interview.planned(current).points, start=1):
        state = interview.state_of(current, FindingKind.POINT, point.id)
        line = _(
            "{number}. {label}: {state}.", number=number, label=point.label, state=state_name(state)
        )
        finding = interview.findings.get((current, FindingKind.POINT, point.id))
        if finding is not None and finding.evidence:
            quote = finding.evidence[0].quote
            line = _("{finding} Quote: {quote}", finding=line, quote=quote)
        lines.append(line)
    known = interview.started.flags if interview.started else ()
    labels = {flag.id: flag.label for flag in known}
    lines += [
        _("Flag, worth a second look: {label}.", label=labels[flag.id])
        for flag in interview.raised_flags()
        if flag.question == current
    ]
    return lines or [_("The guide lists nothing to listen for here.")]


def plan(interview: Interview, now_s: float) -> list[str]:
    """The questions in order: which is being answered, which were asked."""
    if interview.started is None:
        return [_("Getting ready.")]
    lines = []
    for number, question in enumerate(interview.plan, start=1):
        spent_s = interview.seconds_on(question.id, now_s)
        values = {
            "number": number,
            "label": question.label,
            "spent": timecode(spent_s),
            "minutes": f"{question.minutes:g}",
        }
        if question.id == interview.current_question:
            line = _("{number}. {label}: now, {spent} of {minutes} minutes.", **values)
        elif interview.was_asked(question.id):
            line = _("{number}. {label}: asked, {spent} of {minutes} minutes.", **values)
        else:
            line = _("{number}. {label}: not asked, {minutes} minutes.", **values)
        judged = interview.judgement_of(question.id)
        if judged is not None and judged.rating is not None:
            line = _("{line} Rated {rating} of 4.", line=line, rating=judged.rating)
        elif judged is not None and judged.unrated is Unrated.NOT_ENOUGH:
            line = _("{line} You judged: not enough to tell.", line=line)
        elif judged is not None:
            line = _("{line} You judged: not asked.", line=line)
        lines.append(line)
    return lines


def _recording(interview: Interview, running: Running) -> str:
    started, vitals = interview.started, running.vitals
    if vitals is not None and vitals.state == "finishing":
        return _("Working off what was heard.")
    if started is not None and started.capture is CaptureKind.NONE:
        return _("Not recording: consent was declined.")
    if interview.capture.paused_at_s is not None:
        return _("Off the record.")
    if running.kept:
        return _("Listening; the session is stored.")
    return _("Listening; nothing is stored.")


def _levels(interview: Interview, levels_dbfs: Mapping[Channel, float]) -> list[str]:
    started = interview.started
    if started is not None and started.capture is CaptureKind.ROOM:
        loudest = max(levels_dbfs.values(), default=-96.0)
        speaker = interview.capture.speaker or Channel.INTERVIEWER
        return [
            _("Microphone: {level}.", level=_level(loudest)),
            _("Taken to speak: {side}.", side=side_name(speaker)),
        ]
    return [
        _("{side}: {level}.", side=side_name(c), level=_level(levels_dbfs.get(c, -96.0)))
        for c in Channel
        if c not in interview.capture.lost
    ]


def _level(level_dbfs: float) -> str:
    if level_dbfs < _SILENT_DBFS:
        return _("silent")
    if level_dbfs < _QUIET_DBFS:
        return _("quiet")
    return _("too loud") if level_dbfs > _LOUD_DBFS else _("good")


def _alarms(interview: Interview) -> list[str]:
    capture = interview.capture
    away = [
        _("{side}: {device} is lost.", side=side_name(channel), device=lost.device)
        for channel, lost in capture.lost.items()
    ]
    raised = [
        _("Alarm: {what}", what=alarm.text.rstrip(".") + ("" if alarm.text[-1:] == "?" else "."))
        for alarm in capture.alarms.values()
    ]
    return away + raised


def _time(interview: Interview, running: Running, now_s: float) -> str:
    if running.duration_s is not None:
        return _("{now} of {length}.", now=timecode(now_s), length=timecode(running.duration_s))
    planned_s = sum(question.minutes for question in interview.plan) * 60
    minutes = round(abs(planned_s - now_s) / 60)
    if now_s > planned_s:
        return ngettext("{count} minute over the plan.", "{count} minutes over the plan.", minutes)
    return ngettext(
        "{count} minute of the plan left.", "{count} minutes of the plan left.", minutes
    )
