"""What answers are matched against: the points of a question, or the flags of a role."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from copilot.events import FindingKind
from copilot.knowledge.guide import Listened
from copilot.matching.embedding import Embedder, Vectors


@dataclass(frozen=True, slots=True)
class Target:
    """One point or flag, with the vectors of its sentences.

    Attributes:
        kind: Point or flag.
        id: Its id in the guide.
        says: Vectors of how candidates put it, shape (n, 384).
        denials: Vectors of how they deny it.
        near_misses: Vectors of what comes close without saying it.
    """

    kind: FindingKind
    id: str
    says: Vectors
    denials: Vectors
    near_misses: Vectors


def embed_targets(
    kind: FindingKind, items: Sequence[Listened], embedder: Embedder
) -> tuple[Target, ...]:
    """The targets of ``items``, in their order; an item without ``says`` goes by its description.

    All their sentences are embedded in one call.
    """
    texts: list[str] = []
    counts: list[tuple[int, int, int]] = []
    for item in items:
        says = item.says or (item.label, item.description)
        groups = (says, item.not_says.denials, item.not_says.near_misses)
        counts.append((len(groups[0]), len(groups[1]), len(groups[2])))
        texts.extend(text for group in groups for text in group)
    vectors = embedder.embed(texts)
    targets: list[Target] = []
    offset = 0
    for item, (says_count, denial_count, near_count) in zip(items, counts, strict=True):
        ends = np.cumsum([says_count, denial_count, near_count]) + offset
        targets.append(
            Target(
                kind,
                item.id,
                says=vectors[offset : ends[0]],
                denials=vectors[ends[0] : ends[1]],
                near_misses=vectors[ends[1] : ends[2]],
            )
        )
        offset = int(ends[2])
    return tuple(targets)
