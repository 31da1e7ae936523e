"""Situation, task, own action and result are recognised, and whoever asks for none gets none."""

import pytest

from copilot.coach.story import StoryPart, asks_for_story, told
from copilot.events import Channel, Utterance
from copilot.knowledge.guide import Language, Question
from copilot.knowledge.loading import load_guide
from tests.builders import GUIDE
from tests.coach.answers import IN_GENERAL, NO_RESULT, NO_TASK, ONLY_WE, WHOLE, story_guide

LANGUAGES: tuple[Language, ...] = ("en", "fr")
languages = pytest.mark.parametrize("language", LANGUAGES)


def parts_of(text: str, language: Language) -> set[StoryPart]:
    said = Utterance(id="u1", channel=Channel.CANDIDATE, start_s=0, end_s=1, text=text)
    return set(told([said], language))


@languages
def test_a_whole_story_has_all_parts(language: Language) -> None:
    assert parts_of(WHOLE[language], language) == set(StoryPart)


@languages
def test_what_we_did_is_nobodys_own_action(language: Language) -> None:
    assert set(StoryPart) - parts_of(ONLY_WE[language], language) == {StoryPart.ACTION}


@languages
def test_a_story_without_an_end_has_no_result(language: Language) -> None:
    assert set(StoryPart) - parts_of(NO_RESULT[language], language) == {StoryPart.RESULT}


@languages
def test_a_story_in_which_nothing_had_to_be_done_has_no_task(language: Language) -> None:
    assert set(StoryPart) - parts_of(NO_TASK[language], language) == {StoryPart.TASK}


@languages
def test_talk_in_general_has_neither_situation_nor_action(language: Language) -> None:
    assert not parts_of(IN_GENERAL[language], language) & {StoryPart.SITUATION, StoryPart.ACTION}


@pytest.mark.parametrize(
    "said",
    [
        "So I closed the door and asked.",
        "I've written it all down.",
        "I just rang them.",
        "I had already told her.",
        "I was leading the project.",
        "It was up to me.",
        "And I go to him and say, look.",
    ],
)
def test_own_deeds_are_recognised(said: str) -> None:
    assert StoryPart.ACTION in parts_of(said, "en")


@pytest.mark.parametrize(
    "said",
    [
        "J'ai donc appelé le fournisseur.",
        "Je l'ai fait venir.",
        "Je suis allée le voir.",
        "Je me suis occupé du planning.",
        "C\u2019est moi qui ai signé.",
        "J'ai dû refaire le planning.",
        "Et là, je prends le téléphone.",
    ],
)
def test_own_deeds_are_recognised_in_french(said: str) -> None:
    assert StoryPart.ACTION in parts_of(said, "fr")


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("I think we did well, I mean, I was there for two years.", "en"),
        ("I had a team of twelve, and I know they worked hard.", "en"),
        ("I would talk to them, I guess.", "en"),
        ("Je pense qu'on a bien fait, j'étais là depuis deux ans.", "fr"),
        ("J'avais une équipe de douze, je sais qu'ils ont travaillé.", "fr"),
        ("Je me suis dit qu'on y arriverait, j'ai cru en eux.", "fr"),
    ],
)
def test_opinions_and_states_are_no_deeds(said: str, language: Language) -> None:
    assert StoryPart.ACTION not in parts_of(said, language)


# -- which questions ------------------------------------------------------------------------------

STORIES = {
    "director-it-operations": {
        "contract-negotiation",
        "resistance",
        "other-departments",
        "manufacturing-change",
        "data-analytics",
    },
    "operations-manager": {"broken-process", "hidden-problem"},
}


@languages
@pytest.mark.parametrize("role", STORIES)
def test_the_shipped_questions_after_a_story_are_known(role: str, language: Language) -> None:
    guide = load_guide(role, language)

    asked = {q.id for q in guide.questions if asks_for_story(q, language)}

    assert asked == STORIES[role]


def test_what_one_does_in_general_is_no_story() -> None:
    def question(**values: str) -> Question:
        return GUIDE.question("team").model_copy(update=values)

    assert not asks_for_story(GUIDE.question("team"), "en")  # behavioural: tell me about your team
    assert not asks_for_story(question(text="How do you keep up?"), "en")
    assert asks_for_story(question(text="When did you last fail?"), "en")
    assert asks_for_story(question(text="Parlez-moi d'une fois où tout a raté."), "fr")


def test_a_question_that_is_not_behavioural_wants_no_story() -> None:
    guide = story_guide(kind="situational")

    assert not asks_for_story(guide.question("rollout"), "en")
