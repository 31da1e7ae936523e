"""What humans judged, in words for every form of report: ratings, why none, and their history."""

from collections.abc import Iterator

from copilot.review.moments import moment_text
from copilot.review.summary import Summary
from copilot.review.summary_parts import CompetencySummary, JudgementSummary, QuestionSummary
from copilot.review.wording.judging import JUDGING
from copilot.review.wording.signs import SIGNS

Judged = QuestionSummary | CompetencySummary


def stands(item: Judged) -> bool:
    """Whether a judgement stands, be it that nothing can be told."""
    return item.rating is not None or item.unrated is not None


def is_judged(item: Judged) -> bool:
    """Whether a human judged it, be it that they took it back."""
    return stands(item) or bool(item.earlier)


def rating_text(item: Judged, language: str) -> str:
    """The judgement that stands: a rating, why there is none, or that it was taken back."""
    words = JUDGING[language]
    if item.rating is not None:
        return str(item.rating)
    if item.unrated is not None:
        return words.unrated[item.unrated]
    return words.taken_back if item.earlier else ""


def circumstances(item: Judged, language: str) -> list[str]:
    """When and after what the judgement that stands was given, in a few words each."""
    words = JUDGING[language]
    told = []
    if isinstance(item, QuestionSummary) and item.rated_in_review:
        told.append(words.in_review)
    if item.rated_after_findings:
        told.append(words.after_findings)
    if item.earlier and stands(item):
        told.append(words.changed)
    return told


def history(item: Judged, summary: Summary, language: str) -> Iterator[str]:
    """The judgements before the one that stands, each with its time, who gave it, and why."""
    for given in item.earlier:
        yield _earlier(given, summary, language)


def _earlier(given: JudgementSummary, summary: Summary, language: str) -> str:
    words = JUDGING[language]
    if given.rating is not None:
        value = str(given.rating)
    else:
        value = words.taken_back if given.unrated is None else words.unrated[given.unrated]
    aside = [moment_text(given.at_s, summary.started_at, summary.duration_s)]
    aside += [given.by] if given.by else []
    aside += [SIGNS[language].quote.format(text=given.reason)] if given.reason else []
    return f"{value} ({', '.join(aside)})"
