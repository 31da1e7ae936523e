"""What of a written recap still stands after what reviewers changed since.

A sentence rests on the candidate's words as they were read when it was written. Where one of its
utterances turned out to be the interviewer's, or its text was corrected since, nobody knows whether
it still holds: it is left out and counted, and a new recap may say it again.
"""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable

from copilot.events import Channel, DroppedSentences, RecapPart, RecapSentence, RecapWritten
from copilot.review.report import Report
from copilot.review.reviewed import Reviewed

#: Names of what took a sentence away after it was written, beside those of the checks.
ANOTHERS_WORDS = "anothers_words"
CORRECTED_SINCE = "corrected_since"
#: Why a sentence does not stand; None where it does.
_Why = Callable[[RecapSentence], str | None]


def standing_recap(state: Reviewed, language: str) -> RecapWritten | None:
    """The recap in a language as it stands now; None where none was written.

    What does not stand any more is taken out of its parts and counted in ``dropped``.
    """
    recap = state.recaps.get(language)
    if recap is None:
        return None

    def why(sentence: RecapSentence) -> str | None:
        for uid in sentence.utterance_ids:
            if state.speaker_of(uid) is not Channel.CANDIDATE:
                return ANOTHERS_WORDS
            changes = (state.corrections.get(uid), state.speakers.get(uid))
            if any(change is not None and change.seq > recap.seq for change in changes):
                return CORRECTED_SINCE
        return None

    return _without(recap, why)


def standing_parts(report: Report) -> tuple[RecapPart, ...]:
    """The parts of a report's recap whose words are all the candidate's; () where there is none."""
    recap = standing_in(report)
    return () if recap is None else recap.parts


def standing_in(report: Report) -> RecapWritten | None:
    """A report's recap without sentences that rest on words not the candidate's, which count."""
    if report.recap is None:
        return None
    candidates = {
        line.utterance_id for line in report.transcript if line.speaker is Channel.CANDIDATE
    }

    def why(sentence: RecapSentence) -> str | None:
        return None if candidates.issuperset(sentence.utterance_ids) else ANOTHERS_WORDS

    return _without(report.recap, why)


def _without(recap: RecapWritten, why: _Why) -> RecapWritten:
    """The recap without the sentences that do not stand, each counted by its reason."""
    gone = Counter(
        reason
        for part in recap.parts
        for sentence in part.sentences
        if (reason := why(sentence)) is not None
    )
    if not gone:
        return recap
    parts = tuple(
        RecapPart(
            question=part.question,
            sentences=tuple(each for each in part.sentences if why(each) is None),
        )
        for part in recap.parts
    )
    return dataclasses.replace(
        recap,
        parts=tuple(part for part in parts if part.sentences),
        dropped=counted([*recap.dropped, *_drops(gone)]),
    )


def counted(dropped: Iterable[DroppedSentences]) -> tuple[DroppedSentences, ...]:
    """Counts of the same check as one, in the order in which they first come."""
    sums: Counter[str] = Counter()
    for each in dropped:
        sums[each.check] += each.count
    return tuple(_drops(sums))


def _drops(counts: Counter[str]) -> Iterable[DroppedSentences]:
    return (DroppedSentences(check=check, count=count) for check, count in counts.items())
