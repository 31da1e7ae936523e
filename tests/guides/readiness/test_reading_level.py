"""Reading levels by the published formulas, within what counting by letters allows."""

import pytest

from copilot.guides.readiness.reading_level import LONGEST_SENTENCE, reading_level, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("table", 2), ("wanted", 2), ("hoped", 1), ("houses", 2), ("responsibilities", 6)),
        *(("people", 2), ("improve", 2), ("technology", 4), ("you", 1), ("the", 1), ("don't", 1)),
        *(("follow-up", 3), ("x", 1)),
    ],
)
def test_english_syllables(word: str, count: int) -> None:
    assert syllables(word, "en") == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("table", 1), ("équipe", 2), ("responsabilités", 6), ("mangent", 1), ("comment", 2)),
        *(("améliorer", 4), ("l'entreprise", 3), ("l\u2019entreprise", 3), ("monde", 1)),
        *(("qu'elle", 1), ("parlez-moi", 3)),
    ],
)
def test_french_syllables(word: str, count: int) -> None:
    assert syllables(word, "fr") == count


def test_the_grade_is_flesch_and_kincaids() -> None:
    found = reading_level("The cat sat. The dog ran to the big tree.", "en")

    # 10 words, 2 sentences, 10 syllables
    assert found.grade == pytest.approx(0.39 * 5 + 11.8 * 1.0 - 15.59, abs=0.05)
    assert (found.words, found.longest_sentence, found.ease) == (10, 7, None)


def test_the_ease_is_kandel_and_moles() -> None:
    found = reading_level("Le chat dort. Le chien court vers la maison.", "fr")

    # 9 words, 2 sentences, 10 syllables
    assert found.ease == pytest.approx(207 - 1.015 * 4.5 - 73.6 * 10 / 9, abs=0.05)
    assert found.grade is None


def test_long_words_or_a_long_sentence_are_hard_to_follow() -> None:
    plain = "How did you find out what went wrong?"
    learned = (
        "Which organisational methodologies facilitated interdepartmental operational "
        "accountability?"
    )
    endless = " ".join(["go"] * (LONGEST_SENTENCE + 1)) + "?"

    assert not reading_level(plain, "en").hard
    assert reading_level(learned, "en").hard
    assert reading_level(endless, "en").hard


@pytest.mark.parametrize("text", ["", "?", "…", "12 345"])
def test_a_text_without_words_is_not_hard(text: str) -> None:
    assert not reading_level(text, "en").hard
