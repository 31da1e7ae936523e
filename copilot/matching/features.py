"""What is measured of each passage against each target.

Two views of the subject, one of the stance, and plain counts:

- ``contrast``: kernel ridge regression trained, when a guide is loaded, on its own sentences: this
  target's ``says`` against the other targets', against every denial and near miss, and against a
  sample of unrelated sentences.
- ``same_*``: similarity after a linear map under which sentences about the same point lie close
  (within-class covariance normalisation, Hatch et al., Interspeech 2006), learned over all
  shipped guides.
- ``asserts``, ``denies``, ``evades``: log-probabilities of a linear classifier that tells ``says``
  from denials and near misses whatever they are about.
- cue words and length.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copilot.matching.cues import cue_counts
from copilot.matching.embedding import DIMENSIONS, Vectors
from copilot.matching.plain import word_count
from copilot.matching.targets import Target

Array = npt.NDArray[np.float32]

FEATURES = (
    "contrast",
    "above_background",
    "same_says",
    "same_says_margin",
    "same_denials",
    "same_near_misses",
    "asserts",
    "denies",
    "evades",
    "negations",
    "wishes",
    "others",
    "log_words",
)

_RIDGE = 1.0
_BACKGROUND_TOP = 5


@dataclass(frozen=True, slots=True)
class SpaceWeights:
    """What was learned about the embedding space, apart from any question.

    Attributes:
        center: Mean of the classes, shape (384,).
        transform: Within-class covariance normalisation, shape (384, 384).
        stance: Weights and, last, biases of asserts, denies, evades, shape (3, 385).
        background: Vectors of unrelated sentences, a set a language.
    """

    center: Array
    transform: Array
    stance: Array
    background: dict[str, Vectors]

    def mapped(self, vectors: Vectors) -> Vectors:
        """``vectors`` in the space where sentences about the same point lie close."""
        moved = (vectors - self.center) @ self.transform
        norms = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.maximum(norms, 1e-9), np.float32)

    def stances(self, vectors: Vectors) -> Array:
        """Log-probabilities of asserts, denies, evades; shape (n, 3)."""
        logits = vectors @ self.stance[:, :DIMENSIONS].T + self.stance[:, DIMENSIONS]
        peak = logits.max(axis=1, keepdims=True)
        total = np.log(np.exp(logits - peak).sum(axis=1, keepdims=True)) + peak
        return np.asarray(np.maximum(logits - total, np.log(1e-3)), np.float32)


class TargetSet:
    """Targets that rival each other, ready to measure passages against."""

    def __init__(self, targets: Sequence[Target], space: SpaceWeights, language: str) -> None:
        """Train what is trained on the guide itself.

        Args:
            targets: All of one kind, one at least.
            space: What is known of the embedding space.
            language: Language of the passages to come.
        """
        self.targets = tuple(targets)
        self.kind = self.targets[0].kind
        self.language = language
        self._space = space
        self._background = space.background[language]
        self._says = [target.says for target in targets]
        self._mapped_says = [space.mapped(target.says) for target in targets]
        self._mapped_denials = [space.mapped(target.denials) for target in targets]
        self._mapped_near = [space.mapped(target.near_misses) for target in targets]
        self._center, self._ridge, self._bias = self._fit_contrast()

    def _fit_contrast(self) -> tuple[Array, Array, Array]:
        """Ridge regression from a vector to "is this target", one column a target."""
        rows = [self._background]
        owners = [np.full(len(self._background), -1)]
        for index, target in enumerate(self.targets):
            rows += [target.says, target.denials, target.near_misses]
            against = len(target.denials) + len(target.near_misses)
            owners += [np.full(len(target.says), index), np.full(against, -1)]
        data = np.concatenate(rows).astype(np.float64)
        owner = np.concatenate(owners)
        wanted = (owner[:, None] == np.arange(len(self.targets))[None]).astype(np.float64)
        center, bias = data.mean(axis=0), wanted.mean(axis=0)
        data -= center
        kernel = data @ data.T + _RIDGE * np.eye(len(data))
        weights = data.T @ np.linalg.solve(kernel, wanted - bias)
        return center.astype(np.float32), weights.astype(np.float32), bias.astype(np.float32)

    def measure(self, vectors: Vectors, texts: list[str]) -> Array:
        """Every feature of every passage against every target.

        Args:
            vectors: The passages' vectors, shape (passages, 384).
            texts: The passages' texts, for cues and length.

        Returns:
            float32, shape ``(targets, passages, len(FEATURES))``.
        """
        mapped = self._space.mapped(vectors)
        says = np.stack([_top_mean(mapped @ rows.T, 3) for rows in self._mapped_says])
        plain = np.stack([_top_mean(vectors @ rows.T, 3) for rows in self._says])
        about_nothing = _top_mean(vectors @ self._background.T, _BACKGROUND_TOP)
        by_target = [
            ((vectors - self._center) @ self._ridge + self._bias).T,
            plain - about_nothing,
            says,
            says - best_rival(says),
            np.stack([_top_mean(mapped @ rows.T, 2) for rows in self._mapped_denials]),
            np.stack([_top_mean(mapped @ rows.T, 2) for rows in self._mapped_near]),
        ]
        words = np.log([[max(1, word_count(text))] for text in texts])
        by_passage = np.concatenate(
            [self._space.stances(vectors), cue_counts(texts, self.language), words], axis=1
        )
        repeated = np.broadcast_to(by_passage, (len(self.targets), *by_passage.shape))
        return np.concatenate([np.stack(by_target, axis=-1), repeated], axis=-1, dtype=np.float32)


def _top_mean(similarities: Array, count: int) -> Array:
    """Mean of the ``count`` largest of each row; 0 where a target has no such sentences."""
    if not similarities.shape[1]:
        return np.zeros(len(similarities), np.float32)
    return np.asarray(np.sort(similarities, axis=1)[:, -count:].mean(axis=1), np.float32)


def best_rival(scores: Array) -> Array:
    """For each target and passage, the best score among the other targets; 0 without rivals."""
    if len(scores) == 1:
        return np.zeros_like(scores)
    order = np.sort(scores, axis=0)
    return np.asarray(np.where(scores == order[-1], order[-2], order[-1]), np.float32)
