"""What was suggested before, and who spoke last."""

from collections.abc import Iterator

from copilot.events import Channel, SuggestionFate, SuggestionKind
from copilot.interview import Interview, SuggestionRecord

#: After one of these, the same point, flag or question is not suggested again.
DONE_WITH = frozenset(
    {
        SuggestionFate.TAKEN,
        SuggestionFate.ASKED,
        SuggestionFate.SKIPPED,
        SuggestionFate.ANSWERED,
    }
)
#: The same of what has one way of asking: shown long enough for nobody to ask, it would come again
#: at every pause.
_DONE_WITH_ONE = DONE_WITH | {SuggestionFate.EXPIRED}
#: Fewer words than this are "mm-hm" and "right", not a turn.
_A_TURN = 4


def is_done_with(
    interview: Interview, kind: SuggestionKind, question: str, target: str | None
) -> bool:
    """Whether that target of a question needs no more suggestions of that kind."""
    return any(
        record.suggestion.question == question and record.fate in DONE_WITH
        for record in _of(interview, kind, target)
    )


def was_put(interview: Interview, kind: SuggestionKind, question: str, target: str | None) -> bool:
    """Whether that was asked under that question, or shown long enough for nobody to ask."""
    return any(
        record.suggestion.question == question and record.fate in _DONE_WITH_ONE
        for record in _of(interview, kind, target)
    )


def was_clarified(interview: Interview, flag: str) -> bool:
    """Whether a flag was asked about, under any question, or shown and left.

    There is one clarification a flag.
    """
    return any(
        record.fate in _DONE_WITH_ONE for record in _of(interview, SuggestionKind.CLARIFY, flag)
    )


def was_shown(interview: Interview, text: str) -> bool:
    """Whether a question was shown, by itself or behind a few words that lead to it."""
    led_to = f": {text}".casefold()
    return any(
        shown == text or shown.casefold().endswith(led_to)
        for record in interview.suggestions.values()
        for shown in (record.suggestion.text, record.first_text)
    )


def latest_turn(interview: Interview) -> frozenset[str]:
    """The candidate's utterances since the interviewer's last turn, by id."""
    said: set[str] = set()
    for utterance in reversed(interview.utterances.values()):
        if utterance.channel is Channel.CANDIDATE:
            said.add(utterance.id)
        elif len(utterance.text.split()) >= _A_TURN:
            break
    return frozenset(said)


def _of(
    interview: Interview, kind: SuggestionKind, target: str | None
) -> Iterator[SuggestionRecord]:
    for record in interview.suggestions.values():
        if record.suggestion.kind is kind and record.suggestion.target == target:
            yield record
