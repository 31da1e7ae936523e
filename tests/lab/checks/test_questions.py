"""Follow-ups held to the rules of the gate, one by one, in both languages."""

from typing import Any

import pytest

from copilot.coach.gate import Expected, GateContext
from tests.lab.checks.looking import one

PLACES = {
    "en": GateContext(
        language="en",
        question="Tell me about a system you replaced while people were working with it.",
        answer="We moved eleven warehouses in a weekend; the printers in Leeds kept failing.",
        asked=("Who decided that the label printers could wait?",),
        expected=Expected("Rollback plan", "Prepared a way back and rehearsed it."),
    ),
    "fr": GateContext(
        language="fr",
        question="Parlez-moi d'un système que vous avez remplacé.",
        answer="On a basculé onze entrepôts en un week-end ; les imprimantes tombaient.",
        asked=("Qui a décidé que les imprimantes pouvaient attendre ?",),
        expected=Expected("Plan de retour arrière", "Avait préparé un retour à l'ancien."),
    ),
}
GOOD = {
    "en": "What did the printers in Leeds do to the rest of the weekend?",
    "fr": "Qu'est-ce que les imprimantes ont changé à la suite du week-end ?",
}


@pytest.mark.parametrize(
    ("language", "kind", "bad"),
    [
        ("en", "one-question", "What failed in Leeds? And who mended it?"),
        ("fr", "one-question", "Qu'est-ce qui est tombé ? Et qui l'a réparé ?"),
        ("en", "open", "Did the printers work on Monday?"),
        ("fr", "open", "Est-ce que les imprimantes marchaient lundi ?"),
        ("en", "not-leading", "Don't you think the printers were the real trouble?"),
        ("fr", "not-leading", "Les imprimantes étaient bien sûr la cause, n'est-ce pas ?"),
        ("en", "no-give-away", "What was your rollback plan for the warehouses?"),
        ("fr", "no-give-away", "Quel était votre plan de retour arrière ?"),
        ("en", "off-limits", "How old were you when the printers in Leeds failed?"),
        ("fr", "off-limits", "Quel âge aviez-vous quand les imprimantes sont tombées ?"),
        ("en", "grounded", "What do you think about astronomy?"),
        ("fr", "grounded", "Que pensez-vous de l'astronomie ?"),
        ("en", "not-asked-before", "Who decided that the label printers could wait?"),
        ("fr", "not-asked-before", "Qui a décidé que les imprimantes pouvaient attendre ?"),
        ("en", "plain", "Ask the candidate what failed in Leeds."),
        ("fr", "plain", "Demandez au candidat ce qui est tombé."),
        ("en", "language", GOOD["fr"]),
        ("fr", "language", GOOD["en"]),
        ("en", "gate", "Did the printers work on Monday?"),
        ("fr", "gate", "Est-ce que les imprimantes marchaient lundi ?"),
    ],
)
def test_a_rule_refuses_the_bad_and_lets_the_good_pass(language: str, kind: str, bad: str) -> None:
    at: dict[str, Any] = {"language": language, "gate": PLACES[language]}

    refused = one(bad, kind, **at)

    assert refused.passed is False
    assert refused.reason != "no rule is broken"
    assert one(GOOD[language], kind, **at).passed is True


def test_what_stays_silent_breaks_no_rule_and_no_opposite_of_one() -> None:
    for kind in ("gate", "open", "not-open", "language"):
        found = one("", kind, gate=PLACES["en"])
        assert (found.passed, "silent" in found.reason) == (True, True)


def test_what_is_no_follow_up_is_undecided() -> None:
    assert one("Which oven?", "open", task="recap").passed is None
