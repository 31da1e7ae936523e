"""Where a result was claimed without a figure, one is asked for, by the matcher's own reading."""

from collections.abc import Sequence

import pytest

from copilot.coach import Close, Coach
from copilot.events import Channel, Evidence, Suggestion, SuggestionFate, SuggestionKind, Utterance
from copilot.interview import Interview
from copilot.knowledge.guide import Guide, Language
from copilot.matching.absence import unmeasured_claim
from tests.builders import GUIDE, guide_data
from tests.coach.talk import ANSWER, Talk

CLAIMS = {
    "en": "We changed the rota last spring, and we cut the waste a lot.",
    "fr": "On a changé le planning au printemps, et on a réduit les pertes.",
}


class Measured(Talk):
    """An interview in which claims are read as the engine has them read."""

    def __init__(self, guide: Guide = GUIDE) -> None:
        super().__init__(guide)
        self.coach = Coach(guide, claims=unmeasured_claim)
        self.ask("metrics", at_s=10)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_claim_just_made_is_asked_for_its_figure(language: Language) -> None:
    talk = Measured(Guide.model_validate({**guide_data(), "language": language}))
    talk.say(CLAIMS[language])

    suggestion = talk.suggested()

    assert (suggestion.kind, suggestion.target) == (SuggestionKind.FIGURE, None)
    assert (
        suggestion.reason
        == {
            "en": "a result was claimed, no figure heard",
            "fr": "un résultat est avancé, aucun chiffre entendu",
        }[language]
    )


def test_a_claim_with_its_figure_is_left_alone() -> None:
    talk = Measured()
    talk.say("We changed the rota last spring, and we cut the waste by thirty percent.")

    assert talk.suggested().kind is SuggestionKind.PROBE


def test_a_claim_from_before_comes_after_the_expected_points() -> None:
    talk = Measured()
    talk.say(CLAIMS["en"])
    talk.follow()
    talk.close("s1", SuggestionFate.SUPERSEDED)
    talk.say("Right, and what else do you watch?", channel=Channel.INTERVIEWER)
    talk.say(ANSWER)

    assert talk.suggested().kind is SuggestionKind.PROBE


def test_the_request_goes_away_answered_when_the_figure_comes() -> None:
    talk = Measured()
    talk.say(CLAIMS["en"])
    talk.follow()
    assert talk.advise() is None

    talk.say("From twelve percent to eight percent.")

    assert talk.advise() == Close("s1", SuggestionFate.ANSWERED)


@pytest.mark.parametrize(
    "fate", [SuggestionFate.TAKEN, SuggestionFate.SKIPPED, SuggestionFate.EXPIRED]
)
def test_a_figure_is_asked_for_once_a_question(fate: SuggestionFate) -> None:
    talk = Measured()
    talk.say(CLAIMS["en"])
    talk.finish(fate)

    assert talk.suggested().kind is SuggestionKind.PROBE


def test_without_a_reader_of_claims_no_figure_is_asked_for() -> None:
    talk = Talk()
    talk.ask("metrics", at_s=10)
    talk.say(CLAIMS["en"])

    assert talk.suggested().kind is SuggestionKind.PROBE


def test_an_answer_is_read_once_however_often_the_coach_looks() -> None:
    read: list[int] = []

    def counting(answer: Sequence[Utterance], language: str, /) -> Evidence | None:
        read.append(len(answer))
        return unmeasured_claim(answer, language)

    talk = Talk()
    talk.coach = Coach(GUIDE, claims=counting)
    talk.ask("metrics", at_s=10)
    talk.say(CLAIMS["en"])
    for _ in range(5):
        talk.advise()
    talk.say("That was it.")
    talk.advise()

    assert read == [1, 2]


# -- the gate -------------------------------------------------------------------------------------


def test_what_the_gate_refuses_is_passed_over_for_the_next_best() -> None:
    asked: list[str] = []

    def refusing(suggestion: Suggestion, interview: Interview, /) -> bool:
        asked.append(suggestion.text)
        assert suggestion.id not in interview.suggestions
        return suggestion.target == "pilot"

    talk = Talk()
    talk.coach = Coach(GUIDE, gate=refusing)
    talk.ask("rollout", at_s=10)
    talk.say(ANSWER)

    assert talk.suggested().target == "pilot"
    assert asked[0] == "What if it fails?"


def test_where_the_gate_refuses_everything_nothing_is_offered() -> None:
    talk = Talk()
    talk.coach = Coach(GUIDE, gate=lambda *_: False)
    talk.ask("rollout", at_s=10)
    talk.say(ANSWER)

    assert talk.advise() is None
