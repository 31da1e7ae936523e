"""One worker at one desk: transcribing without threads, so that the same sound gives the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.engine.transcribing import Said, Texts, Transcribing
from copilot.events import Channel
from copilot.speech.endpoints import OpenStretch, Stretch
from copilot.speech.hearing import Heard, Hearing
from copilot.speech.streaming import Partial, StreamingPolicy
from copilot.speech.transcriber import Transcriber, Transcription
from copilot.speech.voice import FRAME, VOICE_MODEL
from tests.engine.parts import CANDIDATE, transcription

BLOCK = SAMPLE_RATE_HZ // 10
#: Drafts as soon as there is something new, however long the last one took.
TIRELESS = StreamingPolicy(rest=0.0)


def heard(
    end_s: float, stretches: Sequence[Stretch] = (), still: Sequence[OpenStretch] = ()
) -> Heard:
    """What a block brought, without its sound."""
    return Heard(end_s, tuple(stretches), frozenset(), {}, open=tuple(still))


def going_on(channel: Channel, start_s: float, end_s: float) -> OpenStretch:
    """Speech that has not ended."""
    start, end = (round(at_s * SAMPLE_RATE_HZ / FRAME) * FRAME for at_s in (start_s, end_s))
    frames = (np.zeros(FRAME, np.float32),) * ((end - start) // FRAME)
    return OpenStretch(channel, start, frames, end, (end - start) / SAMPLE_RATE_HZ)


class Spelling:
    """Says of each sound how many tenths of a second long it is; tells what it was asked."""

    model = VOICE_MODEL

    def __init__(self, before: Callable[[str, str], object] = lambda *_: None) -> None:
        self._before = before
        self.asked: list[tuple[str, str]] = []

    def transcribe(self, samples: Waveform, **_: object) -> Transcription:
        return self._spelt("full", samples)

    def draft(self, samples: Waveform, **_: object) -> Transcription:
        return self._spelt("draft", samples)

    def _spelt(self, effort: str, samples: Waveform) -> Transcription:
        text = f"{10 * len(samples) / SAMPLE_RATE_HZ:.0f}"
        self.asked.append((effort, text))
        self._before(effort, text)
        return transcription(text)


@dataclass
class Desk:
    """One worker that takes turns with capture, so that the same sound always gives the same."""

    work: Transcribing
    texts: list[Texts] = field(default_factory=list)
    sound: Mapping[Channel, Waveform] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.work.end()  # so that a worker comes back when there is nothing left to do

    def hear(self, what: Heard) -> None:
        self.work.hear(what)
        self.work.work(self.texts.append)

    def hear_all(self, sound: Mapping[Channel, Waveform]) -> None:
        self.sound = sound
        hearing, length = Hearing(Channel), len(sound[CANDIDATE])
        for start in range(0, length, BLOCK):
            samples = {c: side[start : start + BLOCK] for c, side in sound.items()}
            self.hear(hearing.hear(Block(start, samples)))
        self.hear(heard(length / SAMPLE_RATE_HZ, hearing.flush()))

    @property
    def said(self) -> list[Said]:
        return [said for texts in self.texts for said in texts.said]

    @property
    def partials(self) -> tuple[Partial, ...]:
        return self.texts[-1].partials


def desk(transcriber: Transcriber, **around: Any) -> Desk:
    around = {"persistent": False, "policy": TIRELESS, **around}
    return Desk(Transcribing(lambda: transcriber, "en", **around))
