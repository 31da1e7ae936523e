"""A suggestion is worded more sharply where that comes in time and passes every rule, else not."""

from collections.abc import Iterator

import pytest

from copilot.engine.asking.wiring import used_before
from copilot.engine.language_model import NO_ANSWER, SPENT
from copilot.engine.vitals import Vitals
from copilot.events import (
    AnsweredBy,
    AskOutcome,
    AskPurpose,
    Channel,
    FindingState,
    ModelAsked,
    SuggestionFate,
    SuggestionKind,
    SuggestionSharpened,
)
from copilot.paths import config_folder
from tests.coach.talk import Talk as Coached
from tests.engine.asked import ANSWER, BUILDS_ON, WORDING, Asked, follow_up, sent
from tests.engine.parts import PATIENCE_S
from tests.llm.prompt_parts import write_prompt
from tests.llm.scripted_server import Hangs, Refuses, Says, ScriptedServer, playing
from tests.story import a_probe


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with playing(ScriptedServer(always=follow_up())) as running:
        yield running


@pytest.fixture
def asked(server: ScriptedServer) -> Iterator[Asked]:
    """A question was answered."""
    story = Asked(server)
    story.answer()
    yield story
    story.check()
    story.model.close()


# -- in time --------------------------------------------------------------------------------------


def test_the_open_suggestion_is_worded_more_sharply_as_the_same_one(asked: Asked) -> None:
    local = asked.offer()

    asked.pause()

    record = asked.interview.open_suggestion
    assert record is not None
    assert (record.suggestion.id, record.suggestion.target) == (local.id, local.target)
    assert record.suggestion.text == WORDING
    assert record.suggestion.reason == local.reason  # a model's own may be a verdict
    assert record.first_text == local.text
    [sharpened] = asked.of(SuggestionSharpened)
    assert (sharpened.answered_by.model, sharpened.answered_by.prompt) == ("toy-1", "follow_up")
    assert len(sharpened.answered_by.prompt_sha256) == 64


def test_the_journal_says_what_became_of_the_call_and_nothing_of_what_was_said(
    asked: Asked,
) -> None:
    asked.offer()

    asked.pause()

    [call] = asked.of(ModelAsked)
    assert (call.purpose, call.outcome) == (AskPurpose.FOLLOW_UP, AskOutcome.SHARPENED)
    assert (call.tokens_in, call.tokens_out) == (321, 45)
    assert call.took_ms >= 0
    assert not any(word in str(call) for word in ("oven", "wonderful"))


def test_what_the_coach_is_after_is_all_that_is_asked_for(
    asked: Asked, server: ScriptedServer
) -> None:
    asked.offer(a_probe(text="Who had to learn what?", target="training"))
    server.plays(follow_up(target="training"))

    asked.pause()

    assert asked.outcomes() == [(AskOutcome.SHARPENED, "")]
    assert "id training: Training (not heard)" in sent(server)
    assert "id rollback" not in sent(server)


def test_what_is_to_be_worded_was_not_asked_already(asked: Asked, server: ScriptedServer) -> None:
    before = asked.offer(a_probe(id="s1", text="Who had to learn what?", target="training"))
    asked.close(before.id, SuggestionFate.TAKEN)
    asked.offer(a_probe(id="s2", text="What if it fails?"))

    asked.pause()

    [told] = [each.contents[-1] for each in server.asked]
    listed = told.partition("Asked already:")[2]
    assert "Usual wording: What if it fails?" in told
    assert "Who had to learn what?" in listed
    assert "What if it fails?" not in listed


@pytest.mark.parametrize(
    ("kind", "target", "known_as"),
    [
        (SuggestionKind.CLARIFY, "alone", "alone"),
        (SuggestionKind.STAR, "result", "result"),
        (SuggestionKind.FIGURE, None, "figure"),
    ],
)
def test_whatever_a_suggestion_is_after_can_be_worded(
    asked: Asked,
    server: ScriptedServer,
    kind: SuggestionKind,
    target: str | None,
    known_as: str,
) -> None:
    asked.offer(a_probe(kind=kind, target=target, text="What came of it?"))
    server.plays(follow_up(target=known_as))

    asked.pause()

    assert asked.outcomes() == [(AskOutcome.SHARPENED, "")]
    assert f"id {known_as}: " in sent(server)


def test_a_move_to_the_next_question_is_the_guides_own_wording(
    asked: Asked, server: ScriptedServer
) -> None:
    asked.offer(a_probe(kind=SuggestionKind.NEXT_QUESTION, question="metrics", target=None))

    asked.pause()

    assert server.asked == []


def test_each_suggestion_is_asked_about_once(asked: Asked, server: ScriptedServer) -> None:
    server.always = follow_up(question="Is it?")
    asked.offer()

    asked.pause()

    assert len(server.asked) == 1


def test_a_probe_that_was_sharpened_is_not_offered_again_in_its_first_wording(
    server: ScriptedServer,
) -> None:
    talk = Coached()
    talk.ask("rollout", at_s=10)
    talk.say(ANSWER)
    first = talk.follow()
    talk.tell(
        SuggestionSharpened,
        suggestion_id=first.id,
        text=WORDING,
        reason=first.reason,
        answered_by=AnsweredBy(model="toy", prompt="follow_up", prompt_sha256="ab" * 32),
    )
    talk.close(first.id, SuggestionFate.EXPIRED)

    assert talk.suggested().text != first.text


# -- protected facts ------------------------------------------------------------------------------


def test_a_protected_fact_told_unasked_is_not_sent(server: ScriptedServer) -> None:
    story = Asked(server)
    story.answer(f"{ANSWER} I am pregnant, by the way.")
    story.offer()

    story.pause()

    assert "old oven" in sent(server)
    assert "pregnant" not in sent(server)
    story.model.close()


# -- the rules ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"target": "training"}, "another target"),
        ({"target": ""}, "another target"),
        ({"question": ""}, "empty"),
        ({"question": "Did you look at the old oven?"}, "closed"),
        ({"question": "What a great answer, why did you look at the old oven?"}, "leading"),
        ({"question": "What did you eat for breakfast yesterday?"}, "ungrounded"),
        ({"question": "Pourquoi avoir regardé le vieux four ?"}, "wrong language"),
        ({"question": "How old are you, and why did you look at the oven?"}, "off limits"),
        ({"question": "What was " + "very " * 40 + "old about the oven?"}, "too long"),
        ({"builds_on": "I planned the way back from the start"}, "quote"),
        ({"builds_on": ""}, "quote"),
        ({"builds_on": "oven"}, "quote"),
        ({"utterance_ids": []}, "quote"),
        ({"utterance_ids": ["u9"]}, "quote"),
        ({"utterance_ids": ["u1", "u9"]}, "quote"),
    ],
)
def test_a_wording_that_breaks_a_rule_is_dropped(
    asked: Asked, server: ScriptedServer, changes: dict[str, object], broken: str
) -> None:
    local = asked.offer()
    server.plays(follow_up(**changes))

    asked.pause()

    [(outcome, detail)] = asked.outcomes()
    assert outcome is AskOutcome.REFUSED
    assert broken in detail
    assert asked.interview.suggestions[local.id].suggestion == local


def test_the_interviewers_own_words_are_nothing_to_build_on(server: ScriptedServer) -> None:
    story = Asked(server)
    story.answer()
    story.say("So we looked at the old oven first.", channel=Channel.INTERVIEWER)
    story.offer()
    server.plays(follow_up(utterance_ids=["u2"], question="How did you look at the oven, then?"))

    story.pause()

    assert story.outcomes() == [(AskOutcome.REFUSED, "quote")]
    story.model.close()


@pytest.mark.parametrize(
    "quote", [BUILDS_ON.upper(), f"“{BUILDS_ON}”", BUILDS_ON.replace(" ", "  \n"), f"… {BUILDS_ON}"]
)
def test_case_spaces_and_quotation_marks_make_no_difference(
    asked: Asked, server: ScriptedServer, quote: str
) -> None:
    asked.offer()
    server.plays(follow_up(builds_on=quote))

    asked.pause()

    assert asked.outcomes() == [(AskOutcome.SHARPENED, "")]


# -- too late -------------------------------------------------------------------------------------


@pytest.mark.parametrize("fate", [SuggestionFate.TAKEN, SuggestionFate.SKIPPED])
def test_once_the_suggestion_has_gone_the_request_is_broken_off_on_the_wire(
    asked: Asked, server: ScriptedServer, fate: SuggestionFate
) -> None:
    server.always = Hangs()
    asked.offer()
    asked.look()
    request = server.wait_for_request()

    asked.close("s1", fate)
    asked.look()

    assert request.hung_up.wait(PATIENCE_S)
    assert not asked.asking.waiting
    assert asked.outcomes() == [(AskOutcome.CANCELLED, "")]


def test_so_it_is_under_another_question(asked: Asked, server: ScriptedServer) -> None:
    server.always = Hangs()
    asked.offer()
    asked.look()
    request = server.wait_for_request()

    asked.ask("metrics")
    asked.look()

    assert request.hung_up.wait(PATIENCE_S)
    assert asked.outcomes() == [(AskOutcome.CANCELLED, "")]


def test_a_wording_that_takes_longer_than_it_is_of_use_is_given_up(
    asked: Asked, server: ScriptedServer
) -> None:
    server.always = Hangs()
    asked.offer()
    asked.look()
    request = server.wait_for_request()

    asked.look(now_s=asked.now_s + 5.9)
    assert asked.asking.waiting
    asked.look(now_s=asked.now_s + 6.1)

    assert request.hung_up.wait(PATIENCE_S)
    assert asked.outcomes() == [(AskOutcome.LATE, "")]


def test_an_answer_to_what_has_just_gone_changes_nothing(asked: Asked) -> None:
    asked.offer()
    asked.look()

    asked.close("s1", SuggestionFate.TAKEN)
    asked.settle()

    assert asked.outcomes() == [(AskOutcome.LATE, "")]
    assert asked.of(SuggestionSharpened) == []


def test_the_end_of_the_session_breaks_everything_off(asked: Asked, server: ScriptedServer) -> None:
    server.always = Hangs()
    asked.offer()
    asked.look()
    request = server.wait_for_request()

    asked.asking.stop()

    assert request.hung_up.wait(PATIENCE_S)
    assert asked.outcomes() == [(AskOutcome.CANCELLED, "")]
    assert asked.of(ModelAsked)[0].tokens_in > 0  # the endpoint may charge for them


# -- when it fails --------------------------------------------------------------------------------


def _told(asked: Asked) -> tuple[str, str]:
    vitals = asked.model.told(Vitals(1.0))
    return vitals.llm_trouble, vitals.llm_notice


def test_an_endpoint_that_fails_is_said_once_and_no_more_when_it_is_well_again(
    asked: Asked, server: ScriptedServer
) -> None:
    server.plays(Refuses(404))
    asked.offer()
    assert _told(asked) == ("", "")

    asked.pause()

    assert asked.outcomes() == [(AskOutcome.FAILED, "endpoint")]
    assert _told(asked) == (NO_ANSWER, "")
    asked.close("s1", SuggestionFate.EXPIRED)
    asked.offer(a_probe(id="s2", text="What was plan B?"))
    asked.pause()
    assert asked.outcomes()[1:] == [(AskOutcome.FAILED, "resting")]
    assert len(server.asked) == 1
    client = asked.model._client
    assert client is not None
    client.breaker._again_at = 0.0  # the pause is over
    asked.close("s2", SuggestionFate.EXPIRED)
    asked.offer(a_probe(id="s3", text="And on a bad morning, what then?"))
    asked.pause()
    assert asked.outcomes()[2:] == [(AskOutcome.SHARPENED, "")]
    assert _told(asked) == ("", "")


def test_an_answer_in_no_form_is_a_failure_and_told_as_one(
    asked: Asked, server: ScriptedServer
) -> None:
    server.always = Says("I would rather talk about the weather.")
    asked.offer()

    asked.pause()

    assert asked.outcomes() == [(AskOutcome.FAILED, "answer")]


def test_a_budget_that_is_used_up_is_said_and_nothing_more_is_asked(
    server: ScriptedServer,
) -> None:
    story = Asked(server, session_tokens=100)
    story.answer()
    story.offer()

    story.pause()
    story.close("s1", SuggestionFate.EXPIRED)
    story.offer(a_probe(id="s2", text="What was plan B?"))
    story.pause()

    assert story.outcomes() == [(AskOutcome.FAILED, "budget")]
    assert _told(story) == ("", SPENT)
    assert server.asked == []
    story.model.close()


def test_what_an_interrupted_session_has_used_counts_when_it_goes_on(
    server: ScriptedServer,
) -> None:
    first = Asked(server)
    first.answer()
    first.offer()
    first.pause()
    first.model.close()
    server.asked.clear()

    assert used_before(first.interview).tokens == 366


def test_a_broken_prompt_is_said_and_the_last_good_version_is_used(
    asked: Asked, server: ScriptedServer
) -> None:
    own = write_prompt(config_folder() / "prompts")
    asked.offer()
    asked.pause()
    assert _told(asked) == ("", "")
    write_prompt(own.parent, "---\nname: follow_up\n")

    asked.close("s1", SuggestionFate.EXPIRED)
    asked.offer(a_probe(id="s2", text="What was plan B?"))
    server.plays(follow_up(question="How did you look at the oven, then?"))
    asked.pause()

    before, after = asked.of(ModelAsked)
    assert before.outcome is after.outcome is AskOutcome.SHARPENED
    assert before.answered_by == after.answered_by
    trouble, notice = _told(asked)
    assert trouble == ""
    assert str(own) in notice
    assert "the last good version is used" in notice


def test_an_edited_prompt_counts_at_the_next_call(asked: Asked, server: ScriptedServer) -> None:
    asked.offer()
    asked.pause()
    write_prompt(config_folder() / "prompts")

    asked.close("s1", SuggestionFate.EXPIRED)
    asked.offer(a_probe(id="s2", text="What was plan B?"))
    asked.pause()

    before, after = asked.of(ModelAsked)
    assert before.answered_by.prompt_sha256 != after.answered_by.prompt_sha256
    assert "Write one question as JSON." in server.asked[1].contents[0]


def test_a_state_of_the_point_goes_along(asked: Asked, server: ScriptedServer) -> None:
    asked.doubt()
    asked.offer()

    asked.look()
    asked.settle()

    assert "id rollback: Way back (unclear)" in sent(server)
    assert asked.state() is FindingState.UNCLEAR
