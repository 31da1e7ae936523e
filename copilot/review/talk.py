"""Who spoke how long, as reviewers corrected it."""

from copilot.events import Channel, Utterance
from copilot.review.reviewed import Reviewed
from copilot.review.summary_parts import TalkSummary

_ASIDE_WORDS = 2  # such as "I see": it does not take the turn from who speaks
_PAUSE_S = 15.0  # longer silence, such as off the record, ends a monologue


def talk_of(state: Reviewed) -> TalkSummary:
    """The shares of both sides, and the candidate's longest monologue."""
    spoken = dict.fromkeys(Channel, 0.0)
    for utterance in state.interview.utterances.values():
        spoken[state.speaker_of(utterance.id)] += utterance.end_s - utterance.start_s
    both_s = sum(spoken.values())
    start_s, longest_s = _longest(state)
    return TalkSummary(
        interviewer_s=round(spoken[Channel.INTERVIEWER], 3),
        candidate_s=round(spoken[Channel.CANDIDATE], 3),
        candidate_share=round(spoken[Channel.CANDIDATE] / both_s, 3) if both_s else None,
        longest_s=round(longest_s, 3),
        longest_start_s=start_s,
    )


def _longest(state: Reviewed) -> tuple[float | None, float]:
    """When the candidate's longest monologue began, and its length in seconds."""
    best: tuple[float | None, float] = (None, 0.0)
    first: Utterance | None = None
    last_s = 0.0
    for utterance in sorted(state.interview.utterances.values(), key=lambda said: said.start_s):
        if state.speaker_of(utterance.id) is Channel.CANDIDATE:
            if first is None or utterance.start_s - last_s > _PAUSE_S:
                first = utterance
            # Utterances may overlap, and a later one end before an earlier one.
            last_s = utterance.end_s if first is utterance else max(last_s, utterance.end_s)
            if last_s - first.start_s > best[1]:
                best = (first.start_s, last_s - first.start_s)
        elif len(utterance.text.split()) > _ASIDE_WORDS:
            first = None
    return best
