"""What humans judged and wrote, in the shape in which applicant-tracking systems hold scorecards.

The shape is that of Greenhouse's Harvest API, version 1, as its documentation had it in August 2025
(``GET /v1/scorecards``, https://developers.greenhouse.io/harvest.html#the-scorecard-object), taken
as an example that others resemble. Nothing the machine found, quoted or suggested goes into it, and
nothing in it was counted or added up.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from copilot.review.forms.scorecard_mapping import AttributeName, ScorecardMapping, Submitter
from copilot.review.judged import history, stands
from copilot.review.report import Report
from copilot.review.summary import Summary
from copilot.review.summary_parts import CompetencySummary, QuestionSummary
from copilot.review.wording.judging import JUDGING
from copilot.review.wording.signs import SIGNS
from copilot.timecode import timecode

_WORDS = ("definitely_not", "no", "mixed", "yes", "strong_yes")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A competency or question that a human judged.

    Attributes:
        name: What it is called there.
        type: Its group there.
        note: The human's reason; None where they gave none.
        rating: The word for their judgement.
    """

    name: str
    type: str
    note: str | None
    rating: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the scorecard itself and what the human wrote.

    Attributes:
        id: Its id there, which we do not know.
        question: The question.
        answer: What they wrote.
    """

    id: int | None
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A scorecard; the fields are named as in that API.

    Attributes:
        interview: What the interview is called.
        interviewed_at: When it began, ISO 8601 in UTC.
        submitted_by: Who judged: ``id``, ``name`` and ``employee_id``.
        submitted_at: None: it is submitted there and not here.
        overall_recommendation: The word for what the human recommends; None where they said
            nothing.
        attributes: What they judged, competencies first.
        ratings: The attributes' names by the word for their rating.
        questions: What they wrote.
    """

    interview: str
    interviewed_at: str
    submitted_by: dict[str, int | str | None]
    submitted_at: None
    overall_recommendation: str | None
    attributes: tuple[Attribute, ...]
    ratings: dict[str, list[str]]
    questions: tuple[Question, ...]


def scorecard_of(report: Report, mapping: ScorecardMapping | None = None) -> Scorecard:
    """What the human judged and wrote; what they did not judge is left out."""
    mapping, summary = mapping or ScorecardMapping(), report.summary
    attributes = tuple(_attributes(report, mapping))
    given = summary.recommendation
    return Scorecard(
        interview=mapping.interview or summary.guide.title,
        interviewed_at=_in_utc(summary.started_at),
        submitted_by=_submitter(summary, mapping.submitted_by),
        submitted_at=None,
        overall_recommendation=(
            None if given is None else mapping.recommendations[given.recommendation]
        ),
        attributes=attributes,
        ratings={
            word: [each.name for each in attributes if each.rating == word] for word in _WORDS
        },
        questions=tuple(_questions(summary, mapping)),
    )


def to_scorecard(report: Report, mapping: ScorecardMapping | None = None) -> str:
    """The scorecard as indented JSON with a newline at its end."""
    card = scorecard_of(report, mapping)
    return json.dumps(asdict(card), indent=2, ensure_ascii=False) + "\n"


def _attributes(report: Report, mapping: ScorecardMapping) -> Iterator[Attribute]:
    summary = report.summary
    names = mapping.attributes.get(summary.guide.role, {})
    for kind, items in (
        (mapping.competency_type, summary.competencies),
        (mapping.question_type, summary.questions),
    ):
        for item in items:
            named = names.get(item.id, AttributeName())
            if named.leave_out or not stands(item):
                continue
            yield Attribute(
                name=named.name or item.label,
                type=named.type or kind,
                note=_note(report, item),
                rating=mapping.unrated if item.rating is None else mapping.ratings[item.rating],
            )


def _note(report: Report, item: CompetencySummary | QuestionSummary) -> str | None:
    """Why, and why there is no rating, and what stood before: all of it the human's."""
    words, told = JUDGING[report.language], []
    if item.unrated is not None:
        told.append(words.unrated[item.unrated])
    if item.reason:
        told.append(item.reason)
    if item.earlier:
        before = "; ".join(history(item, report.summary, report.language))
        told.append(f"{words.earlier}{SIGNS[report.language].colon}{before}")
    return "\n".join(told) or None


def _questions(summary: Summary, mapping: ScorecardMapping) -> Iterator[Question]:
    if summary.recommendation is not None and summary.recommendation.reason:
        yield Question(None, mapping.reason, summary.recommendation.reason)
    if summary.notes:
        notes = (f"{timecode(note.moment_s)} {note.text}" for note in summary.notes)
        yield Question(None, mapping.notes, "\n".join(notes))


def _submitter(summary: Summary, named: Submitter) -> dict[str, int | str | None]:
    by = "" if summary.recommendation is None else summary.recommendation.by
    if not by and summary.reviews:
        by = summary.reviews[-1].by
    return {"id": named.id, "name": named.name or by or None, "employee_id": named.employee_id}


def _in_utc(started_at: str) -> str:
    try:
        moment = datetime.fromisoformat(started_at).astimezone(UTC)
    except ValueError:
        return started_at
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
