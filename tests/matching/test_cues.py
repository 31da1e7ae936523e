"""Words that turn a sentence."""

import numpy as np
import pytest

from copilot.matching.cues import cue_counts

NEGATION, WISH, OTHERS = 0, 1, 2


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "We never had one", NEGATION),
        ("en", "I don't do that", NEGATION),
        ("en", "It was gone WITHOUT warning", NEGATION),
        ("en", "Ideally we'd have trained them", WISH),
        ("en", "I should have asked", WISH),
        ("en", "My predecessor did it", OTHERS),
        ("en", "Security reports to the CISO", OTHERS),
        ("fr", "On n'a jamais essayé", NEGATION),
        ("fr", "Il y avait aucun plan", NEGATION),
        ("fr", "Idéalement on forme tout le monde", WISH),
        ("fr", "Il faudrait le faire", WISH),
        ("fr", "Le prestataire s'en occupe", OTHERS),
    ],
)
def test_a_cue_is_counted_under_its_kind(language: str, text: str, kind: int) -> None:
    assert cue_counts([text], language)[0, kind] >= 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I wrote the plan and everybody learned it"),
        ("en", "Another knot in the theyre rope"),  # cues stand as whole words only
        ("fr", "J'ai écrit le plan et tout le monde l'a lu"),
        ("fr", "Les sansonnets passent"),
    ],
)
def test_a_plain_statement_has_none(language: str, text: str) -> None:
    assert not cue_counts([text], language).any()


def test_many_cues_count_as_two() -> None:
    counts = cue_counts(["no no no, never, nothing, not at all"], "en")

    assert counts.tolist() == [[2.0, 0.0, 0.0]]


def test_no_texts_give_no_rows() -> None:
    counts = cue_counts([], "en")

    assert counts.shape == (0, 3)
    assert counts.dtype == np.float32
