"""What was said in a session, as its reviewers corrected it, in the form of cases."""

from collections.abc import Iterable, Sequence
from typing import Any

from copilot.errors import UsageError, nearest
from copilot.events import Channel, Utterance
from copilot.llm.from_interview import language_of
from copilot.review.reviewed import Reviewed


def utterance_of(state: Reviewed, utterance_id: str) -> Utterance:
    """An utterance as corrected.

    Raises:
        UsageError: There is none of that id.
    """
    known = state.interview.utterances
    if utterance_id not in known:
        ids = list(known)
        hint = nearest(utterance_id, ids) if len(ids) < 8 else f"They are {ids[0]} to {ids[-1]}."
        raise UsageError(f"the session has no utterance {utterance_id!r}.", hint)
    return state.utterance(utterance_id)


def next_of(state: Reviewed, said: Utterance) -> str:
    """The candidate's next utterance, as a hint."""
    ids = list(state.interview.utterances)
    after = ids[ids.index(said.id) + 1 :]
    found = next((each for each in after if state.speaker_of(each) is Channel.CANDIDATE), "")
    return f"Did you mean {found!r}?" if found else "Name one of the candidate's utterances."


def question_of(state: Reviewed, said: Utterance) -> str | None:
    """The planned question an utterance belongs to; None for none."""
    return state.interview.question_of(said.id) or state.interview.question_at(said.start_s)


def answer_to(state: Reviewed, question: str) -> tuple[Utterance, ...]:
    """The candidate's utterances under a question, as corrected."""
    said = map(state.utterance, state.interview.utterances)
    return tuple(
        each
        for each in said
        if each.channel is Channel.CANDIDATE and question_of(state, each) == question
    )


def up_to(answer: Sequence[Utterance], said: Utterance) -> tuple[Utterance, ...]:
    """An answer up to and with one of its utterances."""
    ids = [each.id for each in answer]
    return tuple(answer[: ids.index(said.id) + 1])


def common(state: Reviewed, question: str) -> dict[str, Any]:
    """What every case of an answer says: role, language and question."""
    started = state.interview.started
    assert started is not None  # noqa: S101 - a session that holds an utterance has started
    return {
        "role": started.guide.role,
        "language": language_of(state.interview),
        "question": question,
    }


def timed(answer: Iterable[Utterance]) -> list[dict[str, Any]]:
    """Utterances with their times, as the matcher's cases have them."""
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


def texts(answer: Iterable[Utterance]) -> list[dict[str, str]]:
    """Utterances without their times."""
    return [{"id": each.id, "text": each.text} for each in answer]
