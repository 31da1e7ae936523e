"""Whatever a server answers: words in order, in time, printable, and none that it did not give."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import ServerError
from copilot.speech.answers import UNKNOWN_PROBABILITY, joined, plain, read_answer
from copilot.speech.transcriber import HeardWord


def _read(duration_s: float = 4.0, **answer: Any) -> list[HeardWord]:
    found = read_answer(json.dumps(answer).encode(), duration_s)
    return [word for segment in found for word in segment.words]


def _word(text: str, start: float, end: float, **more: Any) -> dict[str, Any]:
    return {"word": text, "start": start, "end": end, **more}


def _heard(text: str, start_s: float = 0.0, pace_s: float = 0.5) -> list[HeardWord]:
    return [
        HeardWord(word, start_s + n * pace_s, start_s + (n + 1) * pace_s, 0.9)
        for n, word in enumerate(text.split())
    ]


def _texts(words: Any) -> str:
    return " ".join(word.text for word in words)


# -- times ----------------------------------------------------------------------------------------


def test_punctuation_numbers_and_currencies_come_through_though_timed_words_lack_them() -> None:
    words = _read(
        text="We saved 12.5%, about €40,000.",
        words=[_word(w, n, n + 0.5) for n, w in enumerate(["We", "saved", "12.5%", "about"])],
    )

    assert _texts(words) == "We saved 12.5%, about €40,000."
    assert [word.start_s for word in words] == [0, 1, 2, 3, 3.5]
    assert words[-1].end_s == 4.0


def test_words_a_server_did_not_time_lie_between_those_it_did() -> None:
    words = _read(
        text="one two three four",
        words=[_word("one", 0.5, 0.9), _word("four", 3.0, 3.4)],
    )

    assert [word.text for word in words] == ["one", "two", "three", "four"]
    assert 0.9 <= words[1].start_s < words[1].end_s <= words[2].start_s < words[2].end_s <= 3.0


def test_without_times_of_words_each_takes_as_long_as_it_is_written() -> None:
    words = _read(
        text="a bcde",
        segments=[{"text": " a bcd", "start": 1.0, "end": 2.2, "avg_logprob": -0.1}],
    )

    assert _texts(words) == "a bcd"
    assert [w.start_s for w in words] == pytest.approx([1.0, 1.4])
    assert [w.end_s for w in words] == pytest.approx([1.4, 2.2])
    assert words[0].probability == pytest.approx(math.exp(-0.1))


def test_a_text_alone_is_spread_over_the_sound_and_nobody_knows_how_sure_it_is() -> None:
    (segment,) = read_answer(b'{"text": "Hello there"}', 2.0)

    assert [(w.start_s, w.end_s) for w in segment.words] == [(0.0, 1.0), (1.0, 2.0)]
    assert {word.probability for word in segment.words} == {UNKNOWN_PROBABILITY}
    assert (segment.logprob, segment.no_speech) == (None, None)


def test_a_words_own_probability_wins() -> None:
    words = _read(text="yes", words=[_word("yes", 0, 1, probability=0.25)])

    assert words[0].probability == 0.25


@pytest.mark.parametrize("text", ["", "  ", "...", "!", " – "])  # noqa: RUF001 - a dash
def test_nothing_said_is_no_word(text: str) -> None:
    assert _read(text=text, words=[], segments=[]) == []


# -- hostile answers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"<html>", b"null", b"[]", b"3", b'"text"', b"{}", b'{"text": 3}', b'{"text": null}',
        b'{"text": ["a"]}', b'{"segments": {}}', b"\xff\xfe\x00", b'{"text": "a"',
        b"[" * 100_000, b'{"text": "a", "duration": NaN}', b'{"x": ' + b"9" * 10_000 + b"}",
    ],
)  # fmt: skip
def test_what_is_no_transcription_is_refused(raw: bytes) -> None:
    with pytest.raises(ServerError):
        read_answer(raw, 2.0)


def test_control_characters_never_reach_a_screen() -> None:
    words = _read(text="we \x1b[31mpaid\x07 \u202eit\u2066 \x00all\x9b")

    assert _texts(words) == "we [31mpaid it all"
    assert all(word.text.isprintable() for word in words)


def test_a_word_without_end_is_cut() -> None:
    (word,) = _read(text="a" * 100_000)

    assert len(word.text) < 100


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=8,
)
_NUMBERS = st.floats() | st.integers(-(10**400), 10**400) | _JSON
_ENTRIES = st.dictionaries(
    st.sampled_from(["start", "end", "avg_logprob", "no_speech_prob", "probability"]), _NUMBERS
).flatmap(
    lambda entry: st.fixed_dictionaries({"text": st.text() | _JSON, "word": st.text() | _JSON}).map(
        lambda texts: {**entry, **texts}
    )
)


@given(
    st.fixed_dictionaries(
        {"text": st.text()},
        optional={
            "words": st.lists(_ENTRIES | _JSON, max_size=6) | _JSON,
            "segments": st.lists(_ENTRIES | _JSON, max_size=6) | _JSON,
        },
    ),
    st.floats(0.1, 30.0),
)
def test_any_answer_is_refused_or_gives_whole_words_in_order(
    answer: dict[str, Any], duration_s: float
) -> None:
    try:
        found = read_answer(json.dumps(answer).encode(), duration_s)
    except ServerError:
        return
    words = [word for segment in found for word in segment.words]

    for word in words:
        assert 0 <= word.start_s <= word.end_s <= duration_s
        assert 0 <= word.probability <= 1
        assert word.text.isprintable()
        assert word.text == word.text.strip() != ""
    assert [word.start_s for word in words] == sorted(word.start_s for word in words)
    for segment in found:
        assert segment.logprob is None or -math.inf < segment.logprob <= 0
        assert segment.no_speech is None or 0 <= segment.no_speech <= 1


# -- what is settled ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "found", "whole"),
    [
        ("", "we kept the old", "we kept the old"),
        ("we kept", "We kept the old servers.", "we kept the old servers."),
        ("we kept", "We kept", "we kept"),
        ("we kept", "", "we kept"),
        ("we kept the", "we cept the old ones", "we kept the old ones"),
        ("it was very", "it was very very good", "it was very very good"),
        ("no no", "no no no", "no no no"),
        ("kept the old", "and kept the old servers", "kept the old servers"),
        ("quite another thing", "we kept the old servers", "quite another thing old servers"),
    ],
)
def test_what_is_settled_stays_and_what_follows_it_is_added(
    said: str, found: str, whole: str
) -> None:
    assert _texts(joined(_heard(said), _heard(found))) == whole


@pytest.mark.parametrize("shift_s", [-0.45, -0.2, 0.2, 0.45])
def test_the_seam_holds_where_two_recognisers_disagree_about_the_time(shift_s: float) -> None:
    said = _heard("then we wrote down four goals", 1.0)
    found = _heard("then we wrote down four goals together with him", 1.0 + shift_s)

    whole = joined(said, found)

    assert _texts(whole) == "then we wrote down four goals together with him"
    assert list(whole[: len(said)]) == said
    assert [w.start_s for w in whole] == sorted(w.start_s for w in whole)


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8),
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8),
    st.floats(-1, 1),
)
def test_what_is_returned_begins_with_what_is_settled(
    said: list[str], found: list[str], shift_s: float
) -> None:
    settled, answered = _heard(" ".join(said)), _heard(" ".join(found), 1 + shift_s)

    whole = joined(settled, answered)

    assert list(whole[: len(settled)]) == settled
    rest = [plain(word.text) for word in whole[len(settled) :]]
    assert rest == [plain(word.text) for word in answered][len(answered) - len(rest) :]
