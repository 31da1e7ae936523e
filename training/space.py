"""Learning the embedding space from the guides' own sentences."""

from collections.abc import Iterable

import numpy as np
from sklearn.linear_model import LogisticRegression

from copilot.events import FindingKind
from copilot.knowledge.guide import LANGUAGES
from copilot.matching.embedding import Vectors
from copilot.matching.features import Array, SpaceWeights
from training.cases import Listening

_SHRINKAGE = 0.6
_BACKGROUND = 150  # sentences a language
_SEED = 0


def fit_space(listenings: Iterable[Listening], without: str | None) -> SpaceWeights:
    """Learn the space from all target sets but those of the question ``without``."""
    sets = [item for item in distinct(listenings) if item.group != without]
    classes = [target.says for item in sets for target in item.targets]
    within = np.concatenate([rows - rows.mean(axis=0) for rows in classes])
    covariance = within.T @ within / len(within)
    size = len(covariance)
    spherical = np.eye(size) * np.trace(covariance) / size
    values, axes = np.linalg.eigh((1 - _SHRINKAGE) * covariance + _SHRINKAGE * spherical)
    points = [item for item in sets if item.kind is FindingKind.POINT]
    return SpaceWeights(
        center=np.mean([rows.mean(axis=0) for rows in classes], axis=0).astype(np.float32),
        transform=(axes @ np.diag(values**-0.5) @ axes.T).astype(np.float32),
        stance=_fit_stance(points),
        background={language: _background(points, language) for language in LANGUAGES},
    )


def distinct(listenings: Iterable[Listening]) -> list[Listening]:
    """Competencies serve every question of their role; count their sentences once."""
    seen: dict[tuple[str, bytes], Listening] = {}
    for item in listenings:
        seen.setdefault((item.language, item.targets[0].says.tobytes()), item)
    return list(seen.values())


def _fit_stance(points: list[Listening]) -> Array:
    rows: list[Vectors] = []
    labels: list[int] = []
    for item in points:
        for target in item.targets:
            for label, vectors in enumerate((target.says, target.denials, target.near_misses)):
                rows.append(vectors)
                labels += [label] * len(vectors)
    model = LogisticRegression(C=30, max_iter=500, class_weight="balanced")
    model.fit(np.concatenate(rows), labels)
    return np.hstack([model.coef_, model.intercept_[:, None]]).astype(np.float32)


def _background(points: list[Listening], language: str) -> Vectors:
    rows = np.concatenate(
        [t.says for item in points if item.language == language for t in item.targets]
    )
    chosen = np.random.default_rng(_SEED).choice(len(rows), _BACKGROUND, replace=False)
    return rows[np.sort(chosen)]
