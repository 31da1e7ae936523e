"""Cases of follow-ups: the moment, what was offered there, and what became of it."""

from collections.abc import Iterable, Iterator
from typing import Any

from copilot.events import Actor, Channel, SuggestionFate, SuggestionKind, Utterance
from copilot.interview.records import SuggestionRecord
from copilot.lab.moments.drafts import Drafted, Said
from copilot.lab.moments.said import answer_to, common, texts, up_to
from copilot.review.reviewed import Reviewed

_SENT_AWAY = (SuggestionFate.SKIPPED, SuggestionFate.DISMISSED)
_TAKEN = (SuggestionFate.TAKEN, SuggestionFate.ASKED)
_AFTER_SOMETHING = (SuggestionKind.PROBE, SuggestionKind.CLARIFY)


def follow_up(state: Reviewed, said: Utterance, question: str, human: Said) -> Drafted:
    """The moment after an utterance: whether, and after what, something was to be asked."""
    part = up_to(answer_to(state, question), said)
    record = _suggestion_after(state, said, question)
    spoken = [state.utterance(uid) for uid in state.interview.utterances]
    later = [each for each in spoken if each.start_s >= said.end_s]
    given: dict[str, Any] = {
        **common(state, question),
        "answer": texts(part),
        "asked": list(_asked(state, said, question)),
        "ended_s": said.end_s,
    }
    target = _target(record)
    if target:
        given["targets"] = [target]
    if later:
        given["useful_until_s"] = min(each.start_s for each in later)
    expected: dict[str, Any] = {}
    sent_away = record is not None and record.fate in _SENT_AWAY and record.closed_by is Actor.HUMAN
    silent = sent_away if human.silent is None else human.silent
    if silent or human.silent is not None:
        expected["silent"] = silent
    if not silent:
        if target and record is not None and record.fate in _TAKEN:
            expected["target"] = [target]
        asked = _asked_next(state, later, question)
        if asked:
            expected["asked"] = asked
    return Drafted(given, expected, question)


def _suggestion_after(state: Reviewed, said: Utterance, question: str) -> SuggestionRecord | None:
    """The suggestion that was offered when an utterance was over and before the next."""
    answer = answer_to(state, question)
    until_s = next((each.end_s for each in answer if each.start_s >= said.end_s), None)
    return next(
        (
            record
            for record in state.interview.suggestions.values()
            if record.offered_under == question
            and record.offered_at_s >= said.end_s
            and (until_s is None or record.offered_at_s < until_s)
        ),
        None,
    )


def _target(record: SuggestionRecord | None) -> str:
    if record is None or record.suggestion.kind not in _AFTER_SOMETHING:
        return ""
    return record.suggestion.target or ""


def _asked(state: Reviewed, said: Utterance, question: str) -> Iterator[str]:
    """What had been offered or asked under the question by then."""
    offered = (
        record.suggestion.text
        for record in state.interview.suggestions.values()
        if record.suggestion.question == question and record.offered_at_s < said.end_s
    )
    heard = (
        each.text
        for each in map(state.utterance, state.interview.utterances)
        if each.channel is Channel.INTERVIEWER
        and each.start_s < said.end_s
        and each.text.rstrip().endswith("?")
        and state.interview.question_at(each.start_s) == question
    )
    yield from dict.fromkeys(text for text in (*offered, *heard) if text.strip())


def _asked_next(state: Reviewed, later: Iterable[Utterance], question: str) -> str:
    """What the interviewer then really asked under the same question."""
    for each in later:
        if each.channel is Channel.INTERVIEWER:
            under = state.interview.question_at(each.start_s)
            return each.text if under == question and each.text.rstrip().endswith("?") else ""
    return ""
