"""From turns to a recording: every turn is spoken, put on one clock, and mixed with the rooms."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from copilot.demo.synthesis.script import LEAD_IN_S, Script, Turn
from copilot.demo.synthesis.sound import (
    RATE_HZ,
    ROOM_TONES,
    Samples,
    fade_edges,
    make_room_tone,
    normalise,
    trim_silence,
)
from copilot.demo.synthesis.voices import Reader
from copilot.events import Channel

_TAIL_S = 1.5
_SENTENCE_GAP_RANGE_S = (0.2, 0.5)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it lies.

    Attributes:
        text: The words.
        start_s: In seconds, from the start of what the sentence is part of.
        end_s: Likewise.
    """

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn as sound.

    Attributes:
        samples: float32 mono at 24 kHz, shape ``(n,)``.
        sentences: Timed from the start of the turn.
    """

    samples: Samples
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class PlacedTurn:
    """A spoken turn on the clock that both channels share.

    Attributes:
        turn: What the script says of it.
        spoken: Its sound.
        start_s: In seconds from the start of the recording.
    """

    turn: Turn
    spoken: SpokenTurn
    start_s: float

    @property
    def end_s(self) -> float:
        """Where the turn ends, in seconds from the start of the recording."""
        return self.start_s + len(self.spoken.samples) / RATE_HZ

    def sentences(self) -> list[Sentence]:
        """The sentences, timed from the start of the recording."""
        return [
            replace(each, start_s=self.start_s + each.start_s, end_s=self.start_s + each.end_s)
            for each in self.spoken.sentences
        ]


def place_turns(script: Script, voices: Mapping[Channel, Reader]) -> list[PlacedTurn]:
    """Speak every turn and put it on the clock; in the order of the script.

    Raises:
        InputError: A sentence cannot be read aloud.
    """
    placed: list[PlacedTurn] = []
    base: PlacedTurn | None = None
    clock_s = LEAD_IN_S
    for turn in script.turns:
        spoken = _speak(turn, voices[turn.speaker], _seed_of(turn, script))
        if turn.overlap is not None and base is not None:
            around = base.sentences()[turn.overlap.after_sentence - 1]
            placed.append(PlacedTurn(turn, spoken, around.end_s - turn.overlap.lead_s))
            continue
        base = PlacedTurn(turn, spoken, clock_s)
        placed.append(base)
        clock_s = base.end_s + turn.pause_after_s
    return placed


def mix(placed: Sequence[PlacedTurn], seed: int) -> Samples:
    """Lay the turns over the room tones; shape ``(n, 2)``, left the interviewer."""
    length = round((max(each.end_s for each in placed) + _TAIL_S) * RATE_HZ)
    sides: list[Samples] = []
    for number, channel in enumerate(Channel):
        rng = np.random.default_rng([seed, number])
        side = make_room_tone(ROOM_TONES[channel], length, rng)
        for each in placed:
            if each.turn.speaker is channel:
                start = round(each.start_s * RATE_HZ)
                side[start : start + len(each.spoken.samples)] += each.spoken.samples
        sides.append(side)
    return np.stack(sides, axis=1)


def _speak(turn: Turn, voice: Reader, seed: int) -> SpokenTurn:
    """Read a turn sentence by sentence, with short gaps that vary, at an even level."""
    rng = np.random.default_rng(seed)
    parts: list[Samples] = []
    sentences: list[Sentence] = []
    position = 0
    for text in turn.sentences():
        if parts:
            gap_s = rng.uniform(*_SENTENCE_GAP_RANGE_S)
            parts.append(np.zeros(round(gap_s * RATE_HZ), dtype=np.float32))
            position += len(parts[-1])
        parts.append(fade_edges(trim_silence(voice.read(text))))
        end = position + len(parts[-1])
        sentences.append(Sentence(text, position / RATE_HZ, end / RATE_HZ))
        position = end
    return SpokenTurn(normalise(np.concatenate(parts)), tuple(sentences))


def _seed_of(turn: Turn, script: Script) -> int:
    # Of the turn alone and not of its place, so that a change to one leaves the others as they are.
    key = f"{script.seed} {turn.speaker} {turn.text}"
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") >> 1
