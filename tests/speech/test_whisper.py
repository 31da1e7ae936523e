"""Words as they were said, with their times; what cannot be trusted is marked or left out."""

import difflib
from dataclasses import replace

import numpy as np
import pytest

from copilot.audio import SAMPLE_RATE_HZ, Block
from copilot.errors import UsageError
from copilot.events import Channel
from copilot.speech.models import speech_model
from copilot.speech.offline import transcribe_blocks
from copilot.speech.transcriber import HeardWord, Transcription
from copilot.speech.whisper import WhisperTranscriber
from tests.builders import SPEECH, noise, silence, spoken


def _alike(text: str, name: str) -> float:
    """How much of a clip's transcript stands in ``text``, 0 to 1, word by word."""
    said = (SPEECH / f"{name}.txt").read_text("utf-8").split()
    heard = ["".join(c for c in word if c.isalnum() or c == "'") for word in text.lower().split()]
    return difflib.SequenceMatcher(None, said, heard).ratio()


def _words(heard: Transcription) -> list[str]:
    return [word.text.casefold().strip(",.") for word in heard.words]


# -- real speech ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def heard(tiny: WhisperTranscriber) -> Transcription:
    return tiny.transcribe(spoken("en-000"), language="en")


def test_a_real_voice_is_written_down(heard: Transcription) -> None:
    assert _alike(heard.text, "en-000") > 0.8
    assert not heard.uncertain
    assert heard.reason == ""
    assert heard.confidence > 0.7


def test_words_have_times_in_order_within_the_sound(heard: Transcription) -> None:
    times = [time for word in heard.words for time in (word.start_s, word.end_s)]

    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= len(spoken("en-000")) / SAMPLE_RATE_HZ


def test_words_are_whole_and_joined_by_spaces_they_give_the_text(heard: Transcription) -> None:
    assert all(word.text == word.text.strip() and " " not in word.text for word in heard.words)
    assert " ".join(word.text for word in heard.words) == heard.text
    assert all(0 <= word.probability <= 1 for word in heard.words)


def test_a_french_voice_is_written_down_in_french() -> None:
    base = WhisperTranscriber("base", threads=2, beam_size=1)

    heard = base.transcribe(spoken("fr-000"), language="fr")

    assert _alike(heard.text, "fr-000") > 0.7
    assert not heard.uncertain


def test_what_is_hard_to_understand_reads_the_same_every_time() -> None:
    """Such sound is sampled; in noise this loud nothing else would come out twice."""
    sound = spoken("en-000")
    rng = np.random.default_rng(3)
    hissing = (sound * 0.05 + rng.normal(0, 0.01, len(sound))).astype(np.float32)

    def texts() -> list[str]:
        transcriber = WhisperTranscriber("tiny.en")
        return [transcriber.transcribe(hissing, language="en").text for _ in range(2)]

    assert texts() == texts()


def test_a_session_can_name_the_model(tiny: WhisperTranscriber) -> None:
    assert tiny.model.name == "Whisper tiny.en (int8)"
    assert tiny.model.sha256 == speech_model("tiny.en").sha256
    assert tiny.model.purpose == "transcription"


def test_a_model_refuses_a_language_it_does_not_know(tiny: WhisperTranscriber) -> None:
    with pytest.raises(UsageError, match=r"'tiny\.en' does not know 'fr'") as caught:
        tiny.transcribe(silence(1), language="fr")
    assert "--model base" in caught.value.remedy


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(UsageError, match="no speech model 'huge'"):
        WhisperTranscriber("huge")


# -- while it is spoken ---------------------------------------------------------------------------


def test_a_draft_has_the_words_so_far(tiny: WhisperTranscriber, heard: Transcription) -> None:
    half = spoken("en-000")[: 6 * SAMPLE_RATE_HZ]

    draft = tiny.draft(half, language="en")

    so_far = [word for word in heard.words if word.end_s < 5.5]
    assert _words(draft)[: len(so_far)] == [word.text.casefold().strip(",.") for word in so_far]


def test_settled_words_stand_at_the_beginning_of_what_is_found(
    tiny: WhisperTranscriber, heard: Transcription
) -> None:
    settled = heard.words[:5]

    for found in (
        tiny.transcribe(spoken("en-000"), language="en", said=settled),
        tiny.draft(spoken("en-000"), language="en", said=settled),
    ):
        assert _words(found)[:5] == _words(Transcription(settled))
        assert _alike(found.text, "en-000") > 0.8


def test_settled_words_stand_there_although_the_recogniser_would_have_others(
    tiny: WhisperTranscriber, heard: Transcription
) -> None:
    other = replace(heard.words[0], text="Whatever,")

    found = tiny.transcribe(spoken("en-000"), language="en", said=[other])

    assert _words(found)[:3] == ["whatever", *_words(heard)[1:3]]


# -- no speech ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [0, 0.3, 5])
def test_silence_never_gives_words_to_be_trusted(tiny: WhisperTranscriber, seconds: float) -> None:
    heard = tiny.transcribe(silence(seconds), language="en")

    assert not heard.words or heard.uncertain
    assert heard.reason


def test_silence_and_noise_give_no_words_on_the_way_a_session_takes(
    tiny: WhisperTranscriber,
) -> None:
    sound = np.concatenate([silence(3), noise(5, loudness=0.3), silence(1), noise(5)])

    assert list(transcribe_blocks(_blocks(sound), [Channel.CANDIDATE], tiny, "en")) == []


# -- a recording without a session ----------------------------------------------------------------


def _blocks(*channels: np.ndarray) -> list[Block]:
    names = (Channel.CANDIDATE,) if len(channels) == 1 else tuple(Channel)
    return [
        Block(
            start,
            {
                name: samples[start : start + 4096]
                for name, samples in zip(names, channels, strict=True)
            },
        )
        for start in range(0, len(channels[0]), 4096)
    ]


def test_two_voices_are_written_down_each_on_its_channel_and_at_its_time(
    tiny: WhisperTranscriber,
) -> None:
    asks, answers = spoken("en-004"), spoken("en-000")
    left = np.concatenate([silence(1), asks, silence(len(answers) / SAMPLE_RATE_HZ)])
    right = np.concatenate([silence(1 + len(asks) / SAMPLE_RATE_HZ), answers])

    said = list(transcribe_blocks(_blocks(left, right), tuple(Channel), tiny, "en"))

    turn_s = 1 + len(asks) / SAMPLE_RATE_HZ
    texts = {
        channel: " ".join(part.text for part in said if part.channel is channel)
        for channel in Channel
    }
    assert _alike(texts[Channel.INTERVIEWER], "en-004") > 0.9
    assert _alike(texts[Channel.CANDIDATE], "en-000") > 0.8
    for part in said:
        assert (part.start_s, part.end_s) == (part.words[0].start_s, part.words[-1].end_s)
        assert (part.end_s <= turn_s + 0.5) == (part.channel is Channel.INTERVIEWER)
        assert part.text == " ".join(word.text for word in part.words)


def test_one_voice_has_no_name(tiny: WhisperTranscriber) -> None:
    blocks = _blocks(spoken("en-004"))

    (said,) = transcribe_blocks(blocks, [Channel.CANDIDATE], tiny, "en")

    assert said.channel is None
    assert _alike(said.text, "en-004") > 0.9


# -- values ---------------------------------------------------------------------------------------


def test_a_transcription_without_words_has_no_text_and_no_confidence() -> None:
    nothing = Transcription((), reason="no words recognised")

    assert (nothing.text, nothing.confidence) == ("", 0.0)


def test_confidence_is_the_mean_of_the_words() -> None:
    heard = Transcription((HeardWord("Yes,", 0, 1, 0.5), HeardWord("we", 1, 2, 1.0)))

    assert heard.text == "Yes, we"
    assert heard.confidence == 0.75
