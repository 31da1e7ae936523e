"""Fit the recogniser of planned questions and write ``copilot/matching/recognition.npz``.

    python -m training.fit_recognition

Learned from the shipped guides alone: each question's phrasings, held out in turn, are asked; the
probes, and the talk of ``interviewer_talk.yaml``, ask nothing. Dialogues are for checking only.
Needs the extra ``training`` (scikit-learn).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from copilot.knowledge.guide import LANGUAGES, Guide
from copilot.knowledge.loading import load_guide
from copilot.matching.embedding import E5Embedder, Embedder
from copilot.matching.features import Array
from copilot.matching.recognition import QuestionSpace, probes_of
from copilot.matching.shipped import guide_embedder

ROLES = ("director-it-operations", "operations-manager")
HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "copilot" / "matching" / "recognition.npz"
_FOLDS = 4


def examples(guide: Guide, talk: Sequence[str], embedder: Embedder) -> tuple[Array, Array]:
    """Features of held-out phrasings and talk against every question, and what was asked."""
    asking = [(q.text, *q.phrasings) for q in guide.questions]
    phrasings = [embedder.embed(texts) for texts in asking]
    silent_texts = [*probes_of(guide), *talk]
    silent = np.concatenate([embedder.embed(silent_texts[: -len(talk)]), embedder.embed(talk)])
    rows: list[Array] = []
    asked: list[Array] = []
    for fold in range(_FOLDS):
        held = [np.arange(len(p)) % _FOLDS == fold for p in phrasings]
        quiet = np.arange(len(silent)) % _FOLDS == fold
        space = QuestionSpace(
            [p[~out] for p, out in zip(phrasings, held, strict=True)], silent[~quiet]
        )
        groups = [
            (vectors[out], [texts[i] for i in np.flatnonzero(out)])
            for vectors, out, texts in zip(phrasings, held, asking, strict=True)
        ]
        groups.append((silent[quiet], [silent_texts[i] for i in np.flatnonzero(quiet)]))
        for index, (vectors, texts) in enumerate(groups):
            measured = space.measure(vectors, texts)
            wanted = np.zeros(measured.shape[:2], np.float32)
            if index < len(asking):
                wanted[index] = 1
            rows.append(measured.reshape(-1, measured.shape[-1]))
            asked.append(wanted.ravel())
    return np.concatenate(rows), np.concatenate(asked)


def main() -> None:
    """Fit and write."""
    embedder = guide_embedder(E5Embedder(threads=2))
    spoken = yaml.safe_load((HERE / "interviewer_talk.yaml").read_text(encoding="utf-8"))
    found = [
        examples(load_guide(role, language), spoken[language], embedder)
        for role in ROLES
        for language in LANGUAGES
    ]
    data = np.concatenate([rows for rows, _ in found])
    asked = np.concatenate([wanted for _, wanted in found])
    model = LogisticRegression(C=1000, max_iter=2000).fit(data, asked)
    coefficients = np.append(model.coef_[0], model.intercept_[0]).astype(np.float32)
    arrays: dict[str, Any] = {
        f"talk.{language}": embedder.embed(spoken[language]).astype(np.float16)
        for language in LANGUAGES
    }
    np.savez_compressed(WEIGHTS, coefficients=coefficients, **arrays)
    print(f"{WEIGHTS}: {len(data)} examples, coefficients {np.round(coefficients, 2).tolist()}")


if __name__ == "__main__":
    main()
