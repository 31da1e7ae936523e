"""What of a recogniser's words is believed: told by their structure, never by what they say."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from copilot.speech.decoding import Decoded
from copilot.speech.judging import better, is_loop, judged, repeats, went_astray
from copilot.speech.transcriber import HeardWord

_SENTENCE = "We had a way back."
_SEVEN = "one two three four five six seven"


def decoded(
    text: str,
    *,
    step_s: float = 0.4,
    probability: float = 0.9,
    logprob: float = -0.3,
    no_speech: float = 0.05,
) -> Decoded:
    """A decode in which a word follows the other every ``step_s`` seconds."""
    words = tuple(
        HeardWord(word, i * step_s, (i + 1) * step_s, probability)
        for i, word in enumerate(text.split())
    )
    return Decoded(words, logprob, no_speech)


# -- what is trusted ------------------------------------------------------------------------------


def test_clear_words_are_trusted() -> None:
    heard = judged(decoded(_SENTENCE))

    assert heard.text == _SENTENCE
    assert (heard.uncertain, heard.firm, heard.reason) == (False, True, "")


def test_what_is_likely_no_speech_is_dropped() -> None:
    heard = judged(decoded("Thanks for watching!", no_speech=0.9, logprob=-1.5))

    assert heard.words == ()
    assert heard.reason == "no words recognised"


def test_words_that_were_understood_are_kept_whatever_is_thought_of_speech() -> None:
    assert judged(decoded(_SENTENCE, no_speech=0.9)).text == _SENTENCE


def test_nothing_found_is_nothing_said() -> None:
    heard = judged(decoded(""))

    assert heard.words == ()
    assert heard.reason == "no words recognised"


@pytest.mark.parametrize(
    "found",
    [decoded(_SENTENCE, logprob=-1.2), decoded(_SENTENCE, probability=0.4)],
    ids=["improbable tokens", "improbable words"],
)
def test_words_that_are_hard_to_understand_are_uncertain(found: Decoded) -> None:
    heard = judged(found)

    assert heard.text == _SENTENCE
    assert (heard.uncertain, heard.firm) == (True, False)
    assert heard.reason == "hard to understand"


def test_more_words_than_anyone_can_say_are_uncertain() -> None:
    heard = judged(decoded(_SEVEN, step_s=0.08))

    assert (heard.uncertain, heard.firm) == (True, False)
    assert "more words" in heard.reason


def test_more_words_than_anyone_can_say_of_which_none_was_understood_are_made_up() -> None:
    heard = judged(decoded(_SEVEN, step_s=0.08, probability=0.1))

    assert heard.words == ()
    assert "more words" in heard.reason


def test_a_recogniser_that_repeats_itself_is_not_believed() -> None:
    heard = judged(decoded("of the age " * 4 + "of the Age."))

    assert heard.words == ()
    assert heard.reason == "the recogniser repeated itself"


def test_a_recogniser_that_had_to_be_stopped_is_not_believed() -> None:
    heard = judged(replace(decoded(_SENTENCE), full=True))

    assert heard.words == ()
    assert heard.reason == "the recogniser repeated itself"


# -- what is sure enough where there may have been no voice -----------------------------------------


@pytest.mark.parametrize(
    ("found", "firm"),
    [
        (decoded("Yes."), True),
        (decoded("Yes.", logprob=-0.9), False),
        (decoded("Yes.", no_speech=0.5), False),
        (replace(decoded("Yes."), drawn=True), False),
    ],
    ids=["sure", "improbable", "maybe no speech", "drawn by lot"],
)
def test_only_what_is_sure_in_every_way_is_firm(found: Decoded, firm: bool) -> None:
    heard = judged(found)

    assert heard.text == "Yes."
    assert not heard.uncertain
    assert heard.firm is firm


# -- when to ask again ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "astray"),
    [
        (decoded(_SENTENCE), False),
        (decoded(""), False),
        (decoded(_SENTENCE, logprob=-1.2), True),
        (decoded(_SENTENCE, logprob=-1.2, no_speech=0.9), False),  # silence: nothing to find
        (decoded(_SEVEN, step_s=0.08), True),
        (decoded("of age " * 4), True),
        (replace(decoded(_SENTENCE), full=True), True),
    ],
)
def test_the_recogniser_is_asked_again_only_where_it_got_stuck_or_guessed(
    found: Decoded, astray: bool
) -> None:
    assert went_astray(found) is astray


def test_of_two_bad_answers_the_one_that_does_not_go_round_in_circles_is_better() -> None:
    loop, doubtful = decoded("of age " * 4), decoded(_SENTENCE, logprob=-1.4)
    stopped = replace(doubtful, full=True)

    assert better(doubtful, loop)
    assert not better(loop, doubtful)
    assert better(doubtful, stopped)
    assert better(stopped, loop)
    assert better(decoded(_SENTENCE, logprob=-1.1), doubtful)
    assert not better(doubtful, doubtful)


# -- loops ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "loop"),
    [
        (["no"] * 6, False),
        (["no"] * 7, True),
        (["very"] * 3, False),
        (["of", "age"] * 3, False),
        (["of", "age"] * 4, True),
        (["a", "b", "c"] * 3, False),
        (["a", "b", "c"] * 4, True),
        (list("abcdefgh") * 3, False),
        (list("abcdefgh") * 4, True),
        (list("abcdefghi") * 4, False),  # nine words: a sentence that is said again
        (["we", "did", *["the", "age", "of"] * 4, "it"], True),
        (["the", "age", "of", "the", "age", "we", "live", "in"], False),
        ([], False),
        (["one"], False),
    ],
)
def test_only_what_no_speaker_would_repeat_is_a_loop(words: Sequence[str], loop: bool) -> None:
    assert is_loop(words) is loop


def test_a_loop_is_one_whatever_its_punctuation_and_letters() -> None:
    assert repeats(decoded("Of age, of age. of Age of age!"))


def test_longer_passages_that_come_back_and_back_are_told_by_how_they_compress() -> None:
    passage = "then we asked all our teams in every garden centre what they wanted to keep. "

    assert not repeats(decoded(passage))
    assert repeats(decoded(passage * 6))
