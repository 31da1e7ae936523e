"""The planned questions as Markdown: what was heard under each, with quotes, and the flags."""

from collections.abc import Iterator, Sequence

from copilot.events import Actor, Evidence, FindingState
from copilot.review.markdown.judged import rated_lines
from copilot.review.markdown_line import safe
from copilot.review.recap.words import RECAP_WORDS
from copilot.review.report import Report
from copilot.review.summary import Summary
from copilot.review.summary_parts import FlagSummary, PointSummary, QuestionSummary
from copilot.review.wording.finding import POINT_STATES
from copilot.review.words import WORDS, ReportWords
from copilot.timecode import timecode


def heard(question: QuestionSummary) -> int:
    """How many of its points were evidenced, be it under another question."""
    return sum(point.state is FindingState.EVIDENCED for point in question.points)


def is_told(question: QuestionSummary) -> bool:
    """Whether there is more to tell of it than that it was not asked."""
    judged = question.rating is not None or question.reason or question.earlier
    return question.asked or heard(question) > 0 or bool(judged)


def question_lines(report: Report, question: QuestionSummary) -> Iterator[str]:
    """One question: when, how the human judged it, what was heard."""
    words = WORDS[report.language]
    yield f"### {safe(question.text)}"
    yield ""
    times = [f"{timecode(span.start_s)}-{timecode(span.end_s)}" for span in question.spans]
    yield f"_{', '.join(times) or words.session.not_asked}_"
    yield from rated_lines(question, report.summary, report.language)
    yield from _prose(report, question)
    if not question.points:
        yield ""
        yield f"_{words.session.no_points}_"
    for state in POINT_STATES:
        heading = words.finding.states[state].capitalize()
        points = [point for point in question.points if point.state is state]
        # What was never asked about could not be heard either.
        if not points or (state is FindingState.NOT_HEARD and not question.asked):
            continue
        yield ""
        if state is FindingState.NOT_HEARD:
            yield f"**{heading}**: " + "; ".join(safe(point.label) for point in points)
            continue
        yield f"**{heading}**"
        yield ""
        for point in points:
            yield from _point(words, point)


def _prose(report: Report, question: QuestionSummary) -> Iterator[str]:
    """The answer in a language model's words, where it was written and still stands."""
    parts = () if report.recap is None else report.recap.parts
    sentences = [each for part in parts if part.question == question.id for each in part.sentences]
    if sentences:
        yield ""
        yield f"**{RECAP_WORDS[report.language].prose}**"
        yield ""
        for sentence in sentences:
            yield f"- {safe(sentence.text)} ({', '.join(sentence.utterance_ids)})"


def flags_lines(words: ReportWords, summary: Summary) -> Iterator[str]:
    """The flags raised, each with another reading of it."""
    questions = {question.id: question.text for question in summary.questions}
    if not summary.flags:
        yield words.no_flags
    for flag in summary.flags:
        yield from _flag(words, flag, questions[flag.question])


def _point(words: ReportWords, point: PointSummary) -> Iterator[str]:
    aside = [words.finding.by_human] if point.by is Actor.HUMAN else []
    aside += [words.finding.misattributed] if point.misattributed else []
    yield f"- {safe(point.label)}" + (f" ({'; '.join(aside)})" if aside else "")
    yield from _quotes(words, point.evidence, point.corrected)


def _flag(words: ReportWords, flag: FlagSummary, question: str) -> Iterator[str]:
    taken = f" ({words.finding.misattributed})" if flag.misattributed else ""
    yield f"- **{safe(flag.label)}**, {words.finding.under.format(question=safe(question))}{taken}"
    yield from _quotes(words, flag.evidence, flag.corrected)
    if flag.benign_reading:
        yield ""
        yield f"  {words.finding.benign.format(text=safe(flag.benign_reading))}"


def _quotes(
    words: ReportWords, evidence: Sequence[Evidence], corrected: Sequence[str]
) -> Iterator[str]:
    for item in evidence:
        where = f"{timecode(item.start_s)}, {', '.join(item.utterance_ids)}"
        if any(utterance_id in corrected for utterance_id in item.utterance_ids):
            where += f"; {words.finding.corrected}"
        yield f"  > “{safe(item.quote)}” ({where})"
