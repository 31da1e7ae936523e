"""Interviews to make reports of: with word times, with judgements, with text that means harm."""

from collections.abc import Callable
from datetime import UTC, datetime

from copilot.events import (
    Channel,
    FindingKind,
    FindingState,
    Recommendation,
    Unrated,
    Utterance,
    UtteranceHeard,
    Word,
)
from copilot.interview import Interview
from copilot.review.forms.registry import Source
from copilot.review.report import report_of
from copilot.review.reviewed import Reviewed
from copilot.review.reviewing import Review
from copilot.store import SessionFolder
from tests.review.story import an_interview
from tests.story import Story

AT_NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

#: What spreadsheets, subtitles, terminals and pages would obey if they were let.
HOSTILE = [
    '=HYPERLINK("http://evil.example";"x")',
    "+1-2",
    "-2+3",
    "@SUM(A1:A9)",
    "\uff1d1+1",
    "<script>alert(1)</script>",
    "</v><v Candidate>I said this",
    "a --> b",
    "00:00:01.000 --> 00:00:02.000",
    "{\\an8}up there",
    "\x1b[31mred\x1b[0m",
    "\u202eturned around",
    'a "quoted", cell; and more',
    "&amp; &lt;b&gt;",
    "x" * 300,
    "WEBVTT",
    "NOTE this",
    "42",
]


def with_words(
    story: Story,
    text: str,
    *,
    start_s: float,
    word_s: float = 0.3,
    channel: Channel = Channel.CANDIDATE,
    pauses: dict[int, float] | None = None,
) -> Utterance:
    """Let someone say ``text`` at so many seconds a word, with pauses before some of the words."""
    at_s, words = start_s, []
    for number, word in enumerate(text.split()):
        at_s += (pauses or {}).get(number, 0.0)
        words.append(Word(text=word, start_s=at_s, end_s=at_s + word_s, probability=0.9))
        at_s += word_s
    said = Utterance(
        id=f"u{len(story.interview.utterances) + 1}",
        channel=channel,
        start_s=start_s,
        end_s=at_s,
        text=" ".join(text.split()),
        words=tuple(words),
    )
    story.apply(
        UtteranceHeard(seq=story.seq, at_s=max(story.interview.now_s, at_s), utterance=said)
    )
    return said


def source_of(
    state: Reviewed | Interview | Story, language: str | None = None, **options: object
) -> Source:
    """What forms are made from."""
    if isinstance(state, Story):
        state = state.interview
    reviewed = state if isinstance(state, Reviewed) else Reviewed(state)
    return Source(
        report=report_of(reviewed, language),
        word_times=reviewed.interview.utterances,
        **options,  # type: ignore[arg-type]
    )


def judged(folder: SessionFolder, then: Callable[[Review], object] = lambda _: None) -> Reviewed:
    """``an_interview`` as kept in a folder, judged in every way there is."""
    with Review(folder, by="ada", clock=lambda: AT_NOON) as review:
        review.rate("rollout", 2, reason="Hardly any detail.")
        review.rate("rollout", 3, reason="They named the way back.")
        review.rate("metrics", None, Unrated.NOT_ENOUGH)
        review.rate("team", None, Unrated.NOT_ASKED)
        review.rate_competency("craft", 4, reason="Knows ovens.")
        review.recommend(Recommendation.NO)
        review.recommend(Recommendation.YES, "Would bake with them.")
        review.note("Ask about the oven.", 12)
        review.mark(61)
        then(review)
        return review.reviewed


def machine_words(story: Story | None = None) -> list[str]:
    """Everything the machine found, quoted or suggested in ``an_interview``."""
    interview = (story or an_interview()).interview
    told = [record.suggestion.text for record in interview.suggestions.values()]
    told += [record.suggestion.reason for record in interview.suggestions.values()]
    for (_, kind, item), found in interview.findings.items():
        told += [quote.quote for quote in found.evidence]
        if kind is FindingKind.FLAG and found.state is FindingState.RAISED:
            told.append(item)
    started = interview.started
    assert started is not None
    told += [point.label for planned in started.plan for point in planned.points]
    told += [flag.label for flag in started.flags]
    told += [flag.benign_reading for flag in started.flags]
    return [text for text in told if text not in {each.label for each in started.competencies}]
