"""Making the page: one file with its style, its picture and a few lines of script for the sound."""

from collections.abc import Mapping
from typing import Any

from copilot.coach.off_limits import LEFT_OUT
from copilot.events import Actor, Channel, FindingState
from copilot.html.standalone import Pages
from copilot.html.typography import date_text, french_spaces, share_text
from copilot.review.html.judged import (
    given_text,
    judged_competencies,
    judged_questions,
)
from copilot.review.html.sound import Sound, sound_of
from copilot.review.html.timeline import SignKind, timeline_of
from copilot.review.html.transcript import passages
from copilot.review.html.words import PAGE_WORDS, SHARED_RECAP_WORDS, SHARED_WORDS
from copilot.review.recap.extractive import extract
from copilot.review.recap.telling import limit_text, time_text, written_lines
from copilot.review.report import Report
from copilot.review.summary import Summary
from copilot.review.wording.finding import POINT_STATES
from copilot.timecode import timecode

_PAGES = Pages("copilot.review.html", {"timecode": timecode})


def to_html(
    report: Report, *, audio: Mapping[Channel, str] | None = None, alias: str | None = None
) -> str:
    """The report as a page that needs nothing beside it, but for the sound if there is any.

    Args:
        report: What to tell.
        audio: The sound file of each side, by its name relative to the page.
        alias: What the candidate is called in the report; without it they are not named.

    Returns:
        HTML5 to be stored as UTF-8.

    Raises:
        KeyError: There are no words in the report's language.
    """
    summary, language = report.summary, report.language
    words = PAGE_WORDS[language]
    sound = sound_of(summary, audio)
    spaced = french_spaces if language == "fr" else str
    return _PAGES.render(
        "page.html",
        scripts=("page.js",) if sound else (),
        # Pages opened from disk have no origin, so that 'self' would not let their files in.
        rules=("media-src 'self' file:",) if sound else (),
        report=report,
        summary=summary,
        recap=extract(report),
        alias=alias,
        hosts=_hosts(report),
        sound=sound,
        words=words,
        shared=SHARED_WORDS[language],
        told=SHARED_RECAP_WORDS[language],
        states=POINT_STATES,
        not_heard=FindingState.NOT_HEARD,
        human=Actor.HUMAN,
        sides=tuple(Channel),
        sign_kinds=tuple(SignKind),
        questions=judged_questions(summary, language),
        competencies=judged_competencies(summary, language),
        timeline=timeline_of(report),
        passages=passages(report),
        told_questions=_told_questions(summary),
        numbers={question.id: n for n, question in enumerate(summary.questions, 1)},
        speakers={line.utterance_id: line.speaker for line in report.transcript},
        has_left_out=_has_left_out(report),
        date=lambda moment: date_text(moment, words.date, words.months),
        share=lambda part: share_text(part, language),
        left_out=LEFT_OUT,
        no_sound=Sound(),
        sign_words=_sign_words(language),
        # In the transcript it is the guide's language that may be another than the page's.
        foreign="" if language == summary.language else summary.language,
        longest_s=_longest_s(summary),
        times={line.utterance_id: line.start_s for line in report.transcript},
        given=lambda each: given_text(each.at_s, each.by, summary, language),
        limit=lambda each: spaced(limit_text(each, language)),
        time_of=lambda each: spaced(time_text(each, language)),
        written=lambda by: [spaced(line) for line in written_lines(by, language)],
        flags=_flags_by_question(summary),
    )


def _has_left_out(report: Report) -> bool:
    """Whether the sign for a protected matter stands anywhere in it."""
    return any(LEFT_OUT in line.text for line in report.transcript)


def _hosts(report: Report) -> tuple[str, ...]:
    """Where text or sound was sent, during the interview or for the recap after it."""
    recap = report.recap.goes_to if report.recap else ""
    return tuple(dict.fromkeys([*report.summary.text_goes_to, *([recap] if recap else [])]))


def _told_questions(summary: Summary) -> frozenset[str]:
    """The questions there is something to tell of, asked or not."""
    flagged = {flag.question for flag in summary.flags}
    return frozenset(
        question.id
        for question in summary.questions
        if question.asked
        or question.id in flagged
        or any(point.state is not FindingState.NOT_HEARD for point in question.points)
    )


def _flags_by_question(summary: Summary) -> Mapping[str, tuple[Any, ...]]:
    """The flags raised under each question, by its id."""
    found: dict[str, tuple[Any, ...]] = {}
    for flag in summary.flags:
        found[flag.question] = (*found.get(flag.question, ()), flag)
    return found


def _sign_words(language: str) -> Mapping[SignKind, str]:
    words = PAGE_WORDS[language]
    return {
        SignKind.EVIDENCED: words.finding.states[FindingState.EVIDENCED].capitalize(),
        SignKind.DENIED: words.finding.states[FindingState.DENIED].capitalize(),
        SignKind.UNCLEAR: words.finding.states[FindingState.UNCLEAR].capitalize(),
        SignKind.FLAG: words.finding.flags,
        SignKind.NOTE: words.note,
        SignKind.MARK: words.mark,
    }


def _longest_s(summary: Summary) -> float:
    """The longest time planned for or spent on a question, in seconds; at least one."""
    times = [max(each.minutes_planned * 60, each.seconds) for each in summary.questions]
    return max([*times, 1.0])
