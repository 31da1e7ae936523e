"""A guide as Markdown, for reading."""

from collections.abc import Iterator, Sequence

from copilot.knowledge.guide import Competency, Guide, Listened, Point, Question, RedFlag
from copilot.knowledge.sentence import origin_of

_WORDS = {
    "en": {
        "competencies": "Competencies",
        "skills": "Skills",
        "stages": "Stages",
        "questions": "Questions",
        "flags": "Red flags",
        "off_limits": "Not to be asked about",
        "sources": "Sources",
        "listens": "Answers are matched against the competencies.",
        "says": "Heard when candidates say, for example",
        "denied": "Denied when they say",
        "probes": "Probes",
        "why": "Why it matters",
        "benign": "It may also mean",
        "also": "Also asked as",
        "tips": "Tips",
        "nothing": "There is nothing to listen for yet.",
    },
    "fr": {
        "competencies": "Compétences",
        "skills": "Savoir-faire",
        "stages": "Étapes",
        "questions": "Questions",
        "flags": "Signaux d'alerte",
        "off_limits": "À ne pas demander",
        "sources": "Sources",
        "listens": "Les réponses sont comparées aux compétences.",
        "says": "Entendu quand le candidat dit, par exemple",
        "denied": "Démenti quand il dit",
        "probes": "Relances",
        "why": "Pourquoi cela compte",
        "benign": "Autre lecture possible",
        "also": "Se demande aussi ainsi",
        "tips": "Conseils",
        "nothing": "Il n'y a encore rien à écouter.",
    },
}


def to_text(guide: Guide, *, full: bool = False) -> str:
    """The guide, question by question; what it has not is not spoken of.

    Args:
        guide: In the language to show.
        full: Whether to show every sentence of ``says`` and ``not_says`` too.
    """
    return "\n".join(_lines(guide, full=full)) + "\n"


def _lines(guide: Guide, *, full: bool) -> Iterator[str]:
    words = _WORDS[guide.language]
    yield from (f"# {guide.title}", "", guide.summary, "")
    yield from _listed(words["tips"], guide.tips)
    yield from (f"## {words['questions']}", "")
    for question in guide.questions:
        yield from (*_question(guide, question, full=full), "")
    if guide.competencies:
        yield from (f"## {words['competencies']}", "")
    for competency in guide.competencies:
        yield from _competency(guide, competency, full=full)
    yield from _listed(words["skills"], [f"**{s.label}**: {s.description}" for s in guide.skills])
    if guide.stages:
        yield from (f"## {words['stages']}", "")
        for stage in guide.stages:
            yield f"- **{stage.label}**: {stage.description}"
            yield from (f"  - {tip}" for tip in stage.tips)
        yield ""
    if guide.red_flags:
        yield from (f"## {words['flags']}", "")
    for flag in guide.red_flags:
        yield from (*_flag(guide, flag, full=full), "")
    if guide.off_limits:
        yield from (f"## {words['off_limits']}", "", ", ".join(guide.off_limits), "")
    yield from _listed(
        words["sources"], [f"{source.title}. {source.note}".rstrip() for source in guide.sources]
    )


def _listed(title: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield from (f"## {title}", "", *(f"- {text}" for text in texts), "")


def _competency(guide: Guide, competency: Competency, *, full: bool) -> Iterator[str]:
    yield from (f"### {competency.label}", "", competency.description)
    if competency.anchors:
        yield ""
        for number, anchor in enumerate(competency.anchors.in_order(), start=1):
            yield f"{number}. {anchor}"
    if competency.says:
        yield from ("", *_point(guide, competency, full=full))
    yield ""


def _question(guide: Guide, question: Question, *, full: bool) -> Iterator[str]:
    words = _WORDS[guide.language]
    yield f"### {question.text}"
    yield ""
    yield f"`{question.id}`, {question.kind}, {question.minutes:g} min, {question.origin}"
    yield ""
    if question.tips:
        yield from (*(f"> {tip}" for tip in question.tips), "")
    if full and question.phrasings:
        yield f"{words['also']}:"
        yield from (f"- {phrasing}" for phrasing in question.phrasings)
        yield ""
    if not question.points:
        yield words["listens"] if guide.competencies else words["nothing"]
    for point in question.points:
        yield from _point(guide, point, full=full)


def _point(guide: Guide, point: Point, *, full: bool) -> Iterator[str]:
    words = _WORDS[guide.language]
    yield f"- **{point.label}** {'*' * point.weight} `{point.id}`: {point.description}"
    if point.probes:
        yield f"  - {words['probes']}: " + " / ".join(point.probes)
    if full:
        yield from _sentences(guide, point)


def _flag(guide: Guide, flag: RedFlag, *, full: bool) -> Iterator[str]:
    words = _WORDS[guide.language]
    yield f"- **{flag.label}** `{flag.id}`: {flag.description}"
    for title, text in (
        (words["why"], flag.why),
        (words["benign"], flag.benign_reading),
        (words["probes"], flag.probe),
    ):
        if text:
            yield f"  - {title}: {text}"
    if full:
        yield from _sentences(guide, flag)


def _sentences(guide: Guide, item: Listened) -> Iterator[str]:
    words = _WORDS[guide.language]
    for title, sentences in (
        (words["says"], item.says),
        (words["denied"], item.not_says.denials),
    ):
        if sentences:
            yield f"  - {title}:"
            yield from (f"    - {sentence}{_origin(sentence)}" for sentence in sentences)


def _origin(sentence: str) -> str:
    origin = origin_of(sentence)
    return f" ({origin})" if origin else ""
