"""Cases of questions: what an interviewer says, and which planned question it asks."""

from collections.abc import Sequence
from typing import Any

from copilot.errors import UsageError, nearest
from copilot.events import Actor, Channel, Utterance
from copilot.lab.moments.drafts import Drafted, Said
from copilot.lab.moments.said import common
from copilot.review.reviewed import Reviewed

#: What a human says instead of a question's id where an utterance asks none.
NO_QUESTION = "none"
#: How much of what was said before goes with an interviewer's utterance, in utterances.
_BEFORE = 12


def recognise(state: Reviewed, said: Utterance, human: Said) -> Drafted:
    """An utterance of the interviewer's after what was said before it.

    Raises:
        UsageError: It is the candidate's, or nobody said which question it asks.
    """
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
    told = common(state, "")
    given = {"role": told["role"], "language": told["language"], "plan": plan, "turns": turns}
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
