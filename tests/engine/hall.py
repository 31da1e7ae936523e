"""A runner with everything around it, and what is said to it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.coach import Coach
from copilot.engine.conductor import Conductor
from copilot.engine.runner import Runner
from copilot.engine.vitals import Vitals
from copilot.errors import StorageError
from copilot.events import Channel, ConsentDecision, Event, SessionEnded
from copilot.interview import Interview, replay
from copilot.speech.hearing import Hearing
from copilot.speech.transcriber import Transcriber
from tests.builders import silence, spoken
from tests.engine.parts import (
    CANDIDATE,
    INTERVIEWER,
    E,
    HeldSource,
    Noting,
    Parts,
    started,
)

GAP_S = 1.0


def in_turn(*clips: tuple[Channel, Waveform]) -> dict[Channel, Waveform]:
    """One clip after the other, each on its channel, with a second of silence after each."""
    sound: dict[Channel, list[Waveform]] = {INTERVIEWER: [], CANDIDATE: []}
    for channel, clip in clips:
        for other, pieces in sound.items():
            pieces.append(clip if other is channel else silence(len(clip) / SAMPLE_RATE_HZ))
            pieces.append(silence(GAP_S))
    return {channel: np.concatenate(pieces) for channel, pieces in sound.items()}


DINOSAURS, STYLES = spoken("en-004"), spoken("en-000")[: 4 * SAMPLE_RATE_HZ]
#: Three turns; the candidate's lasts from six seconds on to ten.
SOUND = in_turn((INTERVIEWER, DINOSAURS), (CANDIDATE, STYLES), (INTERVIEWER, DINOSAURS))
TURNS = 3


class Tape:
    """Keeps the sound, as a recorder does."""

    def __init__(self, full_after_s: float | None = None) -> None:
        self.blocks: list[Block] = []
        self._full_after_s = full_after_s

    def write(self, block: Block) -> None:
        if self._full_after_s is not None and block.end_s > self._full_after_s:
            raise StorageError("candidate.wav: No space left on device.", "Free space.")
        self.blocks.append(block)

    def sound(self, channel: Channel) -> Waveform:
        return np.concatenate([block.samples[channel] for block in self.blocks])


class Hall:
    """A runner with everything around it, on the real matcher and recogniser."""

    def __init__(
        self,
        parts: Parts,
        transcriber: Callable[[], Transcriber],
        source: HeldSource | None = None,
        tape: Tape | None = None,
        refuses_from: int | None = None,
        **around: Any,
    ) -> None:
        self.parts = parts
        self.heard = Noting()
        self._refuses_from = refuses_from
        self.source = source or HeldSource(SOUND)
        self.tape = tape or Tape()
        self.on_event: Callable[[Event], None] = lambda _: None
        self.on_vitals: Callable[[Vitals], None] = self.heard.on_vitals
        self.runner = Runner(
            conductor=self.conductor,
            source=self.source,
            transcriber=transcriber,
            hearing=Hearing(Channel),
            language="en",
            tape=self.tape,
            on_vitals=self._tell,
            **{"drafts": False, **around},
        )

    def conductor(self) -> Conductor:
        guide, matcher, recogniser = self.parts
        recogniser.new_turn()
        conductor = Conductor(
            language="en",
            matcher=matcher,
            recogniser=recogniser,
            coach=Coach(guide),
            publish=self._publish,
        )
        conductor.start(started(guide), ConsentDecision.GIVEN, "Ada", "May we?")
        return conductor

    def _tell(self, vitals: Vitals) -> None:
        self.on_vitals(vitals)

    def _publish(self, event: Event) -> None:
        full = self._refuses_from is not None and event.seq >= self._refuses_from
        if full and not isinstance(event, SessionEnded):
            raise StorageError("journal.jsonl: No space left on device.", "Free space.")
        self.heard.on_event(event)
        self.on_event(event)

    @property
    def ended(self) -> SessionEnded:
        """How it ended; what was published is a whole interview."""
        assert replay(self.heard.events).ended is self.heard.events[-1]
        ended = self.heard.events[-1]
        assert isinstance(ended, SessionEnded)
        return ended

    @property
    def interview(self) -> Interview:
        """What was published so far, as a state."""
        return replay(self.heard.events)

    def of(self, kind: type[E]) -> list[E]:
        """The events of that kind, in order."""
        return [event for event in self.heard.events if isinstance(event, kind)]

    def texts(self) -> list[str]:
        """What was said, in the order in which it became text."""
        return [said.text for said in replay(self.heard.events).utterances.values()]


MODES = pytest.mark.parametrize("run", [Runner.run, Runner.run_lockstep])
