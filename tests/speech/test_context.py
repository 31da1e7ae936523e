"""A speaker's last words go to the recogniser, but not with a noise."""

import numpy as np

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.events import Channel, ModelRef
from copilot.speech.context import InContext
from copilot.speech.endpoints import Stretch
from copilot.speech.transcriber import HeardWord, Transcription


class Noting:
    """Hears what it is told to and notes the context it is given."""

    model = ModelRef(purpose="transcription", name="none", version="0", sha256="0" * 64)

    def __init__(self) -> None:
        self.contexts: list[str] = []
        self.next = Transcription(())

    def transcribe(self, samples: Waveform, *, language: str, context: str = "") -> Transcription:
        self.contexts.append(context)
        return self.next


def _words(text: str, *, uncertain: bool = False) -> Transcription:
    words = tuple(HeardWord(word, i, i + 1, 0.9) for i, word in enumerate(text.split()))
    return Transcription(words, uncertain=uncertain)


def _stretch(seconds: float = 3.0, channel: Channel = Channel.CANDIDATE) -> Stretch:
    samples = np.zeros(round(seconds * SAMPLE_RATE_HZ), np.float32)
    return Stretch(channel, 0, samples, seconds)


def _contexts(*heard: tuple[Stretch, Transcription]) -> list[str]:
    noting = Noting()
    conversation = InContext(noting, "en")
    for stretch, words in heard:
        noting.next = words
        assert conversation.transcribe(stretch) is words
    return noting.contexts


def test_the_last_words_of_the_same_speaker_are_passed_on() -> None:
    found = _contexts(
        (_stretch(), _words("we use Kubernetes")),
        (_stretch(channel=Channel.INTERVIEWER), _words("and how")),
        (_stretch(), _words("with Helm")),
        (_stretch(), _words("and Argo")),
    )

    assert found == ["", "", "we use Kubernetes", "with Helm"]


def test_doubtful_words_and_none_at_all_are_not() -> None:
    found = _contexts(
        (_stretch(), _words("we use Kubernetes")),
        (_stretch(), _words("oh my", uncertain=True)),
        (_stretch(), Transcription((), reason="no words recognised")),
        (_stretch(), _words("with Helm")),
    )

    assert found == ["", *["we use Kubernetes"] * 3]


def test_a_noise_gets_no_context_to_go_on_from() -> None:
    found = _contexts(
        (_stretch(), _words("we use Kubernetes")),
        (_stretch(0.7), Transcription(())),
        (_stretch(1.0), _words("with Helm")),
    )

    assert found == ["", "", "we use Kubernetes"]


def test_only_the_end_of_a_long_speech_is_passed_on() -> None:
    text = " ".join(f"word{number}" for number in range(200))

    *_, context = _contexts((_stretch(), _words(text)), (_stretch(), _words("so")))

    assert 100 < len(context) < 200
    assert text.endswith(context)
