"""A recap as a document for people: Markdown, or plain text."""

from collections.abc import Iterator

from copilot.coach.off_limits import LEFT_OUT
from copilot.events import Actor, Evidence
from copilot.review.recap.form import Form
from copilot.review.recap.model import (
    ExtractiveRecap,
    RecappedFlag,
    RecappedPoint,
    RecappedQuestion,
)
from copilot.review.recap.telling import limit_text, row_text, time_text, written_lines
from copilot.review.recap.words import RECAP_WORDS
from copilot.timecode import timecode


def recap_markdown(recap: ExtractiveRecap, language: str | None = None) -> str:
    """The whole recap as Markdown.

    Args:
        recap: What to tell.
        language: Of headings and phrases; that of the recap unless given.
    """
    language = language or recap.language
    return _document(recap, language, Form(RECAP_WORDS[language], marks=True))


def recap_text(recap: ExtractiveRecap, language: str | None = None) -> str:
    """The whole recap as plain text, for a terminal; arguments as for ``recap_markdown``."""
    language = language or recap.language
    return _document(recap, language, Form(RECAP_WORDS[language], marks=False))


def questions_markdown(recap: ExtractiveRecap, language: str, level: int = 3) -> Iterator[str]:
    """The recap of the questions alone, to put into another document.

    Args:
        recap: What to tell.
        language: Of headings and phrases.
        level: Level of the questions' headings.
    """
    yield from _questions(recap, language, Form(RECAP_WORDS[language], marks=True), level)


def _document(recap: ExtractiveRecap, language: str, form: Form) -> str:
    words = form.words
    lines = form.heading(1, words.title.format(title=form.safe(recap.title)))
    lines += [words.about if recap.written is None else words.about_prose, ""]
    lines += _signs(form, recap)
    lines += [*form.heading(2, words.limits), *_limits(form, recap, language), ""]
    lines += [*form.heading(2, words.session.questions), *_questions(recap, language, form, 3)]
    lines += [*form.heading(2, words.times), *_times(form, recap), "", *_talk(form, recap), ""]
    lines += form.heading(2, words.timeline)
    lines += [
        f"- {_span(row.start_s, row.end_s)} {form.safe(row_text(row, language))}"
        for row in recap.timeline
    ]
    if recap.written is not None:
        told = (form.faint(form.safe(line)) for line in written_lines(recap.written, language))
        lines += ["", *(f"{line}  " if form.marks else line for line in told)]
    return "\n".join([*lines, ""])


def _questions(recap: ExtractiveRecap, language: str, form: Form, level: int) -> Iterator[str]:
    words = form.words
    yield words.not_heard_means
    yield ""
    for question in recap.questions:
        if question.asked or _is_told(question):
            yield from form.heading(level, form.safe(question.text))
            yield form.faint(time_text(question, language))
            yield ""
            yield from _question(form, question)
    unasked = [each.label for each in recap.questions if not each.asked and not _is_told(each)]
    if unasked:
        yield words.not_asked_at_all.format(questions=form.safe(", ".join(unasked)))
        yield ""
    if recap.hidden:
        labels = form.safe(", ".join(question.label for question in recap.hidden))
        yield words.hidden.format(questions=labels)
        yield ""


def _is_told(question: RecappedQuestion) -> bool:
    """Whether something was heard of it, be it under another question."""
    return bool(
        question.evidenced
        or question.denied
        or question.unclear
        or question.flags
        or question.sentences
    )


def _question(form: Form, question: RecappedQuestion) -> Iterator[str]:
    if question.sentences:
        yield form.strong(form.words.prose)
        yield ""
        for sentence in question.sentences:
            yield f"- {form.safe(sentence.text)} ({', '.join(sentence.utterance_ids)})"
        yield ""
    if question.unread:
        yield form.faint(form.words.unread)
        yield ""
    for heading, points in (
        (form.words.heard, question.evidenced),
        (form.words.denied, question.denied),
        (form.words.unclear, question.unclear),
    ):
        if points:
            yield form.strong(heading)
            yield ""
            for point in points:
                yield from _point(form, point)
            yield ""
    if question.not_heard:
        yield (
            form.strong(form.words.not_heard)
            + form.words.signs.colon
            + form.safe("; ".join(question.not_heard))
        )
        yield ""
    if question.flags:
        yield form.strong(form.words.finding.flags)
        yield ""
        for flag in question.flags:
            yield from _flag(form, flag)
        yield ""
    if question.follow_ups:
        yield form.strong(form.words.follow_ups)
        yield ""
        for asked in question.follow_ups:
            fate = form.words.finding.fates[asked.fate]
            yield f"- {timecode(asked.at_s)} {form.safe(asked.text)} ({fate})"
        yield ""


def _point(form: Form, point: RecappedPoint) -> Iterator[str]:
    aside = [form.words.finding.by_human] if point.by is Actor.HUMAN else []
    if point.others:
        aside.append(form.words.others[point.others > 1].format(count=point.others))
    yield f"- {form.safe(point.label)}{_aside(aside)}"
    yield from _quote(form, point.quote, corrected=point.corrected)


def _flag(form: Form, flag: RecappedFlag) -> Iterator[str]:
    aside = [form.words.finding.by_human] if flag.by is Actor.HUMAN else []
    yield f"- {form.safe(flag.label)}{_aside(aside)}"
    yield from _quote(form, flag.quote, corrected=flag.corrected)
    if flag.benign_reading:
        yield ""
        yield f"  {form.words.finding.benign.format(text=form.safe(flag.benign_reading))}"


def _quote(form: Form, quote: Evidence | None, *, corrected: bool) -> Iterator[str]:
    if quote is None:
        return
    where = [timecode(quote.start_s), ", ".join(quote.utterance_ids)]
    where += [form.words.finding.corrected] if corrected else []
    yield form.quoted(form.words.signs.quote.format(text=form.safe(quote.quote)) + _aside(where))


def _signs(form: Form, recap: ExtractiveRecap) -> Iterator[str]:
    """What the sign for a protected fact means, where it stands in a quote."""
    shown = [item.quote for each in recap.questions for item in (*each.evidenced, *each.denied)]
    shown += [item.quote for each in recap.questions for item in each.unclear]
    shown += [item.quote for each in recap.questions for item in each.flags]
    if any(quote is not None and LEFT_OUT in quote.quote for quote in shown):
        yield form.words.finding.left_out.format(sign=form.safe(LEFT_OUT))
        yield ""


def _limits(form: Form, recap: ExtractiveRecap, language: str) -> Iterator[str]:
    if not recap.limits:
        yield form.words.no_limits
    for limit in recap.limits:
        yield f"- {form.safe(limit_text(limit, language))}"


def _times(form: Form, recap: ExtractiveRecap) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [form.words.times_columns]
    for each in recap.times:
        planned = form.words.session.minutes.format(n=f"{each.minutes_planned:g}")
        spent = timecode(each.seconds) if each.asked else form.words.session.not_asked
        rows.append((form.safe(each.label), planned, spent))
    yield from form.columns(rows)


def _talk(form: Form, recap: ExtractiveRecap) -> Iterator[str]:
    talk = recap.talk
    share = "-" if talk.candidate_share is None else f"{talk.candidate_share:.0%}"
    told = form.words.hearing.talk_value.format(
        candidate=timecode(talk.candidate_s),
        share=share,
        interviewer=timecode(talk.interviewer_s),
    )
    yield f"- {form.strong(form.words.hearing.talk)}{form.words.signs.colon}{told}"
    if talk.longest_start_s is not None:
        longest = form.words.hearing.longest.format(
            length=timecode(talk.longest_s), start=timecode(talk.longest_start_s)
        )
        yield f"- {longest}"
    gaps = [
        form.words.gap.format(
            cause=form.words.hearing.causes[gap.cause],
            side=form.words.hearing.sides[gap.channel],
            seconds=timecode(gap.seconds),
            count=gap.count,
        )
        for gap in recap.gaps
    ]
    missed = "; ".join(gaps) or form.words.hearing.no_gaps
    yield f"- {form.strong(form.words.gaps)}{form.words.signs.colon}{missed}"


def _span(start_s: float, end_s: float | None) -> str:
    return timecode(start_s) if end_s is None else f"{timecode(start_s)}-{timecode(end_s)}"


def _aside(parts: list[str]) -> str:
    return f" ({'; '.join(parts)})" if parts else ""
