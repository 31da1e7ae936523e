"""What the interview refuses; a refused event changes nothing."""

import dataclasses
import math
from collections.abc import Callable

import pytest

from copilot.errors import EventError
from copilot.events import (
    Actor,
    Channel,
    ConsentDecision,
    ConsentRecorded,
    Event,
    Evidence,
    FindingKind,
    FindingState,
    SuggestionFate,
    Utterance,
    UtteranceHeard,
)
from copilot.interview import Interview
from tests.builders import planned, session_started
from tests.story import Story, a_probe, evidence_of

QUOTED = (FindingState.EVIDENCED, FindingState.DENIED)


@pytest.fixture
def story() -> Story:
    """An interview under way; what the test tries and is refused must leave it as it was."""
    told = Story()
    told.ask("rollout", at_s=5)
    told.say("How would you bring in a new oven?", channel=Channel.INTERVIEWER)
    told.say("We had a way back to the old oven.", start_s=10)
    return told


@pytest.fixture
def refused(story: Story) -> Callable[[str, Callable[[], object]], None]:
    """Try a step that must be refused, and see that nothing has changed."""

    def attempt(reason: str, step: Callable[[], object]) -> None:
        before = story.memory()
        with pytest.raises(EventError, match=reason) as caught:
            step()
        assert caught.value.title == "Event refused"
        assert story.interview == before

    return attempt


Refused = Callable[[str, Callable[[], object]], None]


def _candidate(story: Story) -> Utterance:
    return story.interview.utterances["u2"]


def _consent_event(story: Story, **changes: object) -> ConsentRecorded:
    event = ConsentRecorded(
        seq=story.seq,
        at_s=story.interview.now_s,
        decision=ConsentDecision.GIVEN,
        by="Ada",
        wording="May we?",
    )
    return dataclasses.replace(event, **changes)  # type: ignore[arg-type]


# -- order ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [-1, 1, 7])
def test_a_gap_or_a_repeat_in_the_numbers_is_refused(
    story: Story, refused: Refused, jump: int
) -> None:
    event = _consent_event(story, seq=story.seq + jump)

    refused("came after event", lambda: story.apply(event))


def test_an_event_that_goes_back_in_time_is_refused(story: Story, refused: Refused) -> None:
    event = _consent_event(story, at_s=story.interview.now_s - 0.001)

    refused("goes back in time", lambda: story.apply(event))


@pytest.mark.parametrize("at_s", [math.nan, math.inf])
def test_a_time_that_is_no_number_is_refused(story: Story, refused: Refused, at_s: float) -> None:
    refused("time", lambda: story.apply(_consent_event(story, at_s=at_s)))


def test_two_events_may_happen_at_the_same_time(story: Story) -> None:
    story.apply(_consent_event(story, at_s=story.interview.now_s))


def test_nothing_comes_before_the_start_of_the_session() -> None:
    interview = Interview()
    event = dataclasses.replace(_consent_event(Story()), seq=1, at_s=0.0)

    with pytest.raises(EventError, match="starts once, with its first event"):
        interview.apply(event)
    assert interview == Interview()


def test_a_session_starts_once(story: Story, refused: Refused) -> None:
    again = session_started(seq=story.seq, at_s=story.interview.now_s)

    refused("starts once", lambda: story.apply(again))


def test_nothing_comes_after_the_end(story: Story, refused: Refused) -> None:
    story.end()

    refused("after the session's end", lambda: story.ask("metrics"))
    refused("after the session's end", story.end)


def test_a_plan_names_each_question_once() -> None:
    interview = Interview()
    plan = planned()

    with pytest.raises(EventError, match="names a question twice"):
        interview.apply(session_started(plan=(*plan, plan[0])))
    assert interview == Interview()


# -- consent --------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("decision", [None, ConsentDecision.DECLINED])
def test_no_speech_is_taken_in_without_consent(
    decision: ConsentDecision | None, channel: Channel
) -> None:
    story = Story(consent=decision)
    before = story.memory()

    with pytest.raises(EventError, match="without recorded consent"):
        story.say("Hello.", channel=channel)
    with pytest.raises(EventError, match="without recorded consent"):
        story.discard()
    assert story.interview == before


@pytest.mark.parametrize("decision", [ConsentDecision.GIVEN, ConsentDecision.NOT_NEEDED])
def test_speech_is_taken_in_once_consent_is_recorded(decision: ConsentDecision) -> None:
    story = Story(consent=decision)

    story.say("Hello.")
    story.discard()

    assert len(story.interview.utterances) == len(story.interview.discarded) == 1


def test_consent_that_is_withdrawn_ends_the_listening(story: Story, refused: Refused) -> None:
    story.consent(ConsentDecision.DECLINED)

    refused("without recorded consent", lambda: story.say("And then"))


def test_plan_and_notes_stay_usable_after_a_no(story: Story) -> None:
    quiet = Story(consent=ConsentDecision.DECLINED)

    quiet.ask("rollout", at_s=10)
    quiet.find("rollback", FindingState.EVIDENCED, by=Actor.HUMAN)
    quiet.end(at_s=60)

    assert quiet.interview.seconds_on("rollout") == 50


# -- speech ---------------------------------------------------------------------------------------


def test_an_utterance_is_heard_once(story: Story, refused: Refused) -> None:
    again = UtteranceHeard(seq=story.seq, at_s=99, utterance=_candidate(story))

    refused("u2 was heard twice", lambda: story.apply(again))


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_an_utterance_has_text(story: Story, refused: Refused, text: str) -> None:
    refused("no text or no length", lambda: story.say(text))


def test_an_utterance_does_not_end_before_it_begins(story: Story, refused: Refused) -> None:
    refused("no text or no length", lambda: story.say("Back.", length_s=-0.01))


# -- questions ------------------------------------------------------------------------------------


def test_a_question_outside_the_plan_is_refused(story: Story, refused: Refused) -> None:
    refused("'salary' is not in the plan", lambda: story.ask("salary"))
    refused(
        "'salary' is not in the plan",
        lambda: story.find("pilot", FindingState.UNCLEAR, question="salary"),
    )
    refused("'salary' is not in the plan", lambda: story.offer(a_probe(id="s1", question="salary")))


# -- findings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FindingKind)
def test_an_unknown_point_or_flag_is_refused(
    story: Story, refused: Refused, kind: FindingKind
) -> None:
    said = _candidate(story)

    refused(
        "'charisma' cannot be unclear",
        lambda: story.find("charisma", FindingState.UNCLEAR, said=said, kind=kind),
    )


def test_a_point_of_another_question_is_refused(story: Story, refused: Refused) -> None:
    refused(
        "'waste' cannot be",
        lambda: story.find("waste", FindingState.EVIDENCED, said=_candidate(story)),
    )


def test_a_flag_is_no_point_and_a_point_no_flag(story: Story, refused: Refused) -> None:
    said = _candidate(story)

    refused("'alone' cannot", lambda: story.find("alone", FindingState.UNCLEAR, said=said))
    refused("'rollback' cannot", lambda: story.raise_flag("rollback", said))


@pytest.mark.parametrize(
    ("item", "kind", "state"),
    [
        ("rollback", FindingKind.POINT, FindingState.RAISED),
        ("rollback", FindingKind.POINT, FindingState.NOT_RAISED),
        ("alone", FindingKind.FLAG, FindingState.EVIDENCED),
        ("alone", FindingKind.FLAG, FindingState.DENIED),
        ("alone", FindingKind.FLAG, FindingState.NOT_HEARD),
    ],
)
@pytest.mark.parametrize("by", Actor)
def test_points_and_flags_have_states_of_their_own(
    story: Story, refused: Refused, item: str, kind: FindingKind, state: FindingState, by: Actor
) -> None:
    refused(
        f"{item!r} cannot be {state}",
        lambda: story.find(item, state, said=_candidate(story), kind=kind, by=by),
    )


@pytest.mark.parametrize("state", QUOTED)
def test_the_machine_asserts_nothing_about_a_point_without_a_quote(
    story: Story, refused: Refused, state: FindingState
) -> None:
    refused("without a quote", lambda: story.find("rollback", state))


def test_the_machine_raises_no_flag_without_a_quote(story: Story, refused: Refused) -> None:
    refused(
        "without a quote",
        lambda: story.find("alone", FindingState.RAISED, kind=FindingKind.FLAG),
    )


@pytest.mark.parametrize(
    "quote",
    [
        "We had a plan B.",
        "we had a way back",  # another case than was said
        "We had  a way back",  # other spaces
        "We had a way back to the old oven. And",
        "way … oven",
    ],
)
def test_a_quote_that_nobody_said_is_refused(story: Story, refused: Refused, quote: str) -> None:
    refused(
        "the quote does not stand in u2",
        lambda: story.find("rollback", FindingState.EVIDENCED, said=_candidate(story), quote=quote),
    )


@pytest.mark.parametrize("quote", ["", "  "])
def test_an_empty_quote_is_no_quote(story: Story, refused: Refused, quote: str) -> None:
    refused(
        "evidence without a quote",
        lambda: story.find("rollback", FindingState.EVIDENCED, said=_candidate(story), quote=quote),
    )


def test_evidence_names_the_utterances_it_stands_in(story: Story, refused: Refused) -> None:
    nowhere = Evidence(utterance_ids=(), quote="We", start_s=10, end_s=11)

    refused(
        "evidence without a quote",
        lambda: story.find("rollback", FindingState.EVIDENCED, evidence=(nowhere,)),
    )


def test_evidence_from_an_utterance_nobody_heard_is_refused(story: Story, refused: Refused) -> None:
    invented = Evidence(utterance_ids=("u2", "u9"), quote="We had", start_s=10, end_s=11)

    refused(
        "no utterance u9 was heard",
        lambda: story.find("rollback", FindingState.EVIDENCED, evidence=(invented,)),
    )


@pytest.mark.parametrize("state", QUOTED)
def test_the_interviewers_words_are_no_evidence(
    story: Story, refused: Refused, state: FindingState
) -> None:
    asked = story.interview.utterances["u1"]

    refused(
        "u1 is not the candidate's",
        lambda: story.find("rollback", state, said=asked, quote="bring in a new oven"),
    )


def test_every_piece_of_evidence_is_checked_not_only_the_first(
    story: Story, refused: Refused
) -> None:
    said = _candidate(story)
    pieces = (evidence_of(said), evidence_of(said, "and the moon"))

    refused(
        "does not stand in u2",
        lambda: story.find("rollback", FindingState.EVIDENCED, evidence=pieces),
    )


def test_a_quote_under_a_doubtful_state_is_checked_too(story: Story, refused: Refused) -> None:
    said = _candidate(story)

    refused(
        "does not stand in u2",
        lambda: story.find("rollback", FindingState.UNCLEAR, said=said, quote="the moon"),
    )


@pytest.mark.parametrize("state", QUOTED)
def test_uncertain_text_alone_proves_nothing(
    story: Story, refused: Refused, state: FindingState
) -> None:
    doubtful = story.say("We had a plan B.", uncertain=True)

    refused("rests on uncertain text alone", lambda: story.find("rollback", state, said=doubtful))


def test_uncertain_text_alone_raises_no_flag(story: Story, refused: Refused) -> None:
    doubtful = story.say("I did it all by myself.", uncertain=True)

    refused("rests on uncertain text alone", lambda: story.raise_flag("alone", doubtful))


def test_uncertain_text_may_stand_beside_certain_text(story: Story) -> None:
    doubtful = story.say("We had a plan B.", uncertain=True)
    pieces = (evidence_of(_candidate(story)), evidence_of(doubtful))

    story.find("rollback", FindingState.EVIDENCED, evidence=pieces)


def test_uncertain_text_may_be_quoted_for_a_doubtful_state(story: Story) -> None:
    doubtful = story.say("We had a plan B.", uncertain=True)

    story.find("rollback", FindingState.UNCLEAR, said=doubtful)


def test_naming_a_certain_utterance_does_not_lend_it_to_an_uncertain_quote(
    story: Story, refused: Refused
) -> None:
    doubtful = story.say("We had a plan B.", uncertain=True)
    certain = story.say("Well, yes.")
    both = Evidence(utterance_ids=(doubtful.id, certain.id), quote="a plan B", start_s=20, end_s=24)

    refused(
        "rests on uncertain text alone",
        lambda: story.find("rollback", FindingState.EVIDENCED, evidence=(both,)),
    )


@pytest.mark.parametrize("state", [FindingState.EVIDENCED, FindingState.UNCLEAR])
def test_the_machine_never_overrides_the_human(
    story: Story, refused: Refused, state: FindingState
) -> None:
    story.find("rollback", FindingState.DENIED, by=Actor.HUMAN)

    refused(
        "'rollback' was decided by the human",
        lambda: story.find("rollback", state, said=_candidate(story)),
    )
    assert story.interview.state_of("rollout", FindingKind.POINT, "rollback") == "denied"


def test_the_human_overrides_the_machine_and_needs_no_quote(story: Story) -> None:
    story.find("rollback", FindingState.EVIDENCED, said=_candidate(story))

    story.find("rollback", FindingState.NOT_HEARD, by=Actor.HUMAN)
    story.find("rollback", FindingState.EVIDENCED, by=Actor.HUMAN)

    assert story.interview.state_of("rollout", FindingKind.POINT, "rollback") == "evidenced"


def test_the_humans_word_on_one_point_binds_the_machine_on_that_point_alone(story: Story) -> None:
    story.find("rollback", FindingState.DENIED, by=Actor.HUMAN)

    story.find("training", FindingState.EVIDENCED, said=_candidate(story))
    story.raise_flag("alone", _candidate(story))


# -- suggestions ----------------------------------------------------------------------------------


def test_only_one_suggestion_is_open(story: Story, refused: Refused) -> None:
    story.offer()

    refused("while another one is open", lambda: story.offer(a_probe(id="s2")))


def test_a_suggestion_is_offered_once(story: Story, refused: Refused) -> None:
    story.offer()
    story.close("s1", SuggestionFate.EXPIRED)

    refused("s1 was offered twice", lambda: story.offer(a_probe(id="s1")))


def test_a_suggestion_that_is_not_open_cannot_be_closed(story: Story, refused: Refused) -> None:
    refused("s1 is not open", lambda: story.close("s1", SuggestionFate.TAKEN))
    story.offer()
    refused("s7 is not open", lambda: story.close("s7", SuggestionFate.TAKEN))
    story.close("s1", SuggestionFate.TAKEN)
    refused("s1 is not open", lambda: story.close("s1", SuggestionFate.SKIPPED))


# -- after a refusal ------------------------------------------------------------------------------


def test_the_interview_goes_on_after_a_refused_event(story: Story) -> None:
    bad: Event = _consent_event(story, seq=99)
    with pytest.raises(EventError):
        story.interview.apply(bad)

    story.find("rollback", FindingState.EVIDENCED, said=_candidate(story))

    assert story.interview.state_of("rollout", FindingKind.POINT, "rollback") == "evidenced"
