"""A suggestion comes at a moment in which it helps, the most valuable one first, and never twice."""

from typing import Any

import pytest

from copilot.coach import CoachPolicy, Offer
from copilot.events import (
    Actor,
    Channel,
    FindingKind,
    FindingState,
    SuggestionFate,
    SuggestionKind,
)
from copilot.knowledge.guide import Guide
from tests.builders import GUIDE, guide_data
from tests.coach.talk import ANSWER, Talk

DONE = (
    SuggestionFate.TAKEN,
    SuggestionFate.ASKED,
    SuggestionFate.SKIPPED,
    SuggestionFate.ANSWERED,
)


# -- when -----------------------------------------------------------------------------------------


def test_a_probe_is_offered_once_the_candidate_pauses(talk: Talk) -> None:
    suggestion = talk.suggested()

    assert suggestion.kind is SuggestionKind.PROBE
    assert suggestion.question == "rollout"


@pytest.mark.parametrize(
    "moment",
    [
        {"candidate_silent_s": 0.0},
        {"candidate_silent_s": 0.89},
        {"interviewer_speaking": True},
        {"text_pending": True},
    ],
    ids=["candidate speaks", "short pause", "interviewer speaks", "text to come"],
)
def test_nothing_is_offered_while_someone_speaks_or_text_is_to_come(
    talk: Talk, moment: dict[str, Any]
) -> None:
    assert talk.advise(**moment) is None


def test_nothing_is_offered_between_the_interviewers_question_and_the_answer(talk: Talk) -> None:
    talk.finish(SuggestionFate.ASKED)
    talk.say("And what if the oven fails?", channel=Channel.INTERVIEWER)
    assert talk.advise() is None
    assert talk.advise(candidate_silent_s=5) is None

    talk.say("Then we bake in the old one.")
    assert isinstance(talk.advise(), Offer)


def test_the_pause_it_takes_can_be_chosen() -> None:
    talk = Talk(policy=CoachPolicy(pause_s=3))
    talk.ask("rollout")
    talk.say(ANSWER)

    assert talk.advise(candidate_silent_s=2.9) is None
    assert isinstance(talk.advise(candidate_silent_s=3), Offer)


def test_nothing_is_offered_before_a_question_is_asked() -> None:
    talk = Talk()
    talk.say(ANSWER)

    assert talk.advise() is None


def test_nothing_is_offered_for_talk_outside_the_plan(talk: Talk) -> None:
    talk.ask(None)
    talk.say(ANSWER)

    assert talk.advise() is None


def test_an_answer_that_has_hardly_begun_is_left_alone() -> None:
    talk = Talk()
    talk.ask("rollout")
    talk.say("Well, let me think about that.")
    assert talk.advise() is None

    talk.say("First of all, there was the old oven.")
    assert isinstance(talk.advise(), Offer)


def test_words_said_under_another_question_do_not_count(talk: Talk) -> None:
    talk.ask("metrics")
    talk.say("Waste, mostly.")

    assert talk.advise() is None


def test_the_interviewers_words_do_not_count() -> None:
    talk = Talk()
    talk.ask("rollout")
    talk.say(ANSWER, channel=Channel.INTERVIEWER)

    assert talk.advise() is None


def test_looking_changes_nothing(talk: Talk) -> None:
    before = talk.memory()

    assert talk.advise() == talk.advise()
    assert talk.interview == before


# -- what -----------------------------------------------------------------------------------------


def test_the_most_valuable_point_not_heard_comes_first(talk: Talk) -> None:
    suggestion = talk.suggested()

    assert suggestion.target == "rollback"
    assert suggestion.text == "What if it fails?"
    assert suggestion.reason == "not heard yet: Way back"
    assert suggestion.id == "s1"


def test_points_that_are_settled_are_passed_over(talk: Talk) -> None:
    talk.settle("rollback")
    assert talk.suggested().target == "training"

    denied = talk.say("Nobody was trained.")
    talk.find("training", FindingState.DENIED, said=denied)
    assert talk.suggested().target == "pilot"


def test_of_equal_points_an_unclear_one_comes_before_one_not_heard() -> None:
    data = guide_data()
    for point in data["questions"][0]["points"]:
        point["weight"] = 2
    talk = Talk(Guide.model_validate(data))
    talk.ask("rollout")
    said = talk.say(ANSWER)
    assert talk.suggested().target == "pilot"

    talk.find("training", FindingState.UNCLEAR, said=said)

    suggestion = talk.suggested()
    assert suggestion.target == "training"
    assert suggestion.reason == "just touched on, still unclear: Training"


def test_of_two_unclear_points_the_one_just_touched_on_comes_first() -> None:
    data = guide_data()
    for point in data["questions"][0]["points"]:
        point["weight"] = 2
    talk = Talk(Guide.model_validate(data))
    talk.ask("rollout")
    talk.find("pilot", FindingState.UNCLEAR, said=talk.say(ANSWER))
    talk.say("And what about your people?", channel=Channel.INTERVIEWER)
    talk.find("training", FindingState.UNCLEAR, said=talk.say("They learn it somehow."))

    assert talk.finish(SuggestionFate.SKIPPED).target == "training"
    suggestion = talk.suggested()
    assert suggestion.target == "pilot"
    assert suggestion.reason == "unclear so far: Trial run"


def test_a_sign_of_listening_ends_no_turn() -> None:
    data = guide_data()
    for point in data["questions"][0]["points"]:
        point["weight"] = 2
    talk = Talk(Guide.model_validate(data))
    talk.ask("rollout")
    talk.find("training", FindingState.UNCLEAR, said=talk.say(ANSWER))
    talk.say("Mm-hm, right.", channel=Channel.INTERVIEWER)

    assert talk.suggested().reason == "just touched on, still unclear: Training"


def test_value_comes_before_doubt(talk: Talk) -> None:
    talk.find("pilot", FindingState.UNCLEAR)

    assert talk.suggested().target == "rollback"


def test_a_point_without_probes_is_passed_over() -> None:
    data = guide_data()
    data["questions"][0]["points"][1]["probes"] = []
    talk = Talk(Guide.model_validate(data))
    talk.ask("rollout")
    talk.say(ANSWER)

    assert talk.suggested().target == "training"


def test_a_raised_flag_is_clarified_before_anything_is_probed(talk: Talk) -> None:
    talk.raise_flag("blame", talk.say("It was the supplier's fault."))

    suggestion = talk.suggested()

    assert suggestion.kind is SuggestionKind.CLARIFY
    assert suggestion.target == "blame"
    assert suggestion.text == "What was your own part in it?"
    assert suggestion.reason == "worth a second look: Blames others"


def test_flags_are_clarified_in_the_order_in_which_they_were_raised(talk: Talk) -> None:
    said = talk.say("It was the supplier's fault, so I did it all by myself.")
    talk.raise_flag("blame", said)
    talk.raise_flag("alone", said)

    assert talk.finish(SuggestionFate.TAKEN).target == "blame"
    assert talk.suggested().target == "alone"


@pytest.mark.parametrize("fate", DONE)
def test_a_flag_is_clarified_once(talk: Talk, fate: SuggestionFate) -> None:
    talk.raise_flag("blame", talk.say("It was the supplier's fault."))
    talk.finish(fate)

    assert talk.suggested().kind is SuggestionKind.PROBE


def test_a_flag_clarified_under_one_question_is_not_raised_again_under_another(
    talk: Talk,
) -> None:
    talk.raise_flag("blame", talk.say("It was the supplier's fault."))
    talk.finish(SuggestionFate.TAKEN)
    talk.ask("metrics")
    talk.raise_flag("blame", talk.say(ANSWER), question="metrics")

    assert talk.suggested().target == "waste"


def test_a_flag_raised_under_another_question_does_not_interrupt_this_one(talk: Talk) -> None:
    talk.raise_flag("blame", talk.say("It was the supplier's fault."))
    talk.ask("metrics")
    talk.say(ANSWER)

    assert talk.suggested().kind is SuggestionKind.PROBE


def test_a_flag_that_was_taken_back_is_not_asked_about(talk: Talk) -> None:
    talk.raise_flag("blame", talk.say("It was the supplier's fault."))
    talk.find("blame", FindingState.NOT_RAISED, kind=FindingKind.FLAG, by=Actor.HUMAN)

    assert talk.suggested().kind is SuggestionKind.PROBE


def test_a_question_without_points_is_probed_by_competency(talk: Talk) -> None:
    talk.ask("team")
    talk.say(ANSWER)

    suggestion = talk.suggested()

    assert (suggestion.question, suggestion.target) == ("team", "craft")


def test_a_competency_the_question_is_about_comes_before_a_weightier_one_it_is_not_about() -> None:
    data = guide_data()
    craft = data["competencies"][0]
    other = {**craft, "id": "ledger", "label": "Ledger", "weight": 3, "probes": ["What of costs?"]}
    data["competencies"] = [other, {**craft, "weight": 1}]
    data["questions"][-1]["competencies"] = ["craft"]
    talk = Talk(Guide.model_validate(data))
    talk.ask("team")
    talk.say(ANSWER)

    assert talk.suggested().target == "craft"
    talk.settle("craft", question="team")
    assert talk.suggested().target == "ledger"


def test_reasons_are_in_the_language_of_the_interview() -> None:
    french = Guide.model_validate({**guide_data(), "language": "fr"})
    talk = Talk(french)
    talk.ask("rollout")
    talk.say(ANSWER)

    assert talk.suggested().reason == "pas encore entendu : Way back"


# -- never twice ----------------------------------------------------------------------------------


def test_who_skips_one_sees_the_next_at_once(talk: Talk) -> None:
    talk.finish(SuggestionFate.SKIPPED)
    busy = {"candidate_silent_s": 0.0, "interviewer_speaking": True, "text_pending": True}
    skipped_at_s = talk.interview.now_s

    assert talk.suggested(now_s=skipped_at_s, **busy)
    assert talk.advise(now_s=skipped_at_s + talk.coach.policy.at_once_s + 0.1, **busy) is None


@pytest.mark.parametrize("fate", [SuggestionFate.SKIPPED, SuggestionFate.ANSWERED])
def test_a_point_that_was_dealt_with_is_not_suggested_again(
    talk: Talk, fate: SuggestionFate
) -> None:
    assert talk.finish(fate).target == "rollback"

    assert talk.suggested().target == "training"


def test_after_a_probe_went_stale_the_points_second_probe_comes_then_no_more(talk: Talk) -> None:
    assert talk.finish(SuggestionFate.EXPIRED).text == "What if it fails?"
    second = talk.finish(SuggestionFate.EXPIRED)

    assert (second.target, second.text) == ("rollback", "What was plan B?")
    assert talk.suggested().target == "training"


def test_a_probe_is_never_shown_twice_whatever_became_of_it(talk: Talk) -> None:
    shown: list[str] = []
    while isinstance(talk.advise(), Offer):
        shown.append(talk.finish(SuggestionFate.EXPIRED).text)

    assert sorted(shown) == sorted(
        p for q in GUIDE.questions[:1] for x in q.points for p in x.probes
    )


def test_a_point_superseded_by_another_question_may_be_probed_when_it_is_taken_up_again(
    talk: Talk,
) -> None:
    talk.follow()
    talk.ask("metrics")
    talk.close("s1", SuggestionFate.SUPERSEDED, by=Actor.MACHINE)
    talk.ask("rollout")

    assert talk.suggested().text == "What was plan B?"


def test_the_same_point_under_another_question_may_be_probed_again() -> None:
    data = guide_data()
    data["questions"][1]["points"] = [data["questions"][0]["points"][1]]
    data["questions"][1]["points"][0] = {
        **data["questions"][1]["points"][0],
        "probes": ["And what then?"],
    }
    talk = Talk(Guide.model_validate(data))
    talk.ask("rollout")
    talk.say(ANSWER)
    talk.finish(SuggestionFate.TAKEN)
    talk.ask("metrics")
    talk.say(ANSWER)

    assert talk.suggested().text == "And what then?"


def test_ids_count_on(talk: Talk) -> None:
    assert talk.finish(SuggestionFate.SKIPPED).id == "s1"
    assert talk.suggested().id == "s2"
