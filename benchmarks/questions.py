"""Which planned question is being asked: turns of interviews from which nothing was learned.

    python -m benchmarks.questions [FILE …]

FILE has an interviewer's side of an interview on each line, as ``training/data/turns`` has; by
default those in ``benchmarks/data/interviews``.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measuring import Spent, progress, spread, this_machine, timed
from benchmarks.reporting import (
    DELAY_COLUMNS,
    Delay,
    Report,
    Table,
    arguments,
    number,
    percent,
    show,
)
from copilot.events import Channel, Utterance
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from copilot.lab.measuring.bootstrap import Estimate, estimate
from copilot.matching.embedding import E5Embedder
from copilot.matching.plain import without_fillers
from copilot.matching.recognition import QuestionRecogniser
from copilot.matching.shipped import ShippedVectors, guide_embedder

METHOD = """
The interviewer's turns, one utterance each, in order. A turn is right when the question that is
current after it is the one it belongs to: the one it asks or goes back to, otherwise the one that
was current before. In percent with 95% intervals, bootstrapped by interview.

Plan: with all questions of the guide planned, or with those alone that are asked in the interview.
Corrected: the interviewer mends every miss before the next turn, as one key does; carried on:
nobody does, so that one miss may cost several turns.

Nearest phrasing: the question one of whose phrasings is most like the turn by multilingual E5, from
a likeness on that is the best for these very interviews, misses mended. It is flattered by its
threshold.
"""
FOLDER = Path(__file__).parent / "data" / "interviews"
_ASKS = ("planned", "return")

Interview = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn, decided.

    Attributes:
        interview: Which one it is of.
        kind: ``planned``, ``return``, ``follow-up`` or ``chat``.
        right: Whether the right question is current after it.
    """

    interview: int
    kind: str
    right: bool


def decided(
    guide: Guide, interview: Interview, plan: Sequence[str], embedder: E5Embedder, *, mend: bool
) -> Iterator[tuple[str, bool, Spent]]:
    """Each turn's kind, whether it is right, and what it took to know.

    Args:
        guide: In the interview's language.
        interview: A line of the file.
        plan: Ids of the planned questions.
        embedder: For what is said.
        mend: Whether every miss is corrected before the next turn.
    """
    recogniser = QuestionRecogniser(guide, plan, embedder, guide_embedder=guide_embedder(embedder))
    true = current = None
    asked: list[str] = []
    for place, turn in enumerate(interview["turns"]):
        said = Utterance(
            id=f"u{place}",
            channel=Channel.INTERVIEWER,
            start_s=0.0,
            end_s=0.0,
            text=turn["text"],
            language=interview["language"],
        )
        found, spent = timed(recogniser.hear, said, asked, current)
        if turn["kind"] in _ASKS:
            true = turn["question"]
        current = found.question if found else current
        yield turn["kind"], current == true, spent
        if mend:
            current = true
        recogniser.new_turn()
        asked = list(dict.fromkeys([*asked, *([current] if current else [])]))


def nearest(
    guide: Guide, interview: Interview, plan: Sequence[str], embedder: E5Embedder
) -> list[tuple[float, str]]:
    """For each turn how like a planned question's phrasings it is, and which one's."""
    known = ShippedVectors(embedder)
    phrasings = {
        question.id: known.embed((question.text, *question.phrasings))
        for question in guide.questions
        if question.id in plan
    }
    turns = embedder.embed([without_fillers(turn["text"]) for turn in interview["turns"]])
    return [
        max((float((rows @ vector).max()), question) for question, rows in phrasings.items())
        for vector in turns
    ]


def by_threshold(
    interviews: Sequence[Interview], found: Sequence[list[tuple[float, str]]], threshold: float
) -> list[Turn]:
    """The turns when a question is taken as asked from a likeness on; misses are mended."""
    turns = []
    for index, (interview, alike) in enumerate(zip(interviews, found, strict=True)):
        true = None
        for turn, (likeness, question) in zip(interview["turns"], alike, strict=True):
            current = question if likeness >= threshold else true
            if turn["kind"] in _ASKS:
                true = turn["question"]
            turns.append(Turn(index, turn["kind"], current == true))
    return turns


@dataclass(frozen=True, slots=True)
class Row:
    """The share of turns that are right, 0 to 1.

    Attributes:
        language: Of the interviews.
        plan: What was planned.
        way: How the question was found.
        turns: How many there are.
        right: Of all turns.
        asks: Of those that ask a planned question for the first time.
        returns: Of those that go back to one.
        stays: Of those that follow up, or only talk.
    """

    language: str
    plan: str
    way: str
    turns: int
    right: Estimate
    asks: float
    returns: float
    stays: float

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        shares = (number(100 * share, 0) for share in (self.asks, self.returns, self.stays))
        counted = str(self.turns)
        return self.language, self.plan, self.way, counted, percent(self.right), *shares


COLUMNS = ("", "plan", "", "turns", "right", "asks", "returns", "stays")


def row(language: str, plan: str, way: str, turns: Sequence[Turn]) -> Row:
    """The figures of some turns."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for turn in turns:
        counts[turn.interview][0] += turn.right
        counts[turn.interview][1] += 1

    def share(*kinds: str) -> float:
        rights = [turn.right for turn in turns if turn.kind in kinds]
        return float(np.mean(rights)) if rights else float("nan")

    right = estimate(np.array(list(counts.values()), float), lambda s: s[..., 0] / s[..., 1])
    kinds = share("planned"), share("return"), share("follow-up", "chat")
    return Row(language, plan, way, len(turns), right, *kinds)


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    options = parser.parse_args()
    machine = this_machine()
    embedder = E5Embedder(threads=2)
    paths = options.files or sorted(FOLDER.glob("*.jsonl"))
    every = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    rows, took = [], []
    for language in sorted({one["language"] for one in every}):
        some = [one for one in every if one["language"] == language]
        guides = [load_guide(one["role"], language) for one in some]
        plans = {
            "whole guide": [[question.id for question in guide.questions] for guide in guides],
            "what is asked": [_asked(one) for one in some],
        }
        for plan, planned in plans.items():
            progress(f"{language}, {plan}")
            three = list(zip(guides, some, planned, strict=True))
            for way, mend in (("corrected", True), ("carried on", False)):
                turns = []
                for index, (guide, interview, ids) in enumerate(three):
                    for kind, right, spent in decided(guide, interview, ids, embedder, mend=mend):
                        turns.append(Turn(index, kind, right))
                        took.append(1000 * spent.processor_s)
                rows.append(row(language, plan, way, turns))
            found = [nearest(guide, interview, ids, embedder) for guide, interview, ids in three]
            tried = [by_threshold(some, found, at) for at in np.arange(0.8, 0.97, 0.005)]
            best = max(tried, key=lambda turns: sum(turn.right for turn in turns))
            rows.append(row(language, plan, "nearest phrasing", best))
    delay = Delay("turn heard → question known, processor time", spread(took))
    tables = [
        Table("Turns", COLUMNS, rows),
        Table("Delay", DELAY_COLUMNS, [delay]),
    ]
    show(Report("questions", METHOD, machine, tables), options)


def _asked(interview: Interview) -> list[str]:
    """The questions that are asked, in the order planned."""
    asked = {turn["question"] for turn in interview["turns"] if turn["kind"] in _ASKS}
    return [question for question in interview["planned"] if question in asked]


if __name__ == "__main__":
    main()
