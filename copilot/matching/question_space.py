"""How like each question of a guide a turn of the interviewer's is, and how the turn is put.

Four views of a question. Its *wording*: text and phrasings, by nearest neighbour and by a ridge
regression trained on the guide when it is loaded. The same *set apart*: in a space in which ways of
asking one question lie close, whatever its subject, learned once from all shipped guides. Its
*label*. And its *topic*: what its points say, describe and probe, because "how long does a new
account take at your place?" may share no word with "how would you improve processes?".
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copilot.knowledge.guide import Guide
from copilot.matching.embedding import Embedder, Vectors
from copilot.matching.features import Array, best_rival

#: What is measured of a turn against each question, …
LIKENESS = (
    "alike",
    "contrast",
    "contrast_margin",
    "apart",
    "apart_margin",
    "label",
    "topic",
)
#: … and of the turn by itself.
CUES = ("length", "request", "moves_on", "returns", "refers", "continues", "talk")

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
# "Let me turn to …", "Une dernière chose."
_MOVES_ON = re.compile(
    r"\b(?:next|last (?:one|thing|big|topic|question)|final|different|else|new topic|move on|"
    r"turn to|switch|change of|now|another|let's|let me|start|begin|kick off|open with|"
    r"ensuite|suivante?|dernière?|autre|changer?|passons|passer|maintenant|commencer?|terminer|"
    r"finir|parlons|suite)\b",
    re.IGNORECASE,
)
# "Back to the telecoms deal."
_RETURNS = re.compile(
    r"\b(?:back to|return(?:ing)? to|go back|com(?:e|ing) back|going back|jump back|pick up|again|"
    r"earlier|one more (?:on|thing on)|second question|reviens|revenir|revenons|retour|"
    r"tout à l'heure|reprends|reprendre|encore une question)\b",
    re.IGNORECASE,
)
# "You said there was only one supplier."
_REFERS = re.compile(
    r"\b(?:you (?:said|say|mention(?:ed)?|told)|when you|"
    r"vous (?:disiez|dites|avez (?:dit|parlé)|parliez)|quand vous)\b",
    re.IGNORECASE,
)
# "And who was that?"
_CONTINUES = re.compile(
    r"^\W*(?:and|so|but|because|which|who|why|when|where|how (?:long|many|much|often)|"
    r"et|mais|donc|qui|pourquoi|ils?|elles?|ça|c'était|combien)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")


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


def asks_for_something(text: str) -> bool:
    """Whether ``text`` is a question or a request in form."""
    return bool(_REQUEST.search(text))


def shared_words(guide: Guide) -> frozenset[str]:
    """Words that the phrasings of several questions share, so that they tell none from another."""
    counts = Counter(
        word
        for question in guide.questions
        for word in words_of(" ".join((question.text, *question.phrasings)))
    )
    return frozenset(word for word, count in counts.items() if count > 1)


def words_of(text: str) -> frozenset[str]:
    """The words of ``text`` of four letters or more, in small letters."""
    return frozenset(_WORD.findall(text.lower()))


class QuestionSpace:
    """A guide's questions as the recogniser hears them."""

    def __init__(self, questions: Sequence[QuestionVectors], talk: Vectors, apart: Array) -> None:
        """Train the regression that tells the questions from each other and from talk.

        Args:
            questions: Those that compete.
            talk: Vectors of what asks none of them: follow-ups and small talk.
            apart: Takes vectors to the space that sets questions apart; shape (384, 384).
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
        self._apart = apart
        self._middles = _unit(
            np.stack([self._set_apart(rows).mean(axis=0) for rows in self._phrasings])
        )
        self._directions = (
            _directions([question.label for question in questions]),
            _directions([question.says for question in questions])
            + _directions([question.descriptions for question in questions])
            + _directions([question.probes for question in questions]),
        )

    def measure(self, vector: Vectors) -> Array:
        """A turn against each question, as ``LIKENESS`` lists it.

        ``alike`` is taken above what interviewers say anyway; each margin is against the best
        rival question.

        Args:
            vector: The turn's, shape (384,).

        Returns:
            Shape (questions, measures).
        """
        turn = vector[None]
        alike = self._likeness(turn)
        contrast = ((turn - self._center) @ self._weights + self._bias).T
        apart = self._middles @ self._set_apart(turn).T
        pointing = _unit(turn - self._asking)
        label, topic = (directions @ pointing.T for directions in self._directions)
        measured = [
            alike - self.talk_likeness(turn),
            contrast,
            contrast - best_rival(contrast),
            apart,
            apart - best_rival(apart),
            label,
            topic,
        ]
        return np.concatenate(measured, axis=1).astype(np.float32)

    def cues(self, vector: Vectors, text: str) -> Array:
        """How a turn is put, as ``CUES`` lists it; shape (cues,)."""
        turn = vector[None]
        return np.array(
            [
                np.log1p(len(text.split())),
                asks_for_something(text),
                bool(_MOVES_ON.search(text)),
                bool(_RETURNS.search(text)),
                bool(_REFERS.search(text)),
                bool(_CONTINUES.search(text)),
                self.talk_likeness(turn)[0] - self._likeness(turn).max(),
            ],
            np.float32,
        )

    def pointing(self, vector: Vectors) -> Vectors:
        """Where a turn lies from all that interviewers say; shape (384,), of length 1."""
        return _unit(vector - np.asarray(self._center, np.float32))

    def read_out(self, vectors: Vectors) -> npt.NDArray[np.bool_]:
        """Which questions a text puts nearly word for word; shape (questions, texts)."""
        closest = np.stack([_top(vectors @ rows.T, 1) for rows in self._phrasings])
        other = np.maximum(best_rival(closest), _top(vectors @ self._talk.T, 1))
        return np.asarray((closest >= SAME_AT) & (closest - other >= SAME_MARGIN))

    def talk_likeness(self, vectors: Vectors) -> Array:
        """How like each text is to what interviewers say anyway; shape (texts,)."""
        return _top(vectors @ self._talk.T, 3)

    def _likeness(self, vectors: Vectors) -> Array:
        return np.stack([_top(vectors @ rows.T, 2) for rows in self._phrasings])

    def _set_apart(self, vectors: Vectors) -> Array:
        return _unit((vectors - self._asking) @ self._apart)


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
