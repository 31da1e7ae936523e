"""How a judge does on labelled answers, in one table.

    python -m training.report ANSWERS --guides FOLDER

That is of the judge that ships, on answers to small guides, such as ``benchmarks/data/unseen``.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from copilot.events import FindingKind, FindingState
from copilot.matching.cross_encoder import CrossEncoder, PassageReader
from copilot.matching.embedding import E5Embedder
from copilot.matching.features import TargetSet
from copilot.matching.judge import DENIES, SAYS, Judge, load_judge, state_of
from copilot.matching.verdicts import judge_passages
from training.cases import Case, Listenings, answer_label, make_cases, other_listenings
from training.pairs import read_rows


@dataclass(frozen=True)
class Decision:
    """One target of one answer.

    Attributes:
        language: Of the answer.
        kind: Point or flag.
        label: 0 absent, 1 said, 2 denied.
        probabilities: Of absent, said, denied; shape (3,).
        state: The state shown.
        quote_hit: Whether the quote shown overlaps the labelled one; None without both.
    """

    language: str
    kind: FindingKind
    label: int
    probabilities: np.ndarray
    state: FindingState
    quote_hit: bool | None


def decide(
    cases: Sequence[Case],
    listenings: Listenings,
    judges: Mapping[str, Judge],
    reader: PassageReader,
) -> list[Decision]:
    """Every decision about every answer, by the judge of its question."""
    return [
        decision
        for case in cases
        for decision in _decide(case, listenings, judges[case.group], reader)
    ]


def _decide(
    case: Case, listenings: Listenings, judge: Judge, reader: PassageReader
) -> Iterator[Decision]:
    language = case.row["language"]
    for group, kind in ((case.group, FindingKind.POINT), (case.row["role"], FindingKind.FLAG)):
        listening = listenings.get((group, language, kind))
        if listening is None:
            continue  # small guides have no flags
        targets = TargetSet(listening.targets, judge.space, language)
        final = judge_passages(judge, reader, targets, case.heard).final
        best = final[:, :, [SAYS, DENIES]].max(axis=1)
        for index, target in enumerate(targets.targets):
            label, quote = answer_label(case, target.id, kind)
            probabilities = judge.judge_answer(
                kind, language, *map(float, best[index]), spoken=case.spoken
            )
            state, _ = state_of(kind, probabilities)
            verdict = DENIES if state is FindingState.DENIED else SAYS
            hit = None
            if quote and state not in (FindingState.NOT_HEARD, FindingState.NOT_RAISED):
                passage = case.heard.found[int(final[index, :, verdict].argmax())]
                start = case.row["answer"].find(quote)
                hit = min(passage.end, start + len(quote)) > max(passage.start, start)
            yield Decision(language, kind, label, probabilities, state, hit)


def auc(positive: list[float], negative: list[float]) -> float:
    """Area under the ROC curve: how often a positive outranks a negative."""
    if not positive or not negative:
        return float("nan")
    pos, neg = np.array(positive)[:, None], np.array(negative)[None]
    return float(((pos > neg) + 0.5 * (pos == neg)).mean())


def print_report(
    cases: Sequence[Case],
    listenings: Listenings,
    judges: Mapping[str, Judge],
    reader: PassageReader,
) -> None:
    """Print the table, English and French apart, and how thresholds trade off."""
    decisions = decide(cases, listenings, judges, reader)
    for language in ("en", "fr"):
        points = [d for d in decisions if d.language == language and d.kind is FindingKind.POINT]
        flags = [d for d in decisions if d.language == language and d.kind is FindingKind.FLAG]
        print(f"{language} points  n={len(points)}  {_point_row(points)}")
        print(f"{language} flags   n={len(flags)}  {_flag_row(flags)}")
        for threshold in np.arange(0.2, 0.85, 0.05):
            print(
                f"    evidenced at {threshold:.2f}: {_rates(points, threshold)}"
                f"   flags: {_rates(flags, threshold)}"
            )


def _point_row(points: list[Decision]) -> str:
    said = [d for d in points if d.label == SAYS]
    denied = [d for d in points if d.label == DENIES]
    shown = [d for d in points if d.state is FindingState.EVIDENCED]
    right = sum(d.label == SAYS for d in shown)
    precision, recall = right / max(1, len(shown)), right / max(1, len(said))
    hits = [d.quote_hit for d in points if d.quote_hit is not None and d.label == SAYS]
    score = auc(
        [float(d.probabilities[SAYS]) for d in said],
        [float(d.probabilities[SAYS]) for d in points if d.label != SAYS],
    )
    return (
        f"P {precision:.2f} R {recall:.2f} F1 {2 * right / max(1, len(shown) + len(said)):.3f} "
        f"AUC {score:.3f} unclear {_share(points, FindingState.UNCLEAR):.2f} "
        f"denied found {_share(denied, FindingState.DENIED):.2f} "
        f"denied shown as evidenced {_share(denied, FindingState.EVIDENCED):.2f} "
        f"quote {np.mean(hits):.2f}"
    )


def _flag_row(flags: list[Decision]) -> str:
    raised = [d for d in flags if d.state is FindingState.RAISED]
    real = [d for d in flags if d.label == SAYS]
    right = sum(d.label == SAYS for d in raised)
    score = auc(
        [float(d.probabilities[SAYS]) for d in real],
        [float(d.probabilities[SAYS]) for d in flags if d.label != SAYS],
    )
    return (
        f"raised {len(raised)} right {right} of {len(real)}  AUC {score:.3f} "
        f"unclear {_share(flags, FindingState.UNCLEAR):.2f}"
    )


def _share(decisions: list[Decision], state: FindingState) -> float:
    return sum(d.state is state for d in decisions) / max(1, len(decisions))


def _rates(decisions: list[Decision], threshold: float) -> str:
    shown = [d for d in decisions if d.probabilities[SAYS] >= threshold]
    real = sum(d.label == SAYS for d in decisions)
    right = sum(d.label == SAYS for d in shown)
    return (
        f"P {right / max(1, len(shown)):.2f} R {right / max(1, real):.2f} "
        f"F1 {2 * right / max(1, len(shown) + real):.2f}"
    )


def main() -> None:
    """Report on the judge that ships."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("answers", type=Path)
    parser.add_argument("--guides", type=Path, required=True, metavar="FOLDER")
    options = parser.parse_args()
    embedder, judge = E5Embedder(threads=2), load_judge()
    cases = make_cases(read_rows([options.answers]), embedder)
    judges = {case.group: judge for case in cases}
    listenings = other_listenings(embedder, options.guides)
    print_report(cases, listenings, judges, CrossEncoder(threads=2))


if __name__ == "__main__":
    main()
