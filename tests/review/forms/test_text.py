"""The transcript as text: who said what and when, on 80 columns, and no terminal obeys it."""

import pytest
from hypothesis import given

from copilot.events import Channel, GapCause
from copilot.events.capture import AudioGap
from copilot.interview import replay
from copilot.review.forms.text import to_text
from copilot.review.reading import read_reviewed
from copilot.review.reviewing import Review
from tests.interview.strategies import stories
from tests.review.forms.told import HOSTILE, source_of
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.story import Story


def _text(story: Story, language: str | None = None) -> str:
    return to_text(source_of(story, language).report)


def test_every_line_says_when_and_who() -> None:
    text = _text(an_interview())

    assert text.startswith("Transcript: Head Baker\n======================\n")
    assert "\n[0:00] Interviewer: How would you bring in a new oven?\n" in text
    assert "\n[0:12] Candidate: There was no training whatsoever.\n" in text


def test_questions_head_what_was_said_under_them() -> None:
    story = an_interview()
    lines = _text(story).splitlines()

    heading = lines.index("How would you bring in a new oven?")
    assert lines[heading + 1] == "-" * len(lines[heading])
    assert lines[heading + 3].startswith("[0:00] Interviewer: ")


def test_talk_outside_the_plan_has_a_heading_once_a_question_was_asked() -> None:
    story = Story()
    story.say("Good morning.", channel=Channel.INTERVIEWER)
    story.ask("rollout")
    story.say("We had a pilot.")
    story.ask(None)
    story.say("Any questions of your own?", channel=Channel.INTERVIEWER)

    assert _text(story).count("Outside the plan\n----------------\n") == 1


def test_long_lines_are_wrapped_to_eighty_columns_under_their_speaker() -> None:
    story = Story()
    story.say("We took the old oven back into service. " * 20)

    lines = _text(story).splitlines()

    assert max(map(len, lines)) <= 80
    assert sum(line.startswith(" " * 10 + "W") or " oven " in line for line in lines) > 5


def test_what_is_doubtful_or_corrected_is_marked_and_the_marks_are_explained(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path))
    folder = keep(an_interview().events)
    with Review(folder, by="ada") as review:
        review.correct("u2", "We never had a way back.")
        review.correct_speaker("u3", Channel.INTERVIEWER)

    text = to_text(source_of(read_reviewed(folder)).report)

    assert "[0:05] Candidate: We never had a way back. [corrected]" in text
    assert "[0:12] Interviewer: There was no training whatsoever. [corrected]" in text
    assert "Mumble mumble. [doubtful]" in text
    top = text.split("[0:00]")[0]
    assert "[corrected] stands behind" in top
    assert "[doubtful] stands behind" in top


def test_marks_that_do_not_occur_are_not_explained() -> None:
    story = Story()
    story.say("We had a pilot.")

    assert "stands behind" not in _text(story)


def test_what_was_not_heard_stands_where_it_is_missing() -> None:
    story = Story()
    story.say("Before.", start_s=1)
    story.tell(
        AudioGap, at_s=20, channel=Channel.CANDIDATE, start_s=5, end_s=15, cause=GapCause.DEVICE
    )
    story.say("After.", start_s=20)
    text = _text(story)

    gap = text.index("[0:05-0:15] (Not heard: candidate, device lost)")
    assert text.index("Before.") < gap < text.index("After.")


def test_a_protected_fact_told_unasked_is_left_out_and_the_sign_explained() -> None:
    story = Story()
    story.ask("rollout")
    story.say("I have epilepsy, so we always had a way back.")
    text = _text(story)

    assert "epilepsy" not in text
    assert "[…] stands in a quote" in " ".join(text.split())


def test_a_french_one_is_french() -> None:
    text = _text(an_interview(), "fr")

    assert text.startswith("Transcription : Head Baker\n")
    assert "[0:12] Candidat : There was no training" in text
    assert "[incertain]" in text


def test_where_nothing_was_said_it_says_so() -> None:
    assert "Nothing was heard." in _text(Story())


@pytest.mark.parametrize("said", HOSTILE)
def test_no_terminal_obeys_what_was_said(said: str) -> None:
    story = Story()
    story.say(said)

    text = _text(story)

    assert all(character.isprintable() or character == "\n" for character in text)
    assert max(map(len, text.splitlines())) <= 80


@given(events=stories())
def test_any_interview_has_a_text(events) -> None:
    text = to_text(source_of(replay(events)).report)

    assert text.endswith("\n")
    assert max(map(len, text.splitlines())) <= 80
