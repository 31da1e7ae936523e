"""Labels beside the probabilities they are to be decided by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from copilot.events import FindingKind, FindingState
from copilot.lab.cases import Case
from copilot.lab.results import Produced
from copilot.lab.tasks.deciding import ABSENT, DENIED, LABELS, SAID
from copilot.lab.tasks.local_cases import MatchExpected
from copilot.matching.rules import SHIPPED_RULES, StateRule

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_SHOWN = frozenset({FindingState.EVIDENCED.value, FindingState.RAISED.value})


@dataclass(frozen=True, slots=True)
class Labelled:
    """One label.

    Attributes:
        group: What is left out together with it.
        label: ``said``, ``denied`` or ``absent``.
        says: Probability that it is said.
        denies: Probability that it is denied.
        settled: Whether it is shown whatever the thresholds, as a flag that shows by what is
            absent, or not, as what rests on doubtful text alone; None where they decide.
    """

    group: str
    label: str
    says: float
    denies: float
    settled: bool | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one kind as columns; all of shape (labels,).

    Attributes:
        kind: Points or flags.
        groups: What is left out together.
        said: Whether it is said.
        denied: Whether it is denied.
        says: Probability that it is said.
        denies: Probability that it is denied.
        always: Whether it is shown whatever the thresholds.
        never: Whether it is not shown whatever they are.
    """

    kind: FindingKind
    groups: tuple[str, ...]
    said: Bools
    denied: Bools
    says: Floats
    denies: Floats
    always: Bools
    never: Bools

    @classmethod
    def of(cls, kind: FindingKind, several: Sequence[Labelled]) -> "Labels":
        """The columns of some labels."""
        return cls(
            kind=kind,
            groups=tuple(one.group for one in several),
            said=np.array([one.label == SAID for one in several], bool),
            denied=np.array([one.label == DENIED for one in several], bool),
            says=np.array([one.says for one in several], float),
            denies=np.array([one.denies for one in several], float),
            always=np.array([one.settled is True for one in several], bool),
            never=np.array([one.settled is False for one in several], bool),
        )

    def __len__(self) -> int:
        return len(self.groups)

    def chosen(self, which: Bools) -> "Labels":
        """Only some of them."""
        return Labels(
            self.kind,
            tuple(group for group, one in zip(self.groups, which, strict=True) if one),
            *(
                getattr(self, name)[which]
                for name in ("said", "denied", "says", "denies", "always", "never")
            ),
        )

    def shown(self, says: float) -> Bools:
        """What is shown from that probability on."""
        by_rule = (self.says >= says) & (self.says >= self.denies) & ~self.never
        return by_rule | self.always

    def found_denied(self, rule: StateRule) -> Bools:
        """What is shown as denied by a rule."""
        return (self.denies >= rule.denies) & ~self.shown(rule.says)

    def missed(self, rule: StateRule) -> Bools:
        """What is said or denied, and neither shown nor shown as denied by a rule."""
        return (self.said | self.denied) & ~self.shown(rule.says) & ~self.found_denied(rule)

    def doubted(self, rule: StateRule) -> Bools:
        """What is shown as unclear by a rule."""
        rest = ~self.shown(rule.says) & ~self.found_denied(rule)
        return (self.most >= rule.doubt) & rest

    @property
    def most(self) -> Floats:
        """The probability that doubt is held to."""
        both = np.maximum(self.says, self.denies)
        return both if self.kind is FindingKind.POINT else self.says


def labels_of(
    cases: Sequence[Case], produced: Mapping[str, Produced]
) -> Mapping[FindingKind, Labels]:
    """The labels of some cases of the task ``match``.

    Args:
        cases: With what is known to be right.
        produced: By the case's id, what came out with the thresholds that ship; what failed, or
            what is labelled and in no guide, is left out.
    """
    found: dict[FindingKind, list[Labelled]] = {kind: [] for kind in FindingKind}
    for case in cases:
        came = produced.get(case.id)
        if came is None or came.failed:
            continue
        known = MatchExpected.model_validate(case.expected)
        points = {target: LABELS[label.state] for target, label in known.points.items()}
        flags = {target: SAID if quote else ABSENT for target, quote in known.flags.items()}
        group = case.group or case.id
        found[FindingKind.POINT] += _of(FindingKind.POINT, group, points, came.output["points"])
        found[FindingKind.FLAG] += _of(FindingKind.FLAG, group, flags, came.output["flags"])
    return {kind: Labels.of(kind, several) for kind, several in found.items()}


def _of(
    kind: FindingKind, group: str, labels: Mapping[str, str], output: Mapping[str, Any]
) -> Iterator[Labelled]:
    rule = SHIPPED_RULES.of(kind)
    for target, label in labels.items():
        shown = output.get(target)
        if shown is None:
            continue
        says, denies = float(shown["says"]), float(shown["denies"])
        is_shown = shown["state"] in _SHOWN
        by_rule = says >= rule.says and says >= denies
        yield Labelled(group, label, says, denies, is_shown if is_shown != by_rule else None)
