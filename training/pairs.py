"""Examples for the cross-encoder: passages, what they may say, and what they do to it.

They come from the guides' own sentences, from answers and passages written for this project and
labelled as they were written, and from key points of public debates (IBM ArgKP-2021).
"""

import csv
import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from copilot.events import FindingKind
from copilot.knowledge.guide import LANGUAGES, Listened
from copilot.knowledge.loading import load_guide
from copilot.matching.cross_encoder import CLASSES, Pair, target_text
from copilot.matching.embedding import pooled
from copilot.matching.passages import passages, units
from copilot.matching.plain import without_fillers
from training.mishearing import Mishearings, misheard
from training.remembering import RememberingEmbedder

HERE = Path(__file__).parent
#: Where what is learned goes.
TARGET = HERE.parent / "copilot" / "matching"
ANSWERS = HERE / "data" / "answers"
#: The same answers, spoken and recognised.
RECOGNISED = HERE / "data" / "recognised"
PASSAGES = HERE / "data" / "passages"
#: Small guides of other trades, written for training alone.
GUIDES = HERE / "data" / "guides"
ROLES = ("director-it-operations", "operations-manager")
FLAGS = "#flags"
NOTHING, SAYS, DENIES, NEAR = range(len(CLASSES))
#: Anything but ``SAYS``: what debates say of an argument that does not make a point.
NOT_SAYS = len(CLASSES)

#: A passage makes a labelled case when it lies mostly inside the quote and covers much of it.
INSIDE, COVERED = 0.6, 0.4

_SOMETIMES = 0.25
#: How often a passage that is learned from loses its stops, an end, and some words, and how often
#: some are heard as others.
_STOPS_LOST, _CUT_OFF, _LOST, _MISHEARD = 0.2, 0.1, 0.1, 0.2
_WORDS_CUT_OFF = 3  # at most
_WORDS_LOST = 2  # at most
_FEWEST_WORDS = 9  # of which some may be lost


_HELD_OUT_OF_TEN = 3
#: Answers whose ids begin so were written for calibration alone.
_ALWAYS_HELD_OUT = "h"


def held_out(row_id: str) -> bool:
    """Whether an answer is kept for calibration, as written and as recognised (``id~model``)."""
    row_id = row_id.partition("~")[0]
    if row_id.startswith(_ALWAYS_HELD_OUT):
        return True
    digest = hashlib.sha256(row_id.encode()).digest()
    return digest[0] * 10 // 256 < _HELD_OUT_OF_TEN


@dataclass(frozen=True, slots=True)
class Example:
    """One thing to learn.

    Attributes:
        pair: What is read.
        label: Index of the class, or ``NOT_SAYS``.
    """

    pair: Pair
    label: int


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a guide says of one target.

    Attributes:
        id: Its id.
        text: Label and description.
        says: How candidates put it.
        denials: How they deny it.
        near_misses: What comes close.
    """

    id: str
    text: str
    says: tuple[str, ...]
    denials: tuple[str, ...]
    near_misses: tuple[str, ...]


#: Targets that rival each other, by role, question (or ``FLAGS``) and language.
Guides = dict[tuple[str, str, str], tuple[Sentences, ...]]


def shipped_guides() -> Guides:
    """Points and flags of the guides that ship."""
    found: Guides = {}
    for role in ROLES:
        for language in LANGUAGES:
            guide = load_guide(role, language)
            for question in guide.questions:
                points = map(_sentences, guide.points_for(question.id))
                found[role, question.id, language] = tuple(points)
            found[role, FLAGS, language] = tuple(map(_sentences, guide.red_flags))
    return found


def _sentences(item: Listened) -> Sentences:
    text = target_text(item.label, item.description)
    return Sentences(item.id, text, item.says, item.not_says.denials, item.not_says.near_misses)


def other_guides(folder: Path = GUIDES) -> Guides:
    """Small guides of other trades, written for training alone."""
    found: Guides = {}
    for path in sorted(folder.glob("*.yaml")):
        role, _, language = path.stem.rpartition(".")
        for question in yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]:
            found[role, question["id"], language] = tuple(
                Sentences(
                    point["id"],
                    target_text(point["label"], point["description"]),
                    *(tuple(point[kind]) for kind in ("says", "denials", "near_misses")),
                )
                for point in question["points"]
            )
    return found


def sentences_of(guides: Guides) -> list[str]:
    """Every sentence of some guides."""
    return [
        sentence
        for targets in _distinct(guides)
        for target in targets
        for sentence in (*target.says, *target.denials, *target.near_misses)
    ]


class PairMaker:
    """Makes examples; the same seed makes the same ones."""

    def __init__(
        self, embedder: RememberingEmbedder, seed: int, mishearings: Mishearings | None = None
    ) -> None:
        """Prepare.

        Args:
            embedder: Finds the sentence that is most like a passage.
            seed: For everything that is left to chance.
            mishearings: Words that may be heard as others; none by default.
        """
        self._embedder = embedder
        self._mishearings = mishearings or {}
        self._random = random.Random(seed)

    # -- from guides ------------------------------------------------------------------------------

    def of_guides(self, guides: Guides) -> Iterator[Example]:
        """Each sentence against its own target, without it, and against the likeliest rival."""
        for targets in _distinct(guides):
            for target in targets:
                kinds = ((SAYS, target.says), (DENIES, target.denials), (NEAR, target.near_misses))
                for label, sentences in kinds:
                    for sentence in sentences:
                        yield from self._of_sentence(sentence, label, target, targets)

    def _of_sentence(
        self, sentence: str, label: int, target: Sentences, targets: Sequence[Sentences]
    ) -> Iterator[Example]:
        rivals = [other for other in targets if other is not target]
        passage = sentence
        if rivals and self._random.random() < _SOMETIMES:
            beside = self._random.choice(self._random.choice(rivals).says)
            both = [sentence, beside]
            self._random.shuffle(both)
            passage = " ".join(both)
        yield Example(self._pair(passage, target, without=sentence), label)
        if rivals:
            likest = max(rivals, key=lambda rival: self._likeness(sentence, rival.says).max())
            yield Example(self._pair(sentence, likest), NOTHING)

    # -- from answers and passages ----------------------------------------------------------------

    def of_answers(self, rows: Iterable[dict[str, Any]], guides: Guides) -> Iterator[Example]:
        """Passages of labelled answers: those that make a case, and the likeliest of the rest."""
        for row in rows:
            language = row["language"]
            points = guides[row["role"], row["question"], language]
            flags = guides.get((row["role"], FLAGS, language), ())
            text: str = row["answer"]
            spans = self._passages(text, units_of(row))
            for targets, kind in ((points, FindingKind.POINT), (flags, FindingKind.FLAG)):
                for target in targets:
                    yield from self._of_answer(row, text, spans, target, kind)

    def _passages(self, text: str, cut: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The passages of a text; each remembered by the mean of its units, as in the product."""
        parts = [without_fillers(text[start:end]) for start, end in cut]
        vectors = self._embedder.embed(parts)
        found = passages(text, list(cut))
        for one in found:
            of_it = slice(one.first, one.last + 1)
            whole = without_fillers(text[one.start : one.end])
            self._embedder.remember(whole, pooled(vectors[of_it], parts[of_it]))
        return [(one.start, one.end) for one in found]

    def _of_answer(
        self,
        row: dict[str, Any],
        text: str,
        spans: Sequence[tuple[int, int]],
        target: Sentences,
        kind: FindingKind,
    ) -> Iterator[Example]:
        quotes = labelled_quotes(row, target.id, kind)
        free = []
        for start, end in spans:
            labels = [(label, fit(text, quote, start, end)) for label, quote in quotes]
            fitting = [label for label, fits in labels if fits]
            if fitting:
                yield Example(self._pair(without_fillers(text[start:end]), target), fitting[0])
            elif all(fits is None for _, fits in labels):
                free.append(without_fillers(text[start:end]))
        if free:
            order = np.argsort([-self._likeness(one, target.says).max() for one in free])
            chosen = {int(order[0]), int(order[min(1, len(free) - 1)])}
            chosen.add(self._random.randrange(len(free)))
            for index in sorted(chosen):
                yield Example(self._pair(free[index], target), NOTHING)

    def of_passages(self, rows: Iterable[dict[str, Any]], guides: Guides) -> Iterator[Example]:
        """Passages labelled one by one."""
        for row in rows:
            targets = guides[row["role"], row["question"], row["language"]]
            target = next(one for one in targets if one.id == row["point"])
            yield Example(self._pair(row["text"], target), CLASSES.index(row["class"]))

    # -- how --------------------------------------------------------------------------------------

    def _pair(self, passage: str, target: Sentences, without: str | None = None) -> Pair:
        says = [sentence for sentence in target.says if sentence != without]
        if self._random.random() < _SOMETIMES:
            example = self._random.choice(says)
        else:
            example = says[int(self._likeness(passage, says).argmax())]
        return Pair(self._disturbed(passage), target.text, example)

    def _likeness(self, passage: str, sentences: Sequence[str]) -> np.ndarray:
        return np.asarray(self._embedder.embed(sentences) @ self._embedder.embed([passage])[0])

    def _disturbed(self, passage: str) -> str:
        """Now and then as a recogniser might write it: no stops, cut off, words lost or others."""
        if self._random.random() < _STOPS_LOST:
            passage = re.sub(r"[.!?…](?=\s|$)", "", passage)
        words = passage.split()
        if len(words) >= _FEWEST_WORDS:
            if self._random.random() < _CUT_OFF:
                count = self._random.randint(1, _WORDS_CUT_OFF)
                words = words[count:] if self._random.random() < 0.5 else words[:-count]
            if self._random.random() < _LOST:
                for _ in range(self._random.randint(1, _WORDS_LOST)):
                    del words[self._random.randrange(len(words))]
        passage = " ".join(words)
        if self._random.random() < _MISHEARD:
            return misheard(passage, self._mishearings, self._random)
        return passage


def units_of(row: dict[str, Any]) -> list[tuple[int, int]]:
    """The units of an answer; of a recognised one those of its utterances, each by itself."""
    if "utterances" not in row:
        return units(row["answer"])
    found: list[tuple[int, int]] = []
    begin = 0
    for text in row["utterances"]:
        found += [(begin + start, begin + end) for start, end in units(text)]
        begin += len(text) + 1
    return found


def labelled_quotes(
    row: dict[str, Any], target_id: str, kind: FindingKind
) -> list[tuple[int, str]]:
    """What an answer is labelled to do to a target, with the words that do it."""
    if kind is FindingKind.FLAG:
        quote = row["red_flags"].get(target_id)
        return [(SAYS, quote)] if quote else []
    label = row["labels"][target_id]
    found = [(NEAR, label["near"])] if label.get("near") else []
    if label["quote"]:
        state = DENIES if label["state"] == "denied" else SAYS
        found.insert(0, (state, label["quote"]))
    return found


def fit(text: str, quote: str, start: int, end: int) -> bool | None:
    """Whether a span of ``text`` makes the quote's case; None where they are apart."""
    begin = text.find(quote)
    shared = min(end, begin + len(quote)) - max(start, begin)
    if shared <= 0:
        return None
    return shared / (end - start) > INSIDE and shared / len(quote) > COVERED


@dataclass(frozen=True, slots=True)
class Debates:
    """Arguments read with the key points of their topic and stance.

    Attributes:
        made: Pairs of which most annotators say that the argument makes the point.
        not_made: Pairs of which hardly any do.
        disputed: Pairs that some take for the one and some for the other. An argument that does
            not clearly make a point does not make it, which is how matches are counted strictly.
    """

    made: tuple[Example, ...]
    not_made: tuple[Example, ...]
    disputed: tuple[Example, ...]


def debates(folder: Path, part: str) -> Debates:
    """Those of ArgKP; ``part`` is ``train``, ``dev`` or ``test``."""
    labels = {
        (row["arg_id"], row["key_point_id"]): row["label"]
        for row in csv_rows(folder / f"labels_{part}.csv")
    }
    found: dict[str | None, list[Example]] = {"1": [], "0": [], None: []}
    points = csv_rows(folder / f"key_points_{part}.csv")
    for argument in csv_rows(folder / f"arguments_{part}.csv"):
        for point in points:
            if (argument["topic"], argument["stance"]) == (point["topic"], point["stance"]):
                label = labels.get((argument["arg_id"], point["key_point_id"]))
                pair = Pair(argument["argument"], point["key_point"], "")
                found[label].append(Example(pair, SAYS if label == "1" else NOT_SAYS))
    return Debates(*(tuple(found[label]) for label in ("1", "0", None)))


def csv_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file with a head."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_rows(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The objects of files with one a line."""
    return [
        json.loads(line)
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _distinct(guides: Guides) -> list[tuple[Sentences, ...]]:
    """Competencies serve every question of their role; count their sentences once."""
    return list(dict.fromkeys(guides.values()))
