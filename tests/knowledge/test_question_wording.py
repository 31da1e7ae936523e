"""A question of a guide may set a scene and be a request; it must not lead, close or double."""

import pytest

from copilot.knowledge.wording import MOST_WORDS_OF_A_QUESTION, question_faults

GOOD = {
    "en": [
        "Tell me about a process you improved.",
        "How would you bring in a new oven? Take me through it step by step.",
        "Tell me about the angriest customer who landed with you, and what you did.",
        "How do you make sure that a knowledge base is used and stays right?",
        "Have you ever had to say no? I'd like to hear that story.",
        "Your ward is over budget at half-year. Where do you look?",
    ],
    "fr": [
        "Racontez-moi un processus que vous avez amélioré.",
        "Parlez-moi d'un système que vous avez construit et que vous connaissez par cœur.",
        "Avez-vous déjà dû refuser ? J'aimerais entendre cette histoire.",
        "Le four tombe en panne à cinq heures. Que faites-vous ?",
    ],
}
BAD = [
    ("What was the hardest bug, and how did you get to it?", "en", "asks two things"),
    ("How many would you need? How would you find out?", "en", "asks two things"),
    ("Have you ever transformed a line like that?", "en", "can be answered by yes or no"),
    ("A line stands still. Did you act?", "en", "can be answered by yes or no"),
    ("You must have hated that oven. What did you do?", "en", "is leading"),
    ("The old oven was worse, right?", "en", "is leading"),
    ("Quel a été le bug le plus dur, et comment l'avez-vous trouvé ?", "fr", "asks two things"),
    ("Avez-vous déjà transformé un atelier ?", "fr", "can be answered by yes or no"),
    ("C'était évidemment mieux avant. Que s'est-il passé ?", "fr", "is leading"),
]


@pytest.mark.parametrize(("text", "language"), [(t, lang) for lang in GOOD for t in GOOD[lang]])
def test_a_well_put_question_has_no_fault(text: str, language: str) -> None:
    assert question_faults(text, language) == []


@pytest.mark.parametrize(("text", "language", "fault"), BAD)
def test_a_badly_put_question_is_told_what_is_wrong(text: str, language: str, fault: str) -> None:
    assert fault in question_faults(text, language)


def test_apostrophes_of_word_processors_are_read_as_any() -> None:
    assert question_faults("Don\u2019t you think it is too late?", "en") == [
        "can be answered by yes or no",
        "is leading",
    ]


def test_a_very_long_question_is_too_long() -> None:
    text = "How " + " ".join(["very"] * MOST_WORDS_OF_A_QUESTION) + " long?"

    assert question_faults(text, "en") == [f"is longer than {MOST_WORDS_OF_A_QUESTION} words"]
