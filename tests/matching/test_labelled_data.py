"""What the matcher is trained and measured on: every label complete, every quote verbatim."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from copilot.matching.cross_encoder import CLASSES
from tests.builders import ROOT
from training.pairs import ANSWERS, FLAGS, PASSAGES, Guides, other_guides, read_rows, shipped_guides

MEASURED = ROOT / "copilot" / "lab" / "suites" / "data" / "answers.jsonl"
UNSEEN = ROOT / "benchmarks" / "data" / "unseen"
FILES = [MEASURED, UNSEEN / "answers.jsonl", *sorted(ANSWERS.glob("*.jsonl"))]
STATES = {"explicit", "implicit", "denied", "absent"}


@pytest.fixture(scope="module")
def known() -> Guides:
    return {**shipped_guides(), **other_guides(), **other_guides(UNSEEN)}


def quotes(row: dict[str, Any]) -> Iterator[str | None]:
    for label in row["labels"].values():
        yield label["quote"]
        yield label.get("near")
    yield from row["red_flags"].values()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_target_of_every_answer_is_labelled(path: Path, known: Guides) -> None:
    for row in read_rows([path]):
        points = {one.id for one in known[row["role"], row["question"], row["language"]]}
        flags = {one.id for one in known.get((row["role"], FLAGS, row["language"]), ())}
        assert set(row["labels"]) == points, row["id"]
        assert set(row["red_flags"]) == flags, row["id"]
        for label in row["labels"].values():
            assert label["state"] in STATES
            assert (label["quote"] is None) == (label["state"] == "absent"), row["id"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_quote_stands_in_its_answer(path: Path) -> None:
    for row in read_rows([path]):
        assert all(quote in row["answer"] for quote in quotes(row) if quote), row["id"]


def test_no_answer_that_is_measured_on_is_learned_from() -> None:
    learned = {row["answer"] for row in read_rows(sorted(ANSWERS.glob("*.jsonl")))}
    measured = {row["answer"] for row in read_rows([MEASURED, UNSEEN / "answers.jsonl"])}
    assert not learned & measured


def test_every_passage_belongs_to_a_target(known: Guides) -> None:
    for row in read_rows(sorted(PASSAGES.glob("*.jsonl"))):
        targets = {one.id for one in known[row["role"], row["question"], row["language"]]}
        assert row["point"] in targets
        assert row["class"] in CLASSES
        assert row["text"].strip()
