"""What was said, under the questions it answered and with what was not heard, in order of time."""

from collections.abc import Iterator
from dataclasses import dataclass

from copilot.review.report import Report, ReportLine
from copilot.review.summary_parts import GapSummary
from copilot.review.words import WORDS


@dataclass(frozen=True, slots=True)
class Heading:
    """That another question is being answered from here on.

    Attributes:
        text: The question, or words for talk that belongs to none.
    """

    text: str


def in_order(report: Report) -> Iterator[Heading | ReportLine | GapSummary]:
    """The transcript with headings and gaps; no heading before the first question."""
    questions = {question.id: question.text for question in report.summary.questions}
    gaps = sorted(report.summary.gaps, key=lambda gap: gap.start_s)
    current: str | None = None
    for line in report.transcript:
        while gaps and gaps[0].start_s <= line.start_s:
            yield gaps.pop(0)
        if line.question != current:
            current = line.question
            yield Heading(questions.get(current or "") or WORDS[report.language].session.outside)
        yield line
    yield from gaps
