"""How alike two points sound to the matcher."""

from collections.abc import Sequence

import numpy as np

from copilot.matching.embedding import Embedder
from copilot.matching.judge import load_judge


def points_likeness(embedder: Embedder, these: Sequence[str], those: Sequence[str]) -> float:
    """How readily the matcher would take a sentence of one point for the other.

    For each sentence, how it compares with its own point's other sentences and with the other
    point's: 0 where every sentence is closer to its own, 1 where every one is closer to the other.

    Args:
        embedder: May cache; guide texts only.
        these: One point's ``says``, two at least.
        those: The other's.
    """
    if len(these) < 2 or len(those) < 2:
        return 0.0
    space = load_judge().space
    ours, theirs = space.mapped(embedder.embed(these)), space.mapped(embedder.embed(those))
    return float(np.mean([_confused(ours, theirs), _confused(theirs, ours)]))


def _confused(own: np.ndarray, other: np.ndarray) -> float:
    nearest = min(3, len(own) - 1, len(other))
    within = own @ own.T
    np.fill_diagonal(within, -1.0)
    across = own @ other.T
    near_own = np.sort(within, axis=1)[:, -nearest:].mean(axis=1)
    near_other = np.sort(across, axis=1)[:, -nearest:].mean(axis=1)
    return float(np.mean(near_other > near_own))
