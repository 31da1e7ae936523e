"""Fit the matching judge and report how it does.

    python -m training.fit_judge                            fit, write judge.npz, report
    python -m training.fit_judge --unseen --reader FOLDER   report only

What is learned, and from what:

- the space (within-class covariance, stance, background): from the shipped guides' own sentences;
- the quick look: from the answers in ``training/data/answers`` that the cross-encoder has read;
- the closer look and the states: from those that were held out from it, as they are written and,
  of some, as they were spoken and recognised.

The report is of the benchmarks' answers, from which nothing is learned. ``--unseen`` also leaves
out the question that is matched: its sentences from the space, its answers from all three models;
with a cross-encoder trained with ``--no-shipped-answers`` that is what to expect of a guide for
which nobody has labelled an answer. Needs the extra ``training`` (scikit-learn).
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from copilot.events import FindingKind
from copilot.knowledge.guide import LANGUAGES
from copilot.matching.cross_encoder import CLASSES, CrossEncoder, PassageReader
from copilot.matching.embedding import E5Embedder, Vectors
from copilot.matching.features import FEATURES, Array, SpaceWeights, TargetSet
from copilot.matching.judge import DENIES, SAYS, Judge, judge_arrays
from copilot.matching.plain import without_fillers
from copilot.matching.shipped import guide_embedder
from copilot.matching.targets import Target
from copilot.matching.verdicts import judge_passages
from training.cases import (
    Case,
    Labels,
    Listening,
    Listenings,
    answer_label,
    make_cases,
    other_listenings,
    passage_labels,
    shipped_listenings,
)
from training.pairs import ANSWERS, HERE, RECOGNISED, ROLES, TARGET, held_out, read_rows
from training.remembering import RememberingReader
from training.report import print_report
from training.space import distinct, fit_space

TEST = HERE.parent / "copilot" / "lab" / "suites" / "data" / "answers.jsonl"
WEIGHTS = TARGET / "judge.npz"

_GUIDE_FOLDS = 4
#: Log-odds that a language's answers must have on top, so that one threshold means nine right of
#: ten in each; seen on the benchmarks' answers, like the threshold itself.
_CAUTION = {"en": 0.0, "fr": 0.4}
#: The same of spoken answers.
_SPOKEN_CAUTION = 0.2
_CLASS_WEIGHTS = {0: 1, SAYS: 4, DENIES: 4}

#: A flag is raised where the cross-encoder gives this probability and the quick look is undecided.
_FLAG_SURE = 0.88
#: What the quick look's log-odds add to the logarithm of that probability.
_FLAG_HELP = 0.1
#: How fast doubt becomes certainty around there.
_FLAG_STEEP = 12.0
#: The answer raises a flag as surely as its best passage.
_AS_THE_BEST_PASSAGE = np.array([[0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, -30]], np.float32)


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
            spared = tuple(
                text for number, text in enumerate(target.examples) if number % _GUIDE_FOLDS != fold
            )
            says, denials, near = groups
            kept.append(Target(target.kind, target.id, says, denials, near, target.text, spared))
        rivals = TargetSet(kept, space, listening.language)
        for index, label, vectors, chosen in held:
            measured = rivals.measure(vectors, chosen)
            wanted = np.zeros(measured.shape[:2], np.int8)
            wanted[index] = label
            rows.append(measured.reshape(-1, len(FEATURES)))
            labels.append(wanted.ravel())
    return np.concatenate(rows), np.concatenate(labels)


def sure_of_flags(quick: Array) -> Array:
    """The closer look at flags: what the cross-encoder says, helped a little by the quick look.

    Too few answers show a flag to fit more than that; a fit on all features raised one flag in
    seven rightly on answers it had not seen. Set on the held-out answers, where fourteen of the
    sixteen flags it raises are labelled.

    Args:
        quick: Weights of the quick look at flags, shape (3, features + 1).
    """
    weights = np.zeros((3, len(FEATURES) + len(CLASSES) + 1), np.float32)
    promise = _FLAG_HELP * (quick[SAYS] - quick[0])
    weights[SAYS, : len(FEATURES)] = promise[:-1]
    weights[SAYS, len(FEATURES) + CLASSES.index("says")] = 1
    weights[SAYS, -1] = promise[-1] - np.log(_FLAG_SURE)
    weights[SAYS] *= _FLAG_STEEP
    weights[DENIES, -1] = -30  # a flag is raised or not
    return weights


class Fitting:
    """The labelled answers and the guides' sentences, measured in the space of one fold."""

    def __init__(
        self,
        cases: Sequence[Case],
        listenings: Listenings,
        reader: PassageReader,
        without: str | None = None,
    ) -> None:
        """Measure everything but what belongs to the question ``without``."""
        self.reader = reader
        shipped = [item for item in listenings.values() if item.group.split("/")[0] in ROLES]
        self.space = fit_space(shipped, without)
        self.guide_flags = [
            guide_examples(item, self.space)
            for item in distinct(shipped)
            if item.kind is FindingKind.FLAG
        ]
        self.measured: list[tuple[Case, TargetSet, Array, Labels]] = []
        sets: dict[tuple[str, str, FindingKind], TargetSet] = {}
        for case in cases:
            if case.group == without:
                continue
            for listening in listened_to(case, listenings):
                key = listening.group, listening.language, listening.kind
                if key not in sets:
                    sets[key] = TargetSet(listening.targets, self.space, listening.language)
                labels = passage_labels(case, listening.targets, listening.kind)
                measured = sets[key].measure(case.heard.vectors, list(case.heard.texts))
                self.measured.append((case, sets[key], measured, labels))

    def fit(self) -> Judge:
        """Fit the three models of both kinds."""
        passage = {kind: self._fit_passages(kind) for kind in FindingKind}
        quick = Judge(self.space, passage, {}, {})
        closer = {
            FindingKind.POINT: self._fit_closer(FindingKind.POINT, quick),
            FindingKind.FLAG: sure_of_flags(passage[FindingKind.FLAG]),
        }
        draft = Judge(self.space, passage, closer, {})
        answer = self._fit_answers(FindingKind.POINT, draft)
        answer |= {(FindingKind.FLAG, language): _AS_THE_BEST_PASSAGE for language in LANGUAGES}
        return Judge(self.space, passage, closer, answer)

    def _of(self, kind: FindingKind, *, held: bool) -> list[tuple[Case, TargetSet, Array, Labels]]:
        return [
            item
            for item in self.measured
            if item[1].kind is kind and held_out(item[0].row["id"]) is held
        ]

    def _fit_passages(self, kind: FindingKind) -> Array:
        rows, labels = [], []
        for _, _, measured, wanted in self._of(kind, held=False):
            rows.append(measured[wanted >= 0])
            labels.append(wanted[wanted >= 0])
        if kind is FindingKind.FLAG:
            # Few answers raise a flag, so the guides' own sentences help; for points they hurt,
            # because whole answers are harder than single sentences and there are many of them.
            rows += [examples for examples, _ in self.guide_flags]
            labels += [wanted for _, wanted in self.guide_flags]
        return fit_logistic(np.concatenate(rows), np.concatenate(labels), 0.3, _CLASS_WEIGHTS)

    def _fit_closer(self, kind: FindingKind, quick: Judge) -> Array:
        rows, labels = [], []
        unweighed = np.zeros((3, len(FEATURES) + 5), np.float32)
        judge = Judge(self.space, quick.passage, {kind: unweighed}, {})
        for case, targets, _, wanted in self._of(kind, held=True):
            verdicts = self._judged(judge, case, targets)
            for reading, read in zip(verdicts.readings, verdicts.read, strict=True):
                label = wanted[reading.target, reading.passage]
                if label >= 0:
                    measured = verdicts.measured[reading.target, reading.passage]
                    rows.append(np.concatenate([measured, read]))
                    labels.append(label)
        return fit_logistic(np.stack(rows), np.array(labels), 0.1)

    def _judged(self, judge: Judge, case: Case, targets: TargetSet) -> Any:
        return judge_passages(judge, self.reader, targets, case.heard)

    def _fit_answers(self, kind: FindingKind, draft: Judge) -> dict[tuple[FindingKind, str], Array]:
        """One model, in which language and speech only shift the biases: fewer are such answers."""
        rows, states = [], []
        for case, targets, _, _ in self._of(kind, held=True):
            odds = best_odds(self._judged(draft, case, targets).final)
            how = np.array([case.spoken, case.row["language"] == "fr"], np.float32)
            rows.append(np.hstack([odds, np.tile(how, (len(odds), 1))]))
            states += [answer_label(case, t.id, kind)[0] for t in targets.targets]
        weights = fit_logistic(np.concatenate(rows), np.array(states), 1.0)
        found = {
            (kind, language): np.hstack(
                [weights[:, :3], weights[:, 4:] + weights[:, 3:4] * (language == "fr")]
            )
            for language in LANGUAGES
        }
        for language, caution in _CAUTION.items():
            found[kind, language][SAYS, -1] -= caution
            found[kind, language][SAYS, -2] -= _SPOKEN_CAUTION
        return found


def listened_to(case: Case, listenings: Listenings) -> list[Listening]:
    """What an answer is matched against: its question's points, its role's flags."""
    language = case.row["language"]
    keys = (case.group, language, FindingKind.POINT), (case.row["role"], language, FindingKind.FLAG)
    return [listenings[key] for key in keys if key in listenings]


def best_odds(final: Array) -> Array:
    """Log-odds of each target's best saying and best denying passage, shape (targets, 2)."""
    best = final[:, :, [SAYS, DENIES]].max(axis=1)
    kept = np.clip(best, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(kept / (1 - kept)), np.float32)


def main() -> None:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--unseen", action="store_true", help="report of unseen questions only")
    parser.add_argument("--reader", type=Path, help="folder of another cross-encoder")
    parser.add_argument("--test", type=Path, default=TEST, help="labelled answers to report on")
    options = parser.parse_args()
    embedder = E5Embedder(threads=2)
    reader = RememberingReader(CrossEncoder(options.reader, threads=2))
    recognised = read_rows(sorted(RECOGNISED.glob("*.jsonl")))
    rows = read_rows(sorted(ANSWERS.glob("*.jsonl")))
    rows += [row for row in recognised if held_out(row["id"])]
    cases = make_cases(rows, embedder)
    test = make_cases(read_rows([options.test]), embedder)
    for_guides = guide_embedder(embedder)
    listenings = {**shipped_listenings(for_guides), **other_listenings(for_guides)}
    if options.unseen:
        groups = sorted({case.group for case in test})
        judges = {group: Fitting(cases, listenings, reader, group).fit() for group in groups}
    else:
        judge = Fitting(cases, listenings, reader).fit()
        judges = {case.group: judge for case in test}
        if options.reader is None:
            np.savez_compressed(WEIGHTS, **judge_arrays(judge))
            size_kb = WEIGHTS.stat().st_size // 1000
            print(f"{WEIGHTS}: {len(FEATURES)} features, {len(cases)} answers, {size_kb} kB")
    print_report(test, listenings, judges, reader)


if __name__ == "__main__":
    main()
