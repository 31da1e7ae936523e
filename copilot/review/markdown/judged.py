"""What humans judged, as Markdown: the recommendation, competencies, ratings and their history."""

from collections.abc import Iterator

from copilot.review.judged import Judged, circumstances, history, is_judged, rating_text
from copilot.review.markdown_line import safe, table_head
from copilot.review.moments import moment_text
from copilot.review.summary import Summary
from copilot.review.summary_parts import QuestionSummary
from copilot.review.wording.judging import JUDGING
from copilot.review.wording.signs import SIGNS


def recommendation_lines(summary: Summary, language: str) -> Iterator[str]:
    """What the human recommends on the whole; nothing where they said nothing."""
    words, given = JUDGING[language], summary.recommendation
    if given is None:
        return
    aside = [safe(given.by)] if given.by else []
    aside.append(moment_text(given.at_s, summary.started_at, summary.duration_s))
    if given.earlier:
        aside.append(words.changed)
    yield f"## {words.your_recommendation}"
    yield ""
    yield f"**{words.recommendations[given.recommendation].capitalize()}** ({', '.join(aside)})"
    if given.reason:
        yield ""
        yield f"> {SIGNS[language].quote.format(text=safe(given.reason))}"
    yield ""


def competencies_lines(summary: Summary, language: str) -> Iterator[str]:
    """The competencies and how the human judged each; nothing where none was judged."""
    words = JUDGING[language]
    if not any(map(is_judged, summary.competencies)):
        return
    yield f"## {words.competencies}"
    yield ""
    yield from table_head(words.competency_columns)
    for item in summary.competencies:
        rating = rating_cell(item, language) if is_judged(item) else words.not_rated
        yield f"| {safe(item.label)} | {rating} | {safe(item.reason)} |"
    yield ""
    changed = [item for item in summary.competencies if item.earlier]
    for item in changed:
        yield f"- {safe(item.label)}{SIGNS[language].colon}{_history(item, summary, language)}"
    if changed:
        yield ""


def rating_cell(item: Judged, language: str) -> str:
    """The judgement that stands and how it came about; empty where there is none."""
    told, aside = rating_text(item, language), circumstances(item, language)
    return f"{told} ({', '.join(aside)})" if aside else told


def rated_lines(question: QuestionSummary, summary: Summary, language: str) -> Iterator[str]:
    """The judgement of an answer with its reason, and those before it; nothing where none is."""
    words = JUDGING[language]
    if not is_judged(question):
        return
    yield ""
    yield f"**{words.your_rating}**{SIGNS[language].colon}{rating_cell(question, language)}"
    if question.reason:
        yield ""
        yield f"> {SIGNS[language].quote.format(text=safe(question.reason))}"
    if question.earlier:
        yield ""
        yield _history(question, summary, language)


def _history(item: Judged, summary: Summary, language: str) -> str:
    words = JUDGING[language]
    told = safe("; ".join(history(item, summary, language)))
    return f"{words.earlier}{SIGNS[language].colon}{told}"
