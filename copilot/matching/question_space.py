"""How like each planned question a passage of the interviewer's speech is.

Three views of a question. Its *wording*: text and phrasings, by nearest neighbour, by centroid and
by a ridge regression trained on the guide when it is loaded. Its *label*. And its *topic*: what
its points say, describe and probe, because "how long does a new account take at your place?" may
share no word with "how would you improve processes?".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copilot.knowledge.guide import Guide
from copilot.matching.embedding import Embedder, Vectors
from copilot.matching.features import Array, best_rival

FEATURES = (
    "alike",
    "alike_margin",
    "contrast",
    "contrast_margin",
    "request",
    "centroid",
    "centroid_margin",
    "label",
    "label_margin",
    "topic",
    "topic_margin",
    "log_rivals",
)

#: Two sentences are the same but for a few words when they are this alike, …
SAME_AT = 0.92
#: … and this much more alike than to anything else interviewers say.
SAME_MARGIN = 0.015

_RIDGE = 1.0
#: Directions shorter than this tell nothing apart, as with questions that share their points.
_SHORTEST = 1e-3

# How a request is put when it is no question in form.
_REQUEST = re.compile(
    r"\?|\b(?:tell|walk|talk|take|give|show|describe|explain|imagine|picture|suppose|"
    r"racontez|parlez|décrivez|expliquez|donnez|dites|imaginez|supposons|prenez)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class QuestionVectors:
    """What a guide says of one question; each a set of sentences, shape (n, 384).

    Attributes:
        phrasings: The question itself and other ways to put it.
        label: Its short name; n is 1.
        says: What answers that evidence its points say.
        descriptions: Its points in words.
        probes: Its points' follow-ups.
    """

    phrasings: Vectors
    label: Vectors
    says: Vectors
    descriptions: Vectors
    probes: Vectors


def embed_questions(guide: Guide, embedder: Embedder) -> list[QuestionVectors]:
    """All questions of a guide, in its order."""
    found: list[QuestionVectors] = []
    for question in guide.questions:
        points = guide.points_for(question.id)
        found.append(
            QuestionVectors(
                phrasings=embedder.embed((question.text, *question.phrasings)),
                label=embedder.embed((question.label,)),
                says=embedder.embed([sentence for point in points for sentence in point.says]),
                descriptions=embedder.embed([point.description for point in points]),
                probes=embedder.embed([probe for point in points for probe in point.probes]),
            )
        )
    return found


def probes_of(guide: Guide) -> dict[str, frozenset[str]]:
    """The follow-ups of a guide, each with the questions it may follow; they share competencies."""
    found: dict[str, set[str]] = {}
    for question in guide.questions:
        for point in guide.points_for(question.id):
            for probe in point.probes:
                found.setdefault(probe, set()).add(question.id)
    return {probe: frozenset(questions) for probe, questions in found.items()}


def requests(texts: Sequence[str]) -> Array:
    """1 for each text that asks for something, else 0; shape (texts,)."""
    return np.array([bool(_REQUEST.search(text)) for text in texts], np.float32)


class QuestionSpace:
    """A guide's questions as the recogniser hears them."""

    def __init__(self, questions: Sequence[QuestionVectors], talk: Vectors) -> None:
        """Train the regression that tells the questions from each other and from talk.

        Args:
            questions: Those that compete.
            talk: Vectors of what asks none of them: follow-ups and small talk.
        """
        self._phrasings = [question.phrasings for question in questions]
        self._talk = talk
        rows = np.concatenate([*self._phrasings, talk]).astype(np.float64)
        counts = [*(len(phrasings) for phrasings in self._phrasings), len(talk)]
        owner = np.repeat(np.arange(len(counts)), counts)
        wanted = (owner[:, None] == np.arange(len(questions))[None]).astype(np.float64)
        self._center, self._bias = rows.mean(axis=0), wanted.mean(axis=0)
        rows -= self._center
        kernel = rows @ rows.T + _RIDGE * np.eye(len(rows))
        self._weights = rows.T @ np.linalg.solve(kernel, wanted - self._bias)
        self._asking = np.concatenate(self._phrasings).mean(axis=0)
        self._directions = (
            _directions(self._phrasings),
            _directions([question.label for question in questions]),
            _directions([question.says for question in questions])
            + _directions([question.descriptions for question in questions])
            + _directions([question.probes for question in questions]),
        )

    def measure(self, vectors: Vectors, texts: Sequence[str]) -> Array:
        """Each passage against each question, as ``FEATURES`` lists it.

        Likeness is taken above what interviewers say anyway; each margin is against the best
        rival question.

        Args:
            vectors: The passages' vectors, shape (passages, 384).
            texts: Their texts.

        Returns:
            Shape (questions, passages, features).
        """
        alike = np.stack([_top(vectors @ rows.T, 2) for rows in self._phrasings])
        contrast = ((vectors - self._center) @ self._weights + self._bias).T
        measured = [
            alike - self.talk_likeness(vectors),
            alike - best_rival(alike),
            contrast,
            contrast - best_rival(contrast),
            np.broadcast_to(requests(texts), alike.shape),
        ]
        pointing = _unit(vectors - self._asking)
        for directions in self._directions:
            along = np.asarray(directions @ pointing.T, np.float32)
            measured += [along, along - best_rival(along)]
        # With few rivals everything stands out more.
        measured.append(np.full_like(alike, np.log(len(alike))))
        return np.stack(measured, axis=-1).astype(np.float32)

    def read_out(self, vectors: Vectors) -> npt.NDArray[np.bool_]:
        """Which questions a passage puts nearly word for word; shape (questions, passages)."""
        closest = np.stack([_top(vectors @ rows.T, 1) for rows in self._phrasings])
        other = np.maximum(best_rival(closest), _top(vectors @ self._talk.T, 1))
        return np.asarray((closest >= SAME_AT) & (closest - other >= SAME_MARGIN))

    def talk_likeness(self, vectors: Vectors) -> Array:
        """How like each passage is to what interviewers say anyway; shape (passages,)."""
        return _top(vectors @ self._talk.T, 3)


def _directions(groups: Sequence[Vectors]) -> Array:
    """Where each group of sentences lies from the middle of all groups; shape (groups, 384)."""
    if any(len(group) == 0 for group in groups):
        return np.zeros((len(groups), groups[0].shape[1]), np.float32)
    means = _unit(np.stack([group.mean(axis=0) for group in groups]))
    apart = means - means.mean(axis=0)
    lengths = np.linalg.norm(apart, axis=1, keepdims=True)
    return np.asarray(np.where(lengths > _SHORTEST, _unit(apart), 0.0), np.float32)


def _unit(vectors: Array) -> Array:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)


def _top(similarities: Array, count: int) -> Array:
    """The mean of each row's ``count`` largest."""
    return np.asarray(np.sort(similarities, axis=1)[:, -count:].mean(axis=1), np.float32)
