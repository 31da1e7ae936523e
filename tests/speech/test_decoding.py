"""Whisper on no more sound than there is: the same words, at times inside the sound."""

import difflib
import itertools
from pathlib import Path

import numpy as np
import pytest
from faster_whisper.tokenizer import Tokenizer

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.errors import ModelError
from copilot.speech import decoding
from copilot.speech.decoding import Decoded, Decoder, Search, _whole_words, _within
from copilot.speech.models import speech_model, verified_folder
from copilot.speech.transcriber import HeardWord
from tests.builders import silence, spoken

SHORT, QUICK, WHOLE = Search(4.0, 5), Search(1.5, 1), Search(None, 5)


@pytest.fixture(scope="module")
def decoder() -> Decoder:
    return Decoder(verified_folder(speech_model("tiny.en")), threads=2)


def decode(decoder: Decoder, sound: Waveform, search: Search, said: int = 0) -> Decoded:
    """The words of an English sound; the first ``said`` of them are settled before."""
    first = decoder.decode(sound, language="en", search=search)
    if not said:
        return first
    return decoder.decode(sound, language="en", search=search, said=first.words[:said])


def plain(found: Decoded) -> list[str]:
    return [word.text.casefold().strip(".,") for word in found.words]


# -- real speech ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["en-000", "en-004"])
@pytest.mark.parametrize("search", [SHORT, QUICK], ids=["final", "draft"])
def test_a_short_window_says_what_the_whole_one_says(
    decoder: Decoder, name: str, search: Search
) -> None:
    short, whole = (decode(decoder, spoken(name), way) for way in (search, WHOLE))

    assert difflib.SequenceMatcher(None, plain(short), plain(whole)).ratio() > 0.85
    assert short.logprob == pytest.approx(whole.logprob, abs=0.25)


@pytest.mark.parametrize("search", [SHORT, QUICK, WHOLE], ids=["final", "draft", "whole"])
@pytest.mark.parametrize("said", [0, 4])
def test_words_follow_each_other_inside_the_sound(
    decoder: Decoder, search: Search, said: int
) -> None:
    sound = spoken("en-004")

    words = decode(decoder, sound, search, said).words

    assert len(words) > 10
    assert all(0 <= word.start_s <= word.end_s <= len(sound) / SAMPLE_RATE_HZ for word in words)
    assert all(a.start_s <= b.start_s and a.end_s <= b.end_s for a, b in itertools.pairwise(words))


@pytest.mark.parametrize("said", [1, 5, 12])
def test_words_that_are_settled_come_first(decoder: Decoder, said: int) -> None:
    sound = spoken("en-004")
    first = decode(decoder, sound, SHORT)

    found = decode(decoder, sound, SHORT, said)

    assert plain(found)[:said] == plain(first)[:said]
    assert difflib.SequenceMatcher(None, plain(found), plain(first)).ratio() > 0.85


def test_half_a_sentence_has_the_words_of_that_half(decoder: Decoder) -> None:
    half = spoken("en-000")[: 5 * SAMPLE_RATE_HZ]

    found, whole = (decode(decoder, sound, SHORT) for sound in (half, spoken("en-000")))

    assert 3 < len(found.words) < 0.8 * len(whole.words)
    assert plain(found)[:3] == plain(whole)[:3]


@pytest.mark.parametrize("seconds", [27.0, 30.0])
def test_silence_behind_a_long_sound_ends_where_the_window_does(
    decoder: Decoder, seconds: float
) -> None:
    speech = np.concatenate([spoken("en-000"), spoken("en-004")] * 2 + [silence(1)])
    sound = speech[: round(seconds * SAMPLE_RATE_HZ)]

    found, whole = (decode(decoder, sound, way) for way in (SHORT, WHOLE))

    assert difflib.SequenceMatcher(None, plain(found), plain(whole)).ratio() > 0.85
    assert seconds - 3 < found.words[-1].end_s <= seconds


@pytest.mark.parametrize("seconds", [0.0, 0.1])
def test_almost_no_sound_is_no_trouble(decoder: Decoder, seconds: float) -> None:
    found = decode(decoder, silence(seconds), SHORT)

    assert all(word.end_s <= seconds for word in found.words)


def test_a_long_context_leaves_room_for_the_words(decoder: Decoder) -> None:
    context = " ".join(f"we saw room {number} of the museum" for number in range(200))

    found = decoder.decode(spoken("en-004"), language="en", search=SHORT, context=context)

    assert "dinosaurs" in plain(found)


@pytest.mark.parametrize(
    "context",
    ["", "birds have feathers and can fly well as we all know"],
    ids=["alone", "after other words"],
)
def test_a_decoder_that_had_to_be_stopped_says_so(
    decoder: Decoder, monkeypatch: pytest.MonkeyPatch, context: str
) -> None:
    sound = spoken("en-004")
    free = decoder.decode(sound, language="en", search=SHORT, context=context)
    monkeypatch.setattr(decoding, "_TOKENS_PER_S", 1)
    monkeypatch.setattr(decoding, "_TOKENS_MORE", 5)

    stopped = decoder.decode(sound, language="en", search=SHORT, context=context)

    assert not free.full
    assert len(stopped.words) < 0.8 * len(free.words)
    assert stopped.full


def test_what_is_drawn_by_lot_says_so(decoder: Decoder) -> None:
    drawn = decode(decoder, spoken("en-004"), Search(None, 1, temperature=0.4))

    assert drawn.drawn
    assert not decode(decoder, spoken("en-004"), SHORT).drawn
    assert "feathers" in plain(drawn)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        Decoder(tmp_path)


# -- marks of time --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tokenizer(decoder: Decoder) -> Tokenizer:
    return decoder._tokenizer("en")


def tokens(tokenizer: Tokenizer, *parts: float | str) -> list[int]:
    """Texts between the times that the decoder wrote down."""
    found: list[int] = []
    for part in parts:
        if isinstance(part, str):
            found += tokenizer.encode(part)
        else:
            found.append(tokenizer.timestamp_begin + round(part / 0.02))
    return found


def test_what_begins_after_the_end_of_the_sound_was_made_up(tokenizer: Tokenizer) -> None:
    found = tokens(tokenizer, 0.0, " We had a way back.", 2.0, 4.6, " Thank you.", 5.5)

    heard = _within(found, tokenizer, 4.0)

    assert tokenizer.decode(heard) == " We had a way back."


def test_what_begins_inside_the_sound_is_kept_whole(tokenizer: Tokenizer) -> None:
    found = tokens(tokenizer, 0.0, " We had", 2.0, 3.9, " a way back.", 6.0)

    heard = _within(found, tokenizer, 4.0)

    assert tokenizer.decode(heard) == " We had a way back."


def test_a_single_late_word_is_kept(tokenizer: Tokenizer) -> None:
    """In a sound shorter than a second the first mark may come after its end."""
    heard = _within(tokens(tokenizer, 0.8, " Kubernetes.", 1.2), tokenizer, 0.5)

    assert tokenizer.decode(heard) == " Kubernetes."


# -- words ----------------------------------------------------------------------------------------


def pieces(*texts: str, step_s: float = 0.4, duration_s: float = 9.0) -> list[HeardWord]:
    """Words made of pieces that follow each other in time; every second one is doubtful."""
    found = (
        HeardWord(text, i * step_s, (i + 1) * step_s, 0.3 if i % 2 else 0.9)
        for i, text in enumerate(texts)
    )
    return list(_whole_words(found, duration_s))


def test_signs_alone_are_no_words() -> None:
    assert pieces(" .", " ...", " ?", " -") == []


def test_pieces_without_a_space_belong_to_the_word_before() -> None:
    words = pieces(" an", "other", " way", " self", "-", "service", ".")

    assert [word.text for word in words] == ["another", "way", "self-service."]
    assert (words[0].start_s, words[0].end_s) == pytest.approx((0.0, 0.8))


def test_a_word_is_as_doubtful_as_its_most_doubtful_piece_but_for_signs() -> None:
    assert pieces(" an", "other")[0].probability == 0.3
    assert pieces(" back", ".")[0].probability == 0.9


def test_times_beyond_the_sound_are_brought_back_into_it() -> None:
    words = pieces(" We", " had", " a", " way", " back", step_s=1.0, duration_s=2.5)

    assert [word.end_s for word in words] == [1.0, 2.0, 2.5, 2.5, 2.5]
    assert all(word.start_s <= word.end_s for word in words)
