"""What people judged, as the page tells it: rating, reason, when, and what it was before."""

from collections.abc import Sequence
from dataclasses import dataclass

from copilot.events import Unrated
from copilot.html.typography import date_text
from copilot.review.html.words import PAGE_WORDS
from copilot.review.judged import stands
from copilot.review.summary import Summary
from copilot.review.summary_parts import CompetencySummary, JudgementSummary, QuestionSummary
from copilot.timecode import timecode


@dataclass(frozen=True, slots=True)
class Earlier:
    """A judgement that does not stand any more.

    Attributes:
        rating: In words.
        reason: In the human's words; may be empty.
        given: When, and by whom where that is known.
    """

    rating: str
    reason: str
    given: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A question or competency and the human's word on it.

    Attributes:
        label: What was judged.
        rating: In words, such as ``3 of 4``.
        is_given: Whether it is a judgement, be it that nothing can be told.
        reason: In the human's words; may be empty.
        asides: When it was given, and whether that was after the findings were seen.
        earlier: What it was before, in order.
    """

    label: str
    rating: str
    is_given: bool
    reason: str
    asides: tuple[str, ...]
    earlier: tuple[Earlier, ...]

    @property
    def is_told(self) -> bool:
        """Whether anybody ever judged it."""
        return self.is_given or bool(self.earlier)


def judged_questions(summary: Summary, language: str) -> tuple[Judged, ...]:
    """The human's word on each question of the plan, in its order."""
    return tuple(
        Judged(
            label=question.label,
            rating=_rating(question.rating, question.unrated, language),
            is_given=stands(question),
            reason=question.reason,
            asides=(*_given(question, summary, language), *_led(question, language)),
            earlier=_earlier(question.earlier, summary, language),
        )
        for question in summary.questions
    )


def judged_competencies(summary: Summary, language: str) -> tuple[Judged, ...]:
    """The human's word on each competency, in the guide's order."""
    return tuple(
        Judged(
            label=competency.label,
            rating=_rating(competency.rating, competency.unrated, language),
            is_given=stands(competency),
            reason=competency.reason,
            asides=_led(competency, language),
            earlier=_earlier(competency.earlier, summary, language),
        )
        for competency in summary.competencies
    )


def moment_text(at_s: float, summary: Summary, language: str) -> str:
    """A time of the session, or the date of what happened after its end."""
    if at_s <= summary.duration_s:
        return timecode(at_s)
    words = PAGE_WORDS[language]
    return date_text(summary.started_at, words.date, words.months, at_s)


def given_text(at_s: float, by: str, summary: Summary, language: str) -> str:
    """When something was said, and by whom where that is known."""
    at = moment_text(at_s, summary, language)
    return f"{at}, {PAGE_WORDS[language].by.format(by=by)}" if by else at


def _rating(rating: int | None, unrated: Unrated | None, language: str, none: str = "") -> str:
    words = PAGE_WORDS[language]
    if rating is not None:
        return words.judging.of_four.format(rating=rating)
    if unrated is not None:
        return words.judging.unrated[unrated]
    return none or words.judging.not_rated


def _given(question: QuestionSummary, summary: Summary, language: str) -> tuple[str, ...]:
    """Whether it was given during the interview; who reviewed, where it was one person alone."""
    words = PAGE_WORDS[language]
    if not stands(question):
        return ()
    if not question.rated_in_review:
        return (words.in_interview,)
    people = {sitting.by for sitting in summary.reviews}
    if len(people) == 1:
        return (f"{words.judging.in_review}, {words.by.format(by=people.pop())}",)
    return (words.judging.in_review,)


def _led(judged: QuestionSummary | CompetencySummary, language: str) -> tuple[str, ...]:
    return (PAGE_WORDS[language].judging.after_findings,) if judged.rated_after_findings else ()


def _earlier(
    given: Sequence[JudgementSummary], summary: Summary, language: str
) -> tuple[Earlier, ...]:
    taken_back = PAGE_WORDS[language].judging.taken_back
    return tuple(
        Earlier(
            rating=_rating(each.rating, each.unrated, language, taken_back),
            reason=each.reason,
            given=given_text(each.at_s, each.by, summary, language),
        )
        for each in given
    )
