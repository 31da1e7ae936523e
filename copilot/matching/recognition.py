"""Which planned question the interviewer is asking, in whatever words and order."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from copilot.events import Utterance
from copilot.knowledge.guide import Guide
from copilot.matching.embedding import DIMENSIONS, Embedder, Vectors, pooled
from copilot.matching.features import Array, best_rival
from copilot.matching.passages import passages, units, without_fillers
from copilot.matching.weights import damaged, shipped_arrays

#: From this probability on a planned question is taken as asked for the first time, …
ASKED_AT = 0.30
#: … and from this one on as returned to. Below, the current question stays.
RETURNED_AT = 0.5
#: A suggestion counts as asked when a passage is this like it, …
_FILE = "recognition.npz"
_SAME_AT = 0.92
#: … and this much more like it than like anything else interviewers say.
_SAME_MARGIN = 0.015

_RIDGE = 1.0
_CONTEXT_UNITS = 2

# How a request is put when it is no question in form.
_REQUEST = re.compile(
    r"\?|\b(?:tell|walk|talk|take|give|show|describe|explain|imagine|picture|suppose|"
    r"racontez|parlez|décrivez|expliquez|donnez|dites|imaginez|supposons|prenez)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RecognitionWeights:
    """What was learned about interviewers, apart from any guide.

    Attributes:
        coefficients: Of the logistic model over what ``QuestionSpace`` measures, the bias last;
            shape (6,).
        talk: Vectors of what interviewers say between questions, a set a language.
    """

    coefficients: Array
    talk: dict[str, Vectors]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A planned question was asked.

    Attributes:
        question: Its id.
        confidence: 0 to 1.
    """

    question: str
    confidence: float


class QuestionSpace:
    """A guide's questions as the recogniser hears them."""

    def __init__(self, phrasings: Sequence[Vectors], talk: Vectors) -> None:
        """Train the regression that tells the questions from each other and from talk.

        Args:
            phrasings: For each question, the vectors of its text and phrasings.
            talk: Vectors of what asks none of them: follow-ups and small talk.
        """
        self._phrasings = phrasings
        self._talk = talk
        rows = np.concatenate([*phrasings, talk]).astype(np.float64)
        owner = np.repeat(np.arange(len(phrasings) + 1), [*(len(p) for p in phrasings), len(talk)])
        wanted = (owner[:, None] == np.arange(len(phrasings))[None]).astype(np.float64)
        self._center, self._bias = rows.mean(axis=0), wanted.mean(axis=0)
        rows -= self._center
        kernel = rows @ rows.T + _RIDGE * np.eye(len(rows))
        self._weights = rows.T @ np.linalg.solve(kernel, wanted - self._bias)

    def measure(self, vectors: Vectors, texts: Sequence[str]) -> Array:
        """What can be said of each passage against each question.

        Likeness above what interviewers say anyway and above the best rival question, the same
        of a regression trained on the guide itself, and whether anything is asked for at all.

        Args:
            vectors: The passages' vectors, shape (passages, 384).
            texts: Their texts.

        Returns:
            Shape (questions, passages, 5).
        """
        requests = np.array([bool(_REQUEST.search(text)) for text in texts], np.float32)
        alike = np.stack(
            [np.sort(vectors @ rows.T, axis=1)[:, -2:].mean(axis=1) for rows in self._phrasings]
        )
        contrast = ((vectors - self._center) @ self._weights + self._bias).T
        measured = [
            alike - self.talk_likeness(vectors),
            alike - best_rival(alike),
            contrast,
            contrast - best_rival(contrast),
            np.broadcast_to(requests, alike.shape),
        ]
        return np.stack(measured, axis=-1).astype(np.float32)

    def talk_likeness(self, vectors: Vectors) -> Array:
        """How like each passage is to what interviewers say anyway; shape (passages,)."""
        return np.asarray(np.sort(vectors @ self._talk.T, axis=1)[:, -3:].mean(axis=1))


class QuestionRecogniser:
    """Listens to the interviewer for one session.

    All questions of the guide compete, so that a likeness means the same whatever the plan; only
    planned ones are ever recognised.
    """

    def __init__(
        self,
        guide: Guide,
        plan: Sequence[str],
        embedder: Embedder,
        *,
        guide_embedder: Embedder | None = None,
        weights: RecognitionWeights | None = None,
    ) -> None:
        """Embed how the planned questions may be asked.

        Args:
            guide: In the language of the interview.
            plan: Ids of the planned questions.
            embedder: For what is said.
            guide_embedder: For the guide's own sentences; may cache. By default ``embedder``.
            weights: By default those that ship.
        """
        own = guide_embedder or embedder
        learned = weights or load_recognition()
        self._embedder = embedder
        self._plan = frozenset(plan)
        self._questions = [question.id for question in guide.questions]
        self._coefficients = learned.coefficients
        talk = [learned.talk[guide.language], own.embed(probes_of(guide))]
        phrasings = [
            own.embed((question.text, *question.phrasings)) for question in guide.questions
        ]
        self._space = QuestionSpace(phrasings, np.concatenate(talk))
        self._turn: list[tuple[str, Vectors]] = []

    def new_turn(self) -> None:
        """The candidate has spoken: what the interviewer says next stands by itself."""
        self._turn.clear()

    def hear(self, utterance: Utterance, already_asked: Collection[str] = ()) -> Recognised | None:
        """Take the interviewer's next utterance in; the planned question it asks, if any."""
        vectors, texts = self._passages(utterance)
        if not texts:
            return None
        measured = self._space.measure(vectors, texts)
        logits = measured @ self._coefficients[:-1] + self._coefficients[-1]
        best = 1.0 / (1.0 + np.exp(-logits.max(axis=1)))
        winner = int(np.argmax(best))
        question = self._questions[winner]
        wanted = RETURNED_AT if question in already_asked else ASKED_AT
        if best[winner] < wanted or question not in self._plan:
            return None
        return Recognised(question, float(best[winner]))

    def asks(self, utterance: Utterance, suggestion: str) -> bool:
        """Whether ``utterance`` puts ``suggestion`` to the candidate, roughly word for word."""
        texts = [without_fillers(utterance.text[a:b]) for a, b in units(utterance.text)]
        vectors = self._embedder.embed([*texts, suggestion])
        said, wanted = vectors[:-1], vectors[-1]
        if not len(said):
            return False
        alike = said @ wanted
        best = int(np.argmax(alike))
        # The suggestion is itself among the talk, which only makes this stricter.
        other = float(np.asarray(self._space.talk_likeness(said))[best])
        return float(alike[best]) >= _SAME_AT and float(alike[best]) - other >= _SAME_MARGIN

    def _passages(self, utterance: Utterance) -> tuple[Vectors, list[str]]:
        texts = [without_fillers(utterance.text[a:b]) for a, b in units(utterance.text)]
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32), []
        before = len(self._turn)
        self._turn += list(zip(texts, self._embedder.embed(texts), strict=True))
        joined, spans = "", []
        for text, _ in self._turn:
            joined += " " if joined else ""
            spans.append((len(joined), len(joined) + len(text)))
            joined += text
        runs = [self._turn[p.first : p.last + 1] for p in passages(joined, spans, first_new=before)]
        # A turn too short to hold a passage, such as "Why?", is one.
        runs = runs or [self._turn[before:]]
        said = [" ".join(text for text, _ in run) for run in runs]
        vectors = [pooled([v for _, v in run], [text for text, _ in run]) for run in runs]
        del self._turn[:-_CONTEXT_UNITS]
        return np.stack(vectors), said


def probes_of(guide: Guide) -> list[str]:
    """The follow-ups of a guide, each once though questions may share competencies."""
    return list(
        dict.fromkeys(
            probe
            for question in guide.questions
            for point in guide.points_for(question.id)
            for probe in point.probes
        )
    )


@cache
def load_recognition() -> RecognitionWeights:
    """The weights that ship.

    Raises:
        ModelError: They are missing or damaged.
    """
    stored = shipped_arrays(_FILE)
    try:
        coefficients = stored["coefficients"].astype(np.float32)
    except KeyError as error:
        raise damaged(_FILE, error) from error
    talk = {
        key.partition(".")[2]: vectors.astype(np.float32)
        for key, vectors in stored.items()
        if key.startswith("talk.")
    }
    return RecognitionWeights(coefficients, talk)
