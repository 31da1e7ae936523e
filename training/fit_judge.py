"""Fit the matching judge and report how it does on questions it has not seen.

    python -m training.fit_judge            fit on everything, write copilot/matching/judge.npz
    python -m training.fit_judge --report   cross-validate only, write nothing

What is learned, and from what:

- the space (within-class covariance, stance, background): from the shipped guides' own sentences;
- passage and answer models: from ``training/answers.jsonl``, labelled point by point.

Cross-validation leaves out one question at a time: its sentences from the space, its answers from
both models. The guide's text of that question is of course there when its answers are matched.
Needs the extra ``training`` (scikit-learn).
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from copilot.events import Channel, FindingKind, Utterance
from copilot.knowledge.guide import LANGUAGES, Guide, Listened
from copilot.knowledge.loading import load_guide
from copilot.matching.embedding import E5Embedder, Embedder, Vectors, pooled
from copilot.matching.features import FEATURES, Array, SpaceWeights, TargetSet
from copilot.matching.judge import DENIES, SAYS, Judge, judge_arrays
from copilot.matching.passages import passages, without_fillers
from copilot.matching.reading import embed_utterance
from copilot.matching.shipped import guide_embedder
from copilot.matching.targets import Target, embed_targets

ROLES = ("director-it-operations", "operations-manager")
HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "copilot" / "matching" / "judge.npz"

Labels = npt.NDArray[np.int8]

_SHRINKAGE = 0.6
_BACKGROUND = 150  # sentences a language
_SEED = 0
_GUIDE_FOLDS = 4
_CLASS_WEIGHTS = {0: 1, SAYS: 4, DENIES: 4}
# A passage makes a labelled case when it lies mostly inside the quote and covers much of it.
_INSIDE, _COVERED = 0.6, 0.4

LABELS = {"explicit": SAYS, "implicit": SAYS, "denied": DENIES, "absent": 0}


@dataclass(frozen=True)
class Case:
    """A labelled answer, embedded once.

    Attributes:
        row: The line of ``answers.jsonl``.
        group: What is left out together in cross-validation: role and question.
        spans: First and last character of each passage.
        vectors: The passages' vectors, shape (passages, 384).
        texts: The passages' texts.
    """

    row: dict[str, Any]
    group: str
    spans: list[tuple[int, int]]
    vectors: Vectors
    texts: list[str]


@dataclass(frozen=True)
class Listening:
    """One set of rival targets in one language, and which question it belongs to."""

    group: str
    language: str
    kind: FindingKind
    items: tuple[Listened, ...]
    targets: tuple[Target, ...]


def read_cases(path: Path, embedder: E5Embedder) -> list[Case]:
    """The labelled answers, cut and embedded as the product does it."""
    cases: list[Case] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        answer = Utterance(
            id=row["id"], channel=Channel.CANDIDATE, start_s=0, end_s=1, text=row["answer"]
        )
        embedded = embed_utterance(answer, embedder)
        found = passages(answer.text, embedded.spans)
        parts = [answer.text[a:b] for a, b in embedded.spans]
        vectors = np.stack(
            [
                pooled(embedded.vectors[p.first : p.last + 1], parts[p.first : p.last + 1])
                for p in found
            ]
        )
        cases.append(
            Case(
                row,
                f"{row['role']}/{row['question']}",
                [(p.start, p.end) for p in found],
                vectors,
                [without_fillers(answer.text[p.start : p.end]) for p in found],
            )
        )
    return cases


def read_targets(embedder: Embedder) -> dict[tuple[str, str, FindingKind], Listening]:
    """Every target set of the shipped guides, by group, language and kind."""
    found: dict[tuple[str, str, FindingKind], Listening] = {}

    def add(group: str, guide: Guide, kind: FindingKind, items: Sequence[Listened]) -> None:
        targets = embed_targets(kind, items, embedder)
        key = group, guide.language, kind
        found[key] = Listening(group, guide.language, kind, tuple(items), targets)

    for role in ROLES:
        for language in LANGUAGES:
            guide = load_guide(role, language)
            for question in guide.questions:
                group = f"{role}/{question.id}"
                add(group, guide, FindingKind.POINT, guide.points_for(question.id))
            add(role, guide, FindingKind.FLAG, guide.red_flags)
    return found


def fit_space(listenings: Iterable[Listening], without: str | None) -> SpaceWeights:
    """Learn the space from all target sets but those of the question ``without``."""
    sets = [item for item in _distinct(listenings) if item.group != without]
    classes = [target.says for item in sets for target in item.targets]
    within = np.concatenate([rows - rows.mean(axis=0) for rows in classes])
    covariance = within.T @ within / len(within)
    size = len(covariance)
    spherical = np.eye(size) * np.trace(covariance) / size
    values, axes = np.linalg.eigh((1 - _SHRINKAGE) * covariance + _SHRINKAGE * spherical)
    points = [item for item in sets if item.kind is FindingKind.POINT]
    return SpaceWeights(
        center=np.mean([rows.mean(axis=0) for rows in classes], axis=0).astype(np.float32),
        transform=(axes @ np.diag(values**-0.5) @ axes.T).astype(np.float32),
        stance=_fit_stance(points),
        background={language: _background(points, language) for language in LANGUAGES},
    )


def _distinct(listenings: Iterable[Listening]) -> list[Listening]:
    """Competencies serve every question of their role; count their sentences once."""
    seen: dict[tuple[str, bytes], Listening] = {}
    for item in listenings:
        seen.setdefault((item.language, item.targets[0].says.tobytes()), item)
    return list(seen.values())


def _fit_stance(points: list[Listening]) -> Array:
    rows: list[Vectors] = []
    labels: list[int] = []
    for item in points:
        for target in item.targets:
            for label, vectors in enumerate((target.says, target.denials, target.near_misses)):
                rows.append(vectors)
                labels += [label] * len(vectors)
    model = LogisticRegression(C=30, max_iter=500, class_weight="balanced")
    model.fit(np.concatenate(rows), labels)
    return np.hstack([model.coef_, model.intercept_[:, None]]).astype(np.float32)


def _background(points: list[Listening], language: str) -> Vectors:
    rows = np.concatenate(
        [t.says for item in points if item.language == language for t in item.targets]
    )
    chosen = np.random.default_rng(_SEED).choice(len(rows), _BACKGROUND, replace=False)
    return rows[np.sort(chosen)]


def passage_labels(case: Case, targets: Sequence[Target], kind: FindingKind) -> Labels:
    """For each target and passage: 0 nothing, 1 says, 2 denies, -1 overlaps and is left out."""
    labels = np.zeros((len(targets), len(case.spans)), np.int8)
    for index, target in enumerate(targets):
        state, quote = answer_label(case, target.id, kind)
        if not quote:
            continue
        start = case.row["answer"].find(quote)
        end = start + len(quote)
        for number, (left, right) in enumerate(case.spans):
            overlap = min(right, end) - max(left, start)
            if overlap <= 0:
                continue
            inside, covered = overlap / (right - left), overlap / (end - start)
            fits = inside > _INSIDE and covered > _COVERED
            labels[index, number] = state if fits else -1
    return labels


def answer_label(case: Case, target_id: str, kind: FindingKind) -> tuple[int, str | None]:
    """What the answer as a whole is labelled for a target, and the quote under it."""
    if kind is FindingKind.FLAG:
        quote = case.row["red_flags"][target_id]
        return (SAYS if quote else 0), quote
    label = case.row["labels"][target_id]
    return LABELS[label["state"]], label["quote"]


def fit_logistic(data: Array, labels: Array, strength: float, weights: Any = None) -> Array:
    """Multinomial logistic regression, the scaling folded into its weights; shape (3, n + 1)."""
    scaler = StandardScaler().fit(data)
    model = LogisticRegression(C=strength, max_iter=2000, class_weight=weights)
    model.fit(scaler.transform(data), labels)
    coefficients = np.zeros((3, data.shape[1]))
    biases = np.full(3, -30.0)  # a class that never occurs stays impossible
    if len(model.classes_) == 2:
        coefficients[model.classes_[1]] = model.coef_[0]
        biases[model.classes_] = 0, model.intercept_[0]
    else:
        coefficients[model.classes_] = model.coef_
        biases[model.classes_] = model.intercept_
    scaled = coefficients / scaler.scale_
    return np.hstack([scaled, (biases - scaled @ scaler.mean_)[:, None]]).astype(np.float32)


def guide_examples(listening: Listening, space: SpaceWeights) -> tuple[Array, Labels]:
    """Measure a guide's own sentences as if they were heard, each against targets without it.

    Returns:
        Features, shape (n, features), and labels, shape (n,).
    """
    rows: list[Array] = []
    labels: list[Labels] = []
    for fold in range(_GUIDE_FOLDS):
        kept: list[Target] = []
        held: list[tuple[int, int, Vectors, list[str]]] = []
        for index, (target, item) in enumerate(
            zip(listening.targets, listening.items, strict=True)
        ):
            groups: list[Vectors] = []
            for label, vectors, texts in (
                (SAYS, target.says, item.says),
                (DENIES, target.denials, item.not_says.denials),
                (0, target.near_misses, item.not_says.near_misses),
            ):
                out = np.arange(len(vectors)) % _GUIDE_FOLDS == fold
                groups.append(vectors[~out])
                chosen = [without_fillers(texts[number]) for number in np.flatnonzero(out)]
                held.append((index, label, vectors[out], chosen))
            kept.append(Target(target.kind, target.id, *groups))
        rivals = TargetSet(kept, space, listening.language)
        for index, label, vectors, chosen in held:
            measured = rivals.measure(vectors, chosen)
            wanted = np.zeros(measured.shape[:2], np.int8)
            wanted[index] = label
            rows.append(measured.reshape(-1, len(FEATURES)))
            labels.append(wanted.ravel())
    return np.concatenate(rows), np.concatenate(labels)


class Fitting:
    """The labelled answers and the guides' sentences, measured in the space of one fold."""

    def __init__(
        self,
        cases: list[Case],
        listenings: dict[tuple[str, str, FindingKind], Listening],
        without: str | None,
    ) -> None:
        self.without = without
        self.space = fit_space(listenings.values(), without)
        self.measured: list[tuple[Case, FindingKind, TargetSet, Array, Labels]] = []
        self.guide_flags = [
            guide_examples(item, self.space)
            for item in _distinct(listenings.values())
            if item.kind is FindingKind.FLAG
        ]
        sets: dict[tuple[str, str, FindingKind], TargetSet] = {}
        for case in cases:
            if case.group == without:
                continue
            language = case.row["language"]
            for group, kind in (
                (case.group, FindingKind.POINT),
                (case.row["role"], FindingKind.FLAG),
            ):
                key = group, language, kind
                if key not in sets:
                    sets[key] = TargetSet(listenings[key].targets, self.space, language)
                targets = sets[key]
                labels = passage_labels(case, targets.targets, kind)
                measured = targets.measure(case.vectors, case.texts)
                self.measured.append((case, kind, targets, measured, labels))

    def fit(self) -> Judge:
        """Fit both models of both kinds."""
        passage = {kind: self._fit_passages(kind) for kind in FindingKind}
        draft = Judge(self.space, passage, {})
        answer: dict[tuple[FindingKind, str], Array] = {}
        for kind in FindingKind:
            answer.update(self._fit_answers(kind, draft))
        return Judge(self.space, passage, answer)

    def _fit_passages(self, kind: FindingKind) -> Array:
        rows, labels = [], []
        for _, item_kind, _, measured, wanted in self.measured:
            if item_kind is kind:
                rows.append(measured[wanted >= 0])
                labels.append(wanted[wanted >= 0])
        if kind is FindingKind.FLAG:
            # Few answers raise a flag, so the guides' own sentences help; for points they hurt,
            # because whole answers are harder than single sentences and there are many of them.
            rows += [examples for examples, _ in self.guide_flags]
            labels += [wanted for _, wanted in self.guide_flags]
        return fit_logistic(np.concatenate(rows), np.concatenate(labels), 0.3, _CLASS_WEIGHTS)

    def _fit_answers(self, kind: FindingKind, draft: Judge) -> dict[tuple[FindingKind, str], Array]:
        """One model, in which a language only shifts the biases: few answers are French."""
        rows, states = [], []
        for case, item_kind, targets, measured, _ in self.measured:
            if item_kind is kind:
                odds = best_odds(draft, kind, measured)
                french = np.full((len(odds), 1), case.row["language"] == "fr", np.float32)
                rows.append(np.hstack([odds, french]))
                states += [answer_label(case, t.id, kind)[0] for t in targets.targets]
        weights = fit_logistic(np.concatenate(rows), np.array(states), 1.0)
        return {
            (kind, language): np.hstack(
                [weights[:, :2], weights[:, 3:] + weights[:, 2:3] * (language == "fr")]
            )
            for language in LANGUAGES
        }


def best_odds(judge: Judge, kind: FindingKind, measured: Array) -> Array:
    """Log-odds of each target's best saying and best denying passage, shape (targets, 2)."""
    best = judge.judge_passages(kind, measured)[:, :, [SAYS, DENIES]].max(axis=1)
    kept = np.clip(best, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(kept / (1 - kept)), np.float32)


def cross_validated(
    cases: list[Case], listenings: dict[tuple[str, str, FindingKind], Listening]
) -> dict[str, Judge]:
    """A judge for each question, fitted without it."""
    judges: dict[str, Judge] = {}
    for group in sorted({case.group for case in cases}):
        judges[group] = Fitting(cases, listenings, group).fit()
    return judges


def main() -> None:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--answers", type=Path, default=HERE / "answers.jsonl")
    parser.add_argument("--report", action="store_true", help="cross-validate, write nothing")
    options = parser.parse_args()
    embedder = E5Embedder(threads=2)
    cases = read_cases(options.answers, embedder)
    listenings = read_targets(guide_embedder(embedder))
    if options.report:
        from training.report import print_report  # noqa: PLC0415 - only the report needs it

        print_report(cases, listenings, cross_validated(cases, listenings))
        return
    judge = Fitting(cases, listenings, None).fit()
    np.savez_compressed(WEIGHTS, **judge_arrays(judge))
    size_kb = WEIGHTS.stat().st_size // 1000
    print(f"{WEIGHTS}: {len(FEATURES)} features, {len(cases)} answers, {size_kb} kB")


if __name__ == "__main__":
    main()
