"""A merged panel in words, candidate by candidate."""

from collections.abc import Iterator

from copilot.review.opinions import Opinion
from copilot.review.outline import Block, Line, Outline, Section
from copilot.review.panel.merged import (
    Merged,
    MergedCandidate,
    MergedCell,
    MergedItem,
    MergedRater,
)
from copilot.review.panel.words import WORDS, PanelWords
from copilot.timecode import timecode


def outline_of(merged: Merged, language: str) -> Outline:
    """The merged panel in words of a language, ``en`` or ``fr``."""
    words = WORDS[language]
    lead = [words.about, *(words.problem.format(why=why) for why in merged.problems)]
    if not merged.candidates:
        lead.append(words.nobody)
    sections = [
        section for candidate in merged.candidates for section in _sections(candidate, words)
    ]
    title = words.title.format(name=merged.panel)
    return Outline(language, title, tuple(lead), tuple(sections))


def _sections(candidate: MergedCandidate, words: PanelWords) -> Iterator[Section]:
    lead = tuple(_lead(candidate, words))
    raters = tuple(Block(each.rater, tuple(_rater(each, words))) for each in candidate.raters)
    yield Section(_heading(candidate, words.raters, words), lead, raters)
    for item in candidate.items:
        told = words.signs.semicolon.join(words.talk[why] for why in item.talk)
        talk = (f"{words.talk_about}{words.signs.colon}{told}",) if told else ()
        blocks = tuple(Block(cell.rater, tuple(_cell(cell, words))) for cell in item.cells)
        yield Section(_heading(candidate, _label(item, words), words), talk, blocks)


def _heading(candidate: MergedCandidate, what: str, words: PanelWords) -> str:
    return words.of.format(candidate=candidate.candidate, what=what)


def _label(item: MergedItem, words: PanelWords) -> str:
    if item.kind == "recommendation":
        return words.judging.recommendation
    return words.competency.format(label=item.label) if item.kind == "competency" else item.label


def _lead(candidate: MergedCandidate, words: PanelWords) -> Iterator[str]:
    closed = [each.rater for each in candidate.raters if each.state != "open"]
    if closed:
        yield words.sealed.format(names=", ".join(closed))
    opened = [each for each in candidate.raters if each.state == "open"]
    if len({each.guide_sha256 for each in opened}) > 1:
        yield words.guides_differ
    talk = [_label(item, words) for item in candidate.items if item.talk]
    if talk:
        yield f"{words.talk_about}{words.signs.colon}{', '.join(talk)}"
    elif len(opened) > 1:
        yield words.nothing_to_talk


def _rater(rater: MergedRater, words: PanelWords) -> Iterator[Line]:
    yield Line(words.states[rater.state])
    for at in rater.handed_in:
        yield Line(words.handed_in.format(at=_moment(at)))
    for at in rater.withdrawn:
        yield Line(words.withdrawn.format(at=_moment(at)))
    if len(rater.handed_in) > 1:
        yield Line(words.again.format(count=len(rater.handed_in)))
    if rater.seen:
        yield Line(words.seen.format(names=", ".join(rater.seen)))
    if rater.incomplete:
        yield Line(words.incomplete)
    if rater.session_id:
        day = rater.started_at[:10]
        yield Line(words.session.format(day=day, session=rater.session_id))
    if rater.notes:
        yield Line(words.notes, is_heading=True)
    for moment_s, text in rater.notes:
        yield Line(words.note.format(at=timecode(moment_s), text=text), 1)


def _moment(iso: str) -> str:
    return iso[:16].replace("T", " ")


def _cell(cell: MergedCell, words: PanelWords) -> Iterator[Line]:
    if not cell.known:
        yield Line(words.unknown)
        return
    if cell.opinion is None:
        yield Line(words.not_asked if cell.asked is False else words.unjudged)
    else:
        yield Line(_said(cell.opinion, words), is_heading=bool(cell.opinion.reason))
        if cell.opinion.reason:
            yield Line(cell.opinion.reason, 1)
    for earlier in cell.earlier:
        yield Line(words.before.format(said=_with_reason(earlier, words)), 1)
    if cell.changed and cell.first is not None:
        yield Line(words.first.format(said=_with_reason(cell.first, words)), 1)
    elif cell.changed:
        yield Line(words.first_none, 1)
    if cell.after_findings and cell.opinion is not None:
        yield Line(words.judging.first_after_findings, 1)


def _with_reason(opinion: Opinion, words: PanelWords) -> str:
    said = _said(opinion, words)
    return f"{said} ({opinion.reason})" if opinion.reason else said


def _said(opinion: Opinion, words: PanelWords) -> str:
    if opinion.recommendation is not None:
        return words.judging.recommendations[opinion.recommendation]
    if opinion.rating is not None:
        return words.judging.of_four.format(rating=opinion.rating)
    return words.unjudged if opinion.unrated is None else words.judging.unrated[opinion.unrated]
