"""What a case says of a moment of a stored session: what was given, and what the human said of it.

Only a human's word is a label: a finding set or confirmed in the review, a question chosen by key,
a suggestion taken or sent away. What the machine thought of the moment is never one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from copilot.errors import UsageError, nearest
from copilot.events import (
    Actor,
    Channel,
    FindingKind,
    FindingMade,
    FindingState,
    SuggestionFate,
    SuggestionKind,
    Utterance,
)
from copilot.interview.records import SuggestionRecord
from copilot.llm.from_interview import language_of
from copilot.review.reviewed import Reviewed

#: What a human says instead of a question's id where an utterance asks none.
NO_QUESTION = "none"
#: How much of what was said before goes with an interviewer's utterance, in utterances.
_BEFORE = 12
_SENT_AWAY = (SuggestionFate.SKIPPED, SuggestionFate.DISMISSED)
_TAKEN = (SuggestionFate.TAKEN, SuggestionFate.ASKED)
_AFTER_SOMETHING = (SuggestionKind.PROBE, SuggestionKind.CLARIFY)


@dataclass(frozen=True, slots=True)
class Said:
    """What whoever makes the case says of it themselves.

    Attributes:
        question: The planned question that an interviewer's utterance asks, or ``none``; empty for
            what was chosen during the session.
        silent: Whether no follow-up must be asked here; None for what became of the suggestion.
    """

    question: str = ""
    silent: bool | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a case is made of.

    Attributes:
        given: Its ``vars``.
        expected: What the human said of it; empty where they said nothing.
        question: The question it belongs to; empty for none.
        notices: What a human said that does not go into the case, and why.
    """

    given: Mapping[str, Any]
    expected: Mapping[str, Any] = field(default_factory=dict)
    question: str = ""
    notices: tuple[str, ...] = ()


def tasks_for(state: Reviewed, utterance_id: str) -> tuple[str, ...]:
    """The tasks that can have a case of an utterance, the one most wanted first.

    Raises:
        UsageError: There is no such utterance.
    """
    said = _utterance(state, utterance_id)
    if said.channel is Channel.INTERVIEWER:
        return ("recognise",)
    return tuple(_OF_ANSWERS) if _question_of(state, said) is not None else ()


def drafted(state: Reviewed, utterance_id: str, task: str, human: Said) -> Drafted:
    """What a case of a task says of the moment at which an utterance was over.

    Raises:
        UsageError: There is no such utterance, or none of whom the task is about; or nobody said
            what the case is to know.
    """
    said = _utterance(state, utterance_id)
    if task == "recognise":
        return _recognise(state, said, human)
    make = _OF_ANSWERS.get(task)
    if make is None:
        raise UsageError(
            f"no case of the task {task!r} can be made of a moment.",
            nearest(task, (*_OF_ANSWERS, "recognise", "interview")),
        )
    if said.channel is not Channel.CANDIDATE:
        raise UsageError(
            f"{said.id} is the interviewer's; the task {task} is about an answer.",
            _next_of(state, said),
        )
    question = _question_of(state, said)
    if question is None:
        raise UsageError(
            f"{said.id} belongs to no planned question.",
            "Name an utterance of an answer, or set its question in the review.",
        )
    return make(state, said, question, human)


def whole_interview(state: Reviewed, session: str) -> Drafted:
    """What a case says that replays a whole session."""
    expected: dict[str, dict[str, dict[str, Any]]] = {"points": {}, "flags": {}}
    notices: list[str] = []
    for planned in state.interview.plan:
        answer = _answer(state, planned.id)
        labels = _labels(state, planned.id, answer, whole=True)
        notices += labels.notices
        if labels.points:
            expected["points"][planned.id] = labels.points
        if labels.flags:
            expected["flags"][planned.id] = labels.flags
    filled = {key: value for key, value in expected.items() if value}
    return Drafted({"session": session}, filled, notices=tuple(notices))


# -- what was said --------------------------------------------------------------------------------


def _utterance(state: Reviewed, utterance_id: str) -> Utterance:
    known = state.interview.utterances
    if utterance_id not in known:
        ids = list(known)
        hint = nearest(utterance_id, ids) if len(ids) < 8 else f"They are {ids[0]} to {ids[-1]}."
        raise UsageError(f"the session has no utterance {utterance_id!r}.", hint)
    return state.utterance(utterance_id)


def _next_of(state: Reviewed, said: Utterance) -> str:
    """The candidate's next utterance, as a hint."""
    ids = list(state.interview.utterances)
    after = ids[ids.index(said.id) + 1 :]
    found = next((each for each in after if state.speaker_of(each) is Channel.CANDIDATE), "")
    return f"Did you mean {found!r}?" if found else "Name one of the candidate's utterances."


def _question_of(state: Reviewed, said: Utterance) -> str | None:
    return state.interview.question_of(said.id) or state.interview.question_at(said.start_s)


def _answer(state: Reviewed, question: str) -> tuple[Utterance, ...]:
    """The candidate's utterances under a question, as corrected."""
    said = map(state.utterance, state.interview.utterances)
    return tuple(
        each
        for each in said
        if each.channel is Channel.CANDIDATE and _question_of(state, each) == question
    )


def _up_to(answer: Sequence[Utterance], said: Utterance) -> tuple[Utterance, ...]:
    ids = [each.id for each in answer]
    return tuple(answer[: ids.index(said.id) + 1])


def _common(state: Reviewed, question: str) -> dict[str, Any]:
    started = state.interview.started
    assert started is not None  # noqa: S101 - a session that holds an utterance has started
    return {
        "role": started.guide.role,
        "language": language_of(state.interview),
        "question": question,
    }


def _timed(answer: Iterable[Utterance]) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "text": each.text,
            "start_s": each.start_s,
            "end_s": each.end_s,
            **({"uncertain": True} if each.uncertain else {}),
        }
        for each in answer
    ]


def _texts(answer: Iterable[Utterance]) -> list[dict[str, str]]:
    return [{"id": each.id, "text": each.text} for each in answer]


# -- what the human found -------------------------------------------------------------------------


@dataclass(slots=True)
class _Labels:
    points: dict[str, Any] = field(default_factory=dict)
    flags: dict[str, Any] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


_POINT_LABELS = {
    FindingState.EVIDENCED: "explicit",
    FindingState.DENIED: "denied",
    FindingState.NOT_HEARD: "absent",
}


def _labels(state: Reviewed, question: str, answer: Sequence[Utterance], *, whole: bool) -> _Labels:
    """What the human said is in an answer, or in the part of it that goes into the case.

    What is absent from the whole is absent from a part. What is said may be said only later: that
    is known by the words it rests on.
    """
    labels = _Labels()
    for found in state.findings():
        if found.question != question or found.by is not Actor.HUMAN:
            continue
        if found.state is FindingState.UNCLEAR:
            continue
        quote, problem = _quote_in(found, answer, whole=whole)
        is_flag = found.kind is FindingKind.FLAG
        if is_flag and found.state is FindingState.RAISED and not quote and not problem:
            problem = "it rests on no words; write a quote into the case by hand"
        if problem:
            labels.notices.append(f"{found.kind.value} {found.id} is left out: {problem}.")
        elif is_flag:
            labels.flags[found.id] = quote if found.state is FindingState.RAISED else None
        else:
            labels.points[found.id] = {"state": _POINT_LABELS[found.state], "quote": quote}
    return labels


def _quote_in(
    found: FindingMade, answer: Sequence[Utterance], *, whole: bool
) -> tuple[str | None, str]:
    """The words of the answer a finding rests on, and why it says nothing of this part of it."""
    if found.state in (FindingState.NOT_HEARD, FindingState.NOT_RAISED):
        return None, ""
    texts = {each.id: each.text for each in answer}
    inside = [each for each in found.evidence if texts.keys() >= set(each.utterance_ids)]
    if found.evidence and not inside:
        return None, "its words come later"
    if not found.evidence and not whole:
        return None, "nobody said in which words it is; take the answer's last utterance"
    for each in inside:
        said = " ".join(texts[uid] for uid in each.utterance_ids)
        if each.quote in said:
            return each.quote, ""
    return None, ""  # the words were corrected since


# -- cases of answers -----------------------------------------------------------------------------


def _match(state: Reviewed, said: Utterance, question: str, human: Said) -> Drafted:  # noqa: ARG001
    answer = _answer(state, question)
    part = _up_to(answer, said)
    is_whole = part == answer
    labels = _labels(state, question, part, whole=is_whole)
    given = {**_common(state, question), "utterances": _timed(part)}
    if is_whole:
        given["over"] = True
    expected = {"points": labels.points, "flags": labels.flags}
    filled = {key: value for key, value in expected.items() if value}
    return Drafted(given, filled, question, tuple(labels.notices))


def _judge_points(
    state: Reviewed,
    said: Utterance,
    question: str,
    human: Said,  # noqa: ARG001
) -> Drafted:
    return _judged(state, said, question, "points")


def _judge_flags(
    state: Reviewed,
    said: Utterance,
    question: str,
    human: Said,  # noqa: ARG001
) -> Drafted:
    return _judged(state, said, question, "flags")


def _judged(state: Reviewed, said: Utterance, question: str, which: str) -> Drafted:
    answer = _answer(state, question)
    part = _up_to(answer, said)
    labels = _labels(state, question, part, whole=part == answer)
    known: dict[str, Any] = labels.points if which == "points" else labels.flags
    given = {**_common(state, question), "answer": _texts(part)}
    if known:
        given["ids"] = list(known)
    about = "point " if which == "points" else "flag "
    notices = tuple(notice for notice in labels.notices if notice.startswith(about))
    return Drafted(given, {which: known} if known else {}, question, notices)


def _follow_up(state: Reviewed, said: Utterance, question: str, human: Said) -> Drafted:
    part = _up_to(_answer(state, question), said)
    record = _suggestion_after(state, said, question)
    spoken = [state.utterance(uid) for uid in state.interview.utterances]
    later = [each for each in spoken if each.start_s >= said.end_s]
    given: dict[str, Any] = {
        **_common(state, question),
        "answer": _texts(part),
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
    answer = _answer(state, question)
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


_OF_ANSWERS: Mapping[str, Callable[[Reviewed, Utterance, str, Said], Drafted]] = {
    "match": _match,
    "judge_points": _judge_points,
    "judge_flags": _judge_flags,
    "follow_up": _follow_up,
}


# -- cases of questions ---------------------------------------------------------------------------


def _recognise(state: Reviewed, said: Utterance, human: Said) -> Drafted:
    if said.channel is not Channel.INTERVIEWER:
        raise UsageError(
            f"{said.id} is the candidate's; questions are recognised in what the interviewer says.",
            "Name one of the interviewer's utterances.",
        )
    plan = [planned.id for planned in state.interview.plan]
    question = _question_by_hand(state, said, plan, human.question)
    ids = list(state.interview.utterances)
    heard = ids[max(0, ids.index(said.id) - _BEFORE) : ids.index(said.id)]
    turns: list[dict[str, Any]] = [
        {"speaker": each.channel.value, "text": each.text, "known": False}
        for each in map(state.utterance, heard)
    ]
    turns.append({"speaker": said.channel.value, "text": said.text, "question": question})
    common = _common(state, "")
    given = {"role": common["role"], "language": common["language"], "plan": plan, "turns": turns}
    return Drafted(given, question=question or "")


def _question_by_hand(
    state: Reviewed, said: Utterance, plan: Sequence[str], told: str
) -> str | None:
    if told:
        if told != NO_QUESTION and told not in plan:
            raise UsageError(
                f"the question {told!r} is not in the plan.", nearest(told, (*plan, NO_QUESTION))
            )
        return None if told == NO_QUESTION else told
    asked = [
        each
        for each in map(state.utterance, state.interview.utterances)
        if each.channel is Channel.INTERVIEWER
    ]
    place = [each.id for each in asked].index(said.id)
    after_s = asked[place - 1].end_s if place else 0.0
    before_s = asked[place + 1].start_s if place + 1 < len(asked) else float("inf")
    for event in state.interview.questions_asked:
        if event.by is Actor.HUMAN and after_s <= event.since_s < before_s:
            return event.question
    raise UsageError(
        f"nobody has said by hand which question {said.id} asks.",
        f"Say it now: --question ID, or --question {NO_QUESTION}.",
    )
