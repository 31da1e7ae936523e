"""The models read what was said, not how it was spelt or how smoothly it came."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.matching.cross_encoder import Pair
from copilot.matching.plain import plain, without_fillers
from tests.matching.disturbances import (
    few_commas,
    fillers,
    small_letters,
    stammer,
    without_articles,
)

ENGLISH = "Well, we moved the payroll to a new site; I wrote down each step, and the team tried it."
FRENCH = (
    "Alors, on a déplacé la paie vers un nouveau site ; j'ai noté chaque étape, et ça a marché."
)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Um, so, the the budget: 2,000 a month.", "so budget 2,000 month."),
        ("I'm, I'm fine \u2013 a few people were not.", "i'm fine a few people were not."),
        ("Euh, ben, on a essayé la, la machine.", "on a essayé machine."),
        ("On l'a fait un peu, une fois.", "on l'a fait un peu une fois."),
        ("From 9:30 to 3.5 (of 7).", "from 9:30 to 3.5 of 7 ."),
        ("Nous nous sommes vus.", "nous nous sommes vus."),
    ],
)
def test_what_is_read_of_what_was_said(said: str, read: str) -> None:
    assert plain(said) == read


@pytest.mark.parametrize("text", [ENGLISH, FRENCH])
@pytest.mark.parametrize("disturb", [few_commas, small_letters, stammer, fillers, without_articles])
def test_how_it_is_said_is_not_read(disturb, text: str) -> None:
    language = "en" if text is ENGLISH else "fr"
    for seed in range(20):
        assert plain(disturb(text, language, random.Random(seed))) == plain(text)


@pytest.mark.parametrize("text", ["L'équipe a dit oui.", "Le patron, il a signé."])
def test_a_french_verb_is_no_english_article(text: str) -> None:
    assert " a " in plain(text)


@given(st.text(max_size=200))
def test_something_is_left_of_everything_that_was_said(text: str) -> None:
    assert bool(plain(text).strip()) == bool(text.strip())
    assert bool(without_fillers(text).strip()) == bool(text.strip())


def test_a_pair_is_read_plain_in_all_its_parts() -> None:
    one = Pair(
        "We never, um, tested the way back.", "Way back: They test it", "We tried the rollback"
    )
    other = Pair("we never tested way back.", "way back they test it", "we tried rollback")
    assert one.parts() == other.parts()
