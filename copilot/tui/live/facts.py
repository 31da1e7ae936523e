"""What is worth knowing of an interview that goes well."""

from itertools import islice

from copilot.events import Channel
from copilot.i18n import _
from copilot.interview import Interview

#: How many of the candidate's utterances are judged together.
_OF_LATE = 5


def facts(interview: Interview, now_s: float) -> list[str]:
    """How much of the planned time is left, and how sure the candidate's newest text is."""
    if interview.started is None or interview.ended is not None:
        return []
    left_s = sum(question.minutes for question in interview.plan) * 60 - now_s
    minutes = round(abs(left_s) / 60)
    told = [
        _("{minutes} min left", minutes=minutes)
        if left_s >= 0
        else _("{minutes} min over the plan", minutes=minutes)
    ]
    sure = _sureness(interview)
    if sure is not None:
        told.append(_("text {percent}% sure", percent=round(100 * sure)))
    return told


def _sureness(interview: Interview) -> float | None:
    said = (u for u in reversed(interview.utterances.values()) if u.channel is Channel.CANDIDATE)
    confidences = [utterance.confidence for utterance in islice(said, _OF_LATE)]
    return sum(confidences) / len(confidences) if confidences else None
