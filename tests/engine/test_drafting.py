"""Words appear while someone speaks, settle, and are what the final text begins with."""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.events import Channel
from copilot.speech.endpoints import OpenStretch, Stretch
from copilot.speech.streaming import StreamingPolicy
from copilot.speech.transcriber import HeardWord, Transcriber, Transcription
from copilot.speech.voice import FRAME, VOICE_MODEL
from copilot.speech.whisper import WhisperTranscriber
from tests.builders import spoken
from tests.engine.desk import Desk, desk, heard
from tests.engine.hall import DINOSAURS, SOUND, TURNS, in_turn
from tests.engine.parts import CANDIDATE, INTERVIEWER, transcription

# -- drafts ---------------------------------------------------------------------------------------

#: Both speak for a while, the interviewer into the candidate's words.
TOGETHER = in_turn((CANDIDATE, spoken("en-000")), (INTERVIEWER, DINOSAURS))
TOGETHER[INTERVIEWER][4 * SAMPLE_RATE_HZ :][: len(DINOSAURS)] = DINOSAURS


@pytest.fixture(scope="module", params=["in turn", "together"])
def followed(request: pytest.FixtureRequest, whisper: Transcriber) -> Desk:
    """A talk that was followed word by word."""
    seen = desk(whisper)
    seen.hear_all(SOUND if request.param == "in turn" else TOGETHER)
    return seen


def _settled(seen: Desk) -> dict[tuple[Channel, int], list[tuple[HeardWord, ...]]]:
    """What was settled of each stretch, as it grew."""
    found: dict[tuple[Channel, int], list[tuple[HeardWord, ...]]] = {}
    for texts in seen.texts:
        for partial in texts.partials:
            found.setdefault((partial.channel, partial.start), []).append(partial.settled)
    return found


def test_words_appear_and_settle_while_someone_speaks(followed: Desk) -> None:
    finals = {(stretch.channel, stretch.start) for stretch, _ in followed.said}
    settled = _settled(followed)

    assert len(finals) >= TURNS
    assert set(settled) == finals
    assert any(any(words for words in grown) for grown in settled.values())


def test_settled_words_never_change_and_the_final_text_begins_with_them(followed: Desk) -> None:
    finals = {(s.channel, s.start): text.text.split() for s, text in followed.said}
    for key, grown in _settled(followed).items():
        for before, after in itertools.pairwise(grown):
            assert after[: len(before)] == before
        words = [word.text for word in grown[-1]]
        assert finals[key][: len(words)] == words


def test_nothing_is_on_its_way_once_all_was_said(followed: Desk) -> None:
    assert followed.partials == ()


def test_following_word_by_word_costs_no_word(followed: Desk, whisper: Transcriber) -> None:
    quiet = desk(whisper, policy=StreamingPolicy(drafts=False))
    quiet.hear_all(followed.sound)

    assert [s.start for s, _ in quiet.said] == [s.start for s, _ in followed.said]
    for (_, mine), (_, whole) in zip(followed.said, quiet.said, strict=True):
        assert len(mine.words) == pytest.approx(len(whole.words), abs=2)


class ChokingOnDrafts:
    """Real words, but not while someone speaks."""

    def __init__(self, real: Transcriber) -> None:
        self._real = real
        self.model = real.model
        self.choked = 0

    def transcribe(self, samples: Waveform, **how: Any) -> Transcription:
        return self._real.transcribe(samples, **how)

    def draft(self, samples: Waveform, **_: object) -> Transcription:
        self.choked += 1
        raise RuntimeError("out of memory")


@pytest.mark.parametrize("persistent", [True, False])
def test_a_draft_that_chokes_costs_no_final_text(whisper: Transcriber, persistent: bool) -> None:
    choking = ChokingOnDrafts(whisper)
    quiet, seen = (
        desk(whisper, policy=StreamingPolicy(drafts=False)),
        desk(choking, persistent=persistent),
    )
    quiet.hear_all(SOUND)
    seen.hear_all(SOUND)

    assert choking.choked > 0
    assert [s.start for s, _ in seen.said] == [s.start for s, _ in quiet.said]
    for (_, mine), (_, whole) in zip(seen.said, quiet.said, strict=True):
        assert len(mine.words) == pytest.approx(len(whole.words), abs=2)


def test_words_after_settled_ones_are_not_said_twice(tiny: WhisperTranscriber) -> None:
    piece = SOUND[INTERVIEWER][166_400 : 166_400 + 66_560]
    settled = transcription("Many people don't think about them as").words

    once = tiny.transcribe(piece, language="en", said=settled)

    assert once.text.count("Many people") == 1 or once.uncertain


# -- speech that never pauses ---------------------------------------------------------------------


class Counting:
    """Hears one word each half second, and the same one whenever the same sound is heard."""

    model = VOICE_MODEL

    def transcribe(
        self, samples: Waveform, *, said: Sequence[HeardWord] = (), **_: object
    ) -> Transcription:
        numbers = np.round(samples).astype(int)
        words = [
            HeardWord(str(number), where[0] / SAMPLE_RATE_HZ, where[-1] / SAMPLE_RATE_HZ, 0.9)
            for number in np.unique(numbers)
            if len(where := np.flatnonzero(numbers == number)) > SAMPLE_RATE_HZ // 4
        ]
        known = {word.text for word in said}
        return Transcription((*said, *(word for word in words if word.text not in known)))

    draft = transcribe


def test_a_cut_in_the_middle_of_speech_doubles_and_loses_no_word() -> None:
    half = SAMPLE_RATE_HZ // 2
    sound = np.repeat(np.arange(1, 61), half).astype(np.float32)
    seen, cut = desk(Counting()), 28 * half
    for end in range(half, 48 * half, half):
        frames = tuple(sound[: end // FRAME * FRAME].reshape(-1, FRAME))
        until = len(frames) * FRAME
        one = OpenStretch(CANDIDATE, 0, frames, until, until / SAMPLE_RATE_HZ)
        seen.hear(heard(end / SAMPLE_RATE_HZ, still=[one]))
    # It has gone on for too long, and is cut where it was quietest, some seconds ago.
    seen.hear(heard(24.0, [Stretch(CANDIDATE, 0, sound[:cut], cut / SAMPLE_RATE_HZ)]))
    seen.hear(heard(30.0, [Stretch(CANDIDATE, cut, sound[cut:], 30.0)]))

    assert [int(word) for _, text in seen.said for word in text.text.split()] == list(range(1, 61))
