"""Choosing the quote that stands for a point.

Of all quotes code found in the transcript, the one that can be relied on and read best: from text
that is not doubtful, not corrected since, and with nothing left out of it; then one of a length
that says something and can be read at a glance; then one with a figure in it, which is what people
look for in a recap; then the earliest. Nothing is cut and nothing is put together.
"""

from collections.abc import Collection, Mapping, Sequence

from copilot.coach.off_limits import LEFT_OUT
from copilot.events import Evidence
from copilot.review.report import ReportLine

#: Words of a quote that says something and can be read at a glance.
_FEWEST_WORDS = 5
_MOST_WORDS = 40


def best_quote(
    evidence: Sequence[Evidence], corrected: Collection[str], lines: Mapping[str, ReportLine]
) -> Evidence | None:
    """The quote to show where one has to do; None where there is none.

    Args:
        evidence: The quotes of a point or flag.
        corrected: The utterances quoted whose text has been corrected since.
        lines: The transcript, by utterance.
    """
    return min(evidence, key=lambda item: _rank(item, corrected, lines), default=None)


def _rank(
    item: Evidence, corrected: Collection[str], lines: Mapping[str, ReportLine]
) -> tuple[bool, bool, bool, int, bool, float]:
    said = [lines[uid] for uid in item.utterance_ids if uid in lines]
    words = len(item.quote.split())
    off = max(_FEWEST_WORDS - words, words - _MOST_WORDS, 0)
    return (
        any(line.uncertain for line in said),
        any(uid in corrected for uid in item.utterance_ids),
        LEFT_OUT in item.quote,
        off,
        not any(character.isdigit() for character in item.quote),
        item.start_s,
    )
