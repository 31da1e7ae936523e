"""A matcher that weighs by rule, for tests of what becomes of a probability.

The quick look goes by likeness to the guide's sentences alone; the closer look says what the test
tells it to; the answer as a whole is as sure as its surest passage.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from copilot.events import FindingKind, ModelRef
from copilot.matching.cross_encoder import CLASSES, LogProbabilities, Pair
from copilot.matching.features import FEATURES
from copilot.matching.judge import DENIES, SAYS, Judge, load_judge

_LEAST = 0.001


def given_judge() -> Judge:
    """Passages that are like what a guide says are promising; a reader's word is the last."""
    passage = np.zeros((3, len(FEATURES) + 1), np.float32)
    passage[SAYS, FEATURES.index("same_says")], passage[SAYS, -1] = 40, -12
    passage[DENIES, -1] = -20
    closer = np.zeros((3, len(FEATURES) + len(CLASSES) + 1), np.float32)
    for verdict, name in ((0, "nothing"), (SAYS, "says"), (DENIES, "denies")):
        closer[verdict, len(FEATURES) + CLASSES.index(name)] = 1
    answer = np.array([[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0]], np.float32)
    real = load_judge()
    return replace(
        real,
        passage=dict.fromkeys(FindingKind, passage),
        closer=dict.fromkeys(FindingKind, closer),
        answer=dict.fromkeys(real.answer, answer),
    )


class GivenReader:
    """Gives every pair the same probabilities, which a test may change, and notes the pairs.

    Attributes:
        says: Probability that a passage says the point.
        denies: Probability that it denies the point.
        pairs: What was read.
    """

    def __init__(self, *, says: float = 0.98, denies: float = 0.0) -> None:
        self.says = says
        self.denies = denies
        self.pairs: list[Pair] = []

    @property
    def model(self) -> ModelRef:
        return ModelRef(purpose="matching", name="given", version="1", sha256="0" * 64)

    def read(self, pairs: Sequence[Pair]) -> LogProbabilities:
        self.pairs += pairs
        given = {"nothing": 1 - self.says - self.denies, "says": self.says, "denies": self.denies}
        row = [max(_LEAST, given.get(name, 0.0)) for name in CLASSES]
        return np.log(np.array([row] * len(pairs), np.float32).reshape(-1, len(CLASSES)))
