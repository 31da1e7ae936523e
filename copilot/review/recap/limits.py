"""What limits what can be said of a session: what was not heard, or not well."""

from collections.abc import Iterator

from copilot.events import AlarmKind, Channel, ConsentDecision, GapCause
from copilot.review.recap.model import CauseGap, Limit, LimitKind
from copilot.review.summary import Summary


def gaps_by_cause(summary: Summary) -> tuple[CauseGap, ...]:
    """What was not heard, each cause and side once, in the order of time."""
    found: dict[tuple[GapCause, Channel | None], list[float]] = {}
    for gap in sorted(summary.gaps, key=lambda gap: gap.start_s):
        found.setdefault((gap.cause, gap.channel), []).append(gap.end_s - gap.start_s)
    return tuple(
        CauseGap(cause=cause, channel=channel, count=len(each), seconds=round(sum(each), 3))
        for (cause, channel), each in found.items()
    )


def limits_of(summary: Summary) -> tuple[Limit, ...]:
    """Everything that limits what can be said, the gravest kinds first."""
    return tuple(_limits(summary))


def _limits(summary: Summary) -> Iterator[Limit]:
    if summary.consent is ConsentDecision.DECLINED:
        yield Limit(kind=LimitKind.DECLINED)
    elif not summary.utterances:
        yield Limit(kind=LimitKind.NOTHING_HEARD)
    for gap in gaps_by_cause(summary):
        yield Limit(
            kind=LimitKind.GAP,
            channel=gap.channel,
            cause=gap.cause,
            count=gap.count,
            seconds=gap.seconds,
        )
    for (kind, channel), lengths in _alarms(summary).items():
        yield Limit(
            kind=LimitKind.ALARM,
            channel=channel,
            alarm=kind,
            count=len(lengths),
            seconds=round(sum(lengths), 3),
        )
    if summary.uncertain_utterances:
        yield Limit(
            kind=LimitKind.DOUBTFUL, count=summary.uncertain_utterances, total=summary.utterances
        )
    if summary.discarded_speech_s:
        yield Limit(kind=LimitKind.DISCARDED, seconds=summary.discarded_speech_s)
    if summary.findings_refused:
        yield Limit(kind=LimitKind.REFUSED, count=summary.findings_refused)
    if summary.corrections:
        yield Limit(kind=LimitKind.CORRECTED, count=len(summary.corrections))
    if summary.resumed or summary.ended in ("interrupted", "failed"):
        yield Limit(kind=LimitKind.INTERRUPTED, count=summary.resumed)
    unasked = sum(not question.asked for question in summary.questions)
    if unasked:
        yield Limit(kind=LimitKind.NOT_ASKED, count=unasked, total=len(summary.questions))


def _alarms(summary: Summary) -> dict[tuple[AlarmKind, Channel], list[float]]:
    """How long each side's sound was no use, by what was wrong."""
    found: dict[tuple[AlarmKind, Channel], list[float]] = {}
    for alarm in summary.alarms:
        end_s = summary.duration_s if alarm.end_s is None else alarm.end_s
        found.setdefault((alarm.kind, alarm.channel), []).append(max(end_s - alarm.start_s, 0.0))
    return found
