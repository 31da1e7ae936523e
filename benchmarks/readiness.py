"""Does readiness predict? Guides made worse on purpose, and the matcher on labelled answers.

python -m benchmarks.readiness [ROLE …]
"""

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measuring import progress, this_machine, timed
from benchmarks.reporting import NOTHING, Report, Table, arguments, number, show
from copilot.events import Channel, FindingState, Utterance
from copilot.guides.listening import Listener
from copilot.guides.readiness.assessing import readiness_of
from copilot.guides.readiness.kept_readings import KeptReadings
from copilot.guides.readiness.model import Readiness, Verdict
from copilot.knowledge.guide import LANGUAGES, Guide, Point
from copilot.knowledge.loading import load_guide
from copilot.lab.folders import shipped_suites
from copilot.matching.matcher import Matcher

METHOD = """
The four guides that ship and that the matcher learned nothing from, with the labelled answers of
the lab's suite `unseen-guides`: 14 a guide, English and French. Each guide is made worse, for the
questions that have answers: to ten, six, three, one and none of its says (those whose hashes come
first), and with every second point given the next point's says as well. Then its readiness is
measured as `knowledge check` does, and the answers are matched with it.

Precision, recall and F1 are of points shown as evidenced, labels explicit and implicit counted as
said; all answers together. Heard: of the says tried, each without itself, those that count for
their own point. By verdict: the same points, in all these guides, by what readiness says of them.
The bounds of the verdicts were chosen on these data.
"""

ROLES = ("customer-support-lead", "nurse-manager", "sales-representative", "software-engineer")
_SAID = frozenset({"explicit", "implicit"})

Points = tuple[Point, ...]


def _cut_to(count: int) -> Callable[[Points], Points]:
    def cut(points: Points) -> Points:
        return tuple(point.model_copy(update={"says": _first(point, count)}) for point in points)

    return cut


def _first(point: Point, count: int) -> tuple[str, ...]:
    return tuple(sorted(point.says, key=lambda s: hashlib.sha256(s.encode()).digest())[:count])


def _with_rivals(points: Points) -> Points:
    """Every second point with the next one's sentences as well."""
    return tuple(
        point.model_copy(update={"says": point.says + points[index + 1].says})
        if index % 2 == 0 and index + 1 < len(points)
        else point
        for index, point in enumerate(points)
    )


MADE: Mapping[str, Callable[[Points], Points]] = {
    "as it ships": lambda points: points,
    "ten says": _cut_to(10),
    "six says": _cut_to(6),
    "three says": _cut_to(3),
    "one says": _cut_to(1),
    "no says": _cut_to(0),
    "a rival's says too": _with_rivals,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A point of an answer: what is labelled, what was shown, and what readiness says of it."""

    said: bool
    shown: bool
    verdict: Verdict


@dataclass(slots=True)
class Counted:
    """Precision, recall and F1 of some decisions, 0 to 1."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, decision: Decision) -> None:
        """Count one more."""
        self.right += decision.said and decision.shown
        self.wrong += decision.shown and not decision.said
        self.missed += decision.said and not decision.shown

    def cells(self) -> tuple[str, str, str]:
        """Precision, recall, F1 in percent."""
        shares = (
            (self.right, self.right + self.wrong),
            (self.right, self.right + self.missed),
            (2 * self.right, 2 * self.right + self.wrong + self.missed),
        )
        return tuple(number(100 * a / b, 0) if b else NOTHING for a, b in shares)  # type: ignore[return-value]  # three


@dataclass(frozen=True, slots=True)
class MadeRow:
    """What a way of making guides worse does to both.

    Attributes:
        made: The way.
        points: How many points there are.
        verdicts: How many have each verdict.
        heard: Share of the says tried that count for their own; None where none was tried.
        counted: The answers.
    """

    made: str
    points: int
    verdicts: Mapping[str, int]
    heard: float | None
    counted: Counted

    def cells(self) -> Sequence[str]:
        """As ``MADE_COLUMNS``."""
        heard = None if self.heard is None else 100 * self.heard
        counts = (str(self.verdicts.get(verdict, 0)) for verdict in Verdict)
        return self.made, str(self.points), *counts, number(heard, 0), *self.counted.cells()


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """How points of one verdict fare on answers."""

    verdict: str
    decisions: int
    counted: Counted

    def cells(self) -> Sequence[str]:
        """As ``VERDICT_COLUMNS``."""
        return self.verdict, str(self.decisions), *self.counted.cells()


MADE_COLUMNS = ("guides", "points", *Verdict, "heard %", "precision", "recall", "F1")
VERDICT_COLUMNS = ("points that are", "labels", "precision", "recall", "F1")


def read_answers(role: str, language: str) -> list[dict[str, Any]]:
    """The labelled answers of a guide in a language."""
    path = shipped_suites() / "data" / f"answers-{role}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [row for row in rows if row["language"] == language]


def made_worse(guide: Guide, asked: set[str], change: Callable[[Points], Points]) -> Guide:
    """A guide of the questions in ``asked`` alone, their points changed; flags are left out."""
    questions = tuple(
        question.model_copy(update={"points": change(question.points)})
        for question in guide.questions
        if question.id in asked
    )
    return guide.model_copy(update={"questions": questions, "red_flags": (), "stages": ()})


def decisions(
    guide: Guide, answers: Sequence[dict[str, Any]], ready: Readiness, listener: Listener
) -> Iterator[Decision]:
    """What the matcher shows for every labelled point."""
    verdicts = {(point.question, point.id): point.verdict for point in ready.points}
    matcher = Matcher(
        guide,
        listener.embedder,
        guide_embedder=listener.guide_embedder,
        reader=listener.reader,
        rules=listener.rules,
    )
    for answer in answers:
        said = Utterance(
            id="a", channel=Channel.CANDIDATE, start_s=0.0, end_s=0.0, text=answer["answer"]
        )
        for found in matcher.findings(answer["question"], [said]):
            yield Decision(
                said=answer["labels"][found.id]["state"] in _SAID,
                shown=found.state is FindingState.EVIDENCED,
                verdict=verdicts[answer["question"], found.id],
            )


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("roles", nargs="*", metavar="ROLE", help="by default all four")
    options = parser.parse_args()
    machine = this_machine()
    found: dict[str, list[tuple[Readiness, list[Decision]]]] = {made: [] for made in MADE}
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        plain = Listener()
        kept = KeptReadings(plain.reader, "answers", Path(folder))
        listener = Listener(plain.embedder, reader=kept)
        for role in options.roles or ROLES:
            for language in LANGUAGES:
                progress(f"{role} {language}")
                answers = read_answers(role, language)
                asked = {answer["question"] for answer in answers}
                for made, change in MADE.items():
                    guide = made_worse(load_guide(role, language), asked, change)
                    cache = Path(folder) / made
                    ready, took = timed(readiness_of, guide, plain, cache=cache)
                    spent.append((made, len(ready.points), took.wall_s))
                    found[made].append((ready, list(decisions(guide, answers, ready, listener))))
    whole = [(count, wall) for made, count, wall in spent if made == "as it ships"]
    seconds = sum(wall for _, wall in whole) / max(1, sum(count for count, _ in whole))
    tables = [
        Table("Guides made worse", MADE_COLUMNS, [_made_row(m, runs) for m, runs in found.items()]),
        Table("By verdict", VERDICT_COLUMNS, list(_verdict_rows(found))),
    ]
    notes = [f"Readiness took {seconds:.2f} s a point, nothing read before."]
    show(Report("readiness", METHOD, machine, tables, notes), options)


def _made_row(made: str, runs: Sequence[tuple[Readiness, Sequence[Decision]]]) -> MadeRow:
    points = [point for ready, _ in runs for point in ready.points]
    hearings = [point.hearing for point in points if point.hearing is not None]
    tried = sum(hearing.tried for hearing in hearings)
    counted = Counted()
    for _, made_decisions in runs:
        for decision in made_decisions:
            counted.add(decision)
    heard = sum(hearing.heard for hearing in hearings) / tried if tried else None
    return MadeRow(made, len(points), Counter(p.verdict for p in points), heard, counted)


def _verdict_rows(
    found: Mapping[str, Sequence[tuple[Readiness, Sequence[Decision]]]],
) -> Iterator[VerdictRow]:
    every = [decision for runs in found.values() for _, some in runs for decision in some]
    for verdict in Verdict:
        counted, chosen = Counted(), [d for d in every if d.verdict is verdict]
        for decision in chosen:
            counted.add(decision)
        yield VerdictRow(verdict, len(chosen), counted)


if __name__ == "__main__":
    main()
