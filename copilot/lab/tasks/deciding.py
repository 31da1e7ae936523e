"""Labels beside what was shown: the decisions that precision and recall are counted from."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from copilot.events import FindingState
from copilot.lab.results import Decision
from copilot.lab.tasks.local_cases import PointLabel

#: What a label says: explicit and implicit ones are both said, and so is a flag that shows.
SAID, DENIED, ABSENT = "said", "denied", "absent"
LABELS = {"explicit": SAID, "implicit": SAID, "denied": DENIED, "absent": ABSENT}
#: The state of what is labelled and not in the guide, so that nothing can be shown of it.
UNKNOWN = "not in the guide"
#: The label and state where no planned question is asked.
NO_QUESTION = "none"

_SHOWN = frozenset({FindingState.EVIDENCED, FindingState.RAISED})
#: Two quotes of different wording are of the same words from this share of the shorter on.
_SAME_WORDS = 0.5


def overlap(text: str, quote: str, labelled: str) -> bool:
    """Whether two verbatim spans of ``text`` share a character."""
    first, second = text.find(quote), text.find(labelled)
    shared = min(first + len(quote), second + len(labelled)) - max(first, second)
    return first >= 0 and second >= 0 and shared > 0


def alike(quote: str, labelled: str) -> bool:
    """Whether two quotes share words: for what was transcribed and labelled from a script."""
    mine, theirs = _words(quote), _words(labelled)
    fewer = min(len(mine), len(theirs))
    return fewer > 0 and len(mine & theirs) >= _SAME_WORDS * fewer


def of_points(
    labels: Mapping[str, PointLabel], shown: Mapping[str, Mapping[str, object]], said: str
) -> Iterable[Decision]:
    """Decisions about the points of one answer.

    Args:
        labels: By the point's id.
        shown: By the point's id, ``state``, ``quote``, ``says`` and ``confidence`` of what was
            found.
        said: The answer, in which quotes stand.
    """
    for target, label in labels.items():
        known = _Label("point", target, LABELS[label.state], label.quote)
        yield _decision(known, shown.get(target), said)


def of_flags(
    labels: Mapping[str, str | None], shown: Mapping[str, Mapping[str, object]], said: str
) -> Iterable[Decision]:
    """Decisions about the flags of one answer; arguments as those of ``of_points``."""
    for target, quote in labels.items():
        known = _Label("flag", target, SAID if quote else ABSENT, quote)
        yield _decision(known, shown.get(target), said)


def of_question(
    label: str | None, recognised: str | None, confidence: float | None
) -> Iterable[Decision]:
    """What was made of an utterance that asks the question ``label``, or none.

    Where another question was recognised than the one asked, that is two mistakes: one was missed
    and one made up.
    """
    asked, heard = label or NO_QUESTION, recognised or NO_QUESTION
    if label is not None or recognised is None:
        yield Decision(
            kind="question",
            target=label or "",
            label=asked,
            state=heard,
            shown=label is not None and label == recognised,
            right=label is not None,
            confidence=confidence if label == recognised else None,
        )
    if recognised is not None and recognised != label:
        yield Decision(
            kind="question",
            target=recognised,
            label=asked,
            state=heard,
            shown=True,
            right=False,
            confidence=confidence,
        )


class _Label(NamedTuple):
    """What is right of one point or flag."""

    kind: Literal["point", "flag"]
    target: str
    label: str
    quote: str | None


def _decision(known: _Label, found: Mapping[str, object] | None, said: str) -> Decision:
    state = UNKNOWN if found is None else str(found["state"])
    quoted = None if found is None else found.get("quote")
    quote = quoted if isinstance(quoted, str) else None
    return Decision(
        kind=known.kind,
        target=known.target,
        label=known.label,
        state=state,
        shown=state in _SHOWN,
        right=known.label == SAID,
        confidence=None if found is None else _probability(found, state),
        overlaps=_overlaps(said, quote, known.quote) if quote and known.quote else None,
        verbatim=quote in said if quote else None,
    )


def _probability(found: Mapping[str, object], state: str) -> float | None:
    """How likely it is said; flags that show by absence have no probability of their own."""
    says, confidence = found.get("says"), found.get("confidence")
    if state in _SHOWN and isinstance(confidence, float):
        return max(says, confidence) if isinstance(says, float) else confidence
    return says if isinstance(says, float) else None


def _overlaps(said: str, quote: str, labelled: str) -> bool:
    return overlap(said, quote, labelled) if labelled in said else alike(quote, labelled)


def _words(text: str) -> frozenset[str]:
    plain = "".join(sign.lower() if sign.isalnum() else " " for sign in text)
    return frozenset(plain.split())
