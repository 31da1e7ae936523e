"""What the coach is told of a pause: whose text is awaited, and since when nothing was said."""

import dataclasses
import threading
from typing import Any

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.coach import Close, Coach, Moment, Offer
from copilot.engine.conductor import Conductor
from copilot.events import SpeechDiscarded, UtteranceHeard
from copilot.interview import Interview
from copilot.speech.transcriber import Transcription
from tests.engine.hall import DINOSAURS, STYLES, Hall, in_turn
from tests.engine.parts import (
    CANDIDATE,
    INTERVIEWER,
    HeldSource,
    HeldTranscriber,
    Parts,
    RememberingTranscriber,
)

COUGH = STYLES[SAMPLE_RATE_HZ : 5 * SAMPLE_RATE_HZ // 2]


class Watching(Coach):
    """A coach that remembers the moments it was told of, and what had been heard by then."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen: list[tuple[Moment, int]] = []
        self.saw_text_pending = threading.Event()

    def advise(self, interview: Interview, moment: Moment) -> Close | Offer | None:
        self.seen.append((moment, len(interview.utterances)))
        if moment.text_pending:
            self.saw_text_pending.set()
        return super().advise(interview, moment)


class WatchedHall(Hall):
    """A hall whose coach is watched."""

    def __init__(
        self, parts: Parts, *args: Any, coach: Watching | None = None, **kwargs: Any
    ) -> None:
        self.coach = coach or Watching(parts[0])
        super().__init__(parts, *args, **kwargs)

    def conductor(self) -> Conductor:
        conductor = super().conductor()
        conductor._coach = self.coach
        return conductor


class Coughing:
    """Hears no words in what is short."""

    def __init__(self, real: RememberingTranscriber) -> None:
        self._real = real
        self.model = real.model

    def transcribe(self, samples: Waveform, **how: Any) -> Transcription:
        heard = self._real.transcribe(samples, **how)
        if len(samples) < 2.5 * SAMPLE_RATE_HZ:
            return dataclasses.replace(heard, words=(), reason="no words recognised")
        return heard

    draft = transcribe


def test_text_of_the_interviewers_is_awaited_as_well(
    parts: Parts, whisper: RememberingTranscriber
) -> None:
    coach = Watching(parts[0])
    hall = WatchedHall(
        parts,
        lambda: HeldTranscriber(whisper, coach.saw_text_pending),
        HeldSource(in_turn((INTERVIEWER, DINOSAURS))),
        coach=coach,
    )

    hall.runner.run()

    before = [moment for moment, heard in hall.coach.seen if heard == 0]
    after = [moment for moment, heard in hall.coach.seen if heard]
    assert any(moment.text_pending for moment in before)
    assert after
    assert not any(moment.text_pending for moment in after)


def test_a_cough_leaves_the_silence_as_long_as_it_was(
    parts: Parts, whisper: RememberingTranscriber
) -> None:
    source = HeldSource(in_turn((CANDIDATE, STYLES), (CANDIDATE, COUGH)))
    hall = WatchedHall(parts, lambda: Coughing(whisper), source)

    hall.runner.run_lockstep()

    [words] = hall.of(UtteranceHeard)
    [cough] = hall.of(SpeechDiscarded)
    last, _ = hall.coach.seen[-1]
    since_s = last.now_s - last.candidate_silent_s
    assert words.utterance.end_s <= since_s + 0.5
    assert since_s < cough.start_s
    during = [m for m, _ in hall.coach.seen if cough.start_s + 0.5 < m.now_s < cough.end_s]
    assert during
    assert {moment.candidate_silent_s for moment in during} == {0.0}
