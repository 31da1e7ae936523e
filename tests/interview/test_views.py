"""What can be read from an interview: answers, spans, talk, states, suggestions."""

import pytest

from copilot.errors import EventError
from copilot.events import (
    Actor,
    AudioGap,
    CaptureContinued,
    CapturePaused,
    Channel,
    Evidence,
    FindingKind,
    FindingState,
    GapCause,
    SuggestionFate,
    SuggestionKind,
)
from copilot.interview import Interview, Span
from tests.builders import planned
from tests.story import Story, a_probe


@pytest.fixture
def story() -> Story:
    return Story()


def _answer(story: Story, question: str | None) -> list[str]:
    return [said.text for said in story.interview.answer(question)]


# -- the plan and the current question ------------------------------------------------------------


def test_an_interview_that_has_not_started_has_no_plan() -> None:
    with pytest.raises(EventError, match="not started"):
        _ = Interview().plan


def test_the_plan_is_the_one_the_session_started_with(story: Story) -> None:
    assert story.interview.plan == planned()
    assert story.interview.planned("metrics").label == "Figures"


def test_no_question_is_current_before_one_is_asked(story: Story) -> None:
    assert story.interview.current_question is None
    assert story.interview.spans() == ()


def test_the_last_question_asked_is_current(story: Story) -> None:
    story.ask("rollout", at_s=5)
    story.ask("metrics", at_s=9)

    assert story.interview.current_question == "metrics"
    assert story.interview.was_asked("rollout")
    assert not story.interview.was_asked("team")


# -- answers and corrections ----------------------------------------------------------------------


def test_what_the_candidate_says_belongs_to_the_question_being_answered(story: Story) -> None:
    story.say("Good morning.")
    story.ask("rollout", at_s=5)
    said = story.say("A trial run first.")
    story.ask("metrics", at_s=20)
    story.say("Waste.")

    assert _answer(story, None) == ["Good morning."]
    assert _answer(story, "rollout") == ["A trial run first."]
    assert _answer(story, "metrics") == ["Waste."]
    assert story.interview.question_of(said.id) == "rollout"


def test_the_interviewers_words_belong_to_no_answer(story: Story) -> None:
    story.ask("rollout", at_s=5)
    said = story.say("And then?", channel=Channel.INTERVIEWER)

    assert _answer(story, "rollout") == []
    assert story.interview.question_of(said.id) is None


def test_words_whose_text_comes_late_belong_to_the_question_under_which_they_were_spoken(
    story: Story,
) -> None:
    story.ask("rollout", at_s=5)
    story.ask("metrics", at_s=30)

    story.say("We could always go back.", start_s=20)

    assert _answer(story, "rollout") == ["We could always go back."]


def test_a_correction_moves_what_was_said_since_then(story: Story) -> None:
    story.ask("rollout", at_s=5)
    story.say("A trial run first.", start_s=6)
    story.say("Waste, every evening.", start_s=20)
    story.say("And returns.", start_s=24)

    story.ask("metrics", since_s=15)

    assert _answer(story, "rollout") == ["A trial run first."]
    assert _answer(story, "metrics") == ["Waste, every evening.", "And returns."]


def test_a_correction_takes_back_what_was_asked_since_then(story: Story) -> None:
    story.ask("rollout", at_s=5)
    story.ask("team", at_s=20, by=Actor.MACHINE)
    story.say("Waste, every evening.", start_s=24)

    story.ask("metrics", since_s=20)

    assert _answer(story, "metrics") == ["Waste, every evening."]
    assert _answer(story, "team") == []
    assert not story.interview.was_asked("team")
    assert [asked.question for asked in story.interview.questions_asked] == ["rollout", "metrics"]


def test_a_correction_to_talk_outside_the_plan_empties_the_answer(story: Story) -> None:
    story.ask("rollout", at_s=5)
    story.say("Is it far to the station?", start_s=6)

    story.ask(None, since_s=5)

    assert _answer(story, "rollout") == []
    assert _answer(story, None) == ["Is it far to the station?"]
    assert story.interview.current_question is None


def test_an_answer_that_is_moved_there_and_back_is_in_the_order_it_was_spoken(
    story: Story,
) -> None:
    story.ask("rollout", at_s=5)
    for number, start_s in enumerate([6, 10, 14, 18]):
        story.say(str(number), start_s=start_s)

    story.ask("metrics", since_s=9)
    story.ask("team", since_s=13)
    assert (_answer(story, "metrics"), _answer(story, "team")) == (["1"], ["2", "3"])
    story.ask("rollout", since_s=9)

    assert _answer(story, "rollout") == ["0", "1", "2", "3"]
    assert _answer(story, "metrics") == _answer(story, "team") == []


def test_a_question_may_be_answered_in_several_stretches(story: Story) -> None:
    story.ask("rollout", at_s=5)
    story.say("A trial run.", start_s=6)
    story.ask("metrics", at_s=20)
    story.say("Waste.", start_s=21)
    story.ask("rollout", at_s=40)
    story.say("And a way back.", start_s=41)

    assert _answer(story, "rollout") == ["A trial run.", "And a way back."]


# -- time -----------------------------------------------------------------------------------------


def test_spans_cut_the_interview_by_question_up_to_the_last_event(story: Story) -> None:
    story.ask("rollout", at_s=5)
    story.ask(None, at_s=20)
    story.ask("metrics", at_s=30)
    story.end(at_s=45)

    assert story.interview.spans() == (
        Span("rollout", 5, 20),
        Span(None, 20, 30),
        Span("metrics", 30, 45),
    )


def test_the_last_span_grows_with_the_clock(story: Story) -> None:
    story.ask("rollout", at_s=5)

    assert story.interview.spans(now_s=65)[-1] == Span("rollout", 5, 65)
    assert story.interview.seconds_on("rollout", now_s=65) == 60


def test_a_clock_that_lags_behind_the_last_event_takes_no_time_away(story: Story) -> None:
    story.ask("rollout", at_s=5)
    story.say("Yes.", start_s=8)

    assert story.interview.seconds_on("rollout", now_s=6) == 5


def test_seconds_on_a_question_add_up_over_its_spans(story: Story) -> None:
    story.ask("rollout", at_s=5)
    story.ask("metrics", at_s=20)
    story.ask("rollout", at_s=30)
    story.end(at_s=45)

    assert story.interview.seconds_on("rollout") == 30
    assert story.interview.seconds_on("metrics") == 10
    assert story.interview.seconds_on("team") == 0


def test_time_off_the_record_is_time_on_no_question(story: Story) -> None:
    story.ask("rollout", at_s=5)
    story.tell(CapturePaused, at_s=20)
    assert story.interview.seconds_on("rollout", now_s=50) == 15
    story.tell(CaptureContinued, at_s=60)
    story.tell(AudioGap, channel=None, start_s=20, end_s=60, cause=GapCause.OFF_RECORD)
    story.ask("metrics", at_s=70)
    story.end(at_s=75)

    assert story.interview.seconds_on("rollout") == 25
    assert story.interview.seconds_on("metrics") == 5


def test_a_session_interrupted_off_the_record_counts_no_time_twice(story: Story) -> None:
    story.ask("rollout", at_s=5)
    story.tell(CapturePaused, at_s=20)
    story.tell(AudioGap, at_s=40, channel=None, start_s=20, end_s=40, cause=GapCause.OFF_RECORD)

    assert story.interview.seconds_on("rollout", now_s=50) == 15


def test_a_correction_gives_the_time_to_the_right_question(story: Story) -> None:
    story.ask("rollout", at_s=5)
    story.ask("metrics", at_s=30, since_s=10)
    story.end(at_s=40)

    assert story.interview.seconds_on("rollout") == 5
    assert story.interview.seconds_on("metrics") == 30


def test_talk_seconds_count_each_side_alone(story: Story) -> None:
    story.say("What?", length_s=1.5, channel=Channel.INTERVIEWER)
    story.say("This.", length_s=4)
    story.say("And that.", length_s=2.5, uncertain=True)

    assert story.interview.talk_seconds(Channel.INTERVIEWER) == 1.5
    assert story.interview.talk_seconds(Channel.CANDIDATE) == 6.5


def test_nobody_has_talked_before_anybody_does(story: Story) -> None:
    assert story.interview.talk_seconds(Channel.CANDIDATE) == 0


# -- findings -------------------------------------------------------------------------------------


def test_silence_reads_as_not_heard_and_not_raised_never_as_denied(story: Story) -> None:
    interview = story.interview

    assert interview.state_of("rollout", FindingKind.POINT, "pilot") is FindingState.NOT_HEARD
    assert interview.state_of("rollout", FindingKind.FLAG, "alone") is FindingState.NOT_RAISED


def test_a_finding_holds_under_its_question_only(story: Story) -> None:
    said = story.say("I did it all by myself.")
    story.raise_flag("alone", said, question="rollout")

    assert story.interview.state_of("rollout", FindingKind.FLAG, "alone") == "raised"
    assert story.interview.state_of("metrics", FindingKind.FLAG, "alone") == "not_raised"


def test_the_last_finding_about_a_point_holds(story: Story) -> None:
    said = story.say("We had no way back.")
    story.find("rollback", FindingState.UNCLEAR)
    story.find("rollback", FindingState.DENIED, said=said)

    assert story.interview.state_of("rollout", FindingKind.POINT, "rollback") == "denied"
    assert len(story.interview.findings) == 1


def test_a_quote_may_run_through_several_utterances(story: Story) -> None:
    first, second = story.say("We had a way"), story.say("back to the old oven.")
    through = Evidence(
        utterance_ids=(first.id, second.id),
        quote="a way back to the old",
        start_s=first.start_s,
        end_s=second.end_s,
    )

    story.find("rollback", FindingState.EVIDENCED, evidence=(through,))

    assert story.interview.quote_problem(through) == ""


def test_flags_stand_in_the_order_in_which_they_were_raised(story: Story) -> None:
    said = story.say("They broke it, so I did it all by myself.")
    story.raise_flag("alone", said)
    story.raise_flag("blame", said)
    story.raise_flag("alone", said)  # again, with better evidence
    story.raise_flag("alone", said, question="team")

    raised = [(flag.id, flag.question) for flag in story.interview.raised_flags()]

    assert raised == [("blame", "rollout"), ("alone", "rollout"), ("alone", "team")]


def test_a_flag_that_was_taken_back_no_longer_stands(story: Story) -> None:
    story.raise_flag("alone", story.say("I did it all by myself."))
    story.find("alone", FindingState.NOT_RAISED, kind=FindingKind.FLAG, by=Actor.HUMAN)

    assert story.interview.raised_flags() == ()


def test_refused_findings_are_counted(story: Story) -> None:
    story.refuse("rollback")
    story.refuse("pilot")

    assert story.interview.findings_refused == 2
    assert story.interview.findings == {}


# -- suggestions ----------------------------------------------------------------------------------


def test_the_open_suggestion_is_the_one_on_the_screen(story: Story) -> None:
    story.offer(at_s=12)
    record = story.interview.open_suggestion

    assert record is not None
    assert (record.suggestion.id, record.offered_at_s, record.fate) == ("s1", 12, None)


def test_no_suggestion_is_open_before_one_is_offered_and_after_it_is_closed(story: Story) -> None:
    before = story.interview.open_suggestion
    story.offer()
    story.close("s1", SuggestionFate.TAKEN)

    assert before is story.interview.open_suggestion is None


def test_a_closed_suggestion_remembers_when_how_and_by_whom(story: Story) -> None:
    story.offer(at_s=12)
    story.say("Hm.", start_s=15)
    story.close("s1", SuggestionFate.SKIPPED)

    record = story.interview.suggestions["s1"]
    assert record.fate is SuggestionFate.SKIPPED
    assert (record.closed_at_s, record.closed_by) == (17, Actor.HUMAN)


def test_only_probes_and_clarifications_that_were_asked_count_as_used(story: Story) -> None:
    kinds = (SuggestionKind.PROBE, SuggestionKind.CLARIFY, SuggestionKind.NEXT_QUESTION)
    for kind in kinds:
        for fate in SuggestionFate:
            offered = story.offer(a_probe(id=f"s{len(story.interview.suggestions)}", kind=kind))
            story.close(offered.id, fate)

    assert story.interview.probes_used("rollout") == 4  # two kinds, taken or heard asked
    assert story.interview.probes_used("metrics") == 0


def test_an_open_suggestion_is_not_used_yet(story: Story) -> None:
    story.offer()

    assert story.interview.probes_used("rollout") == 0
