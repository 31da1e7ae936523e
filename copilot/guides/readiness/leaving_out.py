"""Measuring a guide's own sentences as if each of them were not in the guide.

``copilot.matching.features`` measures a passage against targets whose sentences it knows. A
sentence of the guide would find itself among them. Here every sentence is measured without itself:
the similarities leave it out, and of the ridge regression the part it taught is taken away again in
closed form (leave-one-out residuals of linear smoothers; Hastie, Tibshirani & Friedman, "The
Elements of Statistical Learning", 2nd ed., section 7.10), so that a question is measured at once
rather than trained a hundred times. What comes out is what a guide without the sentence would
measure; a test holds it to that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copilot.matching.cues import cue_counts
from copilot.matching.embedding import Vectors
from copilot.matching.features import Array, SpaceWeights, best_rival
from copilot.matching.targets import Target

#: As in ``copilot.matching.features``.
_RIDGE = 1.0
_BACKGROUND_TOP, _SAYS_TOP, _AGAINST_TOP = 5, 3, 2

_Wide = npt.NDArray[np.float64]
_GROUPS = ("says", "denials", "near_misses")


@dataclass(frozen=True, slots=True)
class Left:
    """A sentence that is left out.

    Attributes:
        target: Index of the target it belongs to.
        group: ``says``, ``denials`` or ``near_misses``.
        index: Which of them.
    """

    target: int
    group: str
    index: int


class LeavingOut:
    """Targets that rival each other, ready to measure their own sentences against them."""

    def __init__(self, targets: Sequence[Target], space: SpaceWeights, language: str) -> None:
        """Train what is trained on the guide itself, once with every sentence.

        Args:
            targets: All of one kind, one at least.
            space: What is known of the embedding space.
            language: Language of the sentences.
        """
        self._targets = tuple(targets)
        self._space = space
        self._language = language
        self._background = space.background[language]
        self._mapped = {
            group: [space.mapped(getattr(target, group)) for target in targets] for group in _GROUPS
        }
        self._first = self._fit()

    def _fit(self) -> dict[tuple[int, str], int]:
        """Fit the ridge regression; the row at which each target's groups begin."""
        rows: list[Vectors] = [self._background]
        owners = [np.full(len(self._background), -1)]
        first: dict[tuple[int, str], int] = {}
        begin = len(self._background)
        for index, target in enumerate(self._targets):
            for group in _GROUPS:
                vectors: Vectors = getattr(target, group)
                first[index, group] = begin
                begin += len(vectors)
                rows.append(vectors)
                owners.append(np.full(len(vectors), index if group == "says" else -1))
        data: _Wide = np.concatenate(rows).astype(np.float64)
        owner = np.concatenate(owners)
        wanted = (owner[:, None] == np.arange(len(self._targets))[None]).astype(np.float64)
        self._center, self._bias = data.mean(axis=0), wanted.mean(axis=0)
        self._data = data - self._center
        spread = self._data.T @ self._data + _RIDGE * np.eye(data.shape[1])
        self._inverse = np.linalg.inv(spread)
        self._ridge = self._inverse @ (self._data.T @ (wanted - self._bias))
        self._residuals = wanted - (self._data @ self._ridge + self._bias)
        return first

    def measure(self, vectors: Vectors, texts: Sequence[str], left: Sequence[Left]) -> Array:
        """Every feature of every passage against every target, each without a sentence.

        Args:
            vectors: The passages' vectors, shape (passages, 384).
            texts: The passages' texts, for cues and length.
            left: For each passage the sentence that is left out: the one it is of.

        Returns:
            float32, shape ``(targets, passages, len(FEATURES))``.
        """
        mapped = self._space.mapped(vectors)
        plain = {"says": [target.says for target in self._targets]}
        says = self._similar(mapped, self._mapped, "says", left, _SAYS_TOP)
        about_nothing = _top_mean(vectors @ self._background.T, _BACKGROUND_TOP)
        by_target = [
            self._contrast(vectors, left).T,
            self._similar(vectors, plain, "says", left, _SAYS_TOP) - about_nothing,
            says,
            says - best_rival(says),
            self._similar(mapped, self._mapped, "denials", left, _AGAINST_TOP),
            self._similar(mapped, self._mapped, "near_misses", left, _AGAINST_TOP),
        ]
        words = np.log([[max(1, len(text.split()))] for text in texts])
        cues = cue_counts(list(texts), self._language)
        by_passage = np.concatenate([self._space.stances(vectors), cues, words], axis=1)
        repeated = np.broadcast_to(by_passage, (len(self._targets), *by_passage.shape))
        return np.concatenate([np.stack(by_target, axis=-1), repeated], axis=-1, dtype=np.float32)

    def example(self, target: int, vector: Vectors, left: Left) -> str:
        """The target's example most like a passage, other than the sentence left out."""
        chosen = self._targets[target]
        alike = chosen.says @ vector
        if (left.target, left.group) == (target, "says"):
            alike[left.index] = -np.inf
        return chosen.examples[int(alike.argmax())]

    def _contrast(self, vectors: Vectors, left: Sequence[Left]) -> Array:
        moved = vectors - self._center
        rows = [self._first[one.target, one.group] + one.index for one in left]
        gone = self._data[rows]
        share = 1 / len(self._data)
        through = gone @ self._inverse
        pull = share + np.einsum("ij,ij->i", moved, through)
        itself = share + np.einsum("ij,ij->i", gone, through)
        taught = (pull / (1 - itself))[:, None] * self._residuals[rows]
        return np.asarray(moved @ self._ridge + self._bias - taught, np.float32)

    def _similar(
        self,
        vectors: Vectors,
        sentences: dict[str, list[Vectors]],
        group: str,
        left: Sequence[Left],
        count: int,
    ) -> Array:
        """For each target the mean similarity of the ``count`` nearest sentences of a group."""
        found = []
        for index, rows in enumerate(sentences[group]):
            alike = np.asarray(vectors @ rows.T)
            for passage, one in enumerate(left):
                if (one.target, one.group) == (index, group):
                    alike[passage, one.index] = -np.inf
            found.append(_top_mean(alike, count))
        return np.stack(found)


def _top_mean(similarities: Array, count: int) -> Array:
    """Mean of the ``count`` largest of each row but those left out; 0 where nothing is left."""
    if not similarities.shape[1]:
        return np.zeros(len(similarities), np.float32)
    top = np.sort(similarities, axis=1)[:, -count:]
    there = np.isfinite(top)
    total = np.where(there, top, 0).sum(axis=1)
    return np.asarray(total / np.maximum(there.sum(axis=1), 1), np.float32)
