"""Why a finding is what it is."""

import pytest

from copilot.events import FindingState
from copilot.matching.explaining import Explanation
from tests.matching.conftest import Matchers
from tests.matching.parts import answer_of

SAID = "We kept the old servers warm for a month so that we could go back to them."
SMALL_TALK = "It's a lovely office you have here, did you find a place to park alright."


def explained(matchers: Matchers, *texts: str) -> dict[str, Explanation]:
    matcher = matchers()
    found = matcher.explain("new-technology", answer_of(*texts))
    return {explanation.finding.id: explanation for explanation in found}


def test_every_finding_is_explained_in_order(matchers: Matchers) -> None:
    answer = answer_of(SAID)
    findings = matchers().findings("new-technology", answer)
    explanations = matchers().explain("new-technology", answer)
    assert [explanation.finding for explanation in explanations] == list(findings)


def test_the_passage_and_the_guides_sentence_behind_a_finding_are_told(matchers: Matchers) -> None:
    explanation = explained(matchers, SAID)["rollback"]
    first = explanation.considered[0]
    assert explanation.finding.state is FindingState.EVIDENCED
    assert first.text == SAID
    assert first.example
    assert sum(first.read.values()) == pytest.approx(1, abs=1e-4)
    assert f"{explanation.said:.2f}" in explanation.rule


def test_what_was_not_worth_reading_is_not_told_as_read(matchers: Matchers) -> None:
    for explanation in explained(matchers, SMALL_TALK).values():
        assert explanation.finding.evidence is None
        assert all(not one.read or one.example for one in explanation.considered)
        assert "less than" in explanation.rule
