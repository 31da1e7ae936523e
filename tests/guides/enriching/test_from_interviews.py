"""What candidates said becomes sentences of the guide only where a human judged it."""

from datetime import UTC, datetime, timedelta

import pytest

from copilot.errors import SessionError
from copilot.events import Actor, Channel, FindingKind, FindingState
from copilot.guides.editing.edits import Place
from copilot.guides.enriching.from_interviews import Quotes, joined_quotes, quotes_of
from copilot.guides.enriching.sessions import unusable, usable_sessions
from copilot.guides.enriching.waiting import Waiting
from copilot.paths import config_folder
from copilot.review.reviewing import Review
from copilot.settings import change_settings
from copilot.store import SessionFolder
from copilot.store.holds import Holds
from tests.builders import write_guide
from tests.review.stored import keep
from tests.story import Story

_BACK = "We kept the old oven beside it for a month."
_ROLLOUT: Place = ("questions", "rollout", "points")


@pytest.fixture(autouse=True)
def _guide() -> None:
    write_guide(config_folder() / "knowledge")


def _story(said: str = _BACK) -> Story:
    """The machine finds a way back; somebody has yet to say whether it is one."""
    story = Story()
    story.say("How would you bring in a new oven?", channel=Channel.INTERVIEWER, length_s=4)
    story.ask("rollout", since_s=0)
    back = story.say(said, start_s=5, length_s=6)
    story.find("rollback", FindingState.EVIDENCED, said=back)
    return story


def _found(story: Story) -> Quotes:
    story.end(at_s=100)
    return quotes_of(keep(story.events), Waiting("baker"))


def _texts(quotes: Quotes) -> list[tuple[Place, str]]:
    return [(q.proposal.edit.place, str(q.proposal.edit.value)) for q in quotes.quotes]


def _judge(story: Story, state: FindingState) -> Quotes:
    """As a reviewer does who may see what the machine found."""
    story.end(at_s=100)
    folder = keep(story.events)
    with Review(folder) as review:
        review.lift_blinding(None, "asked")
        review.set_finding("rollout", FindingKind.POINT, "rollback", state)
    return quotes_of(folder, Waiting("baker"))


def test_what_the_machine_found_alone_is_nothing() -> None:
    assert _found(_story()) == Quotes()


def test_what_a_human_confirmed_counts_and_its_origin_is_the_month() -> None:
    quotes = _judge(_story(), FindingState.EVIDENCED)

    [quoted] = quotes.quotes
    assert _texts(quotes) == [((*_ROLLOUT, "rollback", "says"), _BACK)]
    assert quoted.proposal.origin == "interview:2026-03"
    assert quoted.said == _BACK
    assert quoted.session not in repr(quoted.proposal)


def test_what_a_human_rejected_is_a_near_miss() -> None:
    quotes = _judge(_story(), FindingState.NOT_HEARD)

    assert _texts(quotes) == [((*_ROLLOUT, "rollback", "not_says", "near_misses"), _BACK)]


def test_what_a_human_set_with_a_quote_counts_and_without_one_is_counted() -> None:
    story = _story()
    none = story.say("There was no training whatsoever.", start_s=12, length_s=3)
    story.find("training", FindingState.DENIED, said=none, by=Actor.HUMAN)
    story.find("pilot", FindingState.EVIDENCED, by=Actor.HUMAN)

    quotes = _found(story)

    place = (*_ROLLOUT, "training", "not_says", "denials")
    assert _texts(quotes) == [(place, "There was no training whatsoever.")]
    assert quotes.left_out == {"judged without a quote": 1}


def test_flags_and_competencies_find_their_place() -> None:
    story = _story()
    alone = story.say("In the end I did it all by myself.", start_s=18, length_s=4)
    story.find("alone", FindingState.RAISED, said=alone, kind=FindingKind.FLAG, by=Actor.HUMAN)
    story.ask("team", at_s=60)
    craft = story.say("I shaped four hundred loaves a night.", start_s=61, length_s=4)
    story.find("craft", FindingState.EVIDENCED, said=craft, question="team", by=Actor.HUMAN)

    assert {place for place, _text in _texts(_found(story))} == {
        ("red_flags", "alone", "says"),
        ("competencies", "craft", "says"),
    }


def test_names_and_contact_data_are_replaced_and_spoken_against() -> None:
    said = "Thanks to Sophie Martin from Bakerton we kept the old oven for 30 days."
    quotes = _judge(_story(said), FindingState.EVIDENCED)

    [quoted] = quotes.quotes
    text = str(quoted.proposal.edit.value)
    assert "Sophie" not in text
    assert "Martin" not in text
    assert "Bakerton" not in text
    assert "30 days" in text
    assert "placeholder" in quoted.proposal.doubt
    assert quoted.said == said


def test_a_name_that_no_rule_knows_is_replaced_where_somebody_lists_it() -> None:
    story = _story("It was grace who kept the old oven for a month.")
    story.find(
        "rollback", FindingState.EVIDENCED, said=story.interview.utterances["u2"], by=Actor.HUMAN
    )
    story.end(at_s=100)

    [quoted] = quotes_of(keep(story.events), Waiting("baker"), ["grace"]).quotes

    assert "grace" not in str(quoted.proposal.edit.value)


def test_corrections_of_what_was_said_and_of_who_said_it_count() -> None:
    story = _story("We kept the cold oven beside it.")
    story.end(at_s=100)
    folder = keep(story.events)
    with Review(folder) as review:
        review.lift_blinding(None, "asked")
        review.set_finding("rollout", FindingKind.POINT, "rollback", FindingState.EVIDENCED)
        review.correct("u2", "We kept the old oven beside it.")
    corrected = quotes_of(folder, Waiting("baker"))
    with Review(folder) as review:
        review.correct_speaker("u2", Channel.INTERVIEWER)
    turned = quotes_of(folder, Waiting("baker"))

    assert [text for _place, text in _texts(corrected)] == ["We kept the old oven beside it."]
    assert turned.quotes == []


def test_what_was_told_unasked_is_left_out() -> None:
    said = "We kept the old oven because I am pregnant and could not lift the new trays."
    quotes = _judge(_story(said), FindingState.EVIDENCED)

    assert quotes.quotes == []
    assert quotes.left_out == {"a protected fact is told in it": 1}


def test_what_stands_in_the_guide_or_was_refused_is_not_proposed_again() -> None:
    story = _story()
    first = _judge(story, FindingState.EVIDENCED).quotes[0].proposal
    folder = SessionFolder(next((config_folder().parent / "data" / "sessions").iterdir()))
    waiting = Waiting("baker")
    waiting.refuse(first)
    assert quotes_of(folder, waiting).left_out == {"in the guide already, or refused before": 1}

    waiting.accept([(first, None)])
    assert quotes_of(folder, Waiting("baker")).quotes == []


def test_a_guide_that_changed_since_takes_what_fits_by_id() -> None:
    path = config_folder() / "knowledge" / "baker.yaml"
    path.write_text(path.read_text("utf-8").replace("id: rollback", "id: way-back"), "utf-8")

    quotes = _judge(_story(), FindingState.EVIDENCED)

    assert quotes.left_out == {"the guide has no such point or flag any more": 1}


def test_a_session_in_another_language_or_for_another_role_lends_nothing() -> None:
    story = _story()
    story.end(at_s=100)
    folder = keep(story.events)

    assert quotes_of(folder, Waiting("baker", "fr")).left_out == {"session in another language": 1}
    with pytest.raises(SessionError, match="not held for 'operations-manager'"):
        quotes_of(folder, Waiting("operations-manager"))


def test_the_same_sentence_of_two_sessions_comes_once() -> None:
    found = _judge(_story(), FindingState.EVIDENCED)

    assert len(joined_quotes([found, found]).quotes) == 1


def test_held_due_and_running_sessions_lend_nothing() -> None:
    story = _story()
    story.end(at_s=100)
    folder = keep(story.events)
    assert [each.id for each in usable_sessions("baker").folders] == [folder.id]
    assert usable_sessions("operations-manager").folders == []

    Holds(folder.path.parent.parent).put(folder.id, since=datetime.now(UTC), by="Ada", reason="")
    assert usable_sessions("baker").left_out == {"on hold, and kept for that alone": 1}
    Holds(folder.path.parent.parent).take_off(folder.id)

    age = datetime.now(UTC) - datetime(2026, 3, 2, 9, tzinfo=UTC)
    change_settings(retention={"baker": max(1, (age - timedelta(days=1)).days)})
    assert unusable(folder) == "past its date, and to be deleted"
