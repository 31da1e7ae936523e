"""Which passages are read closely, and what their reading changes."""

from collections.abc import Sequence

import numpy as np
import pytest

from copilot.events import FindingKind, ModelRef
from copilot.knowledge.guide import Guide
from copilot.matching.cross_encoder import CLASSES, LogProbabilities, Pair
from copilot.matching.embedding import Embedder
from copilot.matching.features import TargetSet
from copilot.matching.judge import DENIES, SAYS, load_judge
from copilot.matching.passages import Passage, passages, units
from copilot.matching.targets import embed_targets
from copilot.matching.verdicts import (
    READ_A_UNIT,
    WORTH_READING,
    Heard,
    Verdicts,
    judge_passages,
    worth_reading,
)
from tests.matching.conftest import DIRECTOR, Guides
from tests.matching.parts import RememberingEmbedder


class Fixed:
    """Reads the same into every pair, and notes the pairs."""

    def __init__(self, verdict: str) -> None:
        self.pairs: list[Pair] = []
        self._row = np.log(np.where(np.array(CLASSES) == verdict, 0.97, 0.01)).astype(np.float32)

    @property
    def model(self) -> ModelRef:
        return ModelRef(purpose="matching", name="fixed", version="1", sha256="0" * 64)

    def read(self, pairs: Sequence[Pair]) -> LogProbabilities:
        self.pairs += pairs
        return np.repeat(self._row[None], len(pairs), axis=0)


@pytest.fixture
def guide(guides: Guides) -> Guide:
    return guides(DIRECTOR, "en")


@pytest.fixture
def targets(guide: Guide, guide_embedder: Embedder) -> TargetSet:
    points = embed_targets(FindingKind.POINT, guide.points_for("new-technology"), guide_embedder)
    return TargetSet(points, load_judge().space, "en")


def heard(text: str, embedder: RememberingEmbedder) -> Heard:
    found = passages(text, units(text))
    texts = [text[passage.start : passage.end] for passage in found]
    return Heard(found, embedder.embed(texts), texts)


def judged(
    text: str, verdict: str, targets: TargetSet, embedder: RememberingEmbedder
) -> tuple[Verdicts, Fixed]:
    reader = Fixed(verdict)
    return judge_passages(load_judge(), reader, targets, heard(text, embedder)), reader


ROLLBACK = "We kept the old servers warm for a month so that we could go back to them."


def test_what_comes_close_is_read_with_its_target_and_the_likest_sentence(
    guide: Guide, targets: TargetSet, remembering: RememberingEmbedder
) -> None:
    _, reader = judged(ROLLBACK, "says", targets, remembering)
    point = next(p for p in guide.points_for("new-technology") if p.id == "rollback")
    pair = next(pair for pair in reader.pairs if pair.target.startswith(point.label))
    assert pair.passage == ROLLBACK
    assert pair.target == f"{point.label}: {point.description}"
    assert pair.example in point.says


def test_small_talk_is_not_worth_reading(
    targets: TargetSet, remembering: RememberingEmbedder
) -> None:
    text = "Good morning, can you hear me all right now?"
    verdicts, reader = judged(text, "says", targets, remembering)
    assert reader.pairs == []
    assert verdicts.final[..., 0].min() == 1


def test_the_closer_look_turns_the_quick_one(
    targets: TargetSet, remembering: RememberingEmbedder
) -> None:
    index = [target.id for target in targets.targets].index("rollback")
    says, _ = judged(ROLLBACK, "says", targets, remembering)
    near, _ = judged(ROLLBACK, "near", targets, remembering)
    denies, _ = judged(ROLLBACK, "denies", targets, remembering)
    assert says.final[index, :, SAYS].max() > near.final[index, :, SAYS].max()
    assert denies.final[index, :, DENIES].max() > says.final[index, :, DENIES].max()


def quick(*rows: Sequence[float]) -> np.ndarray:
    """Probabilities of saying, a row a target, a column a passage."""
    says = np.array(rows, np.float32)
    return np.stack([1 - says, says, np.zeros_like(says)], axis=-1)


def test_of_overlapping_passages_each_target_has_its_best_one_read() -> None:
    found = [Passage(1, 1, 9, 18), Passage(0, 1, 0, 18)]
    assert worth_reading(quick((0.2, 0.9), (0.7, 0.1)), found) == [(0, 1), (1, 0)]


def test_a_unit_has_only_so_many_passages_read_and_the_likeliest_ones() -> None:
    found = [Passage(0, 0, 0, 9)]
    rows = [(0.1 + 0.01 * number,) for number in range(READ_A_UNIT + 3)]
    assert worth_reading(quick(*rows), found) == [
        (target, 0) for target in range(READ_A_UNIT + 2, 2, -1)
    ]


def test_what_hardly_promises_anything_is_not_read() -> None:
    assert worth_reading(quick((WORTH_READING / 2,)), [Passage(0, 0, 0, 9)]) == []
