"""A guide as Markdown: to read, to print, or to paste into another tool."""

from collections.abc import Iterator, Sequence

from copilot import __version__
from copilot.guides.exporting.sheet import Asked, Sheet
from copilot.guides.exporting.words import WORDS, Words
from copilot.knowledge.guide import Competency, Listened, Point, RedFlag, Skill, Stage
from copilot.review.markdown_line import safe, table_head

_RATINGS = ("1", "2", "3", "4")


def to_markdown(sheet: Sheet) -> str:
    """The document, to be stored as UTF-8."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    guide, words = sheet.guide, WORDS[sheet.guide.language]
    yield f"# {safe(guide.title)}"
    yield ""
    if guide.summary != guide.title:
        yield safe(guide.summary)
    yield from _before(sheet, words)
    yield from ("", f"## {words.questions}", "", _total(sheet, words))
    for number, asked in enumerate(sheet.asked, start=1):
        yield from _question(number, asked, words, full=sheet.full)
    if sheet.competencies:
        yield from ("", f"## {words.competencies}")
        for competency in sheet.competencies:
            yield from _competency(competency, sheet, words)
    if guide.red_flags:
        yield from ("", f"## {words.flags}", "", words.about_flags(guide.red_flags))
        for flag in guide.red_flags:
            yield from _flag(flag, words, full=sheet.full)
    if guide.sources:
        yield from ("", f"## {words.sources}", "")
        for source in guide.sources:
            told = (source.title, source.file, source.note)
            yield "- " + ". ".join(safe(text).rstrip(".") for text in told if text)
    yield from ("", words.made.format(version=__version__))


def _total(sheet: Sheet, words: Words) -> str:
    return words.total_of(len(sheet.asked)).format(minutes=f"{sheet.minutes:g}")


def _before(sheet: Sheet, words: Words) -> Iterator[str]:
    guide = sheet.guide
    if guide.tips or guide.stages or guide.off_limits or guide.skills:
        yield from ("", f"## {words.before}")
    yield from _list(words.tips, guide.tips)
    yield from _list(words.off_limits, guide.off_limits)
    if guide.off_limits:
        yield from ("", words.off_limits_about)
    skills = [item.label + _described(item, words) for item in guide.skills]
    yield from _list(words.skills, skills)
    if guide.stages:
        yield from ("", f"### {words.stages}", "")
        for number, stage in enumerate(guide.stages, start=1):
            minutes = (
                f" ({words.minutes.format(minutes=f'{stage.minutes:g}')})" if stage.minutes else ""
            )
            yield f"{number}. **{safe(stage.label)}**{minutes}{safe(_described(stage, words))}"
            yield from (f"   - {safe(tip)}" for tip in stage.tips)


def _list(title: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield from ("", f"### {title}", "", *(f"- {safe(text)}" for text in texts))


def _question(number: int, asked: Asked, words: Words, *, full: bool) -> Iterator[str]:
    question = asked.question
    minutes = words.minutes.format(minutes=f"{asked.minutes:g}")
    yield from ("", f"### {number}. {safe(question.text)}", "")
    yield f"{minutes}{_origin(question.origin, full=full)}"
    yield from _quietly(f"{words.tips}{words.colon}", question.tips)
    if full:
        yield from _quietly(f"{words.also}{words.colon}", question.phrasings)
    yield from ("", f"{words.listen}{words.colon}" if question.points else words.listens)
    if question.points:
        yield ""
    for point in question.points:
        yield from _point(point, words, full=full)
    yield from ("", f"{words.rating}{words.colon} {_boxes(words)}", "")
    yield from (f"{words.notes}{words.colon}", "")


def _boxes(words: Words) -> str:
    return " ".join(f"☐ {value}" for value in (*_RATINGS, words.unrated))


def _quietly(title: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield from ("", title, "", *(f"- {safe(text)}" for text in texts))


def _point(point: Point, words: Words, *, full: bool) -> Iterator[str]:
    weight = words.weight[point.weight - 1]
    more = safe(_described(point, words)) + _origin(point.origin, full=full)
    yield f"- ☐ **{safe(point.label)}** ({weight}){more}"
    if point.probes:
        yield f"  - {words.probes}{words.colon}"
        yield from (f"    - {safe(probe)}" for probe in point.probes)
    if full:
        yield from _sentences(point, words)


def _sentences(item: Listened, words: Words) -> Iterator[str]:
    for title, sentences in (
        (words.says, item.says),
        (words.denials, item.not_says.denials),
        (words.near_misses, item.not_says.near_misses),
    ):
        if sentences:
            yield f"  - {title}{words.colon}"
            yield from (f"    - {safe(sentence)}" for sentence in sentences)


def _competency(competency: Competency, sheet: Sheet, words: Words) -> Iterator[str]:
    yield from ("", f"### {safe(competency.label)}", "")
    said = competency.description if competency.description != competency.label else ""
    if said or sheet.full:
        yield f"{safe(said)}{_origin(competency.origin, full=sheet.full)}".strip()
        yield ""
    if competency.anchors is None:
        yield words.without_anchors
    else:
        yield from table_head((words.rating, ""))
        for value, anchor in zip(_RATINGS, competency.anchors.in_order(), strict=True):
            yield f"| {value} | {safe(anchor)} |"
    listened = any(not asked.question.points for asked in sheet.asked)
    if listened and (competency.probes or competency.says):
        yield ""
        if competency.probes:
            yield f"- {words.probes}{words.colon}"
            yield from (f"  - {safe(probe)}" for probe in competency.probes)
        if sheet.full:
            yield from (line.removeprefix("  ") for line in _sentences(competency, words))
    yield from ("", f"{words.rating}{words.colon} {_boxes(words)}")


def _flag(flag: RedFlag, words: Words, *, full: bool) -> Iterator[str]:
    yield ""
    more = safe(_described(flag, words)) + _origin(flag.origin, full=full)
    yield f"- ☐ **{safe(flag.label)}**{more}"
    for title, text in (
        (words.why, flag.why),
        (words.benign, flag.benign_reading),
        (words.ask, flag.probe),
    ):
        if text:
            yield f"  - {title}{words.colon} {safe(text)}"
    if full:
        yield from _sentences(flag, words)


def _described(item: Skill | Stage | Point | RedFlag, words: Words) -> str:
    """What is said of it beside its label; a document often says no more than that."""
    return "" if item.description == item.label else f"{words.colon} {item.description}"


def _origin(origin: str, *, full: bool) -> str:
    return f" ({safe(origin)})" if full else ""
