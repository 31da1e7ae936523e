"""Text that is on its way stays in sight until it is an utterance, or turns out to be none."""

import numpy as np

from copilot.audio import SAMPLE_RATE_HZ
from copilot.engine.partials import PartialTexts
from copilot.speech.streaming import Partial
from copilot.speech.transcriber import HeardWord, Transcription
from tests.builders import spoken
from tests.engine.hall import in_turn
from tests.engine.live import FakeCall, LiveHall
from tests.engine.parts import CANDIDATE, INTERVIEWER, WORD_S, stretch, transcription

ASKED = stretch(INTERVIEWER, 10, 2)
DRAFT = Partial(CANDIDATE, 3 * SAMPLE_RATE_HZ, transcription("So I").words, ())


def _words(texts: PartialTexts) -> list[str]:
    return [" ".join(word.text for word in (*p.settled, *p.tentative)) for p in texts.texts]


def test_held_text_is_shown_as_settled_and_at_its_time() -> None:
    texts = PartialTexts()
    texts.hold(ASKED, transcription("Why not?"))

    assert texts.texts == (
        Partial(
            INTERVIEWER,
            ASKED.start,
            (HeardWord("Why", 10, 10 + WORD_S, 0.9), HeardWord("not?", 10.25, 10.5, 0.9)),
            (),
        ),
    )


def test_new_drafts_take_the_place_of_drafts_and_not_of_held_text() -> None:
    texts = PartialTexts()
    texts.draft((DRAFT,))
    texts.hold(ASKED, transcription("Why not?"))
    assert _words(texts) == ["So I", "Why not?"]  # by their beginning

    texts.draft(())
    assert _words(texts) == ["Why not?"]
    texts.release(ASKED)
    assert texts.texts == ()


def test_only_what_was_published_is_let_go() -> None:
    texts = PartialTexts()
    texts.hold(ASKED, transcription("Why not?"))
    texts.hold(stretch(INTERVIEWER, 13, 1), transcription("Really?"))

    texts.release(ASKED)
    texts.release(stretch(CANDIDATE, 13, 1))

    assert _words(texts) == ["Really?"]


def test_a_stretch_without_words_is_not_held() -> None:
    texts = PartialTexts()
    texts.hold(ASKED, Transcription((), reason="no words recognised"))
    assert texts.texts == ()
    texts.release(ASKED)


def test_when_sides_change_nothing_is_shown_on_the_wrong_one() -> None:
    texts = PartialTexts()
    texts.draft((DRAFT,))
    texts.hold(ASKED, transcription("Why not?"))
    texts.swap()
    assert texts.texts == ()


def test_an_echo_is_no_longer_in_sight_once_it_is_decided(parts, whisper) -> None:
    sound = in_turn((CANDIDATE, spoken("en-000")))
    # The loudspeakers reach the microphone for the first half of the second sentence only.
    begin, end = round(4.2 * SAMPLE_RATE_HZ), 7 * SAMPLE_RATE_HZ
    late = round(0.08 * SAMPLE_RATE_HZ)
    sound[INTERVIEWER][begin + late : end + late] += np.float32(0.5) * sound[CANDIDATE][begin:end]
    told: list[tuple[Partial, ...]] = [()]

    seen = LiveHall(parts, lambda: whisper, FakeCall(sound), on_partials=told.append)
    seen.run_to_the_end_of_the_sound()

    assert not seen.heard.said(INTERVIEWER)
    assert told[-1] == ()
