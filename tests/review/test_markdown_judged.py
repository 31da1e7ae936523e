"""What humans judged, marked and corrected is told in the Markdown report, with its history."""

from pathlib import Path

import pytest

from copilot.events import (
    AlarmKind,
    AnsweredBy,
    Channel,
    DroppedSentences,
    FindingKind,
    FindingState,
    RecapPart,
    RecapSentence,
    RecapWritten,
)
from copilot.events.capture import AlarmCleared, AlarmRaised
from copilot.review.markdown import to_markdown
from copilot.review.reading import read_reviewed
from copilot.review.report import report_of
from copilot.review.reviewed import Reviewed
from copilot.review.reviewing import Review
from copilot.store import SessionFolder
from tests.review.forms.told import HOSTILE, judged
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.story import Story


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionFolder:
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path))
    return keep(an_interview().events)


def _written(
    folder: SessionFolder, language: str | None = None, *, transcript: bool = False
) -> str:
    return to_markdown(report_of(read_reviewed(folder), language), transcript=transcript)


def _told(story: Story) -> str:
    return to_markdown(report_of(Reviewed(story.interview)))


def test_the_recommendation_stands_as_the_human_gave_it(folder: SessionFolder) -> None:
    judged(folder)
    section = _written(folder).split("## Your recommendation")[1].split("##", maxsplit=1)[0]

    assert section == (
        "\n\n**Yes** (ada, 2026-03-02 12:00, changed)\n\n> “Would bake with them.”\n\n"
    )


def test_without_one_there_is_no_word_of_it(folder: SessionFolder) -> None:
    assert "recommend" not in _written(folder).lower()


def test_competencies_stand_with_rating_and_reason(folder: SessionFolder) -> None:
    judged(folder, lambda review: review.rate_competency("craft", 3, reason="After all."))
    section = _written(folder).split("## Competencies")[1].split("##", maxsplit=1)[0]

    assert "| Craft | 3 (changed) | After all. |" in section
    assert "- Craft: Before that: 4 (2026-03-02 12:00, ada, “Knows ovens.”)" in section


def test_a_rating_stands_with_its_reason_and_what_it_was_before(folder: SessionFolder) -> None:
    judged(folder)
    report = _written(folder)

    assert "| 3 (after the interview, changed) |" in report
    section = report.split("### How would you bring in a new oven?")[1].split("###", maxsplit=1)[0]
    assert "**Your rating**: 3 (after the interview, changed)" in section
    assert "> “They named the way back.”" in section
    assert "Before that: 2 (2026-03-02 12:00, ada, “Hardly any detail.”)" in section


def test_no_rating_says_why(folder: SessionFolder) -> None:
    judged(folder)
    report = _written(folder)

    assert "not enough to tell (after the interview)" in report
    assert "| not asked |  | not asked (after the interview) |" in report


def test_a_question_nobody_asked_lists_nothing_as_unheard(folder: SessionFolder) -> None:
    judged(folder, lambda review: review.rate("team", 2, reason="Told under another."))
    section = _written(folder).split("### Tell me about your team.")[1].split("## Worth")[0]

    assert "**Your rating**: 2" in section
    assert "Not heard" not in section


def test_a_rating_taken_back_says_so(folder: SessionFolder) -> None:
    judged(folder, lambda review: review.rate("rollout", None))

    assert "**Your rating**: taken back" in _written(folder)


def test_a_rating_given_during_the_call_has_the_time_of_the_call() -> None:
    story = an_interview_until_its_end()
    story.rate("rollout", 2)
    story.rate("rollout", 3)
    story.end(at_s=101)

    assert "Before that: 2 (1:35)" in _told(story)


def an_interview_until_its_end() -> Story:
    story = Story()
    story.ask("rollout", at_s=90)
    story.say("We had a way back.", start_s=93)
    return story


def test_a_quote_that_was_the_interviewers_is_taken_away_and_that_is_said(
    folder: SessionFolder,
) -> None:
    with Review(folder, by="ada") as review:
        review.correct_speaker("u2", Channel.INTERVIEWER)
    report = _written(folder)

    assert "a way back to the old oven”" not in report
    assert "- Way back (a quote was taken away: it is not the candidate's)" in report
    corrected = report.split("## Corrected text")[1]
    assert "0:05 interviewer: “We had a way back to the old oven.”" in corrected
    assert "(heard as the candidate's)" in corrected


def test_marks_stand_with_their_question(folder: SessionFolder) -> None:
    judged(folder)

    assert "## Marked moments\n\n- 1:01: Which figures do you watch?\n" in _written(folder)


def test_the_longest_stretch_is_told() -> None:
    story = Story()
    story.say("We had a way back.", start_s=5, length_s=61)

    assert "longest monologue of the candidate: 1:01, from 0:05" in _told(story)


def test_what_was_wrong_with_the_sound_is_told_with_its_times() -> None:
    story = Story()
    story.tell(AlarmRaised, at_s=10, channel=Channel.CANDIDATE, alarm=AlarmKind.SILENT, text="?")
    story.tell(AlarmCleared, at_s=70, channel=Channel.CANDIDATE, alarm=AlarmKind.SILENT)
    story.tell(AlarmRaised, at_s=80, channel=Channel.CANDIDATE, alarm=AlarmKind.CLIPPING, text="?")
    section = _told(story).split("## What limits this report")[1].split("##", maxsplit=1)[0]

    assert "- 0:10-1:10 candidate: " in section
    assert "- 1:20-the end candidate: " in section


def test_the_transcript_stands_at_the_end_where_it_is_wanted(folder: SessionFolder) -> None:
    with Review(folder, by="ada") as review:
        review.correct("u2", "We never had a way back.")

    assert "## Transcript" not in _written(folder)
    transcript = _written(folder, transcript=True).split("## Transcript")[1]
    assert "### How would you bring in a new oven?" in transcript
    assert "0:05 **candidate**: We never had a way back. _(corrected)_" in transcript
    assert "0:16 **candidate**: Mumble mumble. _(doubtful)_" in transcript


def test_the_prose_of_a_language_model_stands_under_its_question(folder: SessionFolder) -> None:
    with Review(folder, by="ada") as review:
        review.keep(
            RecapWritten,
            language="en",
            parts=(
                RecapPart(
                    question="rollout",
                    sentences=(RecapSentence(text="They had a way back.", utterance_ids=("u2",)),),
                ),
            ),
            proposed=3,
            dropped=(DroppedSentences(check="figures", count=2),),
            unread=(),
            answered_by=AnsweredBy(model="small-1", prompt="recap", prompt_sha256="ab" * 32),
            goes_to="",
            tokens_in=1,
            tokens_out=1,
        )
    report = _written(folder)

    section = report.split("### How would you bring in a new oven?")[1].split("###", maxsplit=1)[0]
    assert "- They had a way back. (u2)" in section
    made = report.split("## Made with")[1]
    assert "small-1" in made
    assert "abababababab" in made
    assert "3" in made
    assert "(2)" in made


def test_a_french_report_tells_it_in_french(folder: SessionFolder) -> None:
    judged(folder)
    report = _written(folder, "fr", transcript=True)

    assert "## Votre recommandation\n\n**Oui** (ada, 2026-03-02 12:00, modifiée)" in report
    assert "**Votre appréciation** : 3 (après l'entretien, modifiée)" in report
    assert "pas assez d'éléments" in report
    assert "## Transcription" in report
    assert "**candidat**" in report


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isprintable()])
def test_what_humans_write_formats_nothing(folder: SessionFolder, text: str) -> None:
    judged(folder, lambda review: review.rate("rollout", 1, reason=text))
    with Review(folder, by="<b>ada</b>") as review:
        review.rate("metrics", 1, reason="So.")
        review.rate("metrics", 2, reason="Or so.")
        review.set_finding("rollout", FindingKind.POINT, "pilot", FindingState.UNCLEAR)
    report = _written(folder)

    assert "<script>" not in report
    assert "<b>" not in report
    assert "</v>" not in report
