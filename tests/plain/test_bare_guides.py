"""What is told aloud of a question for which the guide lists nothing."""

from copilot.plain.reading import points, where
from tests.bare_guides import BARE, THIN, told_with


def test_a_question_without_points_is_told_without_a_count() -> None:
    interview = told_with(BARE).interview

    assert where(interview, 47.0).endswith(
        "Guests. 0:07 of 5 minutes. The guide lists nothing to listen for here."
    )
    assert points(interview) == ["The guide lists nothing to listen for here."]


def test_a_point_with_its_label_alone_is_told_as_any_other() -> None:
    interview = told_with(THIN).interview

    assert "0 of 1 points heard" in where(interview, 47.0)
    assert points(interview) == ["1. Calm: not heard."]
