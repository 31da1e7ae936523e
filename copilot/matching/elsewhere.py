"""Points made under another question: what is said is read for the rest of the plan as well.

A candidate who explains the way back while talking about something else need not be asked for it
again. But a sentence is listened for by one question and could be mistaken by twenty, so the
demands are stricter than for an answer: each unit may make one point at most, of all other
questions together; it must be said, and surely; denials, flags and doubt stay with the answer.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from copilot.events import FindingKind, FindingState, Utterance
from copilot.knowledge.guide import Guide
from copilot.matching.cross_encoder import Pair, PassageReader
from copilot.matching.embedding import Vectors, pooled
from copilot.matching.features import Array, TargetSet
from copilot.matching.judge import SAYS, Judge
from copilot.matching.passages import Passage, passages
from copilot.matching.plain import without_fillers
from copilot.matching.reading import EmbeddedUtterance, Finding, quote
from copilot.matching.verdicts import Heard

#: The closer look is worth its time from this probability of saying a point on, by the quick look.
#: In an answer much less is enough: there the point was asked for.
PROMISING = 0.5
#: From this probability on, all in all, a point counts as made. Precision goes before recall: who
#: asks the question after all will hear the point again, but will not look for a wrong mark. With
#: the weights that ship, ten credits in 270 sentences reached 0.8, and most of them were wrong.
SURE = 0.95
#: The quick look is for the questions with the most similar sentences, so many a unit: its cost
#: must not grow with the plan.
_QUESTIONS_A_UNIT = 3

IsOpen = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Credit:
    """A point that was made under another question.

    Attributes:
        question: The question it belongs to.
        finding: The point, evidenced, with its quote.
    """

    question: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class _Promise:
    """A passage that may make a point, by the quick look."""

    probability: float
    question: str
    target: int
    passage: int
    measured: Array


def own_points(guide: Guide, plan: Sequence[str]) -> dict[str, frozenset[str]]:
    """By question of ``plan``, the points that no other question of it has.

    Where questions share their points (a competency that each of them sheds light on), a sentence
    said under one of them says nothing about the others. Questions without own points are left
    out, and those that the guide no longer has.
    """
    known = {question.id for question in guide.questions}
    ids = {q: frozenset(p.id for p in guide.points_for(q)) for q in plan if q in known}
    count = Counter(point for points in ids.values() for point in points)
    own = {q: frozenset(p for p in points if count[p] == 1) for q, points in ids.items()}
    return {question: points for question, points in own.items() if points}


class Elsewhere:
    """Reads what is said under one question for the points of the others."""

    def __init__(
        self,
        points: Mapping[str, frozenset[str]],
        targets: Callable[[str], TargetSet],
        embed: Callable[[Utterance], EmbeddedUtterance],
        judge: Judge,
        reader: PassageReader,
    ) -> None:
        """Prepare to read; what takes time is left to ``prepare_another``.

        Args:
            points: By question, the points that may be made elsewhere.
            targets: A question's points, ready to measure against; slow the first time.
            embed: Cuts and embeds an utterance.
            judge: The weights.
            reader: For the closer look.
        """
        self._points = points
        self._targets = targets
        self._embed = embed
        self._judge = judge
        self._reader = reader
        self._sets: dict[str, TargetSet] = {}
        self._says: Array | None = None
        self._starts: list[int] = []

    def prepare_another(self) -> bool:
        """Get one more question ready; False once all of them are, and ``read`` can begin.

        A question takes some milliseconds with a shipped guide, and most of a second with one
        whose sentences were never embedded before, so that nobody should wait for all at once.
        """
        for question in self._points:
            if question not in self._sets:
                self._sets[question] = self._targets(question)
                return True
        return False

    def read(self, utterance: Utterance, under: str | None, is_open: IsOpen) -> list[Credit]:
        """The points of other questions that ``utterance`` makes.

        Args:
            utterance: The candidate's; an uncertain one makes none.
            under: The question it was said under, if any.
            is_open: Whether a question's point is still worth hearing, by their ids.
        """
        if utterance.uncertain or not self._sets:
            return []
        embedded = self._embed(utterance)
        found = passages(utterance.text, embedded.spans)
        if not found:
            return []
        vectors = np.stack([_vector(utterance, embedded, passage) for passage in found])
        texts = [without_fillers(utterance.text[passage.start : passage.end]) for passage in found]
        heard = Heard(found, vectors, texts)
        return self._looked_at_closely(utterance, heard, self._promising(heard, under, is_open))

    def _promising(self, heard: Heard, under: str | None, is_open: IsOpen) -> list[_Promise]:
        """Of each unit the likeliest point, where it is likely and open; each point once."""
        likeliest: dict[int, _Promise] = {}
        for promise in self._promises(heard, under):
            unit = heard.found[promise.passage].last
            if unit not in likeliest or promise.probability > likeliest[unit].probability:
                likeliest[unit] = promise
        best: dict[tuple[str, int], _Promise] = {}
        for promise in sorted(likeliest.values(), key=lambda promise: promise.probability):
            point = self._sets[promise.question].targets[promise.target].id
            if promise.probability >= PROMISING and is_open(promise.question, point):
                best[promise.question, promise.target] = promise
        return list(best.values())

    def _promises(self, heard: Heard, under: str | None) -> Iterator[_Promise]:
        """What the quick look makes of each passage: for each question near it its best point."""
        for question in self._near(heard, under):
            targets = self._sets[question]
            measured = targets.measure(heard.vectors, list(heard.texts))
            says = self._judge.judge_passages(FindingKind.POINT, measured)[:, :, SAYS]
            others = [target.id not in self._points[question] for target in targets.targets]
            says[others] = 0
            for passage, target in enumerate(says.argmax(axis=0)):
                probability = float(says[target, passage])
                row = measured[target, passage]
                yield _Promise(probability, question, int(target), passage, row)

    def _near(self, heard: Heard, under: str | None) -> list[str]:
        """The questions worth a quick look: those whose sentences are most like a passage."""
        mapped = self._judge.space.mapped(heard.vectors)
        alike = np.maximum.reduceat(mapped @ self._sentences().T, self._starts, axis=1)
        questions = list(self._sets)
        if under in self._sets:
            alike[:, questions.index(under)] = -np.inf
        chosen: dict[str, None] = {}
        for unit in {passage.last for passage in heard.found}:
            ending = [index for index, passage in enumerate(heard.found) if passage.last == unit]
            order = np.argsort(-alike[ending].max(axis=0))[:_QUESTIONS_A_UNIT]
            chosen |= dict.fromkeys(questions[index] for index in order)
        return [question for question in chosen if question != under]

    def _sentences(self) -> Array:
        """All questions' ``says``, one after the other, where like points lie close."""
        if self._says is None:
            blocks = [
                np.concatenate([target.says for target in targets.targets])
                for targets in self._sets.values()
            ]
            self._starts = [0, *np.cumsum([len(block) for block in blocks[:-1]]).tolist()]
            self._says = self._judge.space.mapped(np.concatenate(blocks))
        return self._says

    def _looked_at_closely(
        self, utterance: Utterance, heard: Heard, promises: Sequence[_Promise]
    ) -> list[Credit]:
        if not promises:
            return []
        read = self._reader.read([self._pair(heard, promise) for promise in promises])
        measured = np.stack([promise.measured for promise in promises])
        final = self._judge.weigh(FindingKind.POINT, measured, read)[:, SAYS]
        return [
            self._credit(utterance, heard, promise, float(says))
            for promise, says in zip(promises, final, strict=True)
            if says >= SURE
        ]

    def _pair(self, heard: Heard, promise: _Promise) -> Pair:
        target = self._sets[promise.question].targets[promise.target]
        [example] = target.nearest(heard.vectors[promise.passage : promise.passage + 1])
        return Pair(heard.texts[promise.passage], target.text, example)

    def _credit(self, utterance: Utterance, heard: Heard, promise: _Promise, says: float) -> Credit:
        target = self._sets[promise.question].targets[promise.target]
        passage = heard.found[promise.passage]
        evidence = quote([(utterance, passage.start, passage.end)])
        finding = Finding(target.kind, target.id, FindingState.EVIDENCED, says, evidence)
        return Credit(promise.question, finding)


def _vector(utterance: Utterance, embedded: EmbeddedUtterance, passage: Passage) -> Vectors:
    units = slice(passage.first, passage.last + 1)
    texts = [utterance.text[start:end] for start, end in embedded.spans[units]]
    return pooled(list(embedded.vectors[units]), texts)
