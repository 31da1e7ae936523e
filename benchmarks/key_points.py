"""Whether an argument makes a key point: the cross-encoder on public debates.

    python -m benchmarks.key_points FOLDER [--reader FOLDER]

FOLDER holds ArgKP-2021 (``arguments_test.csv`` and so on, from the public repository
IBM/KPA_2021_shared_task; CDLA-Sharing-1.0). ``--reader`` names the folder of another cross-encoder.
MiniLM is measured where its packages are installed. Needs the extras ``benchmarks`` and
``training``.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from benchmarks.measuring import progress, this_machine
from benchmarks.reporting import Report, Table, arguments, number, show
from benchmarks.similarity import MiniLM, has_minilm
from copilot.matching.cross_encoder import CLASSES, CrossEncoder, Pair
from copilot.matching.embedding import E5Embedder
from training.pairs import csv_rows

METHOD = """
AUC: area under the ROC curve over the labelled pairs of the test part, and the share of pairs where
a matching one scores higher than another. Strict and relaxed mAP as the shared task defines them:
for each topic and stance every argument is given its best key point, the better half of them by
score is kept, and the average precision of those is averaged; a pair that the annotators did not
agree on counts as wrong (strict) or right (relaxed). The best published strict mAP is 0.913, by a
model of 125 million weights.
"""
COLUMNS = ("scored by", "pairs", "AUC", "strict mAP", "relaxed mAP")

_WORD = re.compile(r"[^\W\d_]+")

Score = Callable[[Sequence[tuple[str, str]]], np.ndarray]


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one way of scoring.

    Attributes:
        way: How pairs were scored.
        pairs: How many are labelled.
        auc: Area under the ROC curve.
        strict: Strict mean average precision.
        relaxed: Relaxed mean average precision.
    """

    way: str
    pairs: int
    auc: float
    strict: float
    relaxed: float

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        figures = (self.auc, self.strict, self.relaxed)
        return self.way, str(self.pairs), *(number(figure, 3) for figure in figures)


@dataclass(frozen=True, slots=True)
class Debate:
    """The test part.

    Attributes:
        pairs: Argument and key point of the same topic and stance, by their ids.
        texts: Theirs.
        group: Topic and stance of each.
        labels: 1 and 0 where the annotators agree; None where they do not.
    """

    pairs: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    group: tuple[tuple[str, str], ...]
    labels: tuple[int | None, ...]


def read_debate(folder: Path, part: str = "test") -> Debate:
    """All pairs of a part."""
    arguments_ = csv_rows(folder / f"arguments_{part}.csv")
    points = csv_rows(folder / f"key_points_{part}.csv")
    labels = {
        (row["arg_id"], row["key_point_id"]): int(row["label"])
        for row in csv_rows(folder / f"labels_{part}.csv")
    }
    pairs = [
        (argument, point)
        for argument in arguments_
        for point in points
        if (argument["topic"], argument["stance"]) == (point["topic"], point["stance"])
    ]
    return Debate(
        pairs=tuple((a["arg_id"], p["key_point_id"]) for a, p in pairs),
        texts=tuple((a["argument"], p["key_point"]) for a, p in pairs),
        group=tuple((a["topic"], a["stance"]) for a, _ in pairs),
        labels=tuple(labels.get((a["arg_id"], p["key_point_id"])) for a, p in pairs),
    )


def figures(way: str, debate: Debate, score: Score) -> Row:
    """Score every pair, and how good that is."""
    scores = score(debate.texts)
    known = [index for index, label in enumerate(debate.labels) if label is not None]
    best: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for index, (argument, _) in enumerate(debate.pairs):
        mine = best[debate.group[index]]
        if argument not in mine or scores[index] > scores[mine[argument]]:
            mine[argument] = index
    strict, relaxed = [], []
    for chosen in best.values():
        order = sorted(chosen.values(), key=lambda index: -scores[index])
        kept = order[: len(order) // 2]
        strict.append(_precision([debate.labels[i] or 0 for i in kept], scores[kept]))
        agreed = [1 if debate.labels[i] is None else debate.labels[i] or 0 for i in kept]
        relaxed.append(_precision(agreed, scores[kept]))
    auc = roc_auc_score([debate.labels[index] or 0 for index in known], scores[known])
    return Row(way, len(known), float(auc), float(np.mean(strict)), float(np.mean(relaxed)))


def _precision(labels: Sequence[int], scores: np.ndarray) -> float:
    return float(average_precision_score(labels, scores)) if any(labels) else 0.0


# -- ways -----------------------------------------------------------------------------------------


def by_reading(reader: CrossEncoder) -> Score:
    """How surely the argument says the key point."""

    def score(texts: Sequence[tuple[str, str]]) -> np.ndarray:
        read = reader.read([Pair(argument, point, "") for argument, point in texts])
        return read[:, CLASSES.index("says")]

    return score


def by_similarity(embed: Callable[[Sequence[str]], np.ndarray]) -> Score:
    """The cosine of both."""

    def score(texts: Sequence[tuple[str, str]]) -> np.ndarray:
        distinct = sorted({text for pair in texts for text in pair})
        vectors = dict(zip(distinct, embed(distinct), strict=True))
        return np.array([float(vectors[one] @ vectors[other]) for one, other in texts])

    return score


def by_shared_words(texts: Sequence[tuple[str, str]]) -> np.ndarray:
    """Which share of the key point's words the argument has, by how rare they are."""
    documents = sorted({text for pair in texts for text in pair})
    words = {text: frozenset(_WORD.findall(text.casefold())) for text in documents}
    having = Counter(word for each in words.values() for word in each)

    def weight(some: frozenset[str]) -> float:
        return sum(math.log((1 + len(documents)) / (1 + having[word])) for word in sorted(some))

    return np.array(
        [weight(words[one] & words[other]) / weight(words[other]) for one, other in texts]
    )


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reader", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    machine = this_machine()
    debate = read_debate(options.folder)
    reader = CrossEncoder(options.reader, threads=2)
    ways: dict[str, Score] = {
        "cross-encoder": by_reading(reader),
        "multilingual E5": by_similarity(E5Embedder(threads=2).embed),
        "shared words": by_shared_words,
    }
    if has_minilm():
        ways["MiniLM"] = by_similarity(MiniLM().embed)
    rows = []
    for way, score in ways.items():
        progress(way)
        rows.append(figures(way, debate, score))
    show(Report("key_points", METHOD, machine, [Table("ArgKP-2021, test", COLUMNS, rows)]), options)


if __name__ == "__main__":
    main()
