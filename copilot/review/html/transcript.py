"""The transcript in passages, with what stands as a quote highlighted."""

import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from copilot.events import Evidence
from copilot.review.report import Report, ReportLine
from copilot.review.summary import Summary


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line.

    Attributes:
        text: The part.
        quoted: Whether it stands as a quote in the report.
    """

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the transcript.

    Attributes:
        line: What was said.
        pieces: Its text, in order.
    """

    line: ReportLine
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that follow each other under one question.

    Attributes:
        question: The question's id; None outside of the questions.
        lines: The lines, in order.
    """

    question: str | None
    lines: tuple[Line, ...]


def passages(report: Report) -> tuple[Passage, ...]:
    """The whole transcript."""
    quoted = _quoted(report)
    found: list[tuple[str | None, list[Line]]] = []
    for line in report.transcript:
        if not found or found[-1][0] != line.question:
            found.append((line.question, []))
        pieces = tuple(_pieces(line.text, quoted.get(line.utterance_id, [])))
        found[-1][1].append(Line(line, pieces))
    return tuple(Passage(question, tuple(lines)) for question, lines in found)


def _evidence(summary: Summary) -> Iterator[Evidence]:
    for question in summary.questions:
        for point in question.points:
            yield from point.evidence
    for flag in summary.flags:
        yield from flag.evidence


def _quoted(report: Report) -> dict[str, list[tuple[int, int]]]:
    """Which characters of which line are quoted.

    A quote that does not stand there any more, because the text was corrected, is left out.
    """
    texts = {line.utterance_id: line.text for line in report.transcript}
    found: dict[str, list[tuple[int, int]]] = {}
    for item in _evidence(report.summary):
        for utterance_id, start, end in _places(item, texts):
            found.setdefault(utterance_id, []).append((start, end))
    return found


def _places(item: Evidence, texts: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    if not item.quote or any(uid not in texts for uid in item.utterance_ids):
        return
    begins, whole = [], ""
    for uid in item.utterance_ids:
        whole += " " if whole else ""
        begins.append(len(whole))
        whole += texts[uid]
    start = whole.find(item.quote)
    if start < 0:
        return
    end = start + len(item.quote)
    first = max(bisect.bisect_right(begins, start) - 1, 0)
    for begin, uid in zip(begins[first:], item.utterance_ids[first:], strict=True):
        if begin < end:
            yield uid, max(start - begin, 0), min(end - begin, len(texts[uid]))


def _pieces(text: str, quoted: list[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in _merged(quoted):
        if start > at:
            yield Piece(text[at:start], quoted=False)
        yield Piece(text[start:end], quoted=True)
        at = end
    if at < len(text):
        yield Piece(text[at:], quoted=False)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same characters in spans that do not overlap, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged
