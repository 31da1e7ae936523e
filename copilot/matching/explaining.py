"""Why the matcher found what it found: for people who write guides or doubt a finding."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from copilot.events import FindingState
from copilot.matching.cross_encoder import CLASSES
from copilot.matching.judge import DENIES, SAYS
from copilot.matching.reading import AnswerReading, Finding
from copilot.matching.rules import Rules
from copilot.matching.verdicts import Heard, Verdicts

#: Passages told for each target, and rivals for each passage.
_PASSAGES, _RIVALS = 3, 2
#: Passages whose probabilities are all below this are not told.
_WORTH_TELLING = 0.02
#: A rival that says less surely than this is none.
_RIVALS_FROM = 0.1


@dataclass(frozen=True, slots=True)
class Considered:
    """One passage that might make a target's case.

    Attributes:
        text: Without fillers.
        quick_says: Probability of saying the target, by the quick look.
        quick_denies: Probability of denying it, by the quick look.
        example: The guide's sentence it was read with; "" where it was not worth reading.
        read: Probability of each of the cross-encoder's classes; empty where it was not read.
        says: Probability of saying the target, all in all.
        denies: Probability of denying it, all in all.
        rivals: The other targets it says most surely, with that probability.
    """

    text: str
    quick_says: float
    quick_denies: float
    example: str
    read: dict[str, float]
    says: float
    denies: float
    rivals: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a target has the state it has.

    Attributes:
        finding: What was found.
        said: Probability that the answer as a whole says it.
        denied: Probability that it denies it.
        rule: Which rule made a state of these probabilities.
        considered: The passages that came closest, best first.
    """

    finding: Finding
    said: float
    denied: float
    rule: str
    considered: tuple[Considered, ...]


def explanations(
    reading: AnswerReading, judged: Sequence[tuple[Heard, Verdicts]]
) -> list[Explanation]:
    """Explain every finding of an answer.

    Args:
        reading: The answer, read to its end.
        judged: The passages that were judged on the way, with their verdicts.
    """
    found: list[Explanation] = []
    for index, finding in enumerate(reading.findings()):
        said, denied = reading.probabilities(index)
        passages = [one for heard, verdicts in judged for one in _passages(heard, verdicts, index)]
        ids = [target.id for target in reading.targets.targets]
        passages = [one for one in passages if max(one[0]) >= _WORTH_TELLING]
        passages.sort(key=lambda one: -max(one[0]))
        considered = tuple(_considered(*where, index, ids) for _, where in passages[:_PASSAGES])
        rule = _rule(finding, said, denied, reading.rules)
        found.append(Explanation(finding, said, denied, rule, considered))
    return found


def _passages(
    heard: Heard, verdicts: Verdicts, target: int
) -> list[tuple[tuple[float, ...], tuple[Heard, Verdicts, int]]]:
    """Each passage with what it is sorted by: the final verdict, else the quick one."""
    return [
        (
            (
                *(10 * float(verdicts.final[target, passage, each]) for each in (SAYS, DENIES)),
                *(float(verdicts.quick[target, passage, each]) for each in (SAYS, DENIES)),
            ),
            (heard, verdicts, passage),
        )
        for passage in range(len(heard.texts))
    ]


def _considered(
    heard: Heard, verdicts: Verdicts, passage: int, target: int, ids: Sequence[str]
) -> Considered:
    quick, final = verdicts.quick[target, passage], verdicts.final[target, passage]
    example, read = "", {}
    for reading, row in zip(verdicts.readings, verdicts.read, strict=True):
        if (reading.target, reading.passage) == (target, passage):
            example = reading.pair.example
            read = {name: float(value) for name, value in zip(CLASSES, np.exp(row), strict=True)}
    others = sorted(
        ((ids[i], float(verdicts.final[i, passage, SAYS])) for i in range(len(ids)) if i != target),
        key=lambda rival: -rival[1],
    )
    return Considered(
        text=heard.texts[passage],
        quick_says=float(quick[SAYS]),
        quick_denies=float(quick[DENIES]),
        example=example,
        read=read,
        says=float(final[SAYS]),
        denies=float(final[DENIES]),
        rivals=tuple(rival for rival in others[:_RIVALS] if rival[1] >= _RIVALS_FROM),
    )


def _rule(finding: Finding, said: float, denied: float, rules: Rules) -> str:
    rule = rules.of(finding.kind)
    if finding.state in (FindingState.EVIDENCED, FindingState.RAISED):
        if said >= rule.says:
            return f"said with {said:.2f}, and from {rule.says:.2f} on it counts"
        return f"it stood with a quote, and is still said with {said:.2f}, nearly {rule.says:.2f}"
    if finding.state is FindingState.DENIED:
        return f"denied with {denied:.2f}, and from {rule.denies:.2f} on it counts as denied"
    if finding.state is FindingState.UNCLEAR:
        if max(said, denied) >= rule.says:
            return "what speaks for it rests on words that were heard badly"
        return f"said with {said:.2f}, denied with {denied:.2f}; from {rule.doubt:.2f} on unclear"
    return f"said with {said:.2f}, which is less than {rule.doubt:.2f}"
