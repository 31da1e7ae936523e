"""Which case a task can have of a moment, and what it says."""

from collections.abc import Callable, Mapping
from typing import Any

from copilot.errors import UsageError, nearest
from copilot.events import Channel, Utterance
from copilot.lab.moments.answers import judge_flags, judge_points, match
from copilot.lab.moments.drafts import Drafted, Said
from copilot.lab.moments.follow_ups import follow_up
from copilot.lab.moments.labels import labels_of
from copilot.lab.moments.questions import recognise
from copilot.lab.moments.said import answer_to, next_of, question_of, utterance_of
from copilot.review.reviewed import Reviewed

_OF_ANSWERS: Mapping[str, Callable[[Reviewed, Utterance, str, Said], Drafted]] = {
    "match": match,
    "judge_points": judge_points,
    "judge_flags": judge_flags,
    "follow_up": follow_up,
}


def tasks_for(state: Reviewed, utterance_id: str) -> tuple[str, ...]:
    """The tasks that can have a case of an utterance, the one most wanted first.

    Raises:
        UsageError: There is no such utterance.
    """
    said = utterance_of(state, utterance_id)
    if said.channel is Channel.INTERVIEWER:
        return ("recognise",)
    return tuple(_OF_ANSWERS) if question_of(state, said) is not None else ()


def drafted(state: Reviewed, utterance_id: str, task: str, human: Said) -> Drafted:
    """What a case of a task says of the moment at which an utterance was over.

    Raises:
        UsageError: There is no such utterance, or none of whom the task is about; or nobody said
            what the case is to know.
    """
    said = utterance_of(state, utterance_id)
    if task == "recognise":
        return recognise(state, said, human)
    make = _OF_ANSWERS.get(task)
    if make is None:
        raise UsageError(
            f"no case of the task {task!r} can be made of a moment.",
            nearest(task, (*_OF_ANSWERS, "recognise", "interview")),
        )
    if said.channel is not Channel.CANDIDATE:
        raise UsageError(
            f"{said.id} is the interviewer's; the task {task} is about an answer.",
            next_of(state, said),
        )
    question = question_of(state, said)
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
        answer = answer_to(state, planned.id)
        labels = labels_of(state, planned.id, answer, whole=True)
        notices += labels.notices
        if labels.points:
            expected["points"][planned.id] = labels.points
        if labels.flags:
            expected["flags"][planned.id] = labels.flags
    filled = {key: value for key, value in expected.items() if value}
    return Drafted({"session": session}, filled, notices=tuple(notices))
