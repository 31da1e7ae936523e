"""What of a written recap still stands after what reviewers changed since.

A sentence rests on the candidate's words as they were read when it was written. Where one of its
utterances turned out to be the interviewer's, or was corrected since, or a correction was taken
back, nobody knows whether it still holds: it is left out and counted, and a new recap may say it
again. ``Report.recap`` is made here, so that no form of report has to think of it.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterable

from copilot.events import Channel, DroppedSentences, RecapPart, RecapSentence, RecapWritten
from copilot.review.reviewed import Reviewed

#: Names of what took a sentence away after it was written, beside those of the checks.
ANOTHERS_WORDS = "anothers_words"
CORRECTED_SINCE = "corrected_since"


def standing_recap(state: Reviewed, language: str) -> RecapWritten | None:
    """The recap in a language as it stands now; None where none was written.

    What does not stand any more is taken out of its parts and counted in ``dropped``.
    """
    recap = state.recaps.get(language)
    if recap is None:
        return None
    gone: Counter[str] = Counter()
    parts: list[RecapPart] = []
    for part in recap.parts:
        kept: list[RecapSentence] = []
        for sentence in part.sentences:
            why = _fallen(state, sentence, recap.seq)
            if why is None:
                kept.append(sentence)
            else:
                gone[why] += 1
        if kept:
            parts.append(dataclasses.replace(part, sentences=tuple(kept)))
    if not gone:
        return recap
    drops = (DroppedSentences(check=check, count=count) for check, count in gone.items())
    return dataclasses.replace(recap, parts=tuple(parts), dropped=counted([*recap.dropped, *drops]))


def standing_parts(state: Reviewed, language: str) -> tuple[RecapPart, ...]:
    """The parts of the recap in a language that stand now; () where none was written."""
    recap = standing_recap(state, language)
    return () if recap is None else recap.parts


def counted(dropped: Iterable[DroppedSentences]) -> tuple[DroppedSentences, ...]:
    """Counts of the same check as one, in the order in which they first come."""
    sums: Counter[str] = Counter()
    for each in dropped:
        sums[each.check] += each.count
    return tuple(DroppedSentences(check=check, count=count) for check, count in sums.items())


def _fallen(state: Reviewed, sentence: RecapSentence, written_seq: int) -> str | None:
    """Why a sentence does not stand any more; None where it does."""
    for uid in sentence.utterance_ids:
        if state.speaker_of(uid) is not Channel.CANDIDATE:
            return ANOTHERS_WORDS
        if state.changed_at.get(uid, 0) > written_seq:
            return CORRECTED_SINCE
    return None
