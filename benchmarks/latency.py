"""Delays of the engine on the demo interview, heard at natural speed.

    python -m benchmarks.latency [--speed 1]

Runs a session as the app does, without a screen. It is observed from outside, by a listener and by
a source that notes when it hands a block over; nothing in the pipeline is changed.
"""

import bisect
import dataclasses
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Spent, progress, spread, this_machine, timed
from benchmarks.reporting import (
    DELAY_COLUMNS,
    FIGURE_COLUMNS,
    Delay,
    Figure,
    Report,
    Row,
    Table,
    arguments,
    show,
)
from benchmarks.truth import Interview, Turn, read_interview
from copilot.audio import Block, Source
from copilot.audio.recording import RecordingSource
from copilot.demo.interview import demo_session
from copilot.engine.session import Session
from copilot.engine.vitals import Vitals
from copilot.events import (
    Channel,
    Event,
    FindingMade,
    QuestionAsked,
    SuggestionOffered,
    Utterance,
    UtteranceHeard,
)
from copilot.paths import demo_folder
from copilot.speech.endpoints import Stretch
from copilot.speech.hearing import Hearing
from copilot.speech.streaming import Partial
from copilot.store import SessionStore

METHOD = """
The session runs in this process on its own threads, with the recording paced like a live call;
journal and sound are written to disk. A session time becomes a moment on the clock as in a call:
the block handed over earliest for its place fixes when the recording began, so that capture that
falls behind counts as delay. An event has arrived when the listener is called, which is before any
screen has drawn it. Loading of models at the start is included.

Voice stops (endpoint): where the engine's own voice activity ends each stretch of speech, found by
running that stage alone over the recording. Turn ends (script): when the voice really stops, by the
script; the text is that of the turn's last utterance.

Findings: from an utterance of the candidate to the last finding it changed; to all is to the end of
matching and coaching, changed or not. Suggestions: from the end of the candidate's last sentence,
by the script; those that came after the interviewer had spoken, or into a sentence, are counted
apart.
"""

#: An utterance may be this far from where the script has it, in seconds.
_NEAR_S = 0.5


class ObservedSource:
    """A source that notes when each block was handed over."""

    def __init__(self, source: Source, speed: float) -> None:
        self._source = source
        self._speed = speed
        #: When the recording would have begun by each block, on the clock.
        self._beginnings: list[float] = []

    @property
    def description(self) -> str:
        """That of the source."""
        return self._source.description

    @property
    def duration_s(self) -> float | None:
        """That of the source."""
        return self._source.duration_s

    def blocks(self) -> Iterator[Block]:
        """Those of the source."""
        for block in self._source.blocks():
            self._beginnings.append(time.monotonic() - block.end_s / self._speed)
            yield block

    def stop(self) -> None:
        """Stop the source."""
        self._source.stop()

    def moment(self, at_s: float) -> float:
        """When the sound of session time ``at_s`` would have been there in a call, on the clock."""
        return min(self._beginnings) + at_s / self._speed

    @property
    def behind_s(self) -> Sequence[float]:
        """How late each block was handed over."""
        began = min(self._beginnings)
        return [beginning - began for beginning in self._beginnings]


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event and when it reached the listener, on the clock."""

    event: Event
    moment: float


class Observer:
    """A listener that notes when things arrive."""

    def __init__(self) -> None:
        self.arrivals: list[Arrival] = []
        self.ticks: list[float] = []
        self.lags_s: list[float] = []

    def on_event(self, event: Event) -> None:
        """Note it."""
        self.arrivals.append(Arrival(event, time.monotonic()))

    def on_partials(self, partials: tuple[Partial, ...]) -> None:
        """Not looked at."""

    def on_vitals(self, vitals: Vitals) -> None:
        """Note the lag."""
        self.ticks.append(time.monotonic())
        self.lags_s.append(vitals.lag_s)

    def utterances(self, channel: Channel | None = None) -> Iterator[tuple[Utterance, float]]:
        """The utterances, of one channel or all, and when each arrived."""
        for arrival in self.arrivals:
            match arrival.event:
                case UtteranceHeard(utterance=said) if channel in (None, said.channel):
                    yield said, arrival.moment
                case _:
                    pass


@dataclass(frozen=True, slots=True)
class Observed:
    """A session that was observed to its end."""

    source: ObservedSource
    observer: Observer
    spent: Spent


def observe(speed: float, model: str) -> Observed:
    """Run the demo."""
    setup, recording = demo_session(speed=speed, model=model, save=False, lockstep=False)
    source, observer = ObservedSource(recording, speed), Observer()
    with tempfile.TemporaryDirectory() as folder:
        kept = dataclasses.replace(setup, store=SessionStore(Path(folder)))
        _, spent = timed(Session(kept, source, [observer]).run)
    return Observed(source, observer, spent)


# -- delays, in seconds ---------------------------------------------------------------------------


def endpoint_to_text(seen: Observed) -> list[float]:
    """From the end of each stretch of speech to its final text."""
    stretches = list(_stretches())
    return [
        moment - seen.source.moment(_stretch_of(said, stretches).speech_end_s)
        for said, moment in seen.observer.utterances()
    ]


def _stretches() -> Iterator[Stretch]:
    hearing = Hearing(Channel)
    for block in RecordingSource.from_file(demo_folder() / "interview.ogg").blocks():
        yield from hearing.hear(block).stretches
    yield from hearing.flush()


def _stretch_of(said: Utterance, stretches: Iterable[Stretch]) -> Stretch:
    """The stretch that shares most time with an utterance of its channel."""
    same = (stretch for stretch in stretches if stretch.channel is said.channel)
    return max(same, key=lambda s: min(s.end_s, said.end_s) - max(s.start_s, said.start_s))


def turn_to_text(seen: Observed, turns: Iterable[Turn]) -> list[float]:
    """From the end of each turn to the final text of its last utterance."""
    found: list[float] = []
    for turn in turns:
        moments = [
            moment
            for said, moment in seen.observer.utterances(Channel(turn.speaker))
            if said.start_s < turn.end_s and said.end_s > turn.end_s - _NEAR_S
        ]
        found += [moments[-1] - seen.source.moment(turn.end_s)] if moments else []
    return found


def text_to_findings(seen: Observed) -> list[float]:
    """From each utterance of the candidate that changed a finding to the last it changed."""
    found: list[float] = []
    heard: float | None = None
    last: float | None = None
    for arrival in seen.observer.arrivals:
        match arrival.event:
            case FindingMade() if heard is not None:
                last = arrival.moment
            case UtteranceHeard(utterance=said):
                found += [last - heard] if heard is not None and last is not None else []
                heard = arrival.moment if said.channel is Channel.CANDIDATE else None
                last = None
            case _:
                pass
    return found


def text_to_all(seen: Observed) -> list[float]:
    """From each utterance of the candidate to the end of matching and coaching."""
    ticks = seen.observer.ticks
    return [
        ticks[bisect.bisect_right(ticks, moment)] - moment
        for _, moment in seen.observer.utterances(Channel.CANDIDATE)
    ]


def question_to_shown(seen: Observed, turns: Iterable[Turn]) -> list[float]:
    """From the end of each turn that asks a planned question to its recognition."""
    shown = {
        arrival.event.question: arrival.moment
        for arrival in seen.observer.arrivals
        if isinstance(arrival.event, QuestionAsked)
    }
    return [
        shown[turn.question] - seen.source.moment(turn.end_s)
        for turn in turns
        if turn.kind == "planned" and turn.question in shown
    ]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """When suggestions came.

    Attributes:
        delays_s: Since the candidate stopped, of those that came into that silence.
        after_interviewer: How many came after the interviewer had spoken in the meantime.
        into_speech: How many came while the candidate was in a sentence.
    """

    delays_s: list[float]
    after_interviewer: int
    into_speech: int


def stop_to_suggestion(seen: Observed, turns: Sequence[Turn]) -> Suggestions:
    """From the candidate's last words to each suggestion."""
    spoken = {
        channel: [
            (seen.source.moment(start_s), seen.source.moment(end_s))
            for turn in turns
            if turn.speaker == channel
            for start_s, end_s in turn.sentences
        ]
        for channel in Channel
    }
    delays_s: list[float] = []
    after_interviewer = into_speech = 0
    for arrival in seen.observer.arrivals:
        if not isinstance(arrival.event, SuggestionOffered):
            continue
        shown = arrival.moment
        stopped = max(end for _, end in spoken[Channel.CANDIDATE] if end <= shown)
        if any(start < shown < end for start, end in spoken[Channel.CANDIDATE]):
            into_speech += 1
        elif any(stopped <= start < shown for start, _ in spoken[Channel.INTERVIEWER]):
            after_interviewer += 1
        else:
            delays_s.append(shown - stopped)
    return Suggestions(delays_s, after_interviewer, into_speech)


# -- report ---------------------------------------------------------------------------------------


def rows(seen: Observed, truth: Interview) -> tuple[list[Delay], list[Row]]:
    """The delays, and what else was counted."""
    suggestions = stop_to_suggestion(seen, truth.turns)
    lag, spent = spread(seen.observer.lags_s), seen.spent
    behind = spread([1000 * late_s for late_s in seen.source.behind_s])
    delays = [
        _delay("voice stops (endpoint) → final text", endpoint_to_text(seen), 1200, 1800),
        _delay("turn ends (script) → final text", turn_to_text(seen, truth.turns), 1200, 1800),
        _delay("question asked (script) → recognised", question_to_shown(seen, truth.turns)),
        _delay("final text → findings", text_to_findings(seen), 50, 150),
        _delay("final text → all matched and coached", text_to_all(seen)),
        _delay("candidate stops (script) → suggestion", suggestions.delays_s, 1500, 2000),
    ]
    return delays, [
        Figure("suggestions after the interviewer spoke", suggestions.after_interviewer, "", 0),
        Figure("suggestions into a sentence", suggestions.into_speech, "", 0),
        Figure("capture behind its pace, p95", behind.p95, "ms", 1),
        Figure("capture behind its pace, most", behind.most, "ms", 1),
        Figure("lag shown, p95", lag.p95, "s"),
        Figure("lag shown, most", lag.most, "s"),
        Figure("processor time", spent.processor_s / spent.wall_s, "cores busy"),
    ]


def _delay(
    what: str, delays_s: Sequence[float], p50_ms: float | None = None, p95_ms: float | None = None
) -> Delay:
    return Delay(what, spread([1000 * delay for delay in delays_s]), p50_ms, p95_ms)


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--speed", type=float, default=1.0, help="how much faster (default 1)")
    parser.add_argument("--model", default="base", help="speech model (default base)")
    options = parser.parse_args()
    truth = read_interview(demo_folder() / "interview.json")
    machine = this_machine()
    progress(f"hearing {truth.duration_s:.0f} s at speed {options.speed:g}")
    delays, figures = rows(observe(options.speed, options.model), truth)
    tables = [
        Table(f"Delays at speed {options.speed:g}, Whisper {options.model}", DELAY_COLUMNS, delays),
        Table("Beside them", FIGURE_COLUMNS, figures),
    ]
    notes = [] if options.speed <= 1 else ["Faster than natural: delays tell of load, not of use."]
    show(Report("latency", METHOD, machine, tables, notes), options)


if __name__ == "__main__":
    main()
