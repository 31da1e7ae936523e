"""What the interviewer writes and rates, and what an exchange of the sides leaves and takes."""

from collections.abc import Callable

import pytest

from copilot.errors import EventError
from copilot.events import Actor, Channel, FindingKind, FindingState
from tests.story import Story, evidence_of


@pytest.fixture
def story() -> Story:
    told = Story()
    told.ask("rollout", at_s=5)
    return told


@pytest.fixture
def refused(story: Story) -> Callable[[str, Callable[[], object]], None]:
    """Try a step that must be refused, and see that nothing has changed."""

    def attempt(reason: str, step: Callable[[], object]) -> None:
        before = story.memory()
        with pytest.raises(EventError, match=reason):
            step()
        assert story.interview == before

    return attempt


Refused = Callable[[str, Callable[[], object]], None]

# -- notes and ratings ----------------------------------------------------------------------------


def test_notes_stand_in_the_order_in_which_they_were_taken(story: Story) -> None:
    story.note("Knows ovens.", question="rollout")
    story.note("Late for the call.", moment_s=0.5)

    notes = [(note.id, note.text, note.moment_s, note.question) for note in story.interview.notes]
    assert notes == [("n1", "Knows ovens.", 5, "rollout"), ("n2", "Late for the call.", 0.5, None)]


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_an_empty_note_is_refused(story: Story, refused: Refused, text: str) -> None:
    refused("note n1 is empty", lambda: story.note(text))


def test_a_note_about_a_question_outside_the_plan_is_refused(
    story: Story, refused: Refused
) -> None:
    refused("not in the plan", lambda: story.note("Fine.", question="holiday"))


def test_the_last_rating_stands_and_can_be_taken_back(story: Story) -> None:
    assert story.interview.rating_of("rollout") is None
    story.rate("rollout", 2)
    story.rate("rollout", 4)
    story.rate("team", 1)
    assert story.interview.rating_of("rollout") == 4
    assert story.interview.rating_of("team") == 1

    story.rate("rollout", None)

    assert story.interview.rating_of("rollout") is None
    assert [given.rating for given in story.interview.ratings["rollout"]] == [2, 4, None]


@pytest.mark.parametrize("rating", [0, 5, -1, 40])
def test_a_rating_is_one_to_four(story: Story, refused: Refused, rating: int) -> None:
    refused(f"{rating} is no rating from 1 to 4", lambda: story.rate("rollout", rating))


def test_an_unplanned_question_cannot_be_rated(story: Story, refused: Refused) -> None:
    refused("'holiday' is not in the plan", lambda: story.rate("holiday", 3))


def test_notes_and_ratings_need_no_consent() -> None:
    story = Story(consent=None)

    story.note("No answer yet.")
    story.rate("rollout", 3)

    assert story.interview.rating_of("rollout") == 3


# -- the sides exchanged --------------------------------------------------------------------------


def test_an_exchange_gives_each_side_the_others_words_and_time(story: Story) -> None:
    story.say("A trial run first.", length_s=4, channel=Channel.INTERVIEWER)
    story.say("How would you do it?", length_s=1.5)
    story.discard()

    story.swap()

    interview = story.interview
    channels = {said.id: said.channel for said in interview.utterances.values()}
    assert channels == {"u1": Channel.CANDIDATE, "u2": Channel.INTERVIEWER}
    assert interview.talk_seconds(Channel.CANDIDATE) == 4
    assert interview.talk_seconds(Channel.INTERVIEWER) == 1.5
    assert [lost.channel for lost in interview.discarded] == [Channel.INTERVIEWER]


def test_answers_hold_what_the_other_side_said(story: Story) -> None:
    story.say("A trial run first.", channel=Channel.INTERVIEWER)
    story.say("How would you do it?")
    story.ask("metrics", at_s=20)
    story.say("Waste, every evening.", channel=Channel.INTERVIEWER)

    story.swap()

    answers = {q: [s.text for s in story.interview.answer(q)] for q in ("rollout", "metrics")}
    assert answers == {"rollout": ["A trial run first."], "metrics": ["Waste, every evening."]}
    assert story.interview.question_of("u1") == "rollout"
    assert story.interview.question_of("u2") is None


def test_what_is_said_after_an_exchange_counts_as_it_is_told(story: Story) -> None:
    story.swap()
    story.say("A trial run first.")

    assert [said.text for said in story.interview.answer("rollout")] == ["A trial run first."]


def test_the_machines_findings_fall_with_an_exchange_and_the_humans_stay(story: Story) -> None:
    said = story.say("We had a way back, and I did it all by myself.")
    story.find("rollback", FindingState.EVIDENCED, said=said)
    story.raise_flag("alone", said)
    story.find("pilot", FindingState.DENIED, by=Actor.HUMAN)
    story.find("training", FindingState.EVIDENCED, by=Actor.HUMAN, evidence=(evidence_of(said),))

    story.swap()

    interview = story.interview
    states = {p: interview.state_of("rollout", FindingKind.POINT, p) for p in _POINTS}
    assert states == {"rollback": "not_heard", "pilot": "denied", "training": "evidenced"}
    assert interview.raised_flags() == ()


_POINTS = ("rollback", "pilot", "training")


def test_questions_the_machine_recognised_fall_and_those_set_by_hand_stay() -> None:
    story = Story()
    story.ask("metrics", at_s=5, by=Actor.MACHINE)
    story.say("First.", channel=Channel.INTERVIEWER)
    story.ask("rollout", at_s=20)
    story.say("Second.", channel=Channel.INTERVIEWER)
    story.ask("team", at_s=40, by=Actor.MACHINE)
    story.say("Third.", channel=Channel.INTERVIEWER)

    story.swap()

    interview = story.interview
    assert [asked.question for asked in interview.questions_asked] == ["rollout"]
    assert [said.text for said in interview.answer(None)] == ["First."]
    assert [said.text for said in interview.answer("rollout")] == ["Second.", "Third."]


def test_notes_ratings_and_suggestions_outlive_an_exchange(story: Story) -> None:
    story.note("Knows ovens.")
    story.rate("rollout", 3)
    offered = story.offer()

    story.swap()

    assert [note.text for note in story.interview.notes] == ["Knows ovens."]
    assert story.interview.rating_of("rollout") == 3
    assert list(story.interview.suggestions) == [offered.id]


def test_a_quote_of_what_is_now_the_interviewers_does_not_stand(story: Story) -> None:
    said = story.say("We had a way back.")

    story.swap()

    assert "is not the candidate's" in story.interview.quote_problem(evidence_of(said))
