"""What the cross-encoder learns from: cut as the product cuts, held out as the judge needs it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from copilot.matching.cross_encoder import CLASSES
from copilot.matching.embedding import DIMENSIONS, Vectors
from copilot.matching.passages import units
from training.pairs import NOT_SAYS, SAYS, PairMaker, Sentences, debates, held_out, units_of
from training.remembering import RememberingEmbedder

SAID = "We kept a spare. Nobody asked for it, and then one day the pump stood still."
TARGET = Sentences(
    "spare", "Spare parts: they keep them", ("I keep spares.", "We had one more."), (), ()
)


class SameForAll:
    """Every text is as like every other."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), DIMENSIONS), DIMENSIONS**-0.5, np.float32)


def row(**more: object) -> dict[str, object]:
    label = {"state": "explicit", "quote": "We kept a spare."}
    return {
        "id": "x-1", "role": "r", "question": "q", "language": "en", "answer": SAID,
        "labels": {"spare": label}, "red_flags": {}, **more,
    }  # fmt: skip


def test_an_answer_is_held_out_as_written_and_as_recognised() -> None:
    ids = [f"s{number}-{index:03}" for number in range(1, 7) for index in range(40)]

    assert {held_out(one) for one in ids} == {True, False}
    assert all(held_out(one) == held_out(f"{one}~base") for one in ids)


def test_a_written_answer_is_cut_as_the_product_cuts() -> None:
    assert units_of(row()) == units(SAID)


def test_a_recognised_answer_is_cut_where_its_utterances_end() -> None:
    heard = ["We kept a", "spare. Nobody asked for it,", "and then one day the pump stood still."]
    texts = [SAID[start:end] for start, end in units_of(row(utterances=heard))]

    assert texts == ["We kept a", "spare.", "Nobody asked for it,", heard[2]]


def test_what_lies_in_a_quote_says_and_the_rest_says_nothing() -> None:
    maker = PairMaker(RememberingEmbedder(SameForAll()), seed=1)
    examples = list(maker.of_answers([row()], {("r", "q", "en"): (TARGET,)}))
    said = {CLASSES[one.label] for one in examples if one.pair.passage.startswith("We kept")}

    assert said == {"says"}
    assert "nothing" in {CLASSES[one.label] for one in examples}
    assert all(one.pair.target == TARGET.text for one in examples)


def test_debates_tell_what_is_made_from_what_is_not_and_what_is_disputed(tmp_path: Path) -> None:
    files = {
        "arguments": "arg_id,argument,topic,stance\na1,Planes are safe.,flying,1\n",
        "key_points": "key_point_id,key_point,topic,stance\n"
        "k1,It is safe,flying,1\nk2,It is fast,flying,1\nk3,It is cheap,flying,1\n"
        "k4,It is loud,flying,-1\n",
        "labels": "arg_id,key_point_id,label\na1,k1,1\na1,k2,0\n",
    }
    for name, text in files.items():
        (tmp_path / f"{name}_train.csv").write_text(text, encoding="utf-8")

    found = debates(tmp_path, "train")

    assert [(one.pair.target, one.label) for one in found.made] == [("It is safe", SAYS)]
    assert [(one.pair.target, one.label) for one in found.not_made] == [("It is fast", NOT_SAYS)]
    assert [one.pair.target for one in found.disputed] == ["It is cheap"]


def test_some_passages_are_read_as_they_are_misheard() -> None:
    known = {"kept": ["cap"]}
    maker = PairMaker(RememberingEmbedder(SameForAll()), seed=1, mishearings=known)
    passages = [
        one.pair.passage
        for _ in range(40)
        for one in maker.of_answers([row()], {("r", "q", "en"): (TARGET,)})
    ]

    assert 0 < sum("We cap a spare" in one for one in passages) < len(passages) / 2
