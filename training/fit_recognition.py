"""Fit the recogniser of planned questions and write ``copilot/matching/recognition.npz``.

    python -m training.fit_recognition [--report]

Learned from the shipped guides alone: each question's phrasings, held out in turn, are asked; the
probes, and the talk of ``interviewer_talk.yaml``, ask nothing. Dialogues are for checking only.
``--report`` writes nothing and says how often held-out phrasings are recognised and talk is not.
Needs the extra ``training`` (scikit-learn).
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from copilot.knowledge.guide import LANGUAGES, Guide
from copilot.knowledge.loading import load_guide
from copilot.matching.embedding import E5Embedder, Embedder
from copilot.matching.features import Array
from copilot.matching.question_space import (
    FEATURES,
    QuestionSpace,
    embed_questions,
    probes_of,
    requests,
)
from copilot.matching.recognition import ASKED_AT, expected
from copilot.matching.shipped import guide_embedder

ROLES = ("director-it-operations", "operations-manager")
HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "copilot" / "matching" / "recognition.npz"
_FOLDS = 4
_PLAN_LENGTH = 6
_PLANS = 40


@dataclass(frozen=True, slots=True)
class Example:
    """One passage an interviewer may say.

    Attributes:
        measured: Its features against every question, shape (questions, features).
        asking: 1 where it asks for something in form.
        asked: Index of the question it asks; None for talk.
        harmless: Questions it may be taken for: those that a probe follows.
    """

    measured: Array
    asking: float
    asked: int | None
    harmless: frozenset[int]


def examples(guide: Guide, talk: Sequence[str], embedder: Embedder) -> Iterator[Example]:
    """Held-out phrasings, and talk, against the rest of the guide."""
    questions = embed_questions(guide, embedder)
    places = {question.id: index for index, question in enumerate(guide.questions)}
    probes = probes_of(guide)
    silent_texts = [*probes, *talk]
    silent = np.concatenate([embedder.embed(list(probes)), embedder.embed(talk)])
    follows = [frozenset(places[q] for q in asked) for asked in probes.values()]
    follows += [frozenset[int]()] * len(talk)
    for fold in range(_FOLDS):
        held = [np.arange(len(q.phrasings)) % _FOLDS == fold for q in questions]
        quiet = np.arange(len(silent)) % _FOLDS == fold
        kept = [
            replace(question, phrasings=question.phrasings[~out])
            for question, out in zip(questions, held, strict=True)
        ]
        space = QuestionSpace(kept, silent[~quiet])
        for index, (question, out) in enumerate(zip(guide.questions, held, strict=True)):
            asked = [(question.text, *question.phrasings)[i] for i in np.flatnonzero(out)]
            if asked:
                measured = space.measure(questions[index].phrasings[out], asked)
                for place, asking in enumerate(requests(asked)):
                    yield Example(measured[:, place], float(asking), index, frozenset())
        chosen = np.flatnonzero(quiet)
        texts = [silent_texts[i] for i in chosen]
        measured = space.measure(silent[quiet], texts)
        for place, asking in enumerate(requests(texts)):
            yield Example(measured[:, place], float(asking), None, follows[chosen[place]])


def fit(found: Sequence[Example]) -> Array:
    """Coefficients of the logistic model, the bias last; shape (features + 1,)."""
    rows, wanted, weights = [], [], []
    for example in found:
        count = len(example.measured)
        rows.append(example.measured)
        wanted.append(np.arange(count) == (-1 if example.asked is None else example.asked))
        weights.append([0.0 if index in example.harmless else 1.0 for index in range(count)])
    model = LogisticRegression(C=1000, max_iter=4000)
    model.fit(np.concatenate(rows), np.concatenate(wanted), sample_weight=np.concatenate(weights))
    return np.append(model.coef_[0], model.intercept_[0]).astype(np.float32)


def report(guide: Guide, found: Sequence[Example], coefficients: Array) -> str:
    """How held-out phrasings fare in interviews of a few planned questions, in one line.

    The phrasings are new to the questions' vectors; the dozen coefficients have seen them.
    """
    rng = np.random.default_rng(1)
    ids = [question.id for question in guide.questions]
    right = wrong = asked = taken = silent = 0
    for _ in range(_PLANS):
        order = rng.permutation(len(ids))[:_PLAN_LENGTH]
        plan = [ids[index] for index in order]
        for position, current in enumerate(order):
            # What is said while the question before this one is being answered.
            already = frozenset(plan[:position])
            for example in found:
                if example.asked not in (None, current):
                    continue
                winner, probability = _recognised(example, ids, plan, already, coefficients)
                heard = probability >= ASKED_AT and ids[winner] in plan
                if example.asked is None:
                    before = order[position - 1] if position else -1
                    silent += 1
                    taken += heard and winner not in (before, *example.harmless)
                else:
                    asked += 1
                    right += heard and winner == current
                    wrong += heard and winner != current
    return (
        f"{guide.id} {guide.language}: recognised {right / asked:.0%}, taken for another "
        f"{wrong / asked:.0%}; talk taken for a question {taken / silent:.1%}"
    )


def _recognised(
    example: Example,
    ids: Sequence[str],
    plan: Sequence[str],
    already: frozenset[str],
    coefficients: Array,
) -> tuple[int, float]:
    logits = example.measured @ coefficients[:-1] + coefficients[-1]
    logits = logits + expected(ids, plan, already, np.array([example.asking], np.float32))[:, 0]
    winner = int(np.argmax(logits))
    return winner, float(1 / (1 + np.exp(-logits[winner])))


def main() -> None:
    """Fit, and write or report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", action="store_true")
    only_report = parser.parse_args().report
    embedder = guide_embedder(E5Embedder(threads=2))
    spoken = yaml.safe_load((HERE / "interviewer_talk.yaml").read_text(encoding="utf-8"))
    guides = [load_guide(role, language) for role in ROLES for language in LANGUAGES]
    found = [list(examples(guide, spoken[guide.language], embedder)) for guide in guides]
    coefficients = fit([example for group in found for example in group])
    if only_report:
        for guide, group in zip(guides, found, strict=True):
            print(report(guide, group, coefficients))
        return
    arrays: dict[str, Any] = {
        f"talk.{language}": embedder.embed(spoken[language]).astype(np.float16)
        for language in LANGUAGES
    }
    features = np.array(FEATURES)
    np.savez_compressed(WEIGHTS, coefficients=coefficients, features=features, **arrays)
    print(f"{WEIGHTS}: {np.round(coefficients, 2).tolist()}")


if __name__ == "__main__":
    main()
