"""What the tests of matching share: utterances, and embedders that take notes."""

from collections.abc import Sequence

import numpy as np

from copilot.events import Channel, ModelRef, Utterance, Word
from copilot.matching.embedding import DIMENSIONS, Embedder, Vectors

#: Seconds a spoken word takes here.
WORD_S = 0.25


def said(
    text: str,
    number: int = 1,
    *,
    start_s: float = 0.0,
    channel: Channel = Channel.CANDIDATE,
    uncertain: bool = False,
) -> Utterance:
    """An utterance with evenly spoken words."""
    words = tuple(
        Word(
            text=word,
            start_s=start_s + index * WORD_S,
            end_s=start_s + (index + 1) * WORD_S,
            probability=0.9,
        )
        for index, word in enumerate(text.split())
    )
    return Utterance(
        id=f"u{number}",
        channel=channel,
        start_s=start_s,
        end_s=start_s + max(1, len(words)) * WORD_S,
        text=" ".join(word.text for word in words),
        words=words,
        uncertain=uncertain,
    )


def asked(text: str, number: int = 1) -> Utterance:
    """What the interviewer says."""
    return said(text, number, channel=Channel.INTERVIEWER)


def answer_of(*texts: str) -> list[Utterance]:
    """An answer in several utterances, one after the other."""
    answer: list[Utterance] = []
    start_s = 0.0
    for number, text in enumerate(texts, start=1):
        answer.append(said(text, number, start_s=start_s))
        start_s = answer[-1].end_s + 0.5
    return answer


class NotingEmbedder:
    """Passes everything on and notes what it was asked for."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.texts: list[str] = []

    @property
    def model(self) -> ModelRef:
        return self._embedder.model

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return self._embedder.embed(texts)


class RememberingEmbedder:
    """Real vectors, but each text is embedded once however often it is said."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    @property
    def model(self) -> ModelRef:
        return self._embedder.model

    def embed(self, texts: Sequence[str]) -> Vectors:
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        self._known.update(zip(new, self._embedder.embed(new), strict=True))
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        return np.stack([self._known[text] for text in texts])
