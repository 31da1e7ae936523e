"""Which planned question is being asked, by the real embedder on the guides that ship."""

import json
from typing import Any

import numpy as np
import pytest
import yaml

from copilot.matching.embedding import E5Embedder, Embedder
from copilot.matching.question_space import CUES, LIKENESS, probes_of
from copilot.matching.recognition import (
    FEATURES,
    RETURNED_AT,
    Course,
    QuestionRecogniser,
    Turn,
    probabilities,
    situation,
)
from tests.builders import ROOT
from tests.matching.conftest import DIRECTOR, MANAGER, Guides, Recognisers
from tests.matching.parts import NotingEmbedder, asked

GUIDES = [(role, language) for role in (DIRECTOR, MANAGER) for language in ("en", "fr")]

TALK = yaml.safe_load((ROOT / "training" / "interviewer_talk.yaml").read_text("utf-8"))

#: The recogniser has never met these.
NEW_TALK = {
    "en": (
        "Sorry, there's a fire truck going by, give me a moment.",
        "Was the parking garage full again?",
        "I have a cold, so please excuse my voice.",
        "What happened next?",
        "How many people was that?",
        "And who made that call in the end?",
        "Could you say that again, a bit slower?",
        "Hm, that must have been a long weekend.",
        "I'll write that down.",
        "What did you learn from that?",
        "Let's take a short break, shall we?",
        "We have a canteen, the soup is quite good.",
    ),
    "fr": (
        "Pardon, il y a un camion de pompiers qui passe, un instant.",
        "Le parking était encore plein ?",
        "Je suis enrhumée, excusez ma voix.",
        "Et ensuite, il s'est passé quoi ?",
        "Ça faisait combien de personnes ?",
        "Et qui a décidé, finalement ?",
        "Vous pouvez répéter, un peu plus lentement ?",
        "Je note ça.",
        "On fait une petite pause ?",
        "La cantine est plutôt bonne, surtout la soupe.",
    ),
}


def _heard(recogniser: QuestionRecogniser, text: str) -> str | None:
    recogniser.new_turn()
    recognised = recogniser.hear(asked(text))
    return None if recognised is None else recognised.question


@pytest.mark.parametrize(("role", "language"), GUIDES)
def test_each_question_is_recognised_by_its_own_words(
    recognisers: Recognisers, guides: Guides, role: str, language: str
) -> None:
    """All but one of twenty at most (53 of 54 today), and none is taken for another one."""
    recogniser = recognisers(role, language)
    missed: list[str] = []

    for question in guides(role, language).questions:
        recogniser.new_turn()
        recognised = recogniser.hear(asked(question.text))
        if recognised is None:
            missed.append(question.id)
        else:
            assert recognised.question == question.id
            assert 0 < recognised.confidence <= 1

    assert len(missed) <= len(guides(role, language).questions) / 20, missed


@pytest.mark.parametrize(("role", "language"), GUIDES)
def test_small_talk_and_follow_ups_ask_no_planned_question(
    recognisers: Recognisers, role: str, language: str
) -> None:
    """With the whole guide planned. Talk it learned from: 2% at most; new talk: 2 exceptions."""
    recogniser = recognisers(role, language)

    taken = [text for text in TALK[language] if _heard(recogniser, text)]
    taken_of_new = [text for text in NEW_TALK[language] if _heard(recogniser, text)]

    assert len(taken) <= 0.02 * len(TALK[language]), taken
    assert len(taken_of_new) <= 2, taken_of_new


OTHER_WORDS = {
    "en": {
        "underperformance": "Picture someone on your team who was always solid, and for two months "
        "now the work just isn't good enough. What do you do?",
        "process-improvement": "Say you join us, and our routines, the tickets, the handovers, feel "
        "slow. How would you make them better?",
        "metrics": "If you had one page in front of you every Monday morning, what would you want "
        "to see on it?",
        "new-technology": "Think of a completely new system that everyone in the company had to "
        "use. Walk me through how you brought it in, from the first idea to the end.",
        "team-disagreements": "Two of your people can't stand each other and it shows in the work. "
        "How do you handle that?",
    },
    "fr": {
        "new-technology": "Racontez-moi comment vous avez mis en place une technologie toute "
        "nouvelle, du début à la fin.",
        "metrics": "Si vous aviez une seule page sous les yeux chaque lundi matin, vous voudriez y "
        "voir quels chiffres ?",
        "team-disagreements": "Deux personnes de votre équipe ne se supportent plus. Vous faites "
        "quoi ?",
        "resistance": "Racontez-moi un changement dont vos équipes ne voulaient pas. Comment les "
        "avez-vous amenées à suivre ?",
    },
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_other_words_are_recognised_half_the_time_and_never_taken_for_another_question(
    recognisers: Recognisers, language: str
) -> None:
    """A question that goes unrecognised is one key press; a wrong one spoils two answers."""
    recogniser = recognisers(DIRECTOR, language)

    heard = {question: _heard(recogniser, text) for question, text in OTHER_WORDS[language].items()}

    assert {(question, answer) for question, answer in heard.items() if answer} <= {
        (question, question) for question in heard
    }
    assert list(heard.values()).count(None) <= len(heard) / 2, heard


def test_only_planned_questions_are_recognised(
    guides: Guides, embedder: E5Embedder, guide_embedder: Embedder
) -> None:
    guide = guides(DIRECTOR, "en")
    recogniser = QuestionRecogniser(
        guide, ["metrics", "resistance"], embedder, guide_embedder=guide_embedder
    )

    heard = {question.id: _heard(recogniser, question.text) for question in guide.questions}

    assert {question for question, answer in heard.items() if answer} == {"metrics", "resistance"}
    assert heard["metrics"] == "metrics"


def test_a_question_spread_over_two_utterances_is_recognised_in_the_second(
    recognisers: Recognisers,
) -> None:
    recogniser = recognisers(DIRECTOR, "en")

    first = recogniser.hear(asked("Now I'd like to come to something else.", 1))
    second = recogniser.hear(asked("Which numbers do you watch to know that IT is doing well?", 2))

    assert first is None
    assert second is not None
    assert second.question == "metrics"


def test_a_question_asked_before_needs_more_to_be_taken_as_asked_again(
    recognisers: Recognisers, guides: Guides
) -> None:
    recogniser = recognisers(DIRECTOR, "en")

    returned_to: list[float] = []

    for question in guides(DIRECTOR, "en").questions:
        for text in question.phrasings[:2]:
            recogniser.new_turn()
            again = recogniser.hear(asked(text), [question.id])
            if again is not None and again.question == question.id:
                returned_to.append(again.confidence)

    assert min(returned_to) >= RETURNED_AT


def _turn(text: str = "What then?", **cues: float) -> Turn:
    return Turn(
        text=text,
        likeness=np.zeros((4, len(LIKENESS)), np.float32),
        cues=np.array([cues.get(cue, 0.0) for cue in CUES], np.float32),
        pointing=np.eye(1, 384, dtype=np.float32)[0],
        words=frozenset(text.lower().split()),
        vector=np.eye(1, 384, dtype=np.float32)[0],
    )


def _seen(plan: list[str], course: Course, turn: Turn, feature: str) -> list[float]:
    rows = situation(["a", "b", "c", "x"], plan, course, turn, np.zeros((4, 2), np.float32))
    assert rows.shape == (len(plan), len(FEATURES))
    return [float(value) for value in rows[:, FEATURES.index(feature)]]


def test_what_was_asked_and_what_is_next_is_known_of_each_planned_question() -> None:
    plan, course = ["b", "c", "a"], Course()
    course.move("b")
    course.move("a")

    assert _seen(plan, course, _turn(), "next") == [0, 1, 0]
    assert _seen(plan, course, _turn(), "asked") == [1, 0, 0]
    assert _seen(plan, course, _turn(), "current") == [0, 0, 1]
    assert _seen(plan, course, _turn(returns=1), "asked_returns") == [1, 0, 0]
    assert _seen(plan, course, _turn(moves_on=1), "new_moves_on") == [0, 1, 0]


def test_after_the_last_question_none_is_next() -> None:
    course = Course()
    course.move("b")
    course.move("a")

    assert _seen(["a", "b"], course, _turn(), "next") == [0, 0]


def test_words_said_under_one_question_alone_point_back_to_it() -> None:
    plan, course = ["a", "b"], Course()
    course.move("a")
    course.keep(_turn("supplier deal price warehouse ?"))
    course.move("b")
    course.keep(_turn("deal team ?"))

    shared = _seen(plan, course, _turn("the supplier deal warehouse price"), "shared")

    assert shared == [2, 0]  # "deal" was said under both


def test_what_asks_nothing_is_not_remembered() -> None:
    course = Course()
    course.move("a")

    course.keep(_turn("Lovely weather."))

    assert not course.turns


def test_what_is_missing_to_one_is_that_nothing_is_asked() -> None:
    rows = np.array([[1000.0], [999.0]], np.float32)

    sure = probabilities(rows, np.array([1.0, 0.0], np.float32))
    unsure = probabilities(-rows, np.array([1.0, 0.0], np.float32))

    assert sure[0] > 0.7 > sure[1]
    assert sure.sum() == pytest.approx(1)
    assert unsure.sum() == pytest.approx(0)


DIALOGUES = [
    json.loads(line)
    for language in ("en", "fr")
    for line in (ROOT / "training" / "data" / "turns" / f"{language}.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def test_the_dialogues_it_was_trained_on_are_followed(
    guides: Guides, embedder: E5Embedder, guide_embedder: Embedder
) -> None:
    """Whole dialogues as a session hears them: after four of five turns the right one is current."""
    right = turns = 0

    for dialogue in DIALOGUES[::4]:
        guide = guides(dialogue["role"], dialogue["language"])
        recogniser = QuestionRecogniser(
            guide, dialogue["planned"], embedder, guide_embedder=guide_embedder
        )
        right += _followed(recogniser, dialogue["turns"])
        turns += len(dialogue["turns"])

    assert right >= 0.8 * turns


def _followed(recogniser: QuestionRecogniser, turns: list[dict[str, Any]]) -> int:
    """After how many turns the right question is current."""
    current = wanted = None
    already: set[str] = set()
    right = 0
    for turn in turns:
        recogniser.new_turn()
        recognised = recogniser.hear(asked(turn["text"]), already, current)
        if recognised is not None:
            current = recognised.question
            already.add(current)
        wanted = turn["question"] or wanted
        right += current == wanted
    return right


def test_a_return_is_known_by_what_was_asked_under_the_question(
    guides: Guides, embedder: E5Embedder, guide_embedder: Embedder
) -> None:
    plan = ["contract-negotiation", "metrics", "underperformance"]
    recogniser = QuestionRecogniser(
        guides(DIRECTOR, "en"), plan, embedder, guide_embedder=guide_embedder
    )
    recogniser.hear(asked("Tell me about a telecoms contract you negotiated with a supplier."))
    recogniser.new_turn()
    recogniser.hear(asked("Which key figures do you watch to know that IT is healthy?"), {plan[0]})
    recogniser.new_turn()

    back = recogniser.hear(
        asked("Let me go back to the telecoms supplier. What did you ask them for first?"),
        {plan[0], plan[1]},
    )

    assert back is not None
    assert back.question == "contract-negotiation"


def test_a_question_taken_back_is_forgotten(
    guides: Guides, embedder: E5Embedder, guide_embedder: Embedder
) -> None:
    guide = guides(DIRECTOR, "en")
    anew, fresh = (
        QuestionRecogniser(
            guide, ["metrics", "resistance"], embedder, guide_embedder=guide_embedder
        )
        for _ in range(2)
    )
    text = next(question.text for question in guide.questions if question.id == "metrics")
    first = anew.hear(asked(text))
    anew.new_turn()

    assert first is not None
    assert anew.hear(asked(text)) == fresh.hear(asked(text)) == first


def test_a_question_set_by_hand_is_current(
    guides: Guides, embedder: E5Embedder, guide_embedder: Embedder
) -> None:
    guide = guides(DIRECTOR, "en")
    recogniser = QuestionRecogniser(
        guide, ["metrics", "resistance"], embedder, guide_embedder=guide_embedder
    )
    recogniser.hear(asked("Which numbers do you watch to know that IT is doing well?"))

    heard = recogniser.hear(asked("And who was that?"), {"metrics", "resistance"})

    assert heard is None or heard.question == "resistance"


def test_a_question_gone_back_to_by_hand_is_current(
    guides: Guides, embedder: E5Embedder, guide_embedder: Embedder
) -> None:
    guide = guides(DIRECTOR, "en")
    recogniser = QuestionRecogniser(
        guide, ["metrics", "resistance"], embedder, guide_embedder=guide_embedder
    )
    for question in guide.questions:
        if question.id in ("metrics", "resistance"):
            recogniser.hear(asked(question.text))
            recogniser.new_turn()

    heard = recogniser.hear(asked("And how often is that?"), {"metrics", "resistance"}, "metrics")

    assert heard is None or heard.question == "metrics"


def test_without_a_plan_nothing_is_recognised(
    guides: Guides, embedder: E5Embedder, guide_embedder: Embedder
) -> None:
    guide = guides(MANAGER, "en")
    recogniser = QuestionRecogniser(guide, [], embedder, guide_embedder=guide_embedder)

    assert recogniser.hear(asked(guide.questions[0].text)) is None


@pytest.mark.parametrize("text", ["Why?", "Go on.", "Mm-hm.", "x"])
def test_a_word_or_two_ask_nothing(recognisers: Recognisers, text: str) -> None:
    assert _heard(recognisers(DIRECTOR, "en"), text) is None


@pytest.mark.parametrize("text", ["...", "…", "?", "!"])
def test_text_without_a_word_asks_nothing(recognisers: Recognisers, text: str) -> None:
    assert _heard(recognisers(DIRECTOR, "en"), text) is None


# -- suggestions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "language"), GUIDES)
def test_a_suggestion_that_is_read_out_is_heard_and_others_are_not(
    recognisers: Recognisers, guides: Guides, role: str, language: str
) -> None:
    recogniser = recognisers(role, language)
    probes = list(probes_of(guides(role, language)))
    probes = probes[:: max(1, len(probes) // 8)]

    for probe, other in zip(probes, [*probes[1:], probes[0]], strict=True):
        assert recogniser.asks(asked(probe), probe)
        assert not recogniser.asks(asked(probe), other)


@pytest.mark.parametrize(
    "text",
    [
        "So, um, what did you want to come out of it when you started?",
        "Okay. What did you want to come out of it, when you started?",
        "what did you want to come out of it when you started",
    ],
)
def test_small_changes_do_not_hide_a_suggestion(recognisers: Recognisers, text: str) -> None:
    suggestion = "What did you want to come out of it when you started?"

    assert recognisers(DIRECTOR, "en").asks(asked(text), suggestion)


@pytest.mark.parametrize("text", ["", "...", "Right.", *NEW_TALK["en"]])
def test_other_talk_is_not_taken_for_the_suggestion(recognisers: Recognisers, text: str) -> None:
    suggestion = "What did you want to come out of it when you started?"

    assert not recognisers(DIRECTOR, "en").asks(asked(text), suggestion)


# -- where the text goes --------------------------------------------------------------------------


def test_what_is_said_never_goes_through_the_cache_of_guide_texts(
    guides: Guides, embedder: E5Embedder, guide_embedder: Embedder
) -> None:
    for_speech, for_guide = NotingEmbedder(embedder), NotingEmbedder(guide_embedder)
    guide = guides(MANAGER, "en")
    recogniser = QuestionRecogniser(guide, ["kpis"], for_speech, guide_embedder=for_guide)
    assert not for_speech.texts
    before = list(for_guide.texts)

    recogniser.hear(asked("Was the parking garage full again?"))
    recogniser.asks(asked("I'll write that down."), "Who else was part of it?")

    assert for_guide.texts == before
    assert "Was the parking garage full again?" in for_speech.texts


def test_each_follow_up_of_a_guide_is_listed_once(guides: Guides) -> None:
    probes = probes_of(guides(MANAGER, "en"))

    assert len(probes) == len(set(probes))
    assert set(probes) == {
        probe for competency in guides(MANAGER, "en").competencies for probe in competency.probes
    }
