"""An interview held on counted time: what ``benchmarks.suggestions`` hears without a clock."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from benchmarks.dialogues import Recorded
from benchmarks.streaming_clock import run_virtual
from benchmarks.streaming_run import Pipeline, Sounds
from benchmarks.streaming_screen import Final, Screen
from copilot import __version__
from copilot.coach import CoachPolicy, Moment
from copilot.engine.coaching import local_coach
from copilot.engine.conductor import Conductor
from copilot.engine.off_limits import OffLimits
from copilot.engine.planning import planned_questions
from copilot.engine.waiting import Waiting
from copilot.events import Channel, ConsentDecision, Event, GuideRef, KnownFlag, PlannedQuestion
from copilot.knowledge.guide import Guide
from copilot.knowledge.laws import laws_for
from copilot.knowledge.loading import load_guide
from copilot.matching.embedding import E5Embedder
from copilot.matching.matcher import Matcher
from copilot.matching.recognition import QuestionRecogniser
from copilot.matching.shipped import guide_embedder
from copilot.speech.endpoints import Stretch
from copilot.speech.hearing import Heard
from copilot.speech.streaming import Partial
from copilot.speech.transcriber import Transcriber, Transcription
from copilot.speech.whisper import WhisperTranscriber

#: How a piece of work is timed, by the pace.
PACES: dict[str, Callable[[], float]] = {
    "processor": time.process_time,
    "virtual": time.perf_counter,
    "free": lambda: 0.0,
}
#: How often the coach looks up, as in the engine, in seconds.
_TICK_S = 0.1
_WORKERS = 2


class Ears(Pipeline):
    """The stages of live text, remembering what the conductor needs."""

    def __init__(self, transcriber: Transcriber, language: str) -> None:
        super().__init__(transcriber, language, Channel)
        self.waiting = Waiting()
        self.said: list[tuple[Stretch, Transcription]] = []
        self.heard: Heard | None = None
        self._silent_since_s = 0.0

    def hear(self, heard: Heard) -> None:
        """Take in what a block brought."""
        self.heard = heard
        for stretch in heard.stretches:
            self.waiting.add(stretch)
        super().hear(heard)

    def moment(self, heard: Heard) -> Moment:
        """What the coach is told."""
        speaking = Channel.CANDIDATE in heard.speaking
        return Moment(
            now_s=heard.end_s,
            candidate_silent_s=0.0 if speaking else heard.end_s - self._silent_since_s,
            interviewer_speaking=Channel.INTERVIEWER in heard.speaking,
            text_pending=len(self.waiting) > 0,
        )

    def _keep(self, said: Iterable[tuple[Stretch, Transcription]]) -> None:
        kept = list(said)
        self.said += kept
        for stretch, words in kept:
            if stretch.channel is Channel.CANDIDATE and words.words:
                self._silent_since_s = stretch.speech_end_s
        super()._keep(kept)


class Desk(Screen):
    """The conducting thread, beside the screen it shows things on."""

    def __init__(
        self, ears: Ears, guide: Guide, plan: Sequence[str], clock: Callable[[], float]
    ) -> None:
        super().__init__()
        self._ears = ears
        self._clock = clock
        self._free_at_s = self._next_tick_s = 0.0
        self._begun: tuple[float, float] = (0.0, 0.0)  # counted time and clock
        #: Every event and when it came, on counted time.
        self.events: list[tuple[Event, float]] = []
        #: How long the coach looked, for each look; seconds.
        self.looks_s: list[float] = []
        self.conductor = self._conductor(guide, plan)

    def look(self, now_s: float, lines: Iterable[Partial], finals: Iterable[Final]) -> None:
        """Note the text, and conduct if the thread is free."""
        super().look(now_s, lines, finals)
        heard = self._ears.heard
        due = bool(self._ears.said) or now_s >= self._next_tick_s
        if heard is None or not due or now_s < self._free_at_s:
            return
        self._begun = now_s, self._clock()
        said, self._ears.said = self._ears.said, []
        for _, words in said:
            self.conductor.hear(self._ears.waiting.take(), words, heard.end_s)
        before_s = self._clock()
        self.conductor.tick(self._ears.moment(heard))
        self.looks_s.append(self._clock() - before_s)
        self.conductor.read_on()
        self._free_at_s = self._counted_s()
        self._next_tick_s = now_s + _TICK_S

    def _counted_s(self) -> float:
        begun_s, clock_s = self._begun
        return begun_s + self._clock() - clock_s

    def _publish(self, event: Event) -> None:
        self.events.append((event, self._counted_s()))

    def _conductor(self, guide: Guide, chosen: Sequence[str]) -> Conductor:
        plan = planned_questions(guide, chosen)
        asked = [question.id for question in plan]
        embedder = E5Embedder()
        for_guide = guide_embedder(embedder)
        off_limits = OffLimits(guide.language, laws_for(guide.language))
        conductor = Conductor(
            language=guide.language,
            matcher=Matcher(guide, embedder, guide_embedder=for_guide),
            recogniser=QuestionRecogniser(guide, asked, embedder, guide_embedder=for_guide),
            coach=local_coach(guide, CoachPolicy(), off_limits),
            publish=self._publish,
            off_limits=off_limits,
        )
        started = _started(guide, plan)
        conductor.start(started, ConsentDecision.NOT_NEEDED, "a benchmark", "synthetic voices")
        return conductor


def _started(guide: Guide, plan: tuple[PlannedQuestion, ...]) -> dict[str, Any]:
    return {
        "session_id": "benchmark",
        "started_at": "2026-01-01T00:00:00+00:00",
        "app_version": __version__,
        "language": guide.language,
        "guide": GuideRef(role=guide.id, title=guide.title, sha256=guide.content_hash()),
        "plan": plan,
        "flags": tuple(
            KnownFlag(id=flag.id, label=flag.label, benign_reading=flag.benign_reading)
            for flag in guide.red_flags
        ),
        "source": "a recording",
    }


def hold(recorded: Recorded, pace: str, model: str, seconds: float | None) -> Desk:
    """Hold an interview to its end, or for so many seconds."""
    truth = recorded.truth
    sounds = Sounds(recorded.path, truth.language, dict.fromkeys(Channel, ()), seconds)
    ears = Ears(WhisperTranscriber(model, threads=1, callers=_WORKERS), truth.language)
    desk = Desk(ears, load_guide(truth.role, truth.language), recorded.plan, PACES[pace])
    run = run_virtual(ears, sounds.blocks(), _WORKERS, desk, PACES[pace])
    desk.conductor.end("finished", run.duration_s)
    return desk
