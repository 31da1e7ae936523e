"""The tables of ``benchmarks.streaming``, from what its sessions gave."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.measuring import Spent, Spread, spread
from benchmarks.reporting import NOTHING, Figure, number, percent
from benchmarks.streaming_clock import Jobs, Run
from benchmarks.streaming_run import AGREEMENT, OURS, PLAIN, WHOLE, Outcome, Sounds
from benchmarks.streaming_screen import Late
from benchmarks.word_errors import WordErrors, error_rate, rate_difference, word_errors
from copilot.lab.measuring.bootstrap import Estimate

#: Shorter sessions have no first and last quarter worth comparing.
_LONG_S = 120.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What one system made of all recordings of one language in one material.

    Attributes:
        material: Where the recordings come from.
        language: What is spoken.
        system: Who wrote it down.
        pieces: Word errors by turn or clip.
        runs: What was observed; empty for the whole file.
        duration_s: Seconds of sound, all readings; one reading for the whole file.
        spent: Time on the wall and of the processor.
        peak_mb: The most memory its process has had by then.
        load: How many processes were running meanwhile, its own threads included.
    """

    material: str
    language: str
    system: str
    pieces: list[WordErrors]
    runs: list[Run]
    duration_s: float
    spent: Spent
    peak_mb: float
    load: float

    @property
    def processor_s_per_s(self) -> float:
        """Processor seconds of all threads for a second of sound."""
        return self.spent.processor_s / self.duration_s

    def finals_s(self) -> list[float]:
        """The delays of final texts."""
        return [late_s for run in self.runs for _, late_s in run.seen.finals]

    def words_s(self) -> list[float]:
        """The delays of words."""
        return [late_s for run in self.runs for _, late_s in run.seen.words]


def heard(material: str, system: str, outcomes: Sequence[tuple[Sounds, Outcome]]) -> Heard:
    """Put the recordings of one language together.

    Args:
        material: Where they come from.
        system: Who heard them.
        outcomes: Each recording and what became of it.
    """
    pieces: list[WordErrors] = []
    for sounds, outcome in outcomes:
        for channel, references in sounds.references.items():
            if references:
                said = references * sounds.repeat
                pieces += word_errors(said, outcome.texts[channel], sounds.language)
    return Heard(
        material,
        outcomes[0][0].language,
        system,
        pieces,
        [outcome.run for _, outcome in outcomes if outcome.run is not None],
        sum(outcome.duration_s for _, outcome in outcomes),
        sum((outcome.spent for _, outcome in outcomes), Spent()),
        max(outcome.peak_mb for _, outcome in outcomes),
        float(np.mean([outcome.load for _, outcome in outcomes])),
    )


# -- the one table --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One system on one material.

    Attributes:
        material: Where the recordings come from.
        language: What is spoken.
        system: Who wrote it down.
        errors: Words and errors, summed.
        wer: Word error rate, 0 to 1.
        difference: The rate less that of faster-whisper on the whole file; None for that itself.
        final_s: From the end of speech to the final text, in seconds.
        word_s: From the end of a word to its first appearance in its place.
        shown: Words that appeared, replaced ones counted anew.
        flicker: The share of them that was later changed, 0 to 1; NaN where none was shown.
        committed: Words that appeared as committed before the final text.
        broken: How many of them were later changed.
        processor_s_per_s: Processor seconds for a second of sound.
        peak_mb: The most memory its process had by then.
        load: How many processes were running meanwhile, its own threads included.
    """

    material: str
    language: str
    system: str
    errors: WordErrors
    wer: Estimate
    difference: Estimate | None
    final_s: Spread
    word_s: Spread
    shown: int
    flicker: float
    committed: int
    broken: int
    processor_s_per_s: float
    peak_mb: float
    load: float

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        live = self.system != WHOLE
        return (
            self.material,
            self.language,
            self.system,
            percent(self.wer, 1),
            NOTHING if self.difference is None else percent(self.difference, 1, signed=True),
            *(number(value) for value in (self.final_s.p50, self.final_s.p95)),
            *(number(value) for value in (self.word_s.p50, self.word_s.p95)),
            number(100 * self.flicker, 1),
            f"{self.broken} of {self.committed}" if live else NOTHING,
            number(self.processor_s_per_s),
            number(self.peak_mb, 0),
            number(self.load, 1),
        )


COLUMNS = (
    *("material", "", "by", "WER %", "difference", "final p50 s", "p95 s"),
    *("word p50 s", "p95 s", "flicker %", "committed changed", "CPU s/s", "peak MB", "load"),
)


def rows(group: Mapping[str, Heard]) -> Iterator[Row]:
    """Every system on one material."""
    whole = group.get(WHOLE)
    for each in group.values():
        seen = [run.seen for run in each.runs]
        shown = sum(one.shown for one in seen)
        changed = sum(one.changed for one in seen)
        compared = whole is not None and each is not whole
        yield Row(
            each.material,
            each.language,
            each.system,
            sum(each.pieces, WordErrors()),
            error_rate(each.pieces),
            rate_difference(each.pieces, whole.pieces) if compared and whole else None,
            spread(each.finals_s()),
            spread(each.words_s()),
            shown,
            changed / shown if shown else np.nan,
            sum(one.promised for one in seen),
            sum(one.broken for one in seen),
            each.processor_s_per_s,
            each.peak_mb,
            each.load,
        )


# -- beside it ------------------------------------------------------------------------------------


def ratios(group: Mapping[str, Heard]) -> Iterator[Figure]:
    """This pipeline's processor time over that of the others."""
    for other in (PLAIN, AGREEMENT):
        if OURS in group and other in group:
            ours = group[OURS]
            ratio = ours.processor_s_per_s / group[other].processor_s_per_s
            what = f"{ours.material} {ours.language}: processor time over {other}"
            yield Figure(what, ratio, "times")


@dataclass(frozen=True, slots=True)
class JobRow:
    """Work of one kind that one system did.

    Attributes:
        material: Where the recordings come from.
        language: What is spoken.
        system: Who did it.
        kind: What it was.
        count: How often.
        mean_s: How long it took, in seconds.
        busy: Share of the session in which one worker was busy with it; above 1 for several.
    """

    material: str
    language: str
    system: str
    kind: str
    count: int
    mean_s: float
    busy: float

    def cells(self) -> Sequence[str]:
        """As ``JOB_COLUMNS``."""
        what = (self.material, self.language, self.system, self.kind)
        return *what, str(self.count), number(self.mean_s), number(100 * self.busy, 0)


JOB_COLUMNS = ("material", "", "by", "work", "times", "mean s", "busy %")


def job_rows(group: Mapping[str, Heard]) -> Iterator[JobRow]:
    """What work each system did."""
    for each in group.values():
        total: dict[str, Jobs] = {}
        for run in each.runs:
            for kind, jobs in run.jobs.items():
                before = total.setdefault(kind, Jobs())
                before.count += jobs.count
                before.wall_s += jobs.wall_s
        for kind, jobs in sorted(total.items()):
            mean_s, busy = jobs.wall_s / jobs.count, jobs.wall_s / each.duration_s
            what = (each.material, each.language, each.system, kind)
            yield JobRow(*what, jobs.count, mean_s, busy)


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """The delays of one system in one quarter of its long sessions.

    Attributes:
        material: Where the recordings come from.
        language: What is spoken.
        system: Who wrote it down.
        quarter: Which one.
        final_s: From the end of speech to the final text, in seconds.
        word_s: From the end of a word to its first appearance in its place.
    """

    material: str
    language: str
    system: str
    quarter: str
    final_s: Spread
    word_s: Spread

    def cells(self) -> Sequence[str]:
        """As ``QUARTER_COLUMNS``."""
        delays = (self.final_s.p50, self.final_s.p95, self.word_s.p50, self.word_s.p95)
        what = (self.material, self.language, self.system, self.quarter)
        return *what, *(number(value) for value in delays)


QUARTER_COLUMNS = (
    *("material", "", "by", "quarter", "final p50 s", "p95 s"),
    *("word p50 s", "p95 s"),
)


def quarter_rows(group: Mapping[str, Heard]) -> Iterator[QuarterRow]:
    """How delays grow from the first to the last quarter of sessions of two minutes or more."""
    for each in group.values():
        runs = [run for run in each.runs if run.duration_s >= _LONG_S]
        for name, begin, end in (("first", 0.0, 0.25), ("last", 0.75, np.inf)) if runs else ():
            finals = (_within(run.seen.finals, run.duration_s, begin, end) for run in runs)
            words = (_within(run.seen.words, run.duration_s, begin, end) for run in runs)
            what = (each.material, each.language, each.system, name)
            yield QuarterRow(*what, spread(_all(finals)), spread(_all(words)))


def _within(late: Iterable[Late], duration_s: float, begin: float, end: float) -> list[float]:
    return [late_s for at_s, late_s in late if begin <= at_s / duration_s < end]


def _all(parts: Iterable[list[float]]) -> list[float]:
    return [value for part in parts for value in part]
