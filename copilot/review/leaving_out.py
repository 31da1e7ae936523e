"""What was told unasked, left out of what was heard before reviewers corrected it.

A correction may say that it was the candidate who spoke, or that a word was misheard. Only then
does what was heard read as told unasked, and it is left out of quotes as well.
"""

import dataclasses

from copilot.coach.off_limits import LEFT_OUT
from copilot.coach.unsolicited import Unsolicited
from copilot.events import Evidence, FindingMade, Utterance
from copilot.review.reviewed import Reviewed


def heard_without(state: Reviewed, utterance: Utterance, hidden: Unsolicited) -> str:
    """An utterance as it was heard, without what was told unasked."""
    if _tells_once_corrected(state, utterance.id, hidden):
        return LEFT_OUT
    return hidden.text(_as_heard(state, utterance))


def evidence_without(
    state: Reviewed, finding: FindingMade, hidden: Unsolicited
) -> tuple[Evidence, ...]:
    """What a finding rests on, its quotes without what was told unasked."""
    return tuple(
        dataclasses.replace(item, quote=_quote(state, item, hidden)) for item in finding.evidence
    )


def _quote(state: Reviewed, item: Evidence, hidden: Unsolicited) -> str:
    if any(_tells_once_corrected(state, uid, hidden) for uid in item.utterance_ids):
        return LEFT_OUT
    said = state.interview.utterances
    return hidden.quote(
        item, {uid: _as_heard(state, said[uid]) for uid in item.utterance_ids if uid in said}
    )


def _as_heard(state: Reviewed, utterance: Utterance) -> Utterance:
    """The words that were heard, of whoever really said them."""
    return dataclasses.replace(utterance, channel=state.speaker_of(utterance.id))


def _tells_once_corrected(state: Reviewed, utterance_id: str, hidden: Unsolicited) -> bool:
    """Whether only the corrected text reads as told unasked: what was heard is close to it."""
    heard = state.interview.utterances.get(utterance_id)
    return (
        heard is not None
        and utterance_id in state.corrections
        and not hidden.facts(_as_heard(state, heard))
        and bool(hidden.facts(state.utterance(utterance_id)))
    )
