"""How well a candidate was heard, so that silence by bad sound is not read as theirs."""

from collections.abc import Iterable, Sequence

from copilot.events import Channel, Utterance
from copilot.review.comparing.cells import Heard
from copilot.review.reviewed import Reviewed

Stretch = tuple[float, float]


def heard_over(state: Reviewed, stretches: Sequence[Stretch], said: Iterable[Utterance]) -> Heard:
    """How well the candidate was heard in some stretches of a session.

    Args:
        state: The session.
        stretches: From when to when, in seconds of session time; they do not overlap.
        said: What the candidate said in them.
    """
    interview = state.interview
    gaps = [g for g in interview.capture.gaps if g.channel in (None, Channel.CANDIDATE)]
    lost = [(gap.start_s, gap.end_s) for gap in gaps]
    alarms = [
        (each.alarm, (each.start_s, each.end_s))
        for each in interview.capture.past_alarms
        if each.channel is Channel.CANDIDATE
    ]
    alarms += [
        (each.alarm, (each.at_s, interview.now_s))
        for each in interview.capture.alarms.values()
        if each.channel is Channel.CANDIDATE
    ]
    nothing = [
        (lost.start_s, lost.end_s)
        for lost in interview.discarded
        if lost.channel is Channel.CANDIDATE
    ]
    told = list(said)
    causes = (gap.cause for gap in gaps if _shared_s([(gap.start_s, gap.end_s)], stretches))
    kinds = (kind for kind, span in alarms if _shared_s([span], stretches))
    return Heard(
        lost_s=_shared_s(lost, stretches),
        causes=tuple(dict.fromkeys(causes)),
        alarms=tuple(dict.fromkeys(kinds)),
        alarm_s=_shared_s([span for _kind, span in alarms], stretches),
        utterances=len(told),
        doubtful=sum(each.uncertain for each in told),
        discarded_s=_shared_s(nothing, stretches),
    )


def said_by_candidate(state: Reviewed, question: str | None = None) -> list[Utterance]:
    """What the candidate said, as reviewers corrected it; all of it, or under one question."""
    interview = state.interview
    return [
        said
        for said in interview.utterances.values()
        if state.speaker_of(said.id) is Channel.CANDIDATE
        and (question is None or interview.question_at(said.start_s) == question)
    ]


def _shared_s(found: Sequence[Stretch], stretches: Sequence[Stretch]) -> float:
    """How many seconds of the stretches are covered, each second once."""
    total_s = 0.0
    for start_s, end_s in stretches:
        reached_s = start_s
        for begin_s, stop_s in sorted(found):
            covered_s = min(stop_s, end_s) - max(begin_s, reached_s)
            if covered_s > 0:
                total_s += covered_s
                reached_s = min(stop_s, end_s)
    return round(total_s, 3)
