"""Which planned question the interviewer is asking, in whatever words and order.

What the interviewer has said since the candidate last spoke is embedded once, as a whole. A
conditional logistic model then chooses between the planned questions and staying where one is, by
how like the turn is to each (``question_space``), how it is put, and what was asked before. What
was said under a question so far is how a return to it is known ("back to the supplier thing").
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from copilot.events import Utterance
from copilot.knowledge.guide import Guide
from copilot.matching.asked import QuestionReader
from copilot.matching.cross_encoder import PassageReader, load_cross_encoder
from copilot.matching.embedding import Embedder, Vectors
from copilot.matching.features import Array, best_rival
from copilot.matching.passages import units
from copilot.matching.plain import without_fillers
from copilot.matching.question_space import (
    CUES,
    LIKENESS,
    SAME_AT,
    SAME_MARGIN,
    QuestionSpace,
    asks_for_something,
    embed_questions,
    probes_of,
    shared_words,
    words_of,
)
from copilot.matching.weights import damaged, shipped_arrays

#: From this probability on a planned question is taken as asked for the first time, …
ASKED_AT = 0.5
#: … and from this one on as returned to. Below, the current question stays.
RETURNED_AT = 0.5
#: How sure it is that a question was asked that was put nearly word for word.
_READ_OUT = 0.9

#: What the interview so far says of each planned question.
CONTEXT = (
    "next",
    "asked",
    "current",
    "asked_returns",
    "new_moves_on",
    "plan_length",
    "heard",
    "shared",
    "heard_returns",
    "shared_returns",
)
#: What the closer look adds: how surely the turn asks the question, and more so than any other
#: planned one; how surely it only touches it; and how surely it asks, or follows up, the current
#: one.
CLOSER = ("asks", "asks_margin", "touches", "asks_current", "follows_up")
FEATURES = (*LIKENESS, *CONTEXT, *CLOSER, *CUES)

_LONGEST_TURN = 120  # words; of a longer turn the last ones
_MOST_SHARED = 2
_MOVES_ON, _RETURNS = CUES.index("moves_on"), CUES.index("returns")
_FILE = "recognition.npz"


@dataclass(frozen=True, slots=True)
class RecognitionWeights:
    """What was learned about interviewers, apart from any guide.

    Attributes:
        coefficients: Of the logistic model over ``FEATURES``, the bias last; shape
            (features + 1,).
        apart: Takes vectors to the space that sets questions apart; shape (384, 384).
        talk: Vectors of what interviewers say between questions, a set a language.
    """

    coefficients: Array
    apart: Array
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


@dataclass(frozen=True, slots=True)
class Turn:
    """What the interviewer says without the candidate speaking in between.

    Attributes:
        text: In words.
        likeness: Of each question of the guide, shape (questions, ``LIKENESS``).
        cues: Shape (``CUES``,).
        pointing: Where its vector lies from what interviewers say, shape (384,).
        words: Those that may tell one question from another.
        vector: Its vector as it is, shape (384,).
    """

    text: str
    likeness: Array
    cues: Array
    pointing: Vectors
    words: frozenset[str]
    vector: Vectors


@dataclass(slots=True)
class Course:
    """How the interview went so far.

    Attributes:
        asked: Questions that have been current.
        current: The one being answered; None before the first.
        turns: What the interviewer said under each question, by its id.
    """

    asked: frozenset[str] = frozenset()
    current: str | None = None
    turns: dict[str, list[Turn]] = field(default_factory=dict)

    def move(self, question: str | None) -> None:
        """``question`` is current from now on; None: whatever is stays."""
        if question is not None:
            self.current = question
            self.asked |= {question}

    def keep(self, turn: Turn) -> None:
        """Remember a turn that asked something under the current question."""
        if self.current is not None and asks_for_something(turn.text):
            self.turns.setdefault(self.current, []).append(turn)


def situation(
    questions: Sequence[str],
    plan: Sequence[str],
    course: Course,
    turn: Turn,
    read: Array,
) -> Array:
    """A turn as the model sees it, for each planned question; shape (plan, ``FEATURES``).

    Args:
        questions: Ids of all questions of the guide.
        plan: Those planned, in order.
        course: How the interview went before the turn.
        turn: What was said.
        read: The closer look, from ``closer_look``.
    """
    places = [questions.index(question) for question in plan]
    asks, touches = read[places].T
    margins = asks - best_rival(asks[:, None])[:, 0]
    current_read = read[questions.index(course.current)] if course.current in plan else np.zeros(2)
    following = next((question for question in plan if question not in course.asked), None)
    moves_on, returns = turn.cues[_MOVES_ON], turn.cues[_RETURNS]
    rows = []
    for place, question in enumerate(plan):
        current = question == course.current
        asked = question in course.asked and not current
        heard, shared = _likeness_to_earlier(question, course, turn)
        back = 0.0 if current else returns
        context = (
            question == following,
            asked,
            current,
            asked * returns,
            (not asked and not current) * moves_on,
            -np.log(len(plan)),
            heard,
            shared,
            heard * back,
            shared * back,
        )
        closer = (asks[place], margins[place], touches[place], *current_read)
        likeness = turn.likeness[places[place]]
        rows.append(np.concatenate([likeness, context, closer, turn.cues]))
    return np.asarray(rows, np.float32).reshape(len(plan), len(FEATURES))


def closer_look(
    questions: Sequence[str],
    plan: Sequence[str],
    course: Course,
    turn: Turn,
    reader: QuestionReader,
) -> Array:
    """What ``reader`` makes of a turn and the planned questions; shape (questions, ``READ``)."""
    places = [questions.index(question) for question in plan]
    current = questions.index(course.current) if course.current in plan else None
    return reader.read(turn.text, turn.vector, turn.likeness, places, current)


def probabilities(rows: Array, coefficients: Array) -> Array:
    """Of each planned question to be the one asked; what is missing to 1 is that none is."""
    scores = rows @ coefficients[:-1] + coefficients[-1]
    highest = max(0.0, float(scores.max(initial=0.0)))
    raised = np.exp(scores - highest)
    return np.asarray(raised / (raised.sum() + np.exp(-highest)), np.float32)


def _likeness_to_earlier(question: str, course: Course, turn: Turn) -> tuple[float, float]:
    """To what was said under a question: by vector, and in words of no other question's turns."""
    earlier = course.turns.get(question)
    if not earlier:
        return 0.0, 0.0
    alike = max(float(other.pointing @ turn.pointing) for other in earlier)
    elsewhere = {
        word
        for asked, turns in course.turns.items()
        if asked != question
        for other in turns
        for word in other.words
    }
    shared = turn.words & {word for other in earlier for word in other.words} - elsewhere
    return alike, float(min(_MOST_SHARED, len(shared)))


class QuestionRecogniser:
    """Listens to the interviewer for one session.

    All questions of the guide compete in likeness, so that it means the same whatever the plan;
    only planned ones are ever recognised.
    """

    def __init__(
        self,
        guide: Guide,
        plan: Sequence[str],
        embedder: Embedder,
        *,
        guide_embedder: Embedder | None = None,
        weights: RecognitionWeights | None = None,
        reader: PassageReader | None = None,
    ) -> None:
        """Embed how the planned questions may be asked.

        Args:
            guide: In the language of the interview.
            plan: Ids of the planned questions.
            embedder: For what is said.
            guide_embedder: For the guide's own sentences; may cache. By default ``embedder``.
            weights: By default those that ship.
            reader: Reads turns and questions together; by default the model that ships.
        """
        own = guide_embedder or embedder
        learned = weights or load_recognition()
        self._embedder = embedder
        self._plan = tuple(plan)
        self._questions = [question.id for question in guide.questions]
        self._coefficients = learned.coefficients
        talk = np.concatenate([learned.talk[guide.language], own.embed(list(probes_of(guide)))])
        questions = embed_questions(guide, own)
        self._space = QuestionSpace(questions, talk, learned.apart)
        self._reader = QuestionReader(guide, questions, reader or load_cross_encoder())
        self._common = shared_words(guide)
        self._course = Course()
        # Ids already asked that the recogniser knows of; any other was set by hand.
        self._known: frozenset[str] = frozenset()
        self._said: list[str] = []
        self._turn: Turn | None = None
        self._recognised: str | None = None

    def new_turn(self) -> None:
        """The candidate has spoken: what the interviewer says next stands by itself."""
        if self._turn is not None:
            self._course.move(self._recognised)
            self._course.keep(self._turn)
        self._said.clear()
        self._turn = self._recognised = None

    def hear(
        self,
        utterance: Utterance,
        already_asked: Collection[str] = (),
        current: str | None = None,
    ) -> Recognised | None:
        """Take the interviewer's next utterance in; the planned question it asks, if any.

        Args:
            utterance: Final.
            already_asked: Ids of the questions that have been current, in any order.
            current: The one being answered, where that is known.
        """
        if not self._plan or not any(character.isalnum() for character in utterance.text):
            return None
        self._catch_up(frozenset(already_asked), current)
        words = without_fillers(utterance.text).split()
        self._said += words
        del self._said[:-_LONGEST_TURN]
        text = " ".join(self._said)
        vector = self._embedder.embed([text])[0]
        self._turn = turn_of(text, vector, self._space, self._common)
        where = self._questions, self._plan, self._course, self._turn
        rows = situation(*where, closer_look(*where, self._reader))
        likely = probabilities(rows, self._coefficients)
        vectors = vector[None]
        if len(words) < len(self._said):
            # Who goes on to another question at once may read that one out.
            vectors = np.concatenate([vectors, self._embedder.embed([" ".join(words)])])
        read_out = self._space.read_out(vectors)[:, -1]
        for place in np.flatnonzero(read_out):
            if self._questions[place] not in self._plan:
                return None  # a question of the guide, and none of these
            asked = self._plan.index(self._questions[place])
            likely[asked] = max(float(likely[asked]), _READ_OUT)
        winner = int(np.argmax(likely))
        question = self._plan[winner]
        if likely[winner] < (RETURNED_AT if question in self._course.asked else ASKED_AT):
            return None
        self._recognised = question
        self._known |= {question}
        return Recognised(question, float(likely[winner]))

    def asks(self, utterance: Utterance, suggestion: str) -> bool:
        """Whether ``utterance`` puts ``suggestion`` to the candidate, roughly word for word."""
        text = utterance.text
        texts = [without_fillers(text[start:end]) for start, end in units(text)]
        if not texts:
            return False
        said = self._embedder.embed(texts)
        alike = said @ self._embedder.embed([suggestion])[0]
        best = int(np.argmax(alike))
        # The suggestion is itself among the talk, which only makes this stricter.
        other = float(self._space.talk_likeness(said)[best])
        return float(alike[best]) >= SAME_AT and float(alike[best]) - other >= SAME_MARGIN

    def _catch_up(self, already_asked: frozenset[str], current: str | None) -> None:
        """Follow what was set by hand, or taken back, since the last utterance."""
        if not self._known <= already_asked:
            self._course = Course()
            self._known = frozenset()
            self._begin_turn_anew()
        by_hand = already_asked - self._known
        if by_hand:
            self._begin_turn_anew()
            # Two at once come only when a session is read anew; then which is current is unknown.
            self._course.move(min(by_hand) if len(by_hand) == 1 else None)
        elif current not in (None, self._course.current, self._recognised):
            self._begin_turn_anew()
        if self._recognised is None:
            self._course.move(current)
        self._known = already_asked
        self._course.asked |= already_asked

    def _begin_turn_anew(self) -> None:
        self._said.clear()
        self._turn = self._recognised = None


def turn_of(text: str, vector: Vectors, space: QuestionSpace, common: frozenset[str]) -> Turn:
    """A turn as ``space`` measures it; ``common`` words tell nothing."""
    return Turn(
        text=text,
        likeness=space.measure(vector),
        cues=space.cues(vector, text),
        pointing=space.pointing(vector),
        words=words_of(text) - common,
        vector=vector,
    )


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
    coefficients = stored["coefficients"].astype(np.float32)
    return RecognitionWeights(coefficients, stored["apart"].astype(np.float32), talk)
