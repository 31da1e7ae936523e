"""What reviewers changed is in the summary and the report, and marked as theirs."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.coach.off_limits import LEFT_OUT
from copilot.events import Actor, Channel, FindingKind, FindingState
from copilot.review.markdown import to_markdown
from copilot.review.reading import read_reviewed
from copilot.review.report import report_of, report_to_json
from copilot.review.report_file import write_report
from copilot.review.reviewed import Reviewed
from copilot.review.reviewing import Review
from copilot.review.summarising import summarise
from copilot.store import SessionFolder
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.story import Story, evidence_of

AT_NINE = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder() -> SessionFolder:
    return keep(an_interview().events)


def _reviewed(folder: SessionFolder) -> Review:
    return Review(folder, by="ada", clock=lambda: AT_NINE)


def test_a_review_without_changes_leaves_the_summary_as_it_was(folder: SessionFolder) -> None:
    assert summarise(read_reviewed(folder)) == summarise(an_interview().interview)


def test_ratings_notes_and_findings_of_the_review_are_told(folder: SessionFolder) -> None:
    with _reviewed(folder) as review:
        review.rate("rollout", 3)
        review.note("Ask about the oven.", 12)
        review.set_finding("rollout", FindingKind.POINT, "pilot", FindingState.EVIDENCED)
    summary = summarise(read_reviewed(folder))

    rollout = summary.questions[0]
    assert (rollout.rating, rollout.rated_in_review) == (3, True)
    pilot = next(point for point in rollout.points if point.id == "pilot")
    assert (pilot.state, pilot.by) == (FindingState.EVIDENCED, Actor.HUMAN)
    assert [note.text for note in summary.notes] == ["Ask about the oven."]
    assert [(sitting.by, sitting.opened_at) for sitting in summary.reviews] == [
        ("ada", AT_NINE.isoformat(timespec="seconds"))
    ]
    assert summary.duration_s == 100
    assert summary.ended == "user"


def test_a_rating_given_after_looking_is_told_apart(folder: SessionFolder) -> None:
    with _reviewed(folder) as review:
        review.rate("rollout", 3)
        review.lift_blinding("metrics", "asked")
        review.rate("metrics", 2)
        review.lift_blinding(None, "report")
    rollout, metrics, team = summarise(read_reviewed(folder)).questions

    assert not rollout.rated_after_findings
    assert metrics.rated_after_findings
    assert not team.rated_after_findings


def test_corrected_text_is_told_with_what_was_heard(folder: SessionFolder) -> None:
    with _reviewed(folder) as review:
        review.correct("u2", "We *never* had a way back.")
    summary = summarise(read_reviewed(folder))

    (correction,) = summary.corrections
    assert (correction.utterance_id, correction.channel) == ("u2", Channel.CANDIDATE)
    assert correction.heard == "We had a way back to the old oven."
    points = {point.id: point for point in summary.questions[0].points}
    assert points["rollback"].corrected == ("u2",)
    assert points["rollback"].evidence[0].quote == "a way back to the old oven"
    assert points["training"].corrected == ()


def test_what_was_told_unasked_is_left_out_of_corrections_as_well(folder: SessionFolder) -> None:
    with _reviewed(folder) as review:
        review.correct("u2", "I'm pregnant, but I can start in May.")
    report = report_of(read_reviewed(folder))

    (correction,) = report.summary.corrections
    assert correction.text == f"{LEFT_OUT}, but I can start in May."
    line = next(line for line in report.transcript if line.utterance_id == "u2")
    assert line.text == correction.text
    assert b"pregnant" not in report_to_json(report)


def test_what_was_told_unasked_is_left_out_although_heard_of_the_interviewer() -> None:
    story = Story()
    story.ask("rollout")
    said = story.say("I am pregnant, but I can start in May.", channel=Channel.INTERVIEWER)
    story.end(at_s=60)
    folder = keep(story.events)
    with _reviewed(folder) as review:
        review.correct_speaker(said.id, Channel.CANDIDATE)
        review.set_finding(
            "rollout",
            FindingKind.POINT,
            "pilot",
            FindingState.EVIDENCED,
            (evidence_of(said),),
        )
    report = report_of(read_reviewed(folder))

    (correction,) = report.summary.corrections
    assert correction.heard == f"{LEFT_OUT}, but I can start in May."
    assert b"pregnant" not in report_to_json(report)


def test_what_was_misheard_is_left_out_where_its_correction_is_told_unasked() -> None:
    story = Story()
    story.ask("rollout")
    said = story.say("I am pregnent, but I can start in May.")
    story.find("pilot", FindingState.EVIDENCED, said=said)
    story.end(at_s=60)
    folder = keep(story.events)
    with _reviewed(folder) as review:
        review.correct(said.id, "I am pregnant, but I can start in May.")
    report = report_of(read_reviewed(folder))

    (correction,) = report.summary.corrections
    assert (correction.heard, correction.text) == (LEFT_OUT, f"{LEFT_OUT}, but I can start in May.")
    assert "told unasked about a" in to_markdown(report)
    assert b"pregn" not in report_to_json(report)


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("en", ["text corrected since", "Corrected text", "3 (after the interview)"]),
        ("fr", ["texte corrigé depuis", "Texte corrigé", "3 (après l'entretien)"]),
    ],
)
def test_the_report_marks_what_was_changed(
    folder: SessionFolder, language: str, marks: list[str]
) -> None:
    with _reviewed(folder) as review:
        review.rate("rollout", 3)
        review.correct("u2", "We *never* had a way back.")
    report = to_markdown(report_of(read_reviewed(folder), language))

    assert all(mark in report for mark in marks)
    assert "We \\*never\\* had a way back." in report
    assert "ada (2026-03-02T12:00:00+00:00)" in report


def test_the_report_is_written_into_the_sessions_folder(folder: SessionFolder) -> None:
    with _reviewed(folder) as review:
        review.rate("rollout", 3)
        path = write_report(folder, review.reviewed)
        first = path.read_text()
        review.rate("rollout", 1)
        assert write_report(folder, review.reviewed) == path

    assert path == folder.path / "reports" / "report.md"
    assert "3 (after" in first
    assert "1 (after" in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


@given(
    ratings=st.lists(
        st.tuples(st.sampled_from(["rollout", "metrics", "team"]), st.none() | st.integers(1, 4)),
        max_size=8,
    )
)
def test_what_is_read_again_is_what_was_left(tmp_path_factory, ratings) -> None:
    root = tmp_path_factory.mktemp("again")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEW_COPILOT_DATA", str(root))
        folder = keep(an_interview().events)
        with _reviewed(folder) as review:
            left: Reviewed = review.reviewed
            for question, rating in ratings:
                review.rate(question, rating)
        assert read_reviewed(folder) == left
        assert summarise(read_reviewed(folder)) == summarise(left)
