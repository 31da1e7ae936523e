"""What a story lacks is asked for, once the answer is long enough to have held it."""

import pytest

from copilot.coach import Close, Offer
from copilot.coach.terms import LONGEST, count_words
from copilot.coach.wording import own_questions
from copilot.events import FindingState, SuggestionFate, SuggestionKind
from copilot.knowledge.guide import Language
from tests.coach.answers import IN_GENERAL, NO_RESULT, NO_TASK, ONLY_WE, WHOLE, story_guide
from tests.coach.talk import Talk

LANGUAGES: tuple[Language, ...] = ("en", "fr")
languages = pytest.mark.parametrize("language", LANGUAGES)


def telling(text: str, language: Language = "en") -> Talk:
    """A candidate who has told that."""
    talk = Talk(story_guide(language))
    talk.ask("rollout", at_s=10)
    talk.say(text, start_s=12, length_s=30)
    return talk


@languages
def test_who_says_we_alone_is_asked_for_their_own_part(language: Language) -> None:
    suggestion = telling(ONLY_WE[language], language).suggested()

    assert (suggestion.kind, suggestion.target) == (SuggestionKind.STAR, "action")
    assert suggestion.text == own_questions(language, "action")[0]
    assert ("we" if language == "en" else "nous") in suggestion.reason


@languages
def test_a_story_without_an_end_is_asked_for_it(language: Language) -> None:
    suggestion = telling(NO_RESULT[language], language).suggested()

    assert (suggestion.kind, suggestion.target) == (SuggestionKind.STAR, "result")


@languages
def test_general_talk_is_asked_for_an_occasion_before_anything_else(language: Language) -> None:
    suggestion = telling(IN_GENERAL[language], language).suggested()

    assert (suggestion.kind, suggestion.target) == (SuggestionKind.STAR, "situation")


@languages
def test_a_whole_story_lacks_nothing(language: Language) -> None:
    assert telling(WHOLE[language], language).suggested().kind is SuggestionKind.PROBE


def test_a_missing_task_comes_after_the_points() -> None:
    talk = telling(NO_TASK["en"])
    assert talk.suggested().kind is SuggestionKind.PROBE

    talk.settle("pilot", "rollback", "training")

    assert (talk.suggested().kind, talk.suggested().target) == (SuggestionKind.STAR, "task")


def test_what_the_question_is_about_comes_before_a_gap() -> None:
    data = story_guide().model_dump(by_alias=True, mode="json")
    data["questions"][0]["points"][1]["weight"] = 3
    talk = Talk(type(story_guide()).model_validate(data))
    talk.ask("rollout", at_s=10)
    talk.say(ONLY_WE["en"], start_s=12, length_s=30)

    assert talk.suggested().target == "rollback"
    talk.settle("rollback")
    assert talk.suggested().target == "action"


def test_a_story_that_has_just_begun_is_left_alone() -> None:
    begun = " ".join(ONLY_WE["en"].split()[:40])

    assert telling(begun).suggested().kind is SuggestionKind.PROBE


def test_words_that_were_heard_badly_do_not_make_an_answer_long() -> None:
    talk = Talk(story_guide())
    talk.ask("rollout", at_s=10)
    talk.say(ONLY_WE["en"], start_s=12, length_s=30, uncertain=True)

    assert talk.suggested().kind is SuggestionKind.PROBE


def test_the_gap_goes_away_answered_when_it_is_filled() -> None:
    talk = telling(ONLY_WE["en"])
    talk.follow()
    talk.say("The oven was from Italy.")
    assert talk.advise() is None

    talk.say("And I rang the maker myself.")

    assert talk.advise() == Close("s1", SuggestionFate.ANSWERED)


def test_after_one_gap_the_next_is_asked_for_and_none_twice() -> None:
    talk = telling(" ".join(ONLY_WE["en"].split("In the end")[0].split() * 2))
    assert talk.finish(SuggestionFate.TAKEN).target == "action"

    assert talk.finish(SuggestionFate.EXPIRED).target == "result"
    assert talk.suggested().kind is SuggestionKind.PROBE


def test_a_gap_counts_as_a_follow_up() -> None:
    talk = telling(ONLY_WE["en"])
    talk.finish(SuggestionFate.TAKEN)
    talk.finish(SuggestionFate.TAKEN)

    assert talk.suggested().kind is SuggestionKind.NEXT_QUESTION


def test_the_same_words_are_not_used_under_another_question() -> None:
    data = story_guide().model_dump(by_alias=True, mode="json")
    data["questions"][1] |= {"kind": "behavioural", "text": "When did you last lose bread?"}
    data["questions"][1]["points"][0]["weight"] = 1
    talk = Talk(type(story_guide()).model_validate(data))
    shown: list[str] = []
    for question in ("rollout", "metrics"):
        talk.ask(question, at_s=talk.interview.now_s + 5)
        talk.say(ONLY_WE["en"], length_s=30)
        shown.append(talk.finish(SuggestionFate.TAKEN).text)

    assert shown == list(own_questions("en", "action")[:2])


def test_no_gap_is_asked_for_under_a_situational_question() -> None:
    talk = Talk(story_guide(kind="situational"))
    talk.ask("rollout", at_s=10)
    talk.say(ONLY_WE["en"], start_s=12, length_s=30)

    assert talk.suggested().kind is SuggestionKind.PROBE


def test_an_answer_with_every_point_and_a_gap_is_not_complete() -> None:
    talk = telling(ONLY_WE["en"])
    talk.settle("pilot", "training")
    talk.find("rollback", FindingState.DENIED, said=talk.say("There was no way back."))

    assert talk.finish(SuggestionFate.SKIPPED).target == "action"
    assert talk.suggested().kind is SuggestionKind.NEXT_QUESTION


@languages
@pytest.mark.parametrize("key", ["situation", "task", "action", "result", "figure", "open"])
def test_every_way_of_asking_is_one_short_open_question(language: Language, key: str) -> None:
    closed = {"en": ("did", "do", "was", "were", "have", "is"), "fr": ("avez", "est", "aviez")}
    for text in own_questions(language, key):
        assert text.endswith("?")
        assert text.count("?") == 1
        assert count_words(text) <= LONGEST
        assert not text.casefold().startswith(closed[language])


def test_looking_again_reads_nothing_again() -> None:
    talk = telling(ONLY_WE["en"])
    before = talk.memory()

    assert talk.advise() == talk.advise()
    assert isinstance(talk.advise(), Offer)
    assert talk.interview == before
