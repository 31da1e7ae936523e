"""The report as Markdown, for people, in the language of the interview."""

from collections.abc import Iterator, Sequence

from copilot.coach.off_limits import LEFT_OUT
from copilot.events import Actor, Evidence, FindingState
from copilot.review.summary import Summary
from copilot.review.summary_parts import FlagSummary, PointSummary, QuestionSummary
from copilot.review.words import WORDS, ReportWords
from copilot.timecode import timecode


def to_markdown(summary: Summary, language: str | None = None) -> str:
    """The whole report, in the interview's language unless another is given."""
    words = WORDS[language or summary.language]
    lines = [
        f"# {words.title.format(title=_safe(summary.guide.title))}",
        "",
        words.about,
        "",
        *_left_out(words, summary),
        *_facts(words, summary),
        "",
        f"## {words.plan}",
        "",
        *_plan(words, summary),
        "",
        f"## {words.questions}",
        "",
    ]
    for question in summary.questions:
        if question.asked or _heard(question):
            lines += [*_question(words, question), ""]
    lines += [f"## {words.flags}", "", *_flags(words, summary), ""]
    lines += [f"## {words.suggestions}", "", *_suggestions(words, summary), ""]
    if summary.notes:
        lines += [f"## {words.notes}", "", *_notes(summary), ""]
    if summary.corrections:
        lines += [f"## {words.corrections}", "", *_corrections(words, summary), ""]
    lines += [f"## {words.made_with}", "", *_made_with(summary), ""]
    return "\n".join(lines)


def _left_out(words: ReportWords, summary: Summary) -> Iterator[str]:
    """What the sign for a protected fact means, where it stands in a quote."""
    found = [point.evidence for question in summary.questions for point in question.points]
    found += [flag.evidence for flag in summary.flags]
    if any(LEFT_OUT in item.quote for evidence in found for item in evidence):
        yield words.left_out.format(sign=_safe(LEFT_OUT))
        yield ""


def _facts(words: ReportWords, summary: Summary) -> Iterator[str]:
    talk = summary.talk
    share = "-" if talk.candidate_share is None else f"{talk.candidate_share:.0%}"
    talked = words.talk_value.format(
        candidate=timecode(talk.candidate_s),
        share=share,
        interviewer=timecode(talk.interviewer_s),
    )
    doubt = words.doubt_value.format(
        uncertain=summary.uncertain_utterances,
        utterances=summary.utterances,
        discarded=f"{summary.discarded_speech_s:.0f}",
    )
    yield f"- **{words.started}**: {summary.started_at}"
    yield f"- **{words.length}**: {timecode(summary.duration_s)}"
    yield f"- **{words.ended}**: {words.endings[summary.ended]}"
    yield f"- **{words.source}**: {_safe(summary.source)}"
    yield f"- **{words.talk}**: {talked}"
    yield f"- **{words.doubt}**: {doubt}"
    yield f"- **{words.gaps}**: {_gaps(words, summary)}"
    yield f"- **{words.goes_to}**: {', '.join(summary.text_goes_to) or words.nowhere}"
    if summary.reviews:
        sittings = (f"{_safe(each.by)} ({each.opened_at})" for each in summary.reviews)
        yield f"- **{words.reviewed}**: {', '.join(sittings)}"


def _gaps(words: ReportWords, summary: Summary) -> str:
    """What was not heard: each stretch with its side and cause."""
    told = [
        f"{timecode(gap.start_s)}-{timecode(gap.end_s)} "
        f"{words.sides[gap.channel]} ({words.causes[gap.cause]})"
        for gap in summary.gaps
    ]
    return "; ".join(told) or words.no_gaps


def _notes(summary: Summary) -> Iterator[str]:
    for note in summary.notes:
        yield f"- {timecode(note.moment_s)}: {_safe(note.text)}"


def _corrections(words: ReportWords, summary: Summary) -> Iterator[str]:
    for item in summary.corrections:
        heard = words.corrected_from.format(heard=_safe(item.heard))
        side = words.sides[item.channel]
        yield f"- {timecode(item.start_s)} {side}: “{_safe(item.text)}” ({heard})"


def _plan(words: ReportWords, summary: Summary) -> Iterator[str]:
    yield from _table_head(words.plan_columns)
    for question in summary.questions:
        planned = words.minutes.format(n=f"{question.minutes_planned:g}")
        spent, heard, count = words.not_asked, "", _heard(question)
        if question.asked:
            spent = timecode(question.seconds)
        if question.asked or count:
            heard = words.heard_of_all.format(heard=count, all=len(question.points))
        rating = _rating(words, question)
        yield f"| {_safe(question.text)} | {planned} | {spent} | {heard} | {rating} |"


def _rating(words: ReportWords, question: QuestionSummary) -> str:
    if question.rating is None:
        return ""
    said = [words.rated_in_review] if question.rated_in_review else []
    said += [words.rated_after_findings] if question.rated_after_findings else []
    return f"{question.rating} ({', '.join(said)})" if said else f"{question.rating}"


def _heard(question: QuestionSummary) -> int:
    """How many of its points were evidenced, be it under another question."""
    return sum(point.state is FindingState.EVIDENCED for point in question.points)


def _question(words: ReportWords, question: QuestionSummary) -> Iterator[str]:
    yield f"### {_safe(question.text)}"
    yield ""
    times = [f"{timecode(span.start_s)}-{timecode(span.end_s)}" for span in question.spans]
    yield f"_{', '.join(times) or words.not_asked}_"
    for state, heading in words.states.items():
        points = [point for point in question.points if point.state is state]
        if not points:
            continue
        yield ""
        if state is FindingState.NOT_HEARD:
            yield f"**{heading}**: " + "; ".join(_safe(point.label) for point in points)
            continue
        yield f"**{heading}**"
        yield ""
        for point in points:
            yield from _point(words, point)


def _point(words: ReportWords, point: PointSummary) -> Iterator[str]:
    by_hand = f" ({words.by_human})" if point.by is Actor.HUMAN else ""
    yield f"- {_safe(point.label)}{by_hand}"
    yield from _quotes(words, point.evidence, point.corrected)


def _quotes(
    words: ReportWords, evidence: Sequence[Evidence], corrected: Sequence[str]
) -> Iterator[str]:
    for item in evidence:
        where = f"{timecode(item.start_s)}, {', '.join(item.utterance_ids)}"
        if any(utterance_id in corrected for utterance_id in item.utterance_ids):
            where += f"; {words.corrected}"
        yield f"  > “{_safe(item.quote)}” ({where})"


def _flags(words: ReportWords, summary: Summary) -> Iterator[str]:
    questions = {question.id: question.text for question in summary.questions}
    if not summary.flags:
        yield words.no_flags
    for flag in summary.flags:
        yield from _flag(words, flag, questions[flag.question])


def _flag(words: ReportWords, flag: FlagSummary, question: str) -> Iterator[str]:
    yield f"- **{_safe(flag.label)}**, {words.under.format(question=_safe(question))}"
    yield from _quotes(words, flag.evidence, flag.corrected)
    yield ""
    yield f"  {words.benign.format(text=_safe(flag.benign_reading))}"


def _suggestions(words: ReportWords, summary: Summary) -> Iterator[str]:
    if not summary.suggestions:
        yield words.no_suggestions
        return
    yield from _table_head(words.suggestion_columns)
    for item in summary.suggestions:
        fate = "" if item.fate is None else words.fates[item.fate]
        at = timecode(item.offered_at_s)
        yield f"| {at} | {_safe(item.text)} | {_safe(item.reason)} | {fate} |"


def _made_with(summary: Summary) -> Iterator[str]:
    yield f"- Interview Copilot {summary.app_version}"
    for model in summary.models:
        yield f"- {model.purpose}: {model.name}, {model.version}, `{model.sha256[:12]}`"
    yield f"- guide: {summary.guide.role}, `{summary.guide.sha256[:12]}`"


def _table_head(titles: Sequence[str]) -> Iterator[str]:
    yield "| " + " | ".join(titles) + " |"
    yield "|" + " --- |" * len(titles)


def _safe(text: str) -> str:
    """Text as Markdown that shows it as it is: nothing in it formats, links or opens a tag."""
    flat = " ".join(text.split())
    for character in "\\`*_{}[]<>#|~&@":
        flat = flat.replace(character, "\\" + character)
    # Many readers turn bare addresses into links.
    return flat.replace("://", "\\://").replace("www.", "www\\.")
