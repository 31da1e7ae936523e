"""The whole report as Markdown, in the report's language."""

from collections.abc import Iterator

from copilot.coach.off_limits import LEFT_OUT
from copilot.review.markdown.facts import facts_lines, limits_lines, made_with_lines
from copilot.review.markdown.judged import competencies_lines, rating_cell, recommendation_lines
from copilot.review.markdown.questions import flags_lines, heard, is_told, question_lines
from copilot.review.markdown.spoken import corrections_lines, transcript_lines
from copilot.review.markdown_line import safe, table_head
from copilot.review.report import Report
from copilot.review.summary import Summary
from copilot.review.words import WORDS, ReportWords
from copilot.timecode import timecode


def to_markdown(report: Report, *, transcript: bool = False, alias: str | None = None) -> str:
    """The whole report.

    Args:
        report: What there is to tell.
        transcript: Whether everything said stands at its end.
        alias: What the candidate is called; they are not named where None.
    """
    words, summary = WORDS[report.language], report.summary
    lines = [
        f"# {words.title.format(title=safe(summary.guide.title))}",
        "",
        words.about,
        "",
        *_left_out(words, report, transcript=transcript),
        *([f"- **{words.session.candidate}**: {safe(alias)}"] if alias else []),
        *facts_lines(words, summary),
        "",
        *limits_lines(report),
    ]
    lines += recommendation_lines(summary, report.language)
    lines += competencies_lines(summary, report.language)
    lines += [f"## {words.plan}", "", *_plan(summary, report.language), ""]
    lines += [f"## {words.session.questions}", ""]
    for question in summary.questions:
        if is_told(question):
            lines += [*question_lines(report, question), ""]
    lines += [f"## {words.finding.flags}", "", *flags_lines(words, summary), ""]
    lines += [f"## {words.suggestions}", "", *_suggestions(words, summary), ""]
    if summary.notes:
        lines += [f"## {words.session.notes}", "", *_notes(summary), ""]
    if summary.marks:
        lines += [f"## {words.session.marks}", "", *_marks(summary), ""]
    if summary.corrections:
        lines += [f"## {words.corrections}", "", *corrections_lines(words, summary), ""]
    if transcript:
        lines += [f"## {words.session.transcript}", "", *transcript_lines(report), ""]
    lines += [f"## {words.made_with}", "", *made_with_lines(report), ""]
    return "\n".join(lines)


def _left_out(words: ReportWords, report: Report, *, transcript: bool) -> Iterator[str]:
    """What the sign for a protected fact means, where it stands in a quote or a correction."""
    summary = report.summary
    found = [point.evidence for question in summary.questions for point in question.points]
    found += [flag.evidence for flag in summary.flags]
    quotes = [item.quote for evidence in found for item in evidence]
    quotes += [each for item in summary.corrections for each in (item.heard, item.text)]
    quotes += [line.text for line in report.transcript] if transcript else []
    if any(LEFT_OUT in quote for quote in quotes):
        yield words.finding.left_out.format(sign=safe(LEFT_OUT))
        yield ""


def _plan(summary: Summary, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield from table_head(words.plan_columns)
    for question in summary.questions:
        planned = words.session.minutes.format(n=f"{question.minutes_planned:g}")
        spent, told, count = words.session.not_asked, "", heard(question)
        if question.asked:
            spent = timecode(question.seconds)
        if question.points and (question.asked or count):
            told = words.heard_of_all.format(heard=count, all=len(question.points))
        rating = rating_cell(question, language)
        yield f"| {safe(question.text)} | {planned} | {spent} | {told} | {rating} |"


def _suggestions(words: ReportWords, summary: Summary) -> Iterator[str]:
    if not summary.suggestions:
        yield words.no_suggestions
        return
    yield from table_head(words.suggestion_columns)
    for item in summary.suggestions:
        fate = "" if item.fate is None else words.finding.fates[item.fate]
        at = timecode(item.offered_at_s)
        yield f"| {at} | {safe(item.text)} | {safe(item.reason)} | {fate} |"


def _notes(summary: Summary) -> Iterator[str]:
    for note in summary.notes:
        yield f"- {timecode(note.moment_s)}: {safe(note.text)}"


def _marks(summary: Summary) -> Iterator[str]:
    labels = {question.id: question.text for question in summary.questions}
    for mark in summary.marks:
        about = f": {safe(labels[mark.question])}" if mark.question in labels else ""
        yield f"- {timecode(mark.moment_s)}{about}"
