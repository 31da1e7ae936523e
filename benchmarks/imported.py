"""What an imported guide hears before and after it was completed.

python -m benchmarks.imported GUIDE.yaml --like ROLE [--questions ID=ID …]
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.measuring import progress, this_machine
from benchmarks.readiness import Counted
from benchmarks.reporting import Report, Table, arguments, show
from copilot.errors import UsageError
from copilot.events import Channel, FindingState, Utterance
from copilot.guides.listening import Listener
from copilot.guides.readiness.assessing import readiness_of
from copilot.guides.readiness.model import Verdict
from copilot.knowledge.guide import Guide, Point
from copilot.knowledge.loading import load_guide
from copilot.lab.folders import shipped_suites
from copilot.matching.matcher import Matcher

METHOD = """
A guide made of a document by `knowledge import`, beside a shipped guide of the same role, for
which labelled answers ship. Questions are paired in their order (or as --questions says), and so
are the points of a pair, or the competencies where neither question has points of its own; what
the imported one has beyond stays as it is. Then the imported points are given the first says,
denials and near misses (by their hashes) that the shipped guide has for their pairs, as many as a
row says: what an author would write into a worksheet. The shipped guide itself is the last row.

Precision, recall and F1 are of points shown as evidenced, labels explicit and implicit counted as
said. Ready: points that `knowledge check` calls ready.
"""

COLUMNS = ("guide", "points", "ready", "thin", "blind", "precision", "recall", "F1", "unclear %")
_SAID = frozenset({"explicit", "implicit"})


@dataclass(frozen=True, slots=True)
class Pairs:
    """What of the imported guide stands for what of the shipped one.

    Attributes:
        questions: The imported question's id by the shipped one's.
        points: The imported point's id by the shipped question's and point's.
    """

    questions: dict[str, str]
    points: dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Row:
    """How one state of the guide fares."""

    guide: str
    points: int
    verdicts: dict[Verdict, int]
    counted: Counted
    unclear: float

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        verdicts = (
            str(self.verdicts.get(v, 0)) for v in (Verdict.READY, Verdict.THIN, Verdict.BLIND)
        )
        return (
            self.guide,
            str(self.points),
            *verdicts,
            *self.counted.cells(),
            f"{100 * self.unclear:.0f}",
        )


def paired(imported: Guide, shipped: Guide, named: Sequence[str]) -> Pairs:
    """Which questions and points stand for which.

    Raises:
        UsageError: ``named`` is no pair of ids.
    """
    if named:
        pairs = [name.partition("=")[::2] for name in named]
    else:
        both = zip(imported.questions, shipped.questions, strict=False)
        pairs = [(mine.id, theirs.id) for mine, theirs in both]
    questions: dict[str, str] = {}
    points: dict[tuple[str, str], str] = {}
    for mine, theirs in pairs:
        ours, others = imported.points_for(mine), shipped.points_for(theirs)
        alike = bool(imported.question(mine).points) == bool(shipped.question(theirs).points)
        if not alike or len(ours) < len(others):
            progress(f"{mine}: {len(ours)} points, {theirs}: {len(others)}; left out")
            continue
        questions[theirs] = mine
        points |= {(theirs, b.id): a.id for a, b in zip(ours, others, strict=False)}
    if not questions:
        raise UsageError(
            "no question of one guide stands for one of the other.", "Say --questions."
        )
    return Pairs(questions, points)


def completed(imported: Guide, shipped: Guide, pairs: Pairs, count: int) -> Guide:
    """The imported guide's paired questions, each point with so many of its pair's sentences."""
    of = {
        (pairs.questions[question], mine): point
        for (question, point_id), mine in pairs.points.items()
        for point in shipped.points_for(question)
        if point.id == point_id
    }

    def filled(question: str, points: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(_given(point, of.get((question, point.id)), count) for point in points)

    first = next(iter(pairs.questions.values()))
    questions = tuple(
        question.model_copy(update={"points": filled(question.id, question.points)})
        for question in imported.questions
        if question.id in pairs.questions.values()
    )
    competencies = filled(first, imported.competencies)
    update = {"questions": questions, "competencies": competencies, "red_flags": (), "stages": ()}
    return imported.model_copy(update=update)


def _given(point: Point, pair: Point | None, count: int) -> Point:
    if pair is None or not count:
        return point
    few = max(1, count // 3)
    not_says = pair.not_says.model_copy(
        update={
            "denials": _first(pair.not_says.denials, few),
            "near_misses": _first(pair.not_says.near_misses, few),
        }
    )
    return point.model_copy(update={"says": _first(pair.says, count), "not_says": not_says})


def _first(texts: Sequence[str], count: int) -> tuple[str, ...]:
    return tuple(sorted(texts, key=lambda s: hashlib.sha256(s.encode()).digest())[:count])


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("guide", metavar="GUIDE.yaml", help="what knowledge import wrote")
    parser.add_argument("--like", required=True, metavar="ROLE", help="the shipped guide")
    parser.add_argument("--questions", nargs="*", default=[], metavar="ID=ID")
    options = parser.parse_args()
    imported, shipped = load_guide(options.guide), load_guide(options.like)
    pairs = paired(imported, shipped, options.questions)
    answers = [row for row in _answers(options.like) if row["question"] in pairs.questions]
    listener = Listener()
    rows = []
    for name, count in (("as imported", 0), ("three says", 3), ("ten says", 10)):
        progress(name)
        guide = completed(imported, shipped, pairs, count)
        rows.append(
            _row(
                name,
                guide,
                answers,
                listener,
                lambda q, p: (pairs.questions[q], pairs.points[q, p]),
            )
        )
    whole = tuple(q for q in shipped.questions if q.id in pairs.questions)
    own = shipped.model_copy(update={"questions": whole, "red_flags": (), "stages": ()})
    rows.append(_row("the shipped guide", own, answers, listener, lambda q, p: (q, p)))
    notes = [
        f"{len(pairs.questions)} questions, {len(pairs.points)} points, {len(answers)} answers."
    ]
    show(
        Report("imported", METHOD, this_machine(), [Table("Guide", COLUMNS, rows)], notes), options
    )


def _answers(role: str) -> Iterator[dict[str, Any]]:
    for path in sorted((shipped_suites() / "data").glob("answers*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["role"] == role and row["language"] == "en":
                yield row


def _row(
    name: str,
    guide: Guide,
    answers: Sequence[dict[str, Any]],
    listener: Listener,
    where: Callable[[str, str], tuple[str, str]],
) -> Row:
    ready = readiness_of(guide, listener)
    matcher = Matcher(
        guide,
        listener.embedder,
        guide_embedder=listener.guide_embedder,
        reader=listener.reader,
        rules=listener.rules,
    )
    counted, unclear, labels = Counted(), 0, 0
    for answer in answers:
        said = Utterance(
            id="a", channel=Channel.CANDIDATE, start_s=0.0, end_s=0.0, text=answer["answer"]
        )
        asked = where(answer["question"], next(iter(answer["labels"])))[0]
        states = {found.id: found.state for found in matcher.findings(asked, [said])}
        for point, label in answer["labels"].items():
            state = states[where(answer["question"], point)[1]]
            shown, is_said = state is FindingState.EVIDENCED, label["state"] in _SAID
            counted.right += shown and is_said
            counted.wrong += shown and not is_said
            counted.missed += is_said and not shown
            unclear += state is FindingState.UNCLEAR
            labels += 1
    verdicts = {v: sum(p.verdict is v for p in ready.points) for v in Verdict}
    return Row(name, len(ready.points), verdicts, counted, unclear / max(1, labels))


if __name__ == "__main__":
    main()
