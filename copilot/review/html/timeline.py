"""Where everything stands in the picture of the whole interview.

Places are per cent of the width, so that the picture fits any page while its signs and letters keep
their size.
"""

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from copilot.events import Channel, Evidence, FindingState
from copilot.review.report import Report, ReportLine
from copilot.review.summary_parts import GapSummary
from copilot.timecode import timecode

#: Seconds between two times on the scale: the shortest of which few enough fit.
_STEPS_S = (15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
_MOST_TICKS = 7
#: Signs nearer to each other than this stand in rows below each other; one is 12 pixels wide.
_APART = 3.5
_MOST_ROWS = 6
_THINNEST = 0.15


class SignKind(enum.StrEnum):
    """What a sign stands for; each has a form of its own."""

    EVIDENCED = "evidenced"
    UNCLEAR = "unclear"
    DENIED = "denied"
    FLAG = "flag"
    NOTE = "note"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that lasts.

    Attributes:
        left: Where it begins, in per cent.
        width: How wide it is, in per cent.
        start_s: When it begins, for a title.
        end_s: When it ends.
        target: The anchor that a click leads to, without ``#``; empty for none.
        label: What is written into it.
        number: Its question's place in the plan, from 1; 0 for none.
    """

    left: float
    width: float
    start_s: float
    end_s: float
    target: str = ""
    label: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that happened at one time.

    Attributes:
        kind: What.
        left: Where, in per cent.
        row: 0 for the first, more where others stand too near.
        at_s: When, in seconds.
        label: Of the point or flag, or the note's text.
        target: The anchor that a click leads to, without ``#``; empty for none.
    """

    kind: SignKind
    left: float
    row: int
    at_s: float
    label: str
    target: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of which there is no sound.

    Attributes:
        stretch: Where it is.
        gap: What is known of it.
    """

    stretch: Stretch
    gap: GapSummary


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture.

    Attributes:
        ticks: The scale: place in per cent and time.
        questions: When each was the current one, in order.
        speech: What each side said.
        findings: Points and flags, where they are quoted.
        notes: Notes and marks.
        gaps: What was not recorded.
    """

    ticks: tuple[tuple[float, str], ...]
    questions: tuple[Stretch, ...]
    speech: Mapping[Channel, tuple[Stretch, ...]]
    findings: tuple[Sign, ...]
    notes: tuple[Sign, ...]
    gaps: tuple[Gap, ...]

    @property
    def finding_rows(self) -> int:
        """How many rows the findings need, at least one."""
        return max((sign.row for sign in self.findings), default=0) + 1

    @property
    def note_rows(self) -> int:
        """How many rows notes and marks need, at least one."""
        return max((sign.row for sign in self.notes), default=0) + 1


def timeline_of(report: Report) -> Timeline:
    """The picture of a session."""
    summary = report.summary
    # What is said last may end after the last event's time.
    length_s = max(summary.duration_s, *(line.end_s for line in report.transcript), 1.0)

    def stretch(start_s: float, end_s: float, **values: object) -> Stretch:
        left = round(100 * max(start_s, 0.0) / length_s, 2)
        width = round(100 * (end_s - start_s) / length_s, 2)
        return Stretch(left, max(width, _THINNEST), start_s, end_s, **values)  # type: ignore[arg-type]

    def place(at_s: float) -> float:
        return round(min(100 * max(at_s, 0.0) / length_s, 100.0), 2)

    spans = [
        (span, number, question)
        for number, question in enumerate(summary.questions, 1)
        for span in question.spans
    ]
    return Timeline(
        ticks=tuple((place(at_s), timecode(at_s)) for at_s in _ticks(length_s)),
        questions=tuple(
            stretch(
                span.start_s,
                span.end_s,
                label=question.label,
                number=number,
                target=f"question-{number}",
            )
            for span, number, question in sorted(spans, key=lambda each: each[0].start_s)
        ),
        speech={
            side: tuple(
                stretch(line.start_s, line.end_s, target=line.utterance_id)
                for line in report.transcript
                if line.speaker is side
            )
            for side in Channel
        },
        findings=_in_rows(_findings(report), place),
        notes=_in_rows(_notes(report), place),
        gaps=tuple(Gap(stretch(gap.start_s, gap.end_s), gap) for gap in summary.gaps),
    )


def _ticks(length_s: float) -> Iterator[float]:
    step_s = next((s for s in _STEPS_S if length_s / s <= _MOST_TICKS), None)
    if step_s is None:
        step_s = 3600 * (int(length_s / 3600 / _MOST_TICKS) + 1)
    at_s = 0
    while at_s <= length_s:
        yield float(at_s)
        at_s += step_s


_Found = tuple[SignKind, float, str, str]


def _findings(report: Report) -> Iterator[_Found]:
    kinds = {
        FindingState.EVIDENCED: SignKind.EVIDENCED,
        FindingState.UNCLEAR: SignKind.UNCLEAR,
        FindingState.DENIED: SignKind.DENIED,
    }
    for question in report.summary.questions:
        for point in question.points:
            if point.state in kinds:
                yield from _quoted(kinds[point.state], point.label, point.evidence)
    for flag in report.summary.flags:
        yield from _quoted(SignKind.FLAG, flag.label, flag.evidence)


def _quoted(kind: SignKind, label: str, evidence: Iterable[Evidence]) -> Iterator[_Found]:
    for item in evidence:
        yield kind, item.start_s, label, item.utterance_ids[0] if item.utterance_ids else ""


def _notes(report: Report) -> Iterator[_Found]:
    for note in report.summary.notes:
        yield SignKind.NOTE, note.moment_s, note.text, f"note-{note.id}"
    for mark in report.summary.marks:
        yield SignKind.MARK, mark.moment_s, "", _line_at(report.transcript, mark.moment_s)


def _line_at(transcript: tuple[ReportLine, ...], at_s: float) -> str:
    """The last line that had begun by then; empty where nothing was said so far."""
    begun = [line.utterance_id for line in transcript if line.start_s <= at_s]
    return begun[-1] if begun else ""


def _in_rows(found: Iterable[_Found], place: Callable[[float], float]) -> tuple[Sign, ...]:
    """Each sign in the first row in which it does not touch the one before."""
    ends: list[float] = []
    signs = []
    for kind, at_s, label, target in sorted(found, key=lambda each: each[1]):
        left = place(at_s)
        row = next((n for n, end in enumerate(ends) if left >= end), len(ends))
        if row == len(ends) and row < _MOST_ROWS:
            ends.append(0.0)
        row = min(row, _MOST_ROWS - 1)
        ends[row] = left + _APART
        signs.append(Sign(kind, left, row, at_s, label, target))
    return tuple(signs)
