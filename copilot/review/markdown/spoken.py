"""What was said, as Markdown: the transcript, and what reviewers corrected of it."""

from collections.abc import Iterator

from copilot.review.forms.order import Heading, in_order
from copilot.review.markdown_line import safe
from copilot.review.report import Report, ReportLine
from copilot.review.summary import Summary
from copilot.review.summary_parts import CorrectionSummary, GapSummary
from copilot.review.words import WORDS, ReportWords
from copilot.timecode import timecode


def transcript_lines(report: Report) -> Iterator[str]:
    """Everything said, under the questions that were being answered."""
    words = WORDS[report.language]
    if not report.transcript:
        yield words.nothing_said
        yield ""
    for item in in_order(report):
        match item:
            case Heading():
                yield f"### {safe(item.text)}"
            case GapSummary():
                span = f"{timecode(item.start_s)}-{timecode(item.end_s)}"
                side, cause = words.hearing.sides[item.channel], words.hearing.causes[item.cause]
                yield f"_{span} {words.gaps}: {side} ({cause})_"
            case ReportLine():
                at, side = timecode(item.start_s), words.hearing.sides[item.speaker]
                yield f"{at} **{side}**: {safe(item.text)}{_marks(words, item)}"
        yield ""


def corrections_lines(words: ReportWords, summary: Summary) -> Iterator[str]:
    """What reviewers corrected, with what was heard."""
    for item in summary.corrections:
        side = words.hearing.sides[item.speaker]
        yield f"- {timecode(item.start_s)} {side}: “{safe(item.text)}” ({_before(words, item)})"


def _before(words: ReportWords, item: CorrectionSummary) -> str:
    told = []
    if item.speaker is not item.channel:
        told.append(words.session.speaker_corrected.format(side=words.hearing.sides[item.channel]))
    if item.text != item.heard:
        told.append(words.session.corrected_from.format(heard=safe(item.heard)))
    return "; ".join(told)


def _marks(words: ReportWords, line: ReportLine) -> str:
    marks = [words.session.corrected] if line.corrected else []
    marks += [words.session.doubtful] if line.uncertain else []
    return f" _({', '.join(marks)})_" if marks else ""
