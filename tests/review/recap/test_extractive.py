"""The recap in quotes: what was heard of each question, and what limits it."""

import dataclasses

import pytest

from copilot.events import (
    Actor,
    AlarmKind,
    AlarmRaised,
    AudioGap,
    Channel,
    ConsentDecision,
    Evidence,
    FindingState,
    GapCause,
    SuggestionFate,
)
from copilot.review.markdown import to_markdown
from copilot.review.recap.data import recap_schema, recap_to_json
from copilot.review.recap.extractive import ExtractiveRecap, extract
from copilot.review.recap.markdown import recap_markdown, recap_text
from copilot.review.recap.model import LimitKind, RowKind
from copilot.review.recap.quoting import best_quote
from copilot.review.report import ReportLine, report_of
from copilot.review.reviewed import Reviewed
from tests.review.story import an_interview
from tests.story import Story


def _recap(story: Story | None = None, language: str = "en") -> ExtractiveRecap:
    return extract(report_of(Reviewed((story or an_interview()).interview), language))


def test_each_point_stands_under_its_state_with_its_quote() -> None:
    rollout = _recap().questions[0]

    [heard] = rollout.evidenced
    assert heard.label == "Way back"
    assert heard.quote is not None
    assert heard.quote.quote == "a way back to the old oven"
    assert [point.id for point in rollout.denied] == ["training"]
    assert [point.id for point in rollout.unclear] == ["pilot"]
    assert rollout.unclear[0].quote is None
    assert rollout.not_heard == ()


def test_what_a_human_set_without_a_quote_says_whose_it_is() -> None:
    metrics = _recap().questions[1]

    assert [(point.id, point.by, point.quote) for point in metrics.evidenced] == [
        ("waste", Actor.HUMAN, None)
    ]


def test_a_flag_comes_with_its_benign_reading_and_its_quote() -> None:
    [flag] = _recap().questions[0].flags

    assert flag.benign_reading == "It was that one project."
    assert flag.quote is not None
    assert flag.quote.quote == "In the end I did it all by myself."


def test_only_suggestions_that_were_asked_are_follow_ups() -> None:
    recap = _recap()

    asked = [item for question in recap.questions for item in question.follow_ups]
    assert [item.fate for item in asked] == [SuggestionFate.ASKED]
    rows = [row.text for row in recap.timeline if row.kind is RowKind.FOLLOW_UP]
    assert rows == [item.text for item in asked]


def test_the_timeline_is_in_order_and_tells_nothing_that_was_found() -> None:
    rows = _recap().timeline

    assert [row.start_s for row in rows] == sorted(row.start_s for row in rows)
    assert [row.text for row in rows if row.kind is RowKind.QUESTION] == [
        "New oven",
        "Figures",
        "New oven",
        "Figures",
    ]


def test_what_limits_the_recap_is_told_first() -> None:
    story = an_interview()
    limits = {limit.kind: limit for limit in _recap(story).limits}

    assert (limits[LimitKind.DOUBTFUL].count, limits[LimitKind.DOUBTFUL].total) == (1, 5)
    assert limits[LimitKind.DISCARDED].seconds == 2.5
    assert limits[LimitKind.REFUSED].count == 1
    assert (limits[LimitKind.NOT_ASKED].count, limits[LimitKind.NOT_ASKED].total) == (1, 3)


def test_gaps_and_a_silent_side_limit_it_by_cause_and_length() -> None:
    story = Story()
    story.ask("rollout")
    story.say("We tried it.")
    story.tell(AlarmRaised, channel=Channel.CANDIDATE, alarm=AlarmKind.SILENT, text="Silent.")
    for start_s in (20.0, 40.0):
        end_s = start_s + 5
        times = {"start_s": start_s, "end_s": end_s}
        story.tell(AudioGap, at_s=end_s, channel=None, cause=GapCause.OFF_RECORD, **times)
    story.end(at_s=132)
    recap = _recap(story)

    [gap] = recap.gaps
    assert (gap.cause, gap.count, gap.seconds) == (GapCause.OFF_RECORD, 2, 10.0)
    told = recap_markdown(recap)
    assert "0:10 of both sides were not recorded, in 2 stretches (off the record)." in told
    assert "The sound of the candidate's side was no use for 2:10" in told


def test_nothing_of_a_question_that_waits_for_its_rating_is_told() -> None:
    report = report_of(Reviewed(an_interview().interview))
    recap = extract(report, hidden=("rollout",))

    assert [question.id for question in recap.questions] == ["metrics", "team"]
    assert [question.label for question in recap.hidden] == ["New oven"]
    told = recap_markdown(recap) + recap_to_json(recap).decode()
    for secret in ("Way back", "a way back", "by myself", "Works alone"):
        assert secret not in told
    assert "until you have rated the answer: New oven" in told


def test_a_session_whose_candidate_declined_says_so() -> None:
    story = Story(consent=ConsentDecision.DECLINED)
    story.ask("rollout")
    story.rate("rollout", 3)
    story.end(at_s=60)
    recap = _recap(story)

    assert [limit.kind for limit in recap.limits] == [LimitKind.DECLINED, LimitKind.NOT_ASKED]
    for language, word in (("en", "declined to be recorded"), ("fr", "a refusé")):
        assert word in recap_markdown(_recap(story, language))
        assert word in to_markdown(report_of(Reviewed(story.interview), language))


def test_a_session_in_which_nothing_was_heard_says_so() -> None:
    story = Story()
    story.end(at_s=10)

    assert "Nothing was heard at all." in recap_markdown(_recap(story))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_told_in_either_language_whatever_was_spoken(language: str) -> None:
    told = recap_markdown(_recap(language=language))

    assert ("## Chronologie" in told) == (language == "fr")
    assert "a way back to the old oven" in told
    for wrong in ("score", "rank", "{", "None"):
        assert wrong not in told.replace("\\{", "")


def test_nothing_said_can_format_the_document() -> None:
    story = Story()
    story.ask("rollout")
    said = story.say("See <b>https://x.example</b> *now*.")
    story.find("rollback", FindingState.EVIDENCED, said=said)
    told = recap_markdown(_recap(story))

    assert "<b>" not in told.replace("\\<b", "")
    assert "https://" not in told


def test_plain_text_holds_no_marks_and_nothing_that_moves_a_cursor() -> None:
    recap = dataclasses.replace(_recap(), title="Head\x1b[31m Baker #1_2")
    told = recap_text(recap)

    assert "Recap: Head [31m Baker #1_2\n====" in told
    assert "    “a way back to the old oven” (0:05; u2)" in told
    for mark in ("**", "\x1b", "\\", "| ---", "## "):
        assert mark not in told


def test_the_quote_that_can_be_relied_on_is_the_one_shown() -> None:
    quotes = {
        "u1": "Yes.",
        "u2": "We kept the old oven ready for a month.",
        "u3": "We kept the old oven ready for 30 days.",
        "u4": "We kept 2 old ovens ready, I think, or so.",
    }
    lines = {
        uid: ReportLine(
            utterance_id=uid,
            speaker=Channel.CANDIDATE,
            start_s=float(at),
            end_s=at + 1.0,
            text=text,
            corrected=False,
            uncertain=uid == "u4",
            question="rollout",
        )
        for at, (uid, text) in enumerate(quotes.items())
    }
    evidence = [
        Evidence(utterance_ids=(uid,), quote=text, start_s=lines[uid].start_s, end_s=9.0)
        for uid, text in quotes.items()
    ]

    assert best_quote(evidence, (), lines) == evidence[2]
    assert best_quote(evidence, ("u3",), lines) == evidence[1]
    hidden = dataclasses.replace(evidence[1], quote="We kept […] ready for a month.")
    assert best_quote([evidence[0], hidden], (), lines) == evidence[0]
    assert best_quote([], (), lines) is None


def test_it_can_be_had_as_data() -> None:
    assert recap_to_json(_recap()).startswith(b"{")
    assert "limits" in recap_schema()["properties"]
