"""From measurements to a verdict on each target: evidenced, denied, or neither.

Three small logistic models. The first gives every passage a probability of saying the target and
one of denying it; the second does so again for the passages that the cross-encoder has read; the
third takes the best passage of each kind and says how likely it is that the answer, as a whole,
says or denies it. Their weights ship in ``judge.npz``, made by ``python -m training.fit_judge``,
which also reports how they do on questions they have not seen.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from copilot.events import FindingKind, FindingState
from copilot.matching.features import FEATURES, Array, SpaceWeights
from copilot.matching.rules import SHIPPED_RULES, Rules
from copilot.matching.weights import damaged, shipped_arrays

SAYS, DENIES = 1, 2
_FILE = "judge.npz"
_FLOOR = 1e-4
_SHORTEST_DENIAL = 8  # words


@dataclass(frozen=True, slots=True)
class Judge:
    """The weights and what they mean.

    Attributes:
        space: What was learned about the embedding space.
        passage: By kind, weights and, last, biases of nothing, says, denies;
            shape (3, features + 1).
        closer: By kind, the same for passages that were read, over the features and the four
            log-probabilities of the cross-encoder; shape (3, features + 4 + 1). A kind that is
            missing is judged by the quick look alone.
        answer: By kind and language, the same over the log-odds of the best passages and whether
            the answer was recognised from speech; shape (3, 4).
    """

    space: SpaceWeights
    passage: dict[FindingKind, Array]
    closer: dict[FindingKind, Array]
    answer: dict[tuple[FindingKind, str], Array]

    def judge_passages(self, kind: FindingKind, measured: Array) -> Array:
        """Probabilities of nothing, says, denies.

        Args:
            kind: Point or flag.
            measured: From ``TargetSet.measure``, shape (targets, passages, features).

        Returns:
            float32, shape (targets, passages, 3).
        """
        weights = self.passage[kind]
        verdicts = _softmax(measured @ weights[:, :-1].T + weights[:, -1])
        verdicts[_cannot_deny(measured), DENIES] = 0
        return verdicts

    def weigh(self, kind: FindingKind, measured: Array, read: Array) -> Array:
        """Probabilities of nothing, says, denies, by measurement and reading together.

        Args:
            kind: Point or flag.
            measured: Features of each passage for its target, shape (n, features).
            read: What the cross-encoder made of them, shape (n, 4).

        Returns:
            float32, shape (n, 3).
        """
        weights = self.closer[kind]
        known = np.concatenate([measured, read], axis=1)
        return _softmax(known @ weights[:, :-1].T + weights[:, -1])

    def judge_answer(
        self,
        kind: FindingKind,
        language: str,
        best_says: float,
        best_denies: float,
        *,
        spoken: bool = False,
    ) -> Array:
        """Probabilities that an answer leaves out, says, or denies a target; shape (3,).

        Args:
            kind: Point or flag.
            language: Language of the answer.
            best_says: Highest probability of saying it among the answer's passages.
            best_denies: Highest probability of denying it.
            spoken: Whether it was recognised from speech. Words that were misheard make passages
                look less sure than they are.
        """
        odds = np.array([_log_odds(best_says), _log_odds(best_denies), spoken], np.float32)
        weights = self.answer[kind, language]
        return _softmax(odds @ weights[:, :-1].T + weights[:, -1])


def state_of(
    kind: FindingKind, probabilities: Array, rules: Rules = SHIPPED_RULES
) -> tuple[FindingState, float]:
    """The state those probabilities stand for, and how sure it is, 0 to 1."""
    nothing, says, denies = (float(value) for value in probabilities)
    rule = rules.of(kind)
    if says >= rule.says and says >= denies:
        return _said(kind), says
    if denies >= rule.denies:
        return FindingState.DENIED, denies
    if max(says, denies if kind is FindingKind.POINT else 0.0) >= rule.doubt:
        return FindingState.UNCLEAR, 1.0 - max(nothing, says, denies)
    return _silent(kind), 1.0 - says


def _said(kind: FindingKind) -> FindingState:
    return FindingState.EVIDENCED if kind is FindingKind.POINT else FindingState.RAISED


def _silent(kind: FindingKind) -> FindingState:
    return FindingState.NOT_HEARD if kind is FindingKind.POINT else FindingState.NOT_RAISED


@cache
def load_judge() -> Judge:
    """The judge that ships.

    Raises:
        ModelError: Its weights are missing or belong to another version.
    """
    try:
        return judge_from(shipped_arrays(_FILE))
    except (KeyError, ValueError) as error:
        raise damaged(_FILE, error) from error


def judge_from(stored: dict[str, Any]) -> Judge:
    """The judge whose arrays are in ``stored``, as ``judge_arrays`` lays them out.

    Raises:
        KeyError: An array is missing.
        ValueError: They were fitted for other features.
    """
    if tuple(stored["features"].tolist()) != FEATURES:
        raise ValueError("fitted for other features")
    languages = sorted(key.partition(".")[2] for key in stored if key.startswith("background."))
    return Judge(
        space=SpaceWeights(
            center=stored["center"].astype(np.float32),
            transform=stored["transform"].astype(np.float32),
            stance=stored["stance"].astype(np.float32),
            background={
                language: stored[f"background.{language}"].astype(np.float32)
                for language in languages
            },
        ),
        passage={kind: stored[f"passage.{kind}"].astype(np.float32) for kind in FindingKind},
        closer={
            kind: stored[f"closer.{kind}"].astype(np.float32)
            for kind in FindingKind
            if f"closer.{kind}" in stored
        },
        answer={
            (kind, language): stored[f"answer.{kind}.{language}"].astype(np.float32)
            for kind in FindingKind
            for language in languages
        },
    )


def judge_arrays(judge: Judge) -> dict[str, Any]:
    """The judge as arrays to store; large ones in half precision."""
    return {
        "features": np.array(FEATURES),
        "center": judge.space.center,
        "transform": judge.space.transform.astype(np.float16),
        "stance": judge.space.stance,
        **{f"passage.{kind}": weights for kind, weights in judge.passage.items()},
        **{f"closer.{kind}": weights for kind, weights in judge.closer.items()},
        **{f"answer.{kind}.{lang}": weights for (kind, lang), weights in judge.answer.items()},
        **{
            f"background.{language}": vectors.astype(np.float16)
            for language, vectors in judge.space.background.items()
        },
    }


def _cannot_deny(measured: Array) -> npt.NDArray[np.bool_]:
    """Passages that deny nothing, however they sound.

    "There wasn't one" does not say what; "ideally you'd train everybody" wishes.
    """
    short = measured[..., FEATURES.index("log_words")] < np.log(_SHORTEST_DENIAL)
    wishes = measured[..., FEATURES.index("wishes")] > 0
    negates = measured[..., FEATURES.index("negations")] > 0
    return np.asarray(short | (wishes & ~negates))


def _log_odds(probability: float) -> float:
    kept = min(max(probability, _FLOOR), 1 - _FLOOR)
    return float(np.log(kept / (1 - kept)))


def _softmax(logits: Array) -> Array:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)
