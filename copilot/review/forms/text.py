"""The transcript as plain text, at most 80 columns wide."""

import textwrap
from collections.abc import Iterator

from copilot.coach.off_limits import LEFT_OUT
from copilot.review.forms.order import Heading, in_order
from copilot.review.plain_line import plain_line
from copilot.review.report import Report, ReportLine
from copilot.review.summary_parts import GapSummary
from copilot.review.words import WORDS, ReportWords
from copilot.timecode import timecode

_WIDTH = 80


def to_text(report: Report, alias: str | None = None) -> str:
    """Everything said: who, when, under which question; its signs are explained at the top.

    Args:
        report: What was said.
        alias: What the candidate is called; they are not named where None.
    """
    words, summary = WORDS[report.language], report.summary
    title = f"{words.session.transcript}{words.signs.colon}{plain_line(summary.guide.title)}"
    lines = [title, "=" * min(len(title), _WIDTH), ""]
    lines += (
        _wrapped(f"{words.session.candidate}{words.signs.colon}{plain_line(alias)}", "")
        if alias
        else []
    )
    lines += [f"{words.started}{words.signs.colon}{summary.started_at}"]
    lines += [f"{words.length}{words.signs.colon}{timecode(summary.duration_s)}"]
    signs = list(_signs(words, report))
    if signs:
        lines += ["", *signs]
    for item in in_order(report):
        lines += ["", *_item(words, item)]
    if not report.transcript:
        lines += ["", words.nothing_said]
    return "\n".join([*lines, ""])


def _signs(words: ReportWords, report: Report) -> Iterator[str]:
    """What the signs mean that stand in this transcript."""
    if any(line.corrected for line in report.transcript):
        yield from _wrapped(f"[{words.session.corrected}] {words.corrected_means}", "")
    if any(line.uncertain for line in report.transcript):
        yield from _wrapped(f"[{words.session.doubtful}] {words.doubtful_means}", "")
    if any(LEFT_OUT in line.text for line in report.transcript):
        yield from _wrapped(words.finding.left_out.format(sign=LEFT_OUT), "")


def _item(words: ReportWords, item: Heading | ReportLine | GapSummary) -> Iterator[str]:
    match item:
        case Heading():
            heading = _wrapped(plain_line(item.text), "")
            yield ""
            yield from heading
            yield "-" * max(map(len, heading))
        case GapSummary():
            span = f"{timecode(item.start_s)}-{timecode(item.end_s)}"
            side, cause = words.hearing.sides[item.channel], words.hearing.causes[item.cause]
            yield from _wrapped(f"[{span}] ({words.gaps}{words.signs.colon}{side}, {cause})", "")
        case ReportLine():
            marks = f" [{words.session.corrected}]" if item.corrected else ""
            marks += f" [{words.session.doubtful}]" if item.uncertain else ""
            side = words.hearing.sides[item.speaker].capitalize()
            begin = f"[{timecode(item.start_s)}] {side}{words.signs.colon}"
            yield from _wrapped(begin + plain_line(item.text) + marks, " " * 10)


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent=indent, break_on_hyphens=False) or [""]
