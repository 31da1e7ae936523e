"""From when the candidate stops to a suggestion: on the demo, and on dialogues read aloud.

    python -m benchmarks.suggestions [DIALOGUE …] [--pace real] [--seconds 120]

Each DIALOGUE is a file as ``benchmarks.dialogues`` takes them; it is read aloud once and kept in
the cache folder. Also lists every suggestion with its reason and what became of it.
"""

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.dialogues import Recorded, demo, spoken
from benchmarks.latency import ObservedSource, Observer
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
from benchmarks.suggestions_counted import PACES
from benchmarks.suggestions_counted import hold as hold_counted
from benchmarks.truth import Turn
from copilot.engine.commands import EndSession
from copilot.engine.session import Session
from copilot.engine.vitals import Vitals
from copilot.events import (
    Channel,
    Event,
    SuggestionClosed,
    SuggestionFate,
    SuggestionOffered,
)
from copilot.interview import SuggestionRecord, replay
from copilot.speech.models import DEFAULT_MODEL

METHOD = """
The plan of a dialogue is its whole guide. Nobody presses a key, so what nobody asks is closed by
the coach alone.

Real pace: a session without a screen, as in `latency`: its own threads, the recording handed over
as fast as it was spoken, times taken on the wall by a listener; loading of models included.

Counted paces: voice activity, endpoints, streaming policy, transcriber and conductor are put
together as a session does, on a clock that is only counted. Sound comes in blocks of 32 ms. Each
worker is busy as long as its work took, and so is the conducting thread, which matches and coaches
and takes up what came meanwhile with the next block; the echo filter is left out. Processor pace
counts the processor time of all threads, so it does not depend on what else the machine does;
virtual pace counts time on the wall; free pace counts no work at all and shows what the waiting
alone takes. Loading of models is not counted.

The candidate stops where the script has the end of a sentence. A new suggestion's delay counts from
the last such end before it; those that came after the interviewer had spoken, or into a sentence,
are counted apart. At the end of a turn: where the candidate's answer ends and nobody speaks for two
seconds, how long until a suggestion stands, 0 where one stood already.
"""

#: A turn's end counts where nobody speaks for so long after it, in seconds: the budget's p95.
_QUIET_S = 2.0
_REAL = "real"


# -- holding one ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """An interview that was held.

    Attributes:
        recorded: Which one.
        events: Every event and when it came, in seconds from the start of the recording.
        looks_s: How long the coach looked, for each look, where that was counted.
        end_s: How much of it was heard.
    """

    recorded: Recorded
    events: Sequence[tuple[Event, float]]
    looks_s: Sequence[float]
    end_s: float


class _Ending(Observer):
    """An observer that ends the session after a while."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__()
        self.session: Session | None = None
        self._seconds = seconds

    def on_vitals(self, vitals: Vitals) -> None:
        """End the session when it is time."""
        super().on_vitals(vitals)
        if self.session is not None and self._seconds is not None and vitals.now_s >= self._seconds:
            self.session.send(EndSession())
            self.session = None


def hold(recorded: Recorded, pace: str, model: str, seconds: float | None) -> Held:
    """Hold an interview at a pace."""
    end_s = min(seconds or recorded.truth.duration_s, recorded.truth.duration_s)
    if pace != _REAL:
        desk = hold_counted(recorded, pace, model, seconds)
        return Held(recorded, desk.events, desk.looks_s, end_s)
    setup, recording = recorded.session(speed=1.0, model=model)
    source, observer = ObservedSource(recording, 1.0), _Ending(seconds)
    observer.session = session = Session(setup, source, [observer])
    session.run()
    began = source.moment(0.0)
    return Held(recorded, [(a.event, a.moment - began) for a in observer.arrivals], (), end_s)


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


def shown(held: Held, script: Script) -> list[Shown]:
    """Every suggestion in order."""
    records = replay([event for event, _ in held.events]).suggestions
    closed = {e.suggestion_id: at_s for e, at_s in held.events if isinstance(e, SuggestionClosed)}
    return [
        _shown(
            records[event.suggestion.id],
            at_s,
            closed.get(event.suggestion.id, held.end_s),
            script.silence_s(at_s),
        )
        for event, at_s in held.events
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


# -- report ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """What was measured on one interview; milliseconds.

    Attributes:
        name: The interview's.
        suggestions: Every one.
        new_ms: Delays of those that came into the candidate's silence.
        standing_ms: How long after a quiet end of a turn one stood.
        ends: How many such ends there were.
        into_speech: How many suggestions came into a sentence.
        looks_ms: How long the coach looked.
    """

    name: str
    suggestions: Sequence[Shown]
    new_ms: Sequence[float]
    standing_ms: Sequence[float]
    ends: int
    into_speech: int
    looks_ms: Sequence[float]


def measure(held: Held) -> Found:
    """Measure one interview."""
    script = Script(held.recorded.truth.turns)
    suggestions = shown(held, script)
    ends = [standing_after_s(at_s, suggestions) for at_s in script.quiet_ends(held.end_s)]
    return Found(
        name=held.recorded.name,
        suggestions=suggestions,
        new_ms=[1000 * s.delay_s for s in suggestions if s.delay_s is not None],
        standing_ms=[1000 * after_s for after_s in ends if after_s is not None],
        ends=len(ends),
        into_speech=sum(script.into_speech(s.at_s) for s in suggestions),
        looks_ms=[1000 * look_s for look_s in held.looks_s],
    )


def joined(found: Sequence[Found]) -> Found:
    """All interviews as one."""
    return Found(
        name="all",
        suggestions=[s for each in found for s in each.suggestions],
        new_ms=[ms for each in found for ms in each.new_ms],
        standing_ms=[ms for each in found for ms in each.standing_ms],
        ends=sum(each.ends for each in found),
        into_speech=sum(each.into_speech for each in found),
        looks_ms=[ms for each in found for ms in each.looks_ms],
    )


def tables(found: Sequence[Found]) -> list[Table]:
    """The delays, what else was counted, and the lists."""
    rows = [*found, joined(found)] if len(found) > 1 else list(found)
    return [
        Table("Candidate stops → a suggestion", DELAY_COLUMNS, list(_delays(rows))),
        Table("Beside them", FIGURE_COLUMNS, list(_figures(rows[-1]))),
        *(Table(f"Suggestions: {one.name}", _SHOWN_COLUMNS, one.suggestions) for one in found),
    ]


def _delays(rows: Iterable[Found]) -> Iterator[Delay]:
    for one in rows:
        yield Delay(f"{one.name}: a new one", spread(one.new_ms), 1500, 2000)
        yield Delay(
            f"{one.name}: one stands at the end of a turn", spread(one.standing_ms), 1500, 2000
        )


def _figures(one: Found) -> Iterator[Figure]:
    count = len(one.suggestions)
    yield Figure("ends of turns with two seconds of silence", one.ends, "", 0)
    yield Figure("… after which none stood", one.ends - len(one.standing_ms), "", 0)
    yield Figure("suggestions", count, "", 0)
    yield Figure("… into a sentence", one.into_speech, "", 0)
    others = count - len(one.new_ms) - one.into_speech
    yield Figure("… after the interviewer spoke", others, "", 0)
    if one.looks_ms:
        looks = spread(one.looks_ms)
        yield Figure("a look of the coach, p95", looks.p95, "ms")
        yield Figure("a look of the coach, most", looks.most, "ms")


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    options = _parser().parse_args()
    recordings = [
        *([] if options.demo == "without" else [demo()]),
        *(spoken(dialogue) for dialogue in options.dialogues),
    ]
    machine = this_machine()
    found: list[Found] = []
    for recorded in recordings:
        progress(f"hearing {recorded.name}, {options.pace} pace")
        found.append(measure(hold(recorded, options.pace, options.model, options.seconds)))
    show(Report("suggestions", METHOD, machine, [t for t in tables(found) if t.rows]), options)


def _parser() -> argparse.ArgumentParser:
    parser = arguments(__doc__)
    parser.add_argument("dialogues", nargs="*", type=Path, metavar="DIALOGUE")
    parser.add_argument("--demo", choices=("with", "without"), default="with")
    parser.add_argument("--pace", choices=(*PACES, _REAL), default="processor")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="speech model (default base)")
    parser.add_argument("--seconds", type=float, help="hear only so much of each interview")
    return parser


if __name__ == "__main__":
    main()
