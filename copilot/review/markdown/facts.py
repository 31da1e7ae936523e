"""What a report tells of the session itself: when, how long, what limits it, what it was made with.

What limits it is worded as in the recap, so that both tell the same.
"""

from collections.abc import Iterator

from copilot.review.markdown_line import safe
from copilot.review.recap.extractive import extract
from copilot.review.recap.telling import limit_text, written_lines
from copilot.review.report import Report
from copilot.review.summary import Summary
from copilot.review.words import WORDS, ReportWords
from copilot.timecode import timecode


def facts_lines(words: ReportWords, summary: Summary) -> Iterator[str]:
    """The list at the top."""
    doubt = words.doubt_value.format(
        uncertain=summary.uncertain_utterances,
        utterances=summary.utterances,
        discarded=f"{summary.discarded_speech_s:.0f}",
    )
    yield f"- **{words.started}**: {summary.started_at}"
    yield f"- **{words.length}**: {timecode(summary.duration_s)}"
    yield f"- **{words.ended}**: {words.session.endings[summary.ended]}"
    yield f"- **{words.session.source}**: {safe(summary.source)}"
    yield f"- **{words.hearing.talk}**: {_talk(words, summary)}"
    yield f"- **{words.doubt}**: {doubt}"
    yield f"- **{words.gaps}**: {_gaps(words, summary)}"
    yield f"- **{words.goes_to}**: {', '.join(summary.text_goes_to) or words.nowhere}"
    if summary.reviews:
        sittings = (f"{safe(each.by)} ({each.opened_at})" for each in summary.reviews)
        yield f"- **{words.reviewed}**: {', '.join(sittings)}"


def limits_lines(report: Report) -> Iterator[str]:
    """What limits what can be said, such as a side that was silent; nothing where nothing does."""
    limits = extract(report).limits
    if not limits:
        return
    yield f"## {WORDS[report.language].session.limits}"
    yield ""
    for limit in limits:
        yield f"- {safe(limit_text(limit, report.language))}"
    for alarm in _alarms(report):
        yield f"- {alarm}"
    yield ""


def made_with_lines(report: Report) -> Iterator[str]:
    """The version, the models and the guide, and who wrote the prose, where there is some."""
    summary = report.summary
    yield f"- Interview Copilot {summary.app_version}"
    for model in summary.models:
        yield f"- {model.purpose}: {model.name}, {model.version}, `{model.sha256[:12]}`"
    yield f"- guide: {summary.guide.role}, `{summary.guide.sha256[:12]}`"
    written = extract(report).written
    if written is not None:
        yield from (f"- {safe(line)}" for line in written_lines(written, report.language))


def _talk(words: ReportWords, summary: Summary) -> str:
    talk = summary.talk
    share = "-" if talk.candidate_share is None else f"{talk.candidate_share:.0%}"
    told = words.hearing.talk_value.format(
        candidate=timecode(talk.candidate_s),
        share=share,
        interviewer=timecode(talk.interviewer_s),
    )
    if talk.longest_start_s is None:
        return told
    longest = words.hearing.longest.format(
        length=timecode(talk.longest_s), start=timecode(talk.longest_start_s)
    )
    return f"{told}; {longest}"


def _gaps(words: ReportWords, summary: Summary) -> str:
    """What was not heard: each stretch with its side and cause."""
    told = [
        f"{timecode(gap.start_s)}-{timecode(gap.end_s)} "
        f"{words.hearing.sides[gap.channel]} ({words.hearing.causes[gap.cause]})"
        for gap in summary.gaps
    ]
    return "; ".join(told) or words.hearing.no_gaps


def _alarms(report: Report) -> Iterator[str]:
    """When something was wrong with the sound of a side."""
    words = WORDS[report.language]
    for alarm in report.summary.alarms:
        until = words.to_the_end if alarm.end_s is None else timecode(alarm.end_s)
        side, kind = words.hearing.sides[alarm.channel], words.hearing.alarms[alarm.kind]
        yield f"{timecode(alarm.start_s)}-{until} {side}: {kind}"
