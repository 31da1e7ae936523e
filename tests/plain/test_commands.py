"""What is typed is understood, by word and by the live screen's keys, and becomes commands."""

from collections import defaultdict

import pytest

from copilot.engine.commands import (
    ChooseLanguage,
    ChooseSpeaker,
    Command,
    DismissSuggestion,
    EndSession,
    MarkMoment,
    PauseCapture,
    RateQuestion,
    SetFinding,
    SetQuestion,
    SkipSuggestion,
    SwapChannels,
    TakeNote,
    TakeSuggestion,
)
from copilot.events import CaptureKind, CapturePaused, Channel, FindingKind, FindingState, Unrated
from copilot.i18n import INTERFACE_LANGUAGES, _, speak
from copilot.plain.vocabulary import WORDS, understood
from copilot.tui.keys.live import LIVE_ACTIONS
from tests.plain.parts import CallStory, answered, commanded

POINT, FLAG = FindingKind.POINT, FindingKind.FLAG


@pytest.fixture
def story() -> CallStory:
    story = CallStory()
    story.ask("rollout")
    story.offer()
    return story


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("take", TakeSuggestion("s1")),
        ("t", TakeSuggestion("s1")),
        (" TAKE ", TakeSuggestion("s1")),
        ("skip", SkipSuggestion("s1")),
        ("x", DismissSuggestion("s1")),
        ("next", SetQuestion("metrics", moving_on=True)),
        ("question 3", SetQuestion("team")),
        ("g 0", SetQuestion(None)),
        ("note Ask about  Lyon.", TakeNote("Ask about Lyon.")),
        ("m Ask", TakeNote("Ask")),
        ("mark", MarkMoment()),
        ("rate 3", RateQuestion("rollout", 3)),
        ("rate 2 No  pilot.", RateQuestion("rollout", 2, reason="No pilot.")),
        ("rate Not enough", RateQuestion("rollout", None, Unrated.NOT_ENOUGH)),
        ("rate not asked", RateQuestion("rollout", None, Unrated.NOT_ASKED)),
        ("4", RateQuestion("rollout", 4)),
        ("0", RateQuestion("rollout", None)),
        ("point 2 denied", SetFinding("rollout", POINT, "rollback", FindingState.DENIED)),
        (
            "point trial run evidenced",
            SetFinding("rollout", POINT, "pilot", FindingState.EVIDENCED),
        ),
        ("point trial not heard", SetFinding("rollout", POINT, "pilot", FindingState.NOT_HEARD)),
        ("point 1 unclear", SetFinding("rollout", POINT, "pilot", FindingState.UNCLEAR)),
        ("point 1 give back", SetFinding("rollout", POINT, "pilot", None)),
        ("flag blames raised", SetFinding("rollout", FLAG, "blame", FindingState.RAISED)),
        ("flag alone not raised", SetFinding("rollout", FLAG, "alone", FindingState.NOT_RAISED)),
        ("o", PauseCapture(True)),
        ("off the record", PauseCapture(True)),
        ("off", PauseCapture(True)),
        ("language", ChooseLanguage("fr")),
    ],
)
def test_a_line_becomes_a_command(story: CallStory, typed: str, command: Command) -> None:
    assert commanded(story, typed) == [command]


def test_on_the_record_again(story: CallStory) -> None:
    story.tell(CapturePaused)

    assert commanded(story, "on the record") == [PauseCapture(False)]
    assert commanded(story, "o") == [PauseCapture(False)]
    assert answered(story, "off") == ["Off the record already."]


@pytest.mark.parametrize("typed", ["", "speaker"])
def test_with_one_microphone_enter_alone_says_who_speaks(typed: str) -> None:
    assert commanded(CallStory(CaptureKind.ROOM), typed) == [ChooseSpeaker(Channel.CANDIDATE)]
    assert commanded(CallStory(), typed) == []


def test_the_sides_are_exchanged_only_after_a_yes(story: CallStory) -> None:
    assert commanded(story, "swap") == []
    assert commanded(story, "swap", "no") == []
    assert commanded(story, "swap", "yes") == [SwapChannels()]
    assert commanded(story, "swap", "mark") == [MarkMoment()]


def test_the_session_ends_only_after_a_yes_or_a_second_quit(story: CallStory) -> None:
    assert commanded(story, "quit") == []
    assert commanded(story, "quit", "never mind") == []
    assert commanded(story, "q", "y") == [EndSession()]
    assert commanded(story, "quit", "quit") == [EndSession()]
    assert commanded(story, "quit", "mark", "yes") == [MarkMoment()]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("tkae", "There is no command 'tkae'. Did you mean 'take'?"),
        ("zzz", "There is no command 'zzz'. Type help for the commands."),
        (
            "rate 5",
            (
                "Rate with 1, 2, 3 or 4 and, if you like, a reason; or with not enough or not"
                " asked. 0 takes the rating back."
            ),
        ),
        ("note", "Type note and then the line to keep."),
        ("previous", "There is no other question that way."),
        ("question 9", "Which question? Type its number; plan reads them out."),
        ("calm", "Suggestions are held back."),
        ("alarms", "Alarms alone are spoken."),
        ("transcript", "What is said is spoken."),
        ("suggestion", "Suggestion: What if it fails? Reason: not heard yet: Way back."),
        ("repeat", "Suggestion: What if it fails? Reason: not heard yet: Way back."),
        ("speaker", "Each side has its own device; who speaks is known."),
    ],
)
def test_a_line_is_answered(story: CallStory, typed: str, answer: str) -> None:
    assert answered(story, typed) == [answer]


@pytest.mark.parametrize("typed", ["point", "point 1", "point 1 good", "flag 2", "point 9 denied"])
def test_what_is_not_understood_of_a_point_changes_nothing(story: CallStory, typed: str) -> None:
    assert commanded(story, typed) == []
    assert len(answered(story, typed)) == 1


def test_without_a_question_nothing_can_be_rated_or_decided() -> None:
    story = CallStory()

    assert commanded(story, "3", "point 1 denied") == []
    assert answered(story, "3") == ["No question is being answered. Type question and its number."]


def test_a_suggestion_that_nobody_heard_cannot_be_taken(story: CallStory) -> None:
    assert commanded(CallStory(), "take") == []
    assert answered(CallStory(), "take") == ["No suggestion was spoken that is still open."]


def test_nothing_is_off_the_record_where_a_recording_is_heard() -> None:
    assert commanded(CallStory(CaptureKind.RECORDING), "o") == []


def test_help_names_every_word_and_key(story: CallStory) -> None:
    lines = answered(story, "help")

    assert len(lines) == len(WORDS)
    for word in WORDS:
        names = [*word.words, *([word.key] if word.key else [])]
        assert any(line.startswith(", or ".join(names)) for line in lines), word


def test_the_short_keys_are_those_of_the_live_screen() -> None:
    keys = {action.id: action.key for action in LIVE_ACTIONS}
    shared = {word.id: word.key for word in WORDS if word.id in keys}
    # Keys that are no letters: a space is the line with nothing on it.
    shared.pop("speaker.switch")

    assert len(shared) > 10
    assert shared == {word: keys[word].replace("question_mark", "?") for word in shared}


@pytest.mark.parametrize("language", list(INTERFACE_LANGUAGES))
def test_no_key_and_no_word_means_two_things(language: str) -> None:
    speak(language)
    keys = [word.key for word in WORDS if word.key]
    meanings: dict[str, set[str]] = defaultdict(set)
    for word in WORDS:
        for phrase in word.words:
            meanings[phrase.casefold()].add(word.id)
            meanings[_(phrase).casefold()].add(word.id)

    assert len(keys) == len(set(keys))
    assert [phrase for phrase, ids in meanings.items() if len(ids) > 1] == []
    assert not set(meanings) & set(keys)


@pytest.mark.parametrize("language", list(INTERFACE_LANGUAGES))
def test_english_words_and_those_of_the_interface_are_understood(language: str) -> None:
    speak(language)
    for word in WORDS:
        for phrase in word.words:
            for typed in (phrase, _(phrase).upper()):
                assert understood(f"{typed} and more") == (word, "and more"), typed
    assert understood("no such") is None
