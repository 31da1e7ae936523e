"""A closer look at what the interviewer asks: a turn and a planned question, read together.

The cross-encoder that reads answers reads this as well: it says whether the turn asks the question,
or follows it up, where likeness only finds the subject.
"""

from collections.abc import Sequence

import numpy as np

from copilot.knowledge.guide import Guide
from copilot.matching.cross_encoder import CLASSES, Pair, PassageReader
from copilot.matching.embedding import Vectors
from copilot.matching.features import Array
from copilot.matching.question_space import LIKENESS, QuestionVectors

#: What is read of a turn and a question: log-odds that it asks it, and that it follows it up.
READ = ("asks", "follows_up")
#: So many questions are read with a turn, those most like it, and the current one.
_READ_A_TURN = 3
#: What stands for a question that was not worth reading.
_UNREAD = -5.0
_ASKS, _FOLLOWS = CLASSES.index("says"), CLASSES.index("near")
_LEAST = 1e-3


def question_text(label: str, text: str) -> str:
    """What of a question the cross-encoder reads; told from a point by its first word."""
    return f"question: {label}: {text}"


class QuestionReader:
    """Reads turns together with the questions of one guide."""

    def __init__(
        self, guide: Guide, questions: Sequence[QuestionVectors], reader: PassageReader
    ) -> None:
        """Prepare for a guide.

        Args:
            guide: In the language of the interview.
            questions: Its questions' vectors, in its order.
            reader: Reads a passage and a target together.
        """
        self._reader = reader
        self._texts = [question_text(one.label, one.text) for one in guide.questions]
        self._phrasings = [(one.text, *one.phrasings) for one in guide.questions]
        self._vectors = [one.phrasings for one in questions]

    def read(
        self,
        text: str,
        vector: Vectors,
        likeness: Array,
        among: Sequence[int],
        current: int | None,
    ) -> Array:
        """Read a turn with the questions it may ask.

        Args:
            text: What was said, without fillers.
            vector: Its vector, shape (384,).
            likeness: Of each question of the guide, shape (questions, ``LIKENESS``).
            among: Indices of the questions that may be asked.
            current: Index of the one being answered.

        Returns:
            Shape (questions, ``READ``).
        """
        found = np.full((len(self._texts), len(READ)), _UNREAD, np.float32)
        contrast = likeness[:, LIKENESS.index("contrast")]
        chosen = sorted(among, key=lambda index: -contrast[index])[:_READ_A_TURN]
        if current is not None and current not in chosen:
            chosen.append(current)
        rows = self._reader.read([self._pair(text, vector, index) for index in chosen])
        for index, row in zip(chosen, rows, strict=True):
            found[index] = [_log_odds(float(row[which])) for which in (_ASKS, _FOLLOWS)]
        return found

    def _pair(self, text: str, vector: Vectors, index: int) -> Pair:
        nearest = int((self._vectors[index] @ vector).argmax())
        return Pair(text, self._texts[index], self._phrasings[index][nearest])


def _log_odds(log_probability: float) -> float:
    kept = min(max(float(np.exp(log_probability)), _LEAST), 1 - _LEAST)
    return float(np.log(kept / (1 - kept)))
