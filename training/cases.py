"""Labelled answers and the targets they are matched against, cut and embedded as in the product."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from copilot.events import FindingKind
from copilot.knowledge.guide import LANGUAGES, Listened, NotSays
from copilot.knowledge.loading import load_guide
from copilot.matching.embedding import Embedder, pooled
from copilot.matching.judge import DENIES, SAYS
from copilot.matching.passages import passages
from copilot.matching.plain import without_fillers
from copilot.matching.targets import Target, embed_targets
from copilot.matching.verdicts import Heard
from training.pairs import GUIDES, ROLES, fit, units_of

Labels = npt.NDArray[np.int8]

LABELS = {"explicit": SAYS, "implicit": SAYS, "denied": DENIES, "absent": 0}


@dataclass(frozen=True)
class Case:
    """A labelled answer, embedded once.

    Attributes:
        row: The line of its file.
        group: What is left out together where a question is to be unseen: role and question.
        heard: Its passages.
    """

    row: dict[str, Any]
    group: str
    heard: Heard

    @property
    def spoken(self) -> bool:
        """Whether a recogniser wrote it."""
        return "utterances" in self.row


@dataclass(frozen=True)
class Listening:
    """One set of rival targets in one language, and which question it belongs to."""

    group: str
    language: str
    kind: FindingKind
    items: tuple[Listened, ...]
    targets: tuple[Target, ...]


#: By group, language and kind.
Listenings = dict[tuple[str, str, FindingKind], Listening]


def make_cases(rows: Iterable[dict[str, Any]], embedder: Embedder) -> list[Case]:
    """The labelled answers, cut and embedded as the product does it."""
    cases: list[Case] = []
    for row in rows:
        answer, spans = row["answer"], units_of(row)
        parts = [answer[start:end] for start, end in spans]
        embedded = embedder.embed([without_fillers(part) for part in parts])
        found = passages(answer, spans)
        vectors = np.stack(
            [pooled(embedded[p.first : p.last + 1], parts[p.first : p.last + 1]) for p in found]
        )
        texts = [without_fillers(answer[p.start : p.end]) for p in found]
        cases.append(Case(row, f"{row['role']}/{row['question']}", Heard(found, vectors, texts)))
    return cases


def shipped_listenings(embedder: Embedder) -> Listenings:
    """Every target set of the shipped guides."""
    found: Listenings = {}
    for role in ROLES:
        for language in LANGUAGES:
            guide = load_guide(role, language)
            sets: list[tuple[str, FindingKind, Sequence[Listened]]] = [
                (f"{role}/{question.id}", FindingKind.POINT, guide.points_for(question.id))
                for question in guide.questions
            ]
            sets.append((role, FindingKind.FLAG, guide.red_flags))
            for group, kind, items in sets:
                targets = embed_targets(kind, items, embedder)
                key = group, language, kind
                found[key] = Listening(group, language, kind, tuple(items), targets)
    return found


def other_listenings(embedder: Embedder, folder: Path = GUIDES) -> Listenings:
    """Every target set of the small guides that were written for training alone."""
    found: Listenings = {}
    for path in sorted(folder.glob("*.yaml")):
        role, _, language = path.stem.rpartition(".")
        for question in yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]:
            items = tuple(_listened(point) for point in question["points"])
            group, kind = f"{role}/{question['id']}", FindingKind.POINT
            targets = embed_targets(kind, items, embedder)
            found[group, language, kind] = Listening(group, language, kind, items, targets)
    return found


def _listened(point: dict[str, Any]) -> Listened:
    return Listened(
        id=point["id"],
        label=point["label"],
        description=point["description"],
        origin="project",
        says=tuple(point["says"]),
        not_says=NotSays(denials=tuple(point["denials"]), near_misses=tuple(point["near_misses"])),
    )


def passage_labels(case: Case, targets: Sequence[Target], kind: FindingKind) -> Labels:
    """For each target and passage: 0 nothing, 1 says, 2 denies, -1 overlaps and is left out."""
    labels = np.zeros((len(targets), len(case.heard.found)), np.int8)
    for index, target in enumerate(targets):
        state, quote = answer_label(case, target.id, kind)
        if not quote:
            continue
        for number, passage in enumerate(case.heard.found):
            fits = fit(case.row["answer"], quote, passage.start, passage.end)
            if fits is not None:
                labels[index, number] = state if fits else -1
    return labels


def answer_label(case: Case, target_id: str, kind: FindingKind) -> tuple[int, str | None]:
    """What the answer as a whole is labelled for a target, and the quote under it."""
    if kind is FindingKind.FLAG:
        quote = case.row["red_flags"].get(target_id)
        return (SAYS if quote else 0), quote
    label = case.row["labels"][target_id]
    return LABELS[label["state"]], label["quote"]
