"""What a human found in an answer, or in the part of it that goes into a case."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from copilot.events import Actor, FindingKind, FindingMade, FindingState, Utterance
from copilot.review.reviewed import Reviewed


@dataclass(slots=True)
class Labels:
    """Labels of one answer.

    Attributes:
        points: By id, state and quote.
        flags: By id, the words that raise it, or None.
        notices: What the human found that is no label here, and why.
    """

    points: dict[str, Any] = field(default_factory=dict)
    flags: dict[str, Any] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


_POINT_LABELS = {
    FindingState.EVIDENCED: "explicit",
    FindingState.DENIED: "denied",
    FindingState.NOT_HEARD: "absent",
}


def labels_of(
    state: Reviewed, question: str, answer: Sequence[Utterance], *, whole: bool
) -> Labels:
    """What the human said is in an answer, or in the part of it that goes into the case.

    What is absent from the whole is absent from a part. What is said may be said only later: that
    is known by the words it rests on.
    """
    labels = Labels()
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
