"""A good follow-up is one open question that neither leads nor gives the answer away."""

import pytest

from copilot.knowledge.wording import MOST_WORDS, faults

CLOSED = "can be answered by yes or no"
DOUBLE = "asks two things"
LEADING = "is leading"
NO_QUESTION = "is no question"

GOOD = {
    "en": [
        "What happened next?",
        "How did you find out that it had failed?",
        "And what was your own part in it?",
        "Could you walk me through the last one?",
        "Can you tell me more about that night?",
        "Would you describe a case where it went wrong?",
        "Who else was involved?",
        "  Where did that leave the team?  ",
        "What was different between plan and result?",
        "Which of these did you doubt, and still keep?",
        "When is enough enough?",
    ],
    "fr": [
        "Que s'est-il passé ensuite ?",
        "Comment l'avez-vous appris ?",
        "Pouvez-vous me raconter la dernière fois ?",
        "Pourriez-vous décrire un cas où cela a mal tourné ?",
        "Et qu'avez-vous changé vous-même ?",
        "Qui d'autre était concerné ?",
        "Qu'est-ce qui vous a fait hésiter ?",
    ],
}

BAD = [
    ("en", "Did you have a plan?", CLOSED),
    ("en", "And have you tested it?", CLOSED),
    ("en", "Is that documented?", CLOSED),
    ("en", "would it work elsewhere?", CLOSED),
    ("en", "What was it, and how did it end?", DOUBLE),
    ("en", "Who decided and why was it late?", DOUBLE),
    ("en", "Who decided? When?", DOUBLE),
    ("en", "You tested it, didn't you?", LEADING),
    ("en", "What did you do, of course, to test it?", LEADING),
    ("en", "So it worked, right?", LEADING),
    ("en", "You must have had a plan; what was it?", LEADING),
    ("en", "Tell me about the plan.", NO_QUESTION),
    ("en", "", NO_QUESTION),
    ("fr", "Avez-vous fait un essai ?", CLOSED),
    ("fr", "Est-ce que cela a marché ?", CLOSED),
    ("fr", "Mais est-ce qu'il y avait un plan ?", CLOSED),
    ("fr", "Aviez-vous un plan ?", CLOSED),
    ("fr", "Y a-t-il un plan ?", CLOSED),
    ("fr", "Qu'avez-vous fait et comment ont-ils réagi ?", DOUBLE),
    ("fr", "Qui a décidé, et pourquoi si tard ?", DOUBLE),
    ("fr", "Vous aviez un plan, n'est-ce pas ?", LEADING),
    ("fr", "Comment avez-vous évidemment testé ?", LEADING),
    ("fr", "J'imagine que vous avez testé ; comment ?", LEADING),
    ("fr", "Cela a marché, non ?", LEADING),
    ("fr", "Racontez-moi.", NO_QUESTION),
]


@pytest.mark.parametrize(
    ("language", "probe"), [(language, probe) for language in GOOD for probe in GOOD[language]]
)
def test_a_good_probe_has_no_fault(language: str, probe: str) -> None:
    assert faults(probe, language) == []


@pytest.mark.parametrize(("language", "probe", "fault"), BAD)
def test_a_bad_probe_is_told_its_fault(language: str, probe: str, fault: str) -> None:
    assert fault in faults(probe, language)


@pytest.mark.parametrize(
    ("language", "probe", "fault"),
    [
        ("en", "You tested it, didn’t you?", LEADING),  # noqa: RUF001 - as word processors write it
        ("fr", "Vous aviez un plan, n’est-ce pas ?", LEADING),  # noqa: RUF001
        ("fr", "Cela a marché, non\u00a0?", LEADING),
        ("en", "Haven't you tested it?", CLOSED),
        ("fr", "Y avait-il un plan ?", CLOSED),
    ],
)
def test_a_bad_probe_is_told_its_fault_however_it_is_typed(
    language: str, probe: str, fault: str
) -> None:
    assert fault in faults(probe, language)


def test_a_probe_may_have_several_faults() -> None:
    assert faults("Did you test it, and how did it end?", "en") == [DOUBLE, CLOSED]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_probe_is_short_enough_to_be_taken_in(language: str) -> None:
    words = "bla " * (MOST_WORDS - 1)

    assert faults(f"{words}bla?", language) == []
    assert faults(f"{words}bla bla?", language) == [f"is longer than {MOST_WORDS} words"]


@pytest.mark.parametrize(
    ("label", "given_away"),
    [
        ("Rollback plan", True),
        ("ROLLBACK", True),
        ("Plan to go back", False),  # "back" is not said
        ("Way back", False),
        ("", False),
        ("SLA", False),  # too short to tell
    ],
)
def test_a_probe_does_not_give_the_answer_away(label: str, given_away: bool) -> None:
    found = faults("What was your rollback plan?", "en", gives_away=label)

    assert any(fault.startswith("gives the answer away") for fault in found) == given_away


def test_what_was_given_away_is_named() -> None:
    found = faults("What was your rollback plan?", "en", gives_away="Rollback plan")

    assert found == ["gives the answer away (plan, rollback)"]
