"""What answers are matched against: the points of a question, or the flags of a role."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from copilot.events import FindingKind
from copilot.knowledge.guide import Listened
from copilot.matching.cross_encoder import target_text
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
        text: Label and description, as the cross-encoder reads them.
        examples: The sentences of ``says``.
    """

    kind: FindingKind
    id: str
    says: Vectors
    denials: Vectors
    near_misses: Vectors
    text: str
    examples: tuple[str, ...]

    def nearest(self, vectors: Vectors) -> list[str]:
        """For each vector the example most like it."""
        best = (vectors @ self.says.T).argmax(axis=1)
        return [self.examples[index] for index in best]


def embed_targets(
    kind: FindingKind, items: Sequence[Listened], embedder: Embedder
) -> tuple[Target, ...]:
    """The targets of ``items``, in their order; an item without ``says`` goes by its description.

    All their sentences are embedded in one call.
    """
    texts: list[str] = []
    counts: list[tuple[int, int, int]] = []
    examples: list[tuple[str, ...]] = []
    for item in items:
        says = item.says or (item.label, item.description)
        examples.append(tuple(says))
        groups = (says, item.not_says.denials, item.not_says.near_misses)
        counts.append((len(groups[0]), len(groups[1]), len(groups[2])))
        texts.extend(text for group in groups for text in group)
    vectors = embedder.embed(texts)
    targets: list[Target] = []
    offset = 0
    for item, own, (says_count, denial_count, near_count) in zip(
        items, examples, counts, strict=True
    ):
        ends = np.cumsum([says_count, denial_count, near_count]) + offset
        targets.append(
            Target(
                kind,
                item.id,
                says=vectors[offset : ends[0]],
                denials=vectors[ends[0] : ends[1]],
                near_misses=vectors[ends[1] : ends[2]],
                text=target_text(item.label, item.description),
                examples=own,
            )
        )
        offset = int(ends[2])
    return tuple(targets)
