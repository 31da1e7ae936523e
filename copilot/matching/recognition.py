"""Which planned question the interviewer is asking, in whatever words and order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from copilot.events import Utterance
from copilot.knowledge.guide import Guide
from copilot.matching.embedding import DIMENSIONS, Embedder, Vectors, pooled
from copilot.matching.features import Array
from copilot.matching.passages import passages, units, without_fillers
from copilot.matching.question_space import (
    FEATURES,
    SAME_AT,
    SAME_MARGIN,
    QuestionSpace,
    embed_questions,
    probes_of,
    requests,
)
from copilot.matching.weights import damaged, shipped_arrays

#: From this probability on a planned question is taken as asked for the first time, …
ASKED_AT = 0.40
#: … and from this one on as returned to. Below, the current question stays.
RETURNED_AT = 0.5
#: Added to the log-odds of the question that is next on the plan when something is asked for, and
#: of those that are not planned: most interviewers follow their plan.
_NEXT_ON_PLAN = 0.7
_NOT_PLANNED = -1.0
#: The number of planned questions for which the probabilities are right as they are.
_USUAL_PLAN = 6
#: How sure it is that a question was asked that was put nearly word for word.
_READ_OUT = 0.9

_CONTEXT_UNITS = 2
_FILE = "recognition.npz"


@dataclass(frozen=True, slots=True)
class RecognitionWeights:
    """What was learned about interviewers, apart from any guide.

    Attributes:
        coefficients: Of the logistic model over what ``QuestionSpace`` measures, the bias last;
            shape (features + 1,).
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
        self._plan = tuple(plan)
        self._questions = [question.id for question in guide.questions]
        self._coefficients = learned.coefficients
        talk = [learned.talk[guide.language], own.embed(list(probes_of(guide)))]
        self._space = QuestionSpace(embed_questions(guide, own), np.concatenate(talk))
        self._turn: list[tuple[str, Vectors]] = []
        self._newest: tuple[str, list[str], Vectors] | None = None

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
        logits += expected(self._questions, self._plan, already_asked, requests(texts))
        best = 1.0 / (1.0 + np.exp(-logits.max(axis=1)))
        read_out = self._space.read_out(vectors).any(axis=1)
        best = np.where(read_out, np.maximum(best, _READ_OUT), best)
        winner = int(np.argmax(best))
        question = self._questions[winner]
        wanted = RETURNED_AT if question in already_asked else ASKED_AT
        if best[winner] < wanted or question not in self._plan:
            return None
        return Recognised(question, float(best[winner]))

    def asks(self, utterance: Utterance, suggestion: str) -> bool:
        """Whether ``utterance`` puts ``suggestion`` to the candidate, roughly word for word."""
        texts, said = self._embedded(utterance.text)
        if not texts:
            return False
        alike = said @ self._embedder.embed([suggestion])[0]
        best = int(np.argmax(alike))
        # The suggestion is itself among the talk, which only makes this stricter.
        other = float(np.asarray(self._space.talk_likeness(said))[best])
        return float(alike[best]) >= SAME_AT and float(alike[best]) - other >= SAME_MARGIN

    def _embedded(self, text: str) -> tuple[list[str], Vectors]:
        """The units of an utterance and their vectors, kept until the next one comes."""
        if self._newest is None or self._newest[0] != text:
            texts = [without_fillers(text[a:b]) for a, b in units(text)]
            vectors = (
                self._embedder.embed(texts) if texts else np.zeros((0, DIMENSIONS), np.float32)
            )
            self._newest = text, texts, vectors
        return self._newest[1:]

    def _passages(self, utterance: Utterance) -> tuple[Vectors, list[str]]:
        texts, embedded = self._embedded(utterance.text)
        if not texts:
            return embedded, []
        before = len(self._turn)
        self._turn += list(zip(texts, embedded, strict=True))
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


def expected(
    questions: Sequence[str], plan: Sequence[str], already_asked: Collection[str], asking: Array
) -> Array:
    """What the plan adds to the log-odds of each question; shape (questions, passages).

    Args:
        questions: Ids of all questions that compete.
        plan: Those planned, in order.
        already_asked: Those that have been current.
        asking: 1 for each passage that asks for something, else 0.
    """
    following = next((question for question in plan if question not in already_asked), None)
    unplanned = np.array([question not in plan for question in questions], np.float32)
    is_next = np.array([question == following for question in questions], np.float32)
    # The longer the plan, the less likely any one of its questions.
    any_one = np.float32(np.log(_USUAL_PLAN / max(_USUAL_PLAN, len(plan))))
    return any_one + unplanned[:, None] * _NOT_PLANNED + is_next[:, None] * asking * _NEXT_ON_PLAN


@cache
def load_recognition() -> RecognitionWeights:
    """The weights that ship.

    Raises:
        ModelError: They are missing or damaged.
    """
    try:
        return _weights_from(shipped_arrays(_FILE))
    except (KeyError, ValueError) as error:
        raise damaged(_FILE, error) from error


def _weights_from(stored: dict[str, Any]) -> RecognitionWeights:
    if tuple(stored["features"].tolist()) != FEATURES:
        raise ValueError("fitted for other features")
    talk = {
        key.partition(".")[2]: vectors.astype(np.float32)
        for key, vectors in stored.items()
        if key.startswith("talk.")
    }
    return RecognitionWeights(stored["coefficients"].astype(np.float32), talk)
