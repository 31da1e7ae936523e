"""A recap as Markdown, for people."""

from collections.abc import Iterator

from copilot.coach.off_limits import LEFT_OUT
from copilot.events import Actor, Evidence
from copilot.review.recap.model import (
    ExtractiveRecap,
    RecappedFlag,
    RecappedPoint,
    RecappedQuestion,
)
from copilot.review.recap.telling import limit_text, row_text, time_text, written_lines
from copilot.review.recap.words import RECAP_WORDS, RecapWords
from copilot.timecode import timecode


def recap_markdown(recap: ExtractiveRecap, language: str | None = None) -> str:
    """The whole recap.

    Args:
        recap: What to tell.
        language: Of headings and phrases; that of the recap unless given.
    """
    language = language or recap.language
    words = RECAP_WORDS[language]
    lines = [f"# {words.title.format(title=_safe(recap.title))}", ""]
    lines += [words.about if recap.written is None else words.about_prose, ""]
    lines += _signs(words, recap)
    lines += [f"## {words.limits}", "", *_limits(words, recap, language), ""]
    lines += [f"## {words.questions}", "", *questions_markdown(recap, language)]
    lines += [f"## {words.times}", "", *_times(words, recap), "", *_talk(words, recap), ""]
    lines += [f"## {words.timeline}", ""]
    lines += [
        f"- {_span(row.start_s, row.end_s)} {_safe(row_text(row, language))}"
        for row in recap.timeline
    ]
    if recap.written is not None:
        lines += ["", *(f"_{_safe(line)}_  " for line in written_lines(recap.written, language))]
    return "\n".join([*lines, ""])


def questions_markdown(recap: ExtractiveRecap, language: str, level: int = 3) -> Iterator[str]:
    """The recap of the questions alone, to put into another document.

    Args:
        recap: What to tell.
        language: Of headings and phrases.
        level: Level of the questions' headings.
    """
    words = RECAP_WORDS[language]
    yield words.not_heard_means
    yield ""
    for question in recap.questions:
        if question.asked or _is_told(question):
            yield f"{'#' * level} {_safe(question.text)}"
            yield ""
            yield f"_{time_text(question, language)}_"
            yield ""
            yield from _question(words, question)
    unasked = [each.label for each in recap.questions if not each.asked and not _is_told(each)]
    if unasked:
        yield words.not_asked_at_all.format(questions=_safe(", ".join(unasked)))
        yield ""
    if recap.hidden:
        labels = _safe(", ".join(question.label for question in recap.hidden))
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


def _question(words: RecapWords, question: RecappedQuestion) -> Iterator[str]:
    if question.sentences:
        yield f"**{words.prose}**"
        yield ""
        for sentence in question.sentences:
            yield f"- {_safe(sentence.text)} ({', '.join(sentence.utterance_ids)})"
        yield ""
    if question.unread:
        yield f"_{words.unread}_"
        yield ""
    for heading, points in (
        (words.heard, question.evidenced),
        (words.denied, question.denied),
        (words.unclear, question.unclear),
    ):
        if points:
            yield f"**{heading}**"
            yield ""
            for point in points:
                yield from _point(words, point)
            yield ""
    if question.not_heard:
        yield f"**{words.not_heard}**{words.colon}{_safe('; '.join(question.not_heard))}"
        yield ""
    if question.flags:
        yield f"**{words.flags}**"
        yield ""
        for flag in question.flags:
            yield from _flag(words, flag)
        yield ""
    if question.follow_ups:
        yield f"**{words.follow_ups}**"
        yield ""
        for asked in question.follow_ups:
            yield f"- {timecode(asked.at_s)} {_safe(asked.text)} ({words.fates[asked.fate]})"
        yield ""


def _point(words: RecapWords, point: RecappedPoint) -> Iterator[str]:
    aside = [words.by_human] if point.by is Actor.HUMAN else []
    if point.others:
        aside.append(words.others[point.others > 1].format(count=point.others))
    yield f"- {_safe(point.label)}{_aside(aside)}"
    yield from _quote(words, point.quote, corrected=point.corrected)


def _flag(words: RecapWords, flag: RecappedFlag) -> Iterator[str]:
    yield f"- {_safe(flag.label)}{_aside([words.by_human] if flag.by is Actor.HUMAN else [])}"
    yield from _quote(words, flag.quote, corrected=flag.corrected)
    yield ""
    yield f"  {words.benign.format(text=_safe(flag.benign_reading))}"


def _quote(words: RecapWords, quote: Evidence | None, *, corrected: bool) -> Iterator[str]:
    if quote is None:
        return
    where = [timecode(quote.start_s), ", ".join(quote.utterance_ids)]
    where += [words.corrected] if corrected else []
    yield f"  > {words.quote.format(text=_safe(quote.quote))}{_aside(where)}"


def _signs(words: RecapWords, recap: ExtractiveRecap) -> Iterator[str]:
    """What the sign for a protected fact means, where it stands in a quote."""
    shown = [item.quote for each in recap.questions for item in (*each.evidenced, *each.denied)]
    shown += [item.quote for each in recap.questions for item in each.unclear]
    shown += [item.quote for each in recap.questions for item in each.flags]
    if any(quote is not None and LEFT_OUT in quote.quote for quote in shown):
        yield words.left_out.format(sign=_safe(LEFT_OUT))
        yield ""


def _limits(words: RecapWords, recap: ExtractiveRecap, language: str) -> Iterator[str]:
    if not recap.limits:
        yield words.no_limits
    for limit in recap.limits:
        yield f"- {_safe(limit_text(limit, language))}"


def _times(words: RecapWords, recap: ExtractiveRecap) -> Iterator[str]:
    yield "| " + " | ".join(words.times_columns) + " |"
    yield "|" + " --- |" * len(words.times_columns)
    for each in recap.times:
        planned = words.minutes.format(n=f"{each.minutes_planned:g}")
        spent = timecode(each.seconds) if each.asked else words.not_asked
        yield f"| {_safe(each.label)} | {planned} | {spent} |"


def _talk(words: RecapWords, recap: ExtractiveRecap) -> Iterator[str]:
    talk = recap.talk
    share = "-" if talk.candidate_share is None else f"{talk.candidate_share:.0%}"
    told = words.talk_value.format(
        candidate=timecode(talk.candidate_s),
        share=share,
        interviewer=timecode(talk.interviewer_s),
    )
    yield f"- **{words.talk}**{words.colon}{told}"
    if talk.longest_start_s is not None:
        longest = words.longest.format(
            length=timecode(talk.longest_s), start=timecode(talk.longest_start_s)
        )
        yield f"- {longest}"
    gaps = [
        words.gap.format(
            cause=words.causes[gap.cause],
            side=words.sides[gap.channel],
            seconds=timecode(gap.seconds),
            count=gap.count,
        )
        for gap in recap.gaps
    ]
    yield f"- **{words.gaps}**{words.colon}{'; '.join(gaps) or words.no_gaps}"


def _span(start_s: float, end_s: float | None) -> str:
    return timecode(start_s) if end_s is None else f"{timecode(start_s)}-{timecode(end_s)}"


def _aside(parts: list[str]) -> str:
    return f" ({'; '.join(parts)})" if parts else ""


def _safe(text: str) -> str:
    """Text as Markdown that shows it as it is: nothing in it formats, links or opens a tag."""
    flat = " ".join(text.split())
    for character in "\\`*_{}[]<>#|~&@":
        flat = flat.replace(character, "\\" + character)
    # Many readers turn bare addresses into links.
    return flat.replace("://", "\\://").replace("www.", "www\\.")
