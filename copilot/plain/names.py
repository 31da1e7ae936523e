"""What sides, states and languages are called in a spoken line."""

from copilot.events import CaptureKind, Channel, FindingKind, FindingMade, FindingState
from copilot.i18n import N_, _
from copilot.interview import Interview

_SIDES = {Channel.INTERVIEWER: N_("You"), Channel.CANDIDATE: N_("Candidate")}

_STATES = {
    FindingState.EVIDENCED: N_("evidenced"),
    FindingState.UNCLEAR: N_("unclear"),
    FindingState.DENIED: N_("denied"),
    FindingState.NOT_HEARD: N_("not heard"),
    FindingState.RAISED: N_("worth a second look"),
    FindingState.NOT_RAISED: N_("not raised"),
}

_LANGUAGES = {"en": N_("English"), "fr": N_("French")}


def side_name(channel: Channel) -> str:
    """Whose voice it is."""
    return _(_SIDES[channel])


def input_name(channel: Channel, interview: Interview) -> str:
    """What a channel's device is called; with one microphone for both, it is that."""
    started = interview.started
    if started is not None and started.capture is CaptureKind.ROOM:
        return _("Microphone")
    return side_name(channel)


def state_name(state: FindingState) -> str:
    """What a state is called."""
    return _(_STATES[state])


def language_name(code: str) -> str:
    """What a language is called; its code where it is none of ours."""
    return _(_LANGUAGES[code]) if code in _LANGUAGES else code


def item_name(interview: Interview, question: str, kind: FindingKind, item: str) -> str:
    """What a point or flag is called, with its question where that is not the current one."""
    planned = interview.planned(question)
    if kind is FindingKind.FLAG:
        flags = interview.started.flags if interview.started else ()
        return next(flag.label for flag in flags if flag.id == item)
    label = next(point.label for point in planned.points if point.id == item)
    if question == interview.current_question:
        return label
    return _("{point}, under {question}", point=label, question=planned.label)


def finding_name(interview: Interview, finding: FindingMade) -> str:
    """What a finding is about."""
    return item_name(interview, finding.question, finding.kind, finding.id)
