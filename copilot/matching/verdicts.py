"""What each passage does to each target: a quick look at all of them, a closer one at a few.

The quick look measures every passage against every target with vectors that exist already. The
passages that may say or deny something are then read together with the target, which is slower and
knows better. What was not worth reading says nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from copilot.matching.cross_encoder import Pair, PassageReader
from copilot.matching.embedding import Vectors
from copilot.matching.features import Array, TargetSet
from copilot.matching.judge import DENIES, SAYS, Judge
from copilot.matching.passages import Passage

#: A passage is read where the quick look gives it this probability of saying or denying a target …
WORTH_READING = 0.08
#: … but of those that end with the same unit, so many at most: the most probable ones.
READ_A_UNIT = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """Passages of an answer.

    Attributes:
        found: Where they stand.
        vectors: Theirs, shape (passages, 384).
        texts: Theirs, without fillers.
    """

    found: Sequence[Passage]
    vectors: Vectors
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage read together with one target.

    Attributes:
        target: Index of the target.
        passage: Index of the passage.
        pair: What was read.
    """

    target: int
    passage: int
    pair: Pair


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What passages do to targets.

    Attributes:
        measured: The features, shape (targets, passages, features).
        quick: Probabilities of nothing, says, denies by the quick look; (targets, passages, 3).
        readings: What was read more closely.
        read: Log-probabilities of the cross-encoder's classes, a row for each reading.
        final: Probabilities of nothing, says, denies; (targets, passages, 3).
    """

    measured: Array
    quick: Array
    readings: tuple[Reading, ...]
    read: Array
    final: Array


@dataclass(frozen=True, slots=True)
class Look:
    """What the quick look found.

    Attributes:
        measured: The features, shape (targets, passages, features).
        quick: Probabilities of nothing, says, denies; (targets, passages, 3).
        readings: What to read more closely, the most promising of each unit first; None where
            nothing is read and the quick look stands.
    """

    measured: Array
    quick: Array
    readings: tuple[Reading, ...] | None


def quick_look(judge: Judge, targets: TargetSet, heard: Heard) -> Look:
    """Look at all passages and targets.

    Args:
        judge: The weights.
        targets: What they may say.
        heard: The passages, one at least.
    """
    measured = targets.measure(heard.vectors, list(heard.texts))
    quick = judge.judge_passages(targets.kind, measured)
    if targets.kind not in judge.closer:
        return Look(measured, quick, None)
    readings: list[Reading] = []
    for target, passage in worth_reading(quick, heard.found):
        chosen = targets.targets[target]
        [example] = chosen.nearest(heard.vectors[passage : passage + 1])
        pair = Pair(heard.texts[passage], chosen.text, example)
        readings.append(Reading(target, passage, pair))
    return Look(measured, quick, tuple(readings))


def weighed(
    judge: Judge, targets: TargetSet, look: Look, readings: Sequence[Reading], read: Array
) -> Array:
    """Probabilities of nothing, says, denies for passages that were read; a row for each.

    Args:
        judge: The weights.
        targets: What they may say.
        look: What was found before.
        readings: Some of what the look named.
        read: What the cross-encoder made of them.
    """
    where = [reading.target for reading in readings], [reading.passage for reading in readings]
    return judge.weigh(targets.kind, look.measured[where], read)


def verdicts_of(judge: Judge, targets: TargetSet, look: Look, read: Array) -> Verdicts:
    """The verdicts once everything that the look named has been read.

    Args:
        judge: The weights.
        targets: What they may say.
        look: What was found before.
        read: What the cross-encoder made of each reading.
    """
    if look.readings is None:
        return Verdicts(look.measured, look.quick, (), read, look.quick)
    final = np.zeros_like(look.quick)
    final[:, :, 0] = 1
    if look.readings:
        where = [r.target for r in look.readings], [r.passage for r in look.readings]
        final[where] = weighed(judge, targets, look, look.readings, read)
    return Verdicts(look.measured, look.quick, look.readings, read, final)


def judge_passages(
    judge: Judge, reader: PassageReader, targets: TargetSet, heard: Heard
) -> Verdicts:
    """Judge passages against targets, all at once.

    Args:
        judge: The weights.
        reader: For the closer look.
        targets: What they may say.
        heard: The passages, one at least.
    """
    look = quick_look(judge, targets, heard)
    return verdicts_of(judge, targets, look, reader.read([r.pair for r in look.readings or ()]))


def worth_reading(quick: Array, found: Sequence[Passage]) -> list[tuple[int, int]]:
    """Which passages to read with which targets, as indices.

    Of the passages that end with the same unit, each target has one read at most: the one that
    says or denies it most probably by the quick look.

    Args:
        quick: Probabilities of nothing, says, denies; (targets, passages, 3).
        found: The passages.
    """
    promise = quick[:, :, [SAYS, DENIES]].max(axis=-1)
    chosen: list[tuple[int, int]] = []
    for unit in sorted({passage.last for passage in found}):
        ending = [index for index, passage in enumerate(found) if passage.last == unit]
        best = [ending[int(row.argmax())] for row in promise[:, ending]]
        order = sorted(range(len(best)), key=lambda target: -promise[target, best[target]])
        chosen += [
            (target, best[target])
            for target in order[:READ_A_UNIT]
            if promise[target, best[target]] >= WORTH_READING
        ]
    return chosen
