"""What is heard of a sentence without itself is what a session without it would hear."""

import pytest

from copilot.events import Channel, FindingKind, FindingState, Utterance
from copilot.guides.listening import Listener
from copilot.guides.readiness.hearing import ListenedSet, Tries
from copilot.knowledge.guide import Guide
from copilot.matching.matcher import Matcher
from tests.guides.readiness.parts import bakery, points_of


def _set(listener: Listener, guide: Guide) -> ListenedSet:
    return ListenedSet(FindingKind.POINT, points_of(guide), "en", listener)


def _heard_without(listener: Listener, guide: Guide, point: int, index: int) -> tuple[str, float]:
    """State and probability of a point when its sentence is said, which the guide lacks."""
    points = points_of(guide)
    text = points[point].says[index]
    fewer = tuple(t for t in points[point].says if t != text)
    changed = points[point].model_copy(update={"says": fewer})
    all_points = tuple(changed if n == point else p for n, p in enumerate(points))
    question = guide.questions[0].model_copy(update={"points": all_points})
    without = guide.model_copy(update={"questions": (question,), "red_flags": ()})
    matcher = Matcher(without, listener.embedder, guide_embedder=listener.guide_embedder)
    said = Utterance(id="u1", channel=Channel.CANDIDATE, start_s=0, end_s=0, text=text)
    judged = matcher.judged(question.id, [said])[point]
    return judged.finding.state, judged.says


def test_each_sentence_is_heard_as_a_session_without_it_would(
    listener: Listener, guide: Guide
) -> None:
    heard_by = _set(listener, guide)
    trials = heard_by.tried(heard_by.spoken(Tries(says=2, against=0)))

    assert len(trials) == 6
    for trial in trials:
        own = trial.left.target
        state, says = _heard_without(listener, guide, own, trial.left.index)
        assert trial.states[own] == state
        assert trial.said[own] == pytest.approx(says, abs=0.05)


def test_sentences_of_a_good_guide_are_mostly_heard_as_their_own(
    listener: Listener, guide: Guide
) -> None:
    heard_by = _set(listener, guide)
    trials = heard_by.tried(heard_by.spoken(Tries(against=0)))

    assert sum(trial.heard for trial in trials) > len(trials) / 3
    lost = [trial for trial in trials if trial.taken_for and not trial.heard]
    assert len(lost) < len(trials) / 10


def test_a_rivals_sentences_are_taken_for_the_rival(listener: Listener) -> None:
    guide = bakery(lambda points: points["pilot"].update(says=points["training"]["says"]))
    heard_by = _set(listener, guide)
    trials = heard_by.tried(heard_by.spoken(Tries(says=4, against=0)))

    of_first = [trial for trial in trials if trial.left.target == 0]
    assert sum(2 in trial.taken_for for trial in of_first) > len(of_first) / 2


def test_the_choice_is_the_same_each_time_and_another_sentence_leaves_it_alone(
    listener: Listener, guide: Guide
) -> None:
    tries = Tries(says=3, against=1)
    chosen = [one.text for one in _set(listener, guide).spoken(tries)]
    more = bakery(lambda points: points["rollback"]["says"].append("We had two ovens anyway."))

    assert chosen == [one.text for one in _set(listener, guide).spoken(tries)]
    again = [one.text for one in _set(listener, more).spoken(tries)]
    assert len(set(chosen) - set(again)) <= 1


def test_a_sentence_alone_is_not_tried_and_a_short_one_is_not_heard(listener: Listener) -> None:
    def change(points: dict[str, dict[str, list[str]]]) -> None:
        points["pilot"]["says"] = ["We weighed the bread."]
        points["rollback"]["says"] = ["Plan B.", "We kept the old oven."]

    heard_by = _set(listener, bakery(change))
    trials = heard_by.tried(heard_by.spoken(Tries()))

    assert not [t for t in trials if t.left.target == 0 and t.left.group == "says"]
    [short] = [trial for trial in trials if trial.text == "Plan B."]
    assert set(short.states) == {FindingState.NOT_HEARD}


def test_sentences_of_points_are_overheard_by_flags(listener: Listener) -> None:
    guide = bakery()
    flag = guide.red_flags[0].model_copy(
        update={
            "label": "Waste measured",
            "description": "Measured what is thrown away.",
            "says": points_of(guide)[0].says,
        }
    )
    flags = ListenedSet(FindingKind.FLAG, (flag, guide.red_flags[1]), "en", listener)
    said = _set(listener, guide).spoken(Tries(says=4, against=0))

    overheard = flags.overheard(said)

    raising = {one.left.target for one, raised in zip(said, overheard, strict=True) if raised}
    assert raising <= {0}
