"""When turns began, and what was answered since."""

import itertools

from copilot.events import Channel
from copilot.interview import Interview

#: Fewer words than this are "mm-hm" and "right", not a turn.
MORE_THAN_LISTENING = 4


def answered_since(interview: Interview, since_s: float) -> list[str | None]:
    """The questions under which something was said from then on, the latest first."""
    said = itertools.takewhile(
        lambda utterance: utterance.start_s >= since_s,
        reversed(interview.utterances.values()),
    )
    return list(dict.fromkeys(interview.question_of(utterance.id) for utterance in said))


def last_words_s(interview: Interview, now_s: float) -> float:
    """When the interviewer began to speak after the candidate's last words; else ``now_s``."""
    start_s = now_s
    for utterance in reversed(interview.utterances.values()):
        if utterance.channel is not Channel.INTERVIEWER:
            break
        start_s = utterance.start_s
    return start_s


def last_turn_s(interview: Interview, now_s: float) -> float:
    """When the interviewer's last turn began, signs of listening left out; else ``now_s``."""
    start_s = now_s
    for utterance in reversed(interview.utterances.values()):
        spoke = len(utterance.text.split()) >= MORE_THAN_LISTENING
        if utterance.channel is Channel.INTERVIEWER:
            start_s = utterance.start_s if spoke or start_s < now_s else start_s
        elif spoke and start_s < now_s:
            break
    return start_s
