"""Cases of answers: what the matcher and a language model are given to find points and flags in."""

from typing import Any

from copilot.events import Utterance
from copilot.lab.moments.drafts import Drafted, Said
from copilot.lab.moments.labels import labels_of
from copilot.lab.moments.said import answer_to, common, texts, timed, up_to
from copilot.review.reviewed import Reviewed


def match(state: Reviewed, said: Utterance, question: str, human: Said) -> Drafted:  # noqa: ARG001
    """The answer up to an utterance, with its points and flags."""
    answer = answer_to(state, question)
    part = up_to(answer, said)
    is_whole = part == answer
    labels = labels_of(state, question, part, whole=is_whole)
    given = {**common(state, question), "utterances": timed(part)}
    if is_whole:
        given["over"] = True
    expected = {"points": labels.points, "flags": labels.flags}
    filled = {key: value for key, value in expected.items() if value}
    return Drafted(given, filled, question, tuple(labels.notices))


def judge_points(
    state: Reviewed,
    said: Utterance,
    question: str,
    human: Said,  # noqa: ARG001
) -> Drafted:
    """The same, with its points alone."""
    return _judged(state, said, question, "points")


def judge_flags(
    state: Reviewed,
    said: Utterance,
    question: str,
    human: Said,  # noqa: ARG001
) -> Drafted:
    """The same, with its flags alone."""
    return _judged(state, said, question, "flags")


def _judged(state: Reviewed, said: Utterance, question: str, which: str) -> Drafted:
    answer = answer_to(state, question)
    part = up_to(answer, said)
    labels = labels_of(state, question, part, whole=part == answer)
    known: dict[str, Any] = labels.points if which == "points" else labels.flags
    given = {**common(state, question), "answer": texts(part)}
    if known:
        given["ids"] = list(known)
    about = "point " if which == "points" else "flag "
    notices = tuple(notice for notice in labels.notices if notice.startswith(about))
    return Drafted(given, {which: known} if known else {}, question, notices)
