"""Single things of a recap in words, for every form it is shown in."""

from collections.abc import Iterator

from copilot.events import DroppedSentences
from copilot.review.recap.model import Limit, LimitKind, RecappedQuestion, TimelineRow, WrittenBy
from copilot.review.recap.words import RECAP_WORDS, RecapWords
from copilot.timecode import timecode


def limit_text(limit: Limit, language: str) -> str:
    """One thing that limits what can be said, as a sentence."""
    words = RECAP_WORDS[language]
    # One of a gap or alarm needs no number; zero of anything is never told.
    one, many = words.limit_texts[limit.kind]
    side = words.hearing.sides[limit.channel]
    if language == "en" and limit.channel is not None:
        side = f"the {side}'s side"
    return (one if limit.count == 1 and one else many).format(
        side=side,
        cause="" if limit.cause is None else words.hearing.causes[limit.cause],
        alarm="" if limit.alarm is None else words.hearing.alarms[limit.alarm],
        count=limit.count,
        total=limit.total,
        seconds=timecode(limit.seconds),
        share=f"{limit.count / limit.total:.0%}" if limit.kind is LimitKind.DOUBTFUL else "",
    )


def row_text(row: TimelineRow, language: str) -> str:
    """What a row of the timeline says beside its times."""
    words = RECAP_WORDS[language]
    parts = [row.text] if row.text else []
    if row.cause is not None or row.alarm is not None:
        parts.append(words.hearing.sides[row.channel])
    if row.cause is not None:
        parts.append(words.hearing.causes[row.cause])
    if row.alarm is not None:
        parts.append(words.hearing.alarms[row.alarm])
    told = ", ".join(parts)
    return f"{words.rows[row.kind]}{words.signs.colon}{told}" if told else words.rows[row.kind]


def time_text(question: RecappedQuestion, language: str) -> str:
    """How long was spent on a question, and how long was planned."""
    words = RECAP_WORDS[language]
    if not question.asked:
        return words.session.not_asked
    planned = words.session.minutes.format(n=f"{question.minutes_planned:g}")
    return words.session.spent.format(spent=timecode(question.seconds), planned=planned)


def written_lines(written: WrittenBy, language: str) -> Iterator[str]:
    """Which model wrote the sentences, where the text went, and what the checks left out."""
    words = RECAP_WORDS[language]
    by = written.answered_by
    yield words.written.format(
        model=by.model, prompt=by.prompt, sha256=by.prompt_sha256[:12] or "-"
    )
    goes_to = words.sent_to.format(host=written.goes_to) if written.goes_to else words.stayed_here
    told = [goes_to, words.sentences.format(proposed=written.proposed, kept=written.kept)]
    if written.dropped:
        checks = ", ".join(dropped_text(each, words) for each in written.dropped)
        told.append(words.dropped.format(checks=checks))
    else:
        told.append(words.nothing_dropped)
    yield "; ".join(told)


def dropped_text(dropped: DroppedSentences, words: RecapWords) -> str:
    """How many sentences a check left out, and why, in words."""
    # A check of a later version has no words here yet.
    return f"{words.checks.get(dropped.check, dropped.check)} ({dropped.count})"
