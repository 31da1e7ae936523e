"""Words that were heard as others are put into passages, and nothing else is."""

import random

from training.heard_labels import HeardWords
from training.mishearing import misheard, mishearings

WRITTEN = {"id": "x-1", "answer": "We'd kept eleven spares, and Orla's team counted them."}
HEARD = {"id": "x-1~base", "answer": "we kept 11 spares and all his team counted them"}


def test_what_was_heard_instead_is_known_and_what_was_heard_rightly_is_not() -> None:
    known = mishearings([WRITTEN], [HEARD])

    assert known["wed"] == ["we"]
    assert known["eleven"] == ["11"]
    assert not {"kept", "spares", "and", "team"} & set(known)


def test_case_and_stops_make_no_other_word() -> None:
    assert HeardWords("Yes. We did.", "yes we did").replaced() == []


def test_up_to_three_known_words_are_replaced() -> None:
    known = {"eleven": ["11"], "kept": ["cap"], "we": ["he"], "spares": ["spears"]}
    said = "We kept eleven spares in the shed."
    found = {misheard(said, known, random.Random(seed)) for seed in range(40)}
    changed = [sum(a != b for a, b in zip(said.split(), one.split(), strict=True)) for one in found]

    assert set(changed) == {1, 2, 3}
    assert all(one.endswith("in the shed.") for one in found)


def test_a_passage_with_no_known_word_stays() -> None:
    assert misheard("Nobody asked.", {}, random.Random(1)) == "Nobody asked."
