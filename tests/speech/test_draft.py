"""Words settle when two decodes in a row say the same, and never change after that."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.audio import SAMPLE_RATE_HZ
from copilot.speech.draft import Draft, DraftPolicy
from copilot.speech.transcriber import HeardWord

#: Only agreement settles, however long ago words ended.
POLICY = DraftPolicy(settle_doubtful_s=math.inf, forced_s=math.inf)


def words(
    text: str, *, at_s: float = 0.0, step_s: float = 0.4, probability: float = 0.9
) -> tuple[HeardWord, ...]:
    """A word every ``step_s`` seconds from ``at_s`` on."""
    return tuple(
        HeardWord(word, at_s + i * step_s, at_s + (i + 1) * step_s, probability)
        for i, word in enumerate(text.split())
    )


def text(found: Sequence[HeardWord]) -> str:
    return " ".join(word.text for word in found)


def take(draft: Draft, found: Sequence[HeardWord], until_s: float) -> None:
    """Take in words with session times, as a decode of the draft's window would find them."""
    begin_s = draft.window / SAMPLE_RATE_HZ
    draft.take([word.moved(-begin_s) for word in found], round(until_s * SAMPLE_RATE_HZ))


def _said_and(draft: Draft, new: Sequence[HeardWord]) -> list[HeardWord]:
    begin_s = draft.window / SAMPLE_RATE_HZ
    return [*(word.moved(begin_s) for word in draft.said), *new]


# -- agreement ------------------------------------------------------------------------------------


def test_one_decode_settles_nothing() -> None:
    draft = Draft(0, POLICY)

    take(draft, words("we had a way back"), 10.0)

    assert draft.settled == ()
    assert text(draft.tentative) == "we had a way back"


def test_what_two_decodes_in_a_row_say_from_the_beginning_on_is_settled() -> None:
    draft = Draft(0, POLICY)

    take(draft, words("we had a weigh"), 10.0)
    take(draft, words("we had a way back"), 10.5)

    assert text(draft.settled) == "we had a"
    assert text(draft.tentative) == "way back"


def test_agreement_further_on_counts_only_when_what_stands_before_agrees() -> None:
    draft = Draft(0, POLICY)

    take(draft, words("he had a way"), 10.0)
    take(draft, words("we had a way"), 10.5)
    assert draft.settled == ()

    take(draft, words("we had a way"), 11.0)
    assert text(draft.settled) == "we had a way"


def test_letters_and_punctuation_make_no_difference_and_the_newest_are_kept() -> None:
    draft = Draft(0, POLICY)

    take(draft, words("so we had"), 10.0)
    take(draft, words("So, We had."), 10.5)

    assert text(draft.settled) == "So, We had."


def test_what_was_agreed_on_before_needs_no_third_decode() -> None:
    """A settled word is given to the decoder and comes first in what it finds."""
    draft = Draft(0, POLICY)
    take(draft, words("we had"), 5.0)
    take(draft, words("we had a way"), 5.5)
    take(draft, words("we had a way back"), 6.0)

    assert text(draft.settled) == "we had a way"
    assert text(draft.said) == "we had a way"
    assert text(draft.tentative) == "back"


# -- when -----------------------------------------------------------------------------------------


def test_words_too_close_to_the_newest_sound_do_not_settle() -> None:
    draft, said = Draft(0, POLICY), words("we had a way")

    take(draft, said, 1.7)
    take(draft, said, 1.6 + POLICY.settle_s - 0.01)
    assert text(draft.settled) == "we had a"

    take(draft, said, 1.6 + POLICY.settle_s + 0.01)
    assert text(draft.settled) == "we had a way"


def test_words_that_may_be_cut_are_not_shown_but_count_for_the_next_agreement() -> None:
    draft, said = Draft(0, POLICY), words("we had a way")

    take(draft, said, 1.6 + POLICY.show_s - 0.01)
    assert text(draft.tentative) == "we had a"

    take(draft, said, 1.6 + POLICY.settle_s + 0.01)
    assert text(draft.settled) == "we had a way"
    assert draft.tentative == ()


def test_a_word_that_was_hardly_understood_waits_for_the_final_decode() -> None:
    draft, said = Draft(0, POLICY), [*words("we had"), *words("a way", at_s=0.8, probability=0.2)]

    for until_s in (5.0, 5.5, 6.0):
        take(draft, said, until_s)

    assert text(draft.settled) == "we had"
    assert text(draft.tentative) == "a way"


def test_a_decode_that_finds_nothing_new_takes_nothing_back() -> None:
    draft = Draft(0, POLICY)
    take(draft, words("we had a way"), 5.0)
    take(draft, words("we had a weigh"), 5.5)

    draft.take(draft.said, 6 * SAMPLE_RATE_HZ)

    assert text(draft.settled) == "we had a"
    assert draft.tentative == ()
    assert draft.heard_until == 6 * SAMPLE_RATE_HZ


def test_a_decode_that_failed_takes_nothing_back() -> None:
    draft = Draft(0, POLICY)
    take(draft, words("we had a way"), 5.0)
    take(draft, words("we had a weigh"), 5.5)

    draft.miss(6 * SAMPLE_RATE_HZ)

    assert text(draft.settled) == "we had a"
    assert text(draft.tentative) == "weigh"
    assert draft.heard_until == 6 * SAMPLE_RATE_HZ


def test_times_are_those_of_the_session() -> None:
    draft = Draft(60 * SAMPLE_RATE_HZ, POLICY)
    for until_s in (66.0, 66.5):
        draft.take(words("we had", at_s=1.0), round(until_s * SAMPLE_RATE_HZ))

    assert [(word.start_s, word.end_s) for word in draft.settled] == [
        pytest.approx((61.0, 61.4)),
        pytest.approx((61.4, 61.8)),
    ]
    assert draft.said[0].start_s == pytest.approx(1.0)


# -- the window -----------------------------------------------------------------------------------

_LONG = words(" ".join(f"word{i}" for i in range(30)))  # 12 s


def test_old_sound_is_left_out_up_to_the_beginning_of_a_settled_word() -> None:
    draft = Draft(0, POLICY)
    take(draft, _LONG[:18], 7.5)
    take(draft, _LONG[:19], 7.9)
    assert draft.window == 0
    assert draft.left_out == ()

    take(draft, _LONG[:20], 8.5)

    last_s = draft.settled[-1].end_s
    assert draft.window in {round(word.start_s * SAMPLE_RATE_HZ) for word in draft.settled}
    assert last_s - draft.window / SAMPLE_RATE_HZ == pytest.approx(POLICY.window_kept_s, abs=0.4)
    assert draft.said[0].start_s == pytest.approx(0.0, abs=1e-4)
    assert text(draft.left_out + draft.said) == text(draft.settled)


def test_words_go_on_after_the_window_has_moved() -> None:
    draft = Draft(0, POLICY)
    take(draft, _LONG[:20], 8.5)
    take(draft, _LONG[:20], 8.6)
    assert draft.window > 0

    for count, until_s in ((22, 9.5), (23, 10.1)):
        take(draft, _said_and(draft, _LONG[len(draft.settled) : count]), until_s)

    assert text(draft.settled) == text(_LONG[:22])
    assert [word.start_s for word in draft.settled] == pytest.approx(
        [word.start_s for word in _LONG[:22]], abs=1e-4
    )


def test_without_settled_words_no_sound_is_left_out() -> None:
    draft = Draft(0, POLICY)
    take(draft, _LONG[:20], 9.0)
    take(draft, words("something else altogether"), 20.0)

    assert draft.window == 0


def test_a_doubtful_word_settles_when_it_is_old_enough() -> None:
    draft, said = Draft(0), [*words("we had"), *words("a way", at_s=0.8, probability=0.2)]

    take(draft, said, 5.0)
    take(draft, said, 5.5)
    assert text(draft.settled) == "we had"

    take(draft, said, 7.0)
    assert text(draft.settled) == "we had a way"


def test_words_on_which_decodes_never_agree_settle_in_the_end() -> None:
    draft = Draft(0)

    for number, until_s in enumerate((9.0, 9.5, 10.0, 11.0)):
        take(draft, words(f"we had a way{number}"), until_s)

    assert text(draft.settled) == "we had a way3"


# -- anything -------------------------------------------------------------------------------------

_PIECES = st.lists(
    st.tuples(
        st.sampled_from(["we", "had", "a", "way", "Way,", "back"]),
        st.floats(0.0, 1.0),  # pause before it
        st.floats(0.05, 0.8),  # its length
        st.floats(0.0, 1.0),  # its probability
    ),
    max_size=25,
)


def _laid_out(
    pieces: list[tuple[str, float, float, float]], from_s: float, until_s: float
) -> list[HeardWord]:
    found: list[HeardWord] = []
    at_s = from_s
    for spoken, pause_s, length_s, probability in pieces:
        begin_s = min(at_s + pause_s, until_s)
        at_s = min(begin_s + length_s, until_s)
        found.append(HeardWord(spoken, begin_s, at_s, probability))
    return found


@given(
    decodes=st.lists(st.tuples(_PIECES, st.floats(0.1, 6.0)), max_size=10),
    start=st.integers(0, 10**8),
)
def test_whatever_is_decoded_settled_words_are_only_appended_to(
    decodes: list[tuple[list[tuple[str, float, float, float]], float]], start: int
) -> None:
    draft, until = Draft(start, POLICY), start
    for pieces, more_s in decodes:
        until += round(more_s * SAMPLE_RATE_HZ)
        settled, window = draft.settled, draft.window
        said = draft.said
        from_s = said[-1].end_s if said else 0.0
        new = _laid_out(pieces, from_s, (until - draft.window) / SAMPLE_RATE_HZ)

        draft.take([*said, *new], until)

        assert draft.settled[: len(settled)] == settled
        assert start <= window <= draft.window <= until
        assert draft.left_out + tuple(_said_and(draft, ())) == _close_to(draft.settled)
        assert all(word.probability >= POLICY.settle_probability for word in draft.settled)
        assert all(word.end_s <= until / SAMPLE_RATE_HZ - POLICY.show_s for word in draft.tentative)


class _close_to:  # noqa: N801 - reads as a function, like pytest.approx
    """Equal to words of the same text whose times differ by rounding only."""

    def __init__(self, expected: tuple[HeardWord, ...]) -> None:
        self.expected = expected

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple) and [
            replace(word, start_s=round(word.start_s, 3), end_s=round(word.end_s, 3))
            for word in other
        ] == [
            replace(word, start_s=round(word.start_s, 3), end_s=round(word.end_s, 3))
            for word in self.expected
        ]

    __hash__ = None  # type: ignore[assignment]
