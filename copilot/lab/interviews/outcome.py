"""What came out of an interview, as JSON: questions, findings, suggestions, and when."""

from collections.abc import Iterator, Sequence
from typing import Any

from copilot.engine.turns import MORE_THAN_LISTENING
from copilot.events import (
    Channel,
    Event,
    FindingKind,
    FindingMade,
    QuestionAsked,
    TopicTouched,
    Utterance,
)
from copilot.interview import Interview
from copilot.interview.records import SuggestionRecord


def outcome(interview: Interview, events: Sequence[Event]) -> dict[str, Any]:
    """An interview that is over.

    Args:
        interview: All that is known in the end.
        events: What happened, in order.

    Returns:
        ``language``; ``duration_s``; ``utterances``; ``questions``, each change with the moment it
        was told; ``findings`` by question, ``points`` and ``flags`` by id; ``suggestions``, each
        with ``late_s``: how long after the interviewer began to speak again it came, negative for
        before, null where that never happened; and ``counts``.
    """
    suggestions = list(_suggestions(interview))
    questions = list(_questions(events))
    started = interview.started
    return {
        "language": "" if started is None else started.language,
        "duration_s": round(interview.now_s, 3),
        "utterances": [_utterance(said, interview) for said in interview.utterances.values()],
        "questions": questions,
        "findings": {planned.id: _findings(interview, planned.id) for planned in interview.plan},
        "suggestions": suggestions,
        "counts": {
            "utterances": len(interview.utterances),
            "questions": len(questions),
            "findings": sum(isinstance(event, FindingMade) for event in events),
            "suggestions": len(suggestions),
            "warnings": sum(isinstance(event, TopicTouched) for event in events),
        },
    }


def _utterance(said: Utterance, interview: Interview) -> dict[str, Any]:
    return {
        "id": said.id,
        "speaker": said.channel.value,
        "start_s": said.start_s,
        "end_s": said.end_s,
        "text": said.text,
        "question": interview.question_of(said.id),
    }


def _questions(events: Sequence[Event]) -> Iterator[dict[str, Any]]:
    for event in events:
        if isinstance(event, QuestionAsked):
            yield {
                "question": event.question,
                "at_s": event.at_s,
                "since_s": event.since_s,
                "utterance": event.utterance_id,
                "confidence": event.confidence,
            }


def _findings(interview: Interview, question: str) -> dict[str, Any]:
    started = interview.started
    points = [point.id for point in interview.planned(question).points]
    flags = [] if started is None else [flag.id for flag in started.flags]
    return {
        "points": {p: _finding(interview, question, FindingKind.POINT, p) for p in points},
        "flags": {f: _finding(interview, question, FindingKind.FLAG, f) for f in flags},
    }


def _finding(interview: Interview, question: str, kind: FindingKind, item: str) -> dict[str, Any]:
    state = interview.state_of(question, kind, item).value
    made = interview.findings.get((question, kind, item))
    if made is None:
        return {"state": state, "quote": None, "confidence": None}
    evidence = made.evidence[0] if made.evidence else None
    return {
        "state": state,
        "quote": None if evidence is None else evidence.quote,
        "confidence": made.confidence,
        "utterances": [] if evidence is None else list(evidence.utterance_ids),
        "at_s": made.at_s,
    }


def _suggestions(interview: Interview) -> Iterator[dict[str, Any]]:
    for record in interview.suggestions.values():
        suggestion = record.suggestion
        speaks_s = _speaks_again_s(interview, record)
        late_s = None if speaks_s is None else round(record.offered_at_s - speaks_s, 3)
        yield {
            "id": suggestion.id,
            "kind": suggestion.kind.value,
            "text": suggestion.text,
            "reason": suggestion.reason,
            "question": suggestion.question,
            "under": record.offered_under,
            "target": suggestion.target,
            "at_s": record.offered_at_s,
            "fate": None if record.fate is None else record.fate.value,
            "closed_s": record.closed_at_s,
            "late_s": late_s,
        }


def _speaks_again_s(interview: Interview, record: SuggestionRecord) -> float | None:
    """When the interviewer takes the floor after the words that a suggestion came upon."""
    said = list(interview.utterances.values())
    heard = [
        one for one in said if one.channel is Channel.CANDIDATE and one.end_s <= record.offered_at_s
    ]
    since_s = max((one.start_s for one in heard), default=0.0)
    after = (
        one.start_s
        for one in said
        if one.channel is Channel.INTERVIEWER
        and one.start_s > since_s
        and len(one.text.split()) >= MORE_THAN_LISTENING
    )
    return min(after, default=None)
