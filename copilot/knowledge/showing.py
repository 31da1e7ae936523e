"""A guide as Markdown, for reading."""

from collections.abc import Iterator

from copilot.knowledge.guide import Guide, Listened, Point, Question, RedFlag

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
    },
}


def to_text(guide: Guide, *, full: bool = False) -> str:
    """The guide, question by question.

    Args:
        guide: In the language to show.
        full: Whether to show every sentence of ``says`` and ``not_says`` too.
    """
    words = _WORDS[guide.language]
    lines = [f"# {guide.title}", "", guide.summary, ""]
    lines += [f"## {words['questions']}", ""]
    for question in guide.questions:
        lines += [*_question(guide, question, full=full), ""]
    lines += [f"## {words['competencies']}", ""]
    for competency in guide.competencies:
        lines += [f"### {competency.label}", "", competency.description, ""]
        anchors = competency.anchors.in_order() if competency.anchors else ()
        lines += [f"{number}. {anchor}" for number, anchor in enumerate(anchors, start=1)]
        if competency.says:
            lines += ["", *_point(guide, competency, full=full)]
        lines.append("")
    for key, items in (("skills", guide.skills), ("stages", guide.stages)):
        if items:
            lines += [f"## {words[key]}", ""]
            lines += [f"- **{item.label}**: {item.description}" for item in items] + [""]
    lines += [f"## {words['flags']}", ""]
    for flag in guide.red_flags:
        lines += [*_flag(guide, flag, full=full), ""]
    lines += [f"## {words['off_limits']}", "", ", ".join(guide.off_limits), ""]
    lines += [f"## {words['sources']}", ""]
    lines += [f"- {source.title}. {source.note}".rstrip() for source in guide.sources] + [""]
    return "\n".join(lines)


def _question(guide: Guide, question: Question, *, full: bool) -> Iterator[str]:
    words = _WORDS[guide.language]
    yield f"### {question.text}"
    yield ""
    yield f"`{question.id}`, {question.kind}, {question.minutes:g} min, {question.origin}"
    yield ""
    if full and question.phrasings:
        yield f"{words['also']}:"
        yield from (f"- {phrasing}" for phrasing in question.phrasings)
        yield ""
    if not question.points:
        yield words["listens"]
    for point in question.points:
        yield from _point(guide, point, full=full)


def _point(guide: Guide, point: Point, *, full: bool) -> Iterator[str]:
    words = _WORDS[guide.language]
    yield f"- **{point.label}** {'*' * point.weight} `{point.id}`: {point.description}"
    yield f"  - {words['probes']}: " + " / ".join(point.probes)
    if full:
        yield from _sentences(guide, point)


def _flag(guide: Guide, flag: RedFlag, *, full: bool) -> Iterator[str]:
    words = _WORDS[guide.language]
    yield f"- **{flag.label}** `{flag.id}`: {flag.description}"
    yield f"  - {words['why']}: {flag.why}"
    yield f"  - {words['benign']}: {flag.benign_reading}"
    yield f"  - {words['probes']}: {flag.probe}"
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
            yield from (f"    - {sentence}" for sentence in sentences)
