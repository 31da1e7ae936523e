"""Hearing a guide's own sentences with the rest of the guide, as a session would hear them.

Each sentence is taken out of the guide and said as an answer; the matcher, with what is left, is
asked what it heard (``leaving_out``). The closer look costs most, so where there are many sentences
some are tried: those whose hashes come first, so that the choice is the same every time and a
sentence that is added or changed does not change it for the others.
"""

import hashlib
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from copilot.events import FindingKind, FindingState
from copilot.guides.listening import Listener
from copilot.guides.readiness.leaving_out import LeavingOut, Left
from copilot.knowledge.guide import Listened
from copilot.matching.cross_encoder import LogProbabilities, Pair
from copilot.matching.embedding import Vectors, pooled
from copilot.matching.features import TargetSet
from copilot.matching.judge import DENIES, SAYS, state_of
from copilot.matching.passages import Passage, passages, units
from copilot.matching.plain import without_fillers
from copilot.matching.targets import Target, embed_targets
from copilot.matching.verdicts import (
    Heard,
    Look,
    Reading,
    quick_look,
    verdicts_of,
    worth_reading,
)

_ASSERTED = (FindingState.EVIDENCED, FindingState.RAISED)
#: Pairs read between two calls of whoever shows progress.
_AT_ONCE = 64

#: Of a point's sentences, what the quick look gives less of another point seldom counts for it: of
#: 477 such pairs of the shipped guides 4 did, of 539 others 158. Of a denial its own point alone is
#: asked for, and there what is less likely than this never counted but once in 67.
_RIVAL_FROM, _AGAINST_FROM = 0.2, 0.1

#: Called with how many more passages have been read.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Tries:
    """How many sentences of each point or flag are tried; None: all of them.

    Attributes:
        says: Of its ``says``.
        against: Of its denials, and as many of its near misses.
    """

    says: int | None = None
    against: int | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """One sentence of the guide, said to the rest of it.

    Attributes:
        left: Which sentence.
        text: It itself.
        states: What it is to each target of its set.
        said: How likely it says each of them.
    """

    left: Left
    text: str
    states: tuple[FindingState, ...]
    said: tuple[float, ...]

    @property
    def heard(self) -> bool:
        """Whether it counts for the point or flag that it belongs to."""
        return self.states[self.left.target] in _ASSERTED

    @property
    def taken_for(self) -> tuple[int, ...]:
        """The other targets that it counts for, by index."""
        return tuple(
            index
            for index, state in enumerate(self.states)
            if state in _ASSERTED and index != self.left.target
        )


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence, cut and embedded as an answer would be.

    Attributes:
        left: Which sentence.
        text: It itself.
        heard: Its passages; none where it is too short for one.
    """

    left: Left
    text: str
    heard: Heard


class ListenedSet:
    """Targets that rival each other: a question's points, the competencies, or the flags."""

    def __init__(
        self, kind: FindingKind, items: Sequence[Listened], language: str, listener: Listener
    ) -> None:
        """Embed them; sentences that were embedded before come from memory or disk.

        Args:
            kind: Point or flag.
            items: One at least.
            language: Of their sentences.
            listener: Hears.

        Raises:
            ModelError: A file of a model is missing or damaged.
        """
        self.kind = kind
        self.items = tuple(items)
        self.targets: tuple[Target, ...] = embed_targets(kind, items, listener.guide_embedder)
        self._whole = TargetSet(self.targets, listener.judge.space, language)
        self._language = language
        self._listener = listener

    def spoken(self, tries: Tries, only: Container[int] | None = None) -> list[Spoken]:
        """The sentences to try, item by item; says only where others are left to hear them by.

        Args:
            tries: How many.
            only: Of which items, by index; by default of all.
        """
        chosen = [
            (Left(index, group, place), sentences[place], vectors[place])
            for index, (item, target) in enumerate(zip(self.items, self.targets, strict=True))
            for group, sentences, vectors, most in (
                ("says", item.says if len(item.says) > 1 else (), target.says, tries.says),
                ("denials", item.not_says.denials, target.denials, tries.against),
                ("near_misses", item.not_says.near_misses, target.near_misses, tries.against),
            )
            if only is None or index in only
            for place in _some(sentences, most)
        ]
        return list(self._cut(chosen))

    def _cut(self, chosen: Sequence[tuple[Left, str, Vectors]]) -> Iterator[Spoken]:
        """Cut and embed; a sentence that is one unit has its vector in the guide already."""
        cut = [(text, units(text)) for _, text, _ in chosen]
        texts = [[without_fillers(text[a:b]) for a, b in spans] for text, spans in cut]
        plain = [
            parts == [text] and len(spans) == 1
            for (text, spans), parts in zip(cut, texts, strict=True)
        ]
        new = [part for parts, same in zip(texts, plain, strict=True) if not same for part in parts]
        vectors = iter(self._listener.guide_embedder.embed(new))
        for (left, text, own), (_, spans), parts, same in zip(
            chosen, cut, texts, plain, strict=True
        ):
            rows = [own] if same else [next(vectors) for _ in parts]
            found = passages(text, spans)
            yield Spoken(left, text, _heard(text, found, rows, parts))

    def tried(self, spoken: Sequence[Spoken], progress: Progress | None = None) -> list[Trial]:
        """What each of its own sentences is to each of its targets, said to the rest."""
        group = LeavingOut(self.targets, self._listener.judge.space, self._language)
        return self._decided(spoken, self._looks_without(group, spoken), progress)

    def overheard(
        self, others: Sequence[Spoken], progress: Progress | None = None
    ) -> list[tuple[int, ...]]:
        """For sentences of another set the targets of this one that they count for, by index."""
        looks = [
            quick_look(self._listener.judge, self._whole, one.heard) if one.heard.found else None
            for one in others
        ]
        return [
            tuple(index for index, state in enumerate(trial.states) if state in _ASSERTED)
            for trial in self._decided(others, looks, progress)
        ]

    def _looks_without(self, group: LeavingOut, spoken: Sequence[Spoken]) -> list[Look | None]:
        """The quick look at every sentence, each without itself, all measured at once."""
        counts = [len(one.heard.found) for one in spoken]
        if not sum(counts):
            return [None for _ in spoken]
        vectors = np.concatenate([one.heard.vectors for one in spoken if one.heard.found])
        texts = [text for one in spoken for text in one.heard.texts]
        left = [one.left for one in spoken for _ in one.heard.found]
        measured = group.measure(vectors, texts, left)
        quick = self._listener.judge.judge_passages(self.kind, measured)
        looks: list[Look | None] = []
        begin = 0
        for one, count in zip(spoken, counts, strict=True):
            part = slice(begin, begin + count)
            begin += count
            readings = tuple(
                Reading(target, passage, self._pair(group, one, target, passage))
                for target, passage in worth_reading(quick[:, part], one.heard.found)
                if _tells(one.left, target, float(quick[target, begin - count + passage, SAYS]))
            )
            looks.append(Look(measured[:, part], quick[:, part], readings) if count else None)
        return looks

    def _pair(self, group: LeavingOut, one: Spoken, target: int, passage: int) -> Pair:
        example = group.example(target, one.heard.vectors[passage], one.left)
        return Pair(one.heard.texts[passage], self.targets[target].text, example)

    def _decided(
        self, spoken: Sequence[Spoken], looks: Sequence[Look | None], progress: Progress | None
    ) -> list[Trial]:
        pairs = [r.pair for look in looks if look is not None for r in look.readings or ()]
        read = self._read(pairs, progress)
        trials: list[Trial] = []
        begin = 0
        for one, look in zip(spoken, looks, strict=True):
            count = len(look.readings or ()) if look is not None else 0
            trials.append(self._trial(one, look, read[begin : begin + count]))
            begin += count
        return trials

    def _read(self, pairs: Sequence[Pair], progress: Progress | None) -> LogProbabilities:
        read = []
        for begin in range(0, len(pairs), _AT_ONCE):
            some = pairs[begin : begin + _AT_ONCE]
            read.append(self._listener.reader.read(some))
            if progress is not None:
                progress(len(some))
        return np.concatenate(read) if read else self._listener.reader.read([])

    def _trial(self, one: Spoken, look: Look | None, read: LogProbabilities) -> Trial:
        """From what was read to a state for each target, as for an answer of that one sentence."""
        judge, rules = self._listener.judge, self._listener.rules
        best = np.zeros((len(self.targets), 3), np.float32)
        if look is not None:
            best = verdicts_of(judge, self._whole, look, read).final.max(axis=1)
        judged = [
            judge.judge_answer(self.kind, self._language, float(row[SAYS]), float(row[DENIES]))
            for row in best
        ]
        states = tuple(state_of(self.kind, row, rules)[0] for row in judged)
        return Trial(one.left, one.text, states, tuple(float(row[SAYS]) for row in judged))


def _heard(text: str, found: list[Passage], rows: Sequence[Vectors], parts: Sequence[str]) -> Heard:
    if not found:
        return Heard([], np.zeros((0, 0), np.float32), [])
    within = [slice(passage.first, passage.last + 1) for passage in found]
    vectors = np.stack([pooled(rows[part], parts[part]) for part in within])
    return Heard(found, vectors, [without_fillers(text[p.start : p.end]) for p in found])


def _tells(left: Left, target: int, says: float) -> bool:
    """Whether the closer look at a passage and a target is worth its time here.

    Args:
        left: The sentence the passage is of.
        target: Index of the target.
        says: How likely the passage says it, by the quick look.
    """
    if left.group == "says":
        return target == left.target or says >= _RIVAL_FROM
    return target == left.target and says >= _AGAINST_FROM


def _some(sentences: Sequence[str], most: int | None) -> list[int]:
    """The sentences to try, by index: those whose hashes come first."""
    if most is None or len(sentences) <= most:
        return list(range(len(sentences)))
    order = sorted(
        range(len(sentences)),
        key=lambda index: hashlib.sha256(sentences[index].encode()).digest(),
    )
    return sorted(order[:most])
