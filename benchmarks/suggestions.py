"""From when the candidate stops to a suggestion, on the demo interview and on counted time.

    python -m benchmarks.suggestions [--pace processor] [--seconds 120]

Also lists every suggestion with its reason and what became of it.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.measuring import progress, spread, this_machine
from benchmarks.reporting import (
    DELAY_COLUMNS,
    FIGURE_COLUMNS,
    Delay,
    Figure,
    Report,
    Table,
    arguments,
    number,
    show,
)
from benchmarks.streaming import demo
from benchmarks.streaming_clock import run_virtual
from benchmarks.streaming_run import Pipeline
from benchmarks.streaming_screen import Final, Screen
from benchmarks.truth import Turn, read_interview
from copilot import __version__
from copilot.coach import CoachPolicy, Moment
from copilot.demo.interview import PLAN
from copilot.engine.coaching import local_coach
from copilot.engine.conductor import Conductor
from copilot.engine.off_limits import OffLimits
from copilot.engine.planning import planned_questions
from copilot.engine.waiting import Waiting
from copilot.events import (
    Channel,
    ConsentDecision,
    Event,
    GuideRef,
    KnownFlag,
    SuggestionClosed,
    SuggestionFate,
    SuggestionOffered,
)
from copilot.interview import Interview, SuggestionRecord
from copilot.knowledge.guide import Guide
from copilot.knowledge.laws import laws_for
from copilot.knowledge.loading import load_guide
from copilot.matching.embedding import E5Embedder
from copilot.matching.matcher import Matcher
from copilot.matching.recognition import QuestionRecogniser
from copilot.matching.shipped import guide_embedder
from copilot.paths import demo_folder
from copilot.speech.endpoints import Stretch
from copilot.speech.hearing import Heard
from copilot.speech.models import DEFAULT_MODEL
from copilot.speech.streaming import Partial
from copilot.speech.transcriber import Transcriber, Transcription
from copilot.speech.whisper import WhisperTranscriber

METHOD = """
Voice activity, endpoints, streaming policy, transcriber and conductor are put together as a session
does, on a clock that is only counted. Sound comes in blocks of 32 ms. Each worker is busy as long
as its work took, and so is the conducting thread, which matches and coaches and takes up what came
meanwhile with the next block; the echo filter is left out. Processor pace counts the processor time
of all threads, so it does not depend on what else the machine does; virtual pace counts time on the
wall; free pace counts no work at all and shows what the waiting alone takes. Loading of models is
not counted.

The candidate stops where the script has the end of a sentence. A new suggestion's delay counts from
the last such end before it; those that came after the interviewer had spoken, or into a sentence,
are counted apart. At the end of a turn: where the candidate's turn ends and nobody speaks for two
seconds, how long until a suggestion stands, 0 where one stood already; what nobody acted on is
closed by the coach alone, because nobody presses a key.
"""

#: How a piece of work is timed, by the pace.
PACES: dict[str, Callable[[], float]] = {
    "processor": time.process_time,
    "virtual": time.perf_counter,
    "free": lambda: 0.0,
}
#: How often the coach looks up, as in the engine, in seconds.
_TICK_S = 0.1
#: A turn's end counts where nobody speaks for so long after it, in seconds: the budget's p95.
_QUIET_S = 2.0
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

    def __init__(self, ears: Ears, guide: Guide, clock: Callable[[], float]) -> None:
        super().__init__()
        self._ears = ears
        self._clock = clock
        self._free_at_s = self._next_tick_s = 0.0
        self._begun: tuple[float, float] = (0.0, 0.0)  # counted time and clock
        #: Every event and when it came, on counted time.
        self.events: list[tuple[Event, float]] = []
        #: How long the coach looked, for each look; seconds.
        self.looks_s: list[float] = []
        self.conductor = self._conductor(guide)

    @property
    def interview(self) -> Interview:
        """What is known by now."""
        return self.conductor.interview

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

    def _conductor(self, guide: Guide) -> Conductor:
        embedder = E5Embedder()
        for_guide = guide_embedder(embedder)
        off_limits = OffLimits(guide.language, laws_for(guide.language))
        conductor = Conductor(
            language=guide.language,
            matcher=Matcher(guide, embedder, guide_embedder=for_guide),
            recogniser=QuestionRecogniser(guide, list(PLAN), embedder, guide_embedder=for_guide),
            coach=local_coach(guide, CoachPolicy(), off_limits),
            publish=self._publish,
            off_limits=off_limits,
        )
        conductor.start(_started(guide), ConsentDecision.NOT_NEEDED, "the demo", "synthetic voices")
        return conductor


def _started(guide: Guide) -> dict[str, Any]:
    return {
        "session_id": "benchmark",
        "started_at": "2026-01-01T00:00:00+00:00",
        "app_version": __version__,
        "language": guide.language,
        "guide": GuideRef(role=guide.id, title=guide.title, sha256=guide.content_hash()),
        "plan": planned_questions(guide, PLAN),
        "flags": tuple(
            KnownFlag(id=flag.id, label=flag.label, benign_reading=flag.benign_reading)
            for flag in guide.red_flags
        ),
        "source": "the demo",
    }


# -- what was seen --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion and what became of it; session times in seconds.

    Attributes:
        at_s: When it came.
        until_s: When it went.
        delay_s: Since the candidate's last words; None where it did not come into that silence.
        kind: What it was after.
        question: The question it belongs to.
        target: The point or flag it was after.
        text: The question to ask.
        reason: Why.
        fate: What became of it.
    """

    at_s: float
    until_s: float
    delay_s: float | None
    kind: str
    question: str
    target: str
    text: str
    reason: str
    fate: str

    def cells(self) -> Sequence[str]:
        """As ``_SHOWN_COLUMNS``."""
        about = f"{self.question} {self.target}".strip()
        times = number(self.at_s, 1), number(self.delay_s), number(self.until_s - self.at_s, 1)
        return *times, self.fate, self.kind, about, self.text, self.reason


_SHOWN_COLUMNS = ("at s", "delay s", "for s", "fate", "kind", "about", "suggestion", "why")


class Script:
    """Who speaks when, by the script."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self._turns = turns
        self._spoken = {
            channel: [span for turn in turns if turn.speaker == channel for span in turn.sentences]
            for channel in Channel
        }

    def into_speech(self, at_s: float) -> bool:
        """Whether the candidate is in a sentence."""
        return any(start < at_s < end for start, end in self._spoken[Channel.CANDIDATE])

    def silence_s(self, at_s: float) -> float | None:
        """How long ago the candidate stopped; None in a sentence or after the interviewer's."""
        stops = [end for _, end in self._spoken[Channel.CANDIDATE] if end <= at_s]
        asked = self._spoken[Channel.INTERVIEWER]
        if not stops or self.into_speech(at_s):
            return None
        if any(max(stops) <= start < at_s for start, _ in asked):
            return None
        return at_s - max(stops)

    def quiet_ends(self, until_s: float) -> list[float]:
        """Ends of answers after which nobody speaks for two seconds."""
        begins = [start for spans in self._spoken.values() for start, _ in spans]
        return [
            turn.end_s
            for turn in self._turns
            if turn.speaker == Channel.CANDIDATE
            and turn.question is not None
            and turn.end_s + _QUIET_S <= until_s
            and not any(turn.end_s < start < turn.end_s + _QUIET_S for start in begins)
        ]


def shown(desk: Desk, script: Script, end_s: float) -> list[Shown]:
    """Every suggestion in order."""
    closed = {e.suggestion_id: at_s for e, at_s in desk.events if isinstance(e, SuggestionClosed)}
    return [
        _shown(
            desk.interview.suggestions[event.suggestion.id],
            at_s,
            closed.get(event.suggestion.id, end_s),
            script.silence_s(at_s),
        )
        for event, at_s in desk.events
        if isinstance(event, SuggestionOffered)
    ]


def _shown(record: SuggestionRecord, at_s: float, until_s: float, delay_s: float | None) -> Shown:
    suggestion = record.suggestion
    return Shown(
        at_s=round(at_s, 3),
        until_s=round(until_s, 3),
        delay_s=None if delay_s is None else round(delay_s, 3),
        kind=suggestion.kind,
        question=suggestion.question,
        target=suggestion.target or "",
        text=suggestion.text,
        reason=suggestion.reason,
        fate=record.fate or SuggestionFate.UNUSED,
    )


def standing_after_s(end_s: float, suggestions: Iterable[Shown]) -> float | None:
    """How long after a turn's end a suggestion stands; None where none does in two seconds."""
    stands = [
        max(0.0, s.at_s - end_s)
        for s in suggestions
        if s.at_s <= end_s + _QUIET_S and s.until_s > end_s
    ]
    return min(stands, default=None)


def tables(desk: Desk, script: Script, end_s: float) -> list[Table]:
    """The delays, what else was counted, and the list."""
    found = shown(desk, script, end_s)
    ends = [standing_after_s(at_s, found) for at_s in script.quiet_ends(end_s)]
    standing = [1000 * after_s for after_s in ends if after_s is not None]
    new = [1000 * s.delay_s for s in found if s.delay_s is not None]
    into = sum(script.into_speech(s.at_s) for s in found)
    looks = spread([1000 * look_s for look_s in desk.looks_s])
    return [
        Table(
            "Candidate stops → a suggestion",
            DELAY_COLUMNS,
            [
                Delay("a new one", spread(new), 1500, 2000),
                Delay("one stands at the end of a turn", spread(standing), 1500, 2000),
            ],
        ),
        Table(
            "Beside them",
            FIGURE_COLUMNS,
            [
                Figure("ends of turns with two seconds of silence", len(ends), "", 0),
                Figure("… after which none stood", len(ends) - len(standing), "", 0),
                Figure("suggestions", len(found), "", 0),
                Figure("… into a sentence", into, "", 0),
                Figure("… after the interviewer spoke", len(found) - len(new) - into, "", 0),
                Figure("a look of the coach, p95", looks.p95, "ms"),
                Figure("a look of the coach, most", looks.most, "ms"),
            ],
        ),
        Table("Suggestions", _SHOWN_COLUMNS, found),
    ]


def conduct(options: argparse.Namespace) -> tuple[Desk, float]:
    """Hold the demo interview; what came of it and its length in seconds."""
    sounds = demo(options.seconds, 1)
    ears = Ears(WhisperTranscriber(options.model, threads=1, callers=_WORKERS), sounds.language)
    desk = Desk(ears, load_guide("director-it-operations", sounds.language), PACES[options.pace])
    run = run_virtual(ears, sounds.blocks(), _WORKERS, desk, PACES[options.pace])
    desk.conductor.end("finished", run.duration_s)
    return desk, run.duration_s


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    parser = arguments(__doc__)
    parser.add_argument("--pace", choices=PACES, default="processor")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="speech model (default base)")
    parser.add_argument("--seconds", type=float, help="hear only so much of the interview")
    options = parser.parse_args()
    machine = this_machine()
    progress(f"hearing the demo, {options.pace} pace")
    desk, end_s = conduct(options)
    script = Script(read_interview(demo_folder() / "interview.json").turns)
    found = tables(desk, script, end_s)
    show(Report("suggestions", METHOD, machine, [table for table in found if table.rows]), options)


if __name__ == "__main__":
    main()
