"""A comparison in words, section by section."""

from collections.abc import Iterable, Iterator, Sequence

from copilot.coach.off_limits import LEFT_OUT
from copilot.events import Channel, ConsentDecision, Evidence, FindingState
from copilot.review.comparing.cells import Cell, ComparedPoint, Heard, Judged
from copilot.review.comparing.model import Column, ComparedQuestion, Comparison, CompetencyCell
from copilot.review.comparing.words import WORDS, CompareWords
from copilot.review.opinions import Opinion
from copilot.review.outline import Block, Line, Outline, Section
from copilot.review.wording.finding import POINT_STATES
from copilot.timecode import timecode


def outline_of(comparison: Comparison) -> Outline:
    """The comparison in words of its language."""
    words = WORDS[comparison.language]
    names = [column.name for column in comparison.columns]
    sections = [Section(words.interviews, (), _blocks(names, _columns(comparison, words)))]
    for question in comparison.questions:
        cells = (tuple(_cell(cell, words)) for cell in question.cells)
        lead = tuple(_question_lead(comparison, question, words))
        sections.append(Section(question.text, lead, _blocks(names, cells)))
    labels = {question.id: question.label for question in comparison.questions}
    for competency in comparison.competencies:
        heading = f"{words.judging.competencies}{words.signs.colon}{competency.label}"
        cells = (tuple(_competency(cell, labels, words)) for cell in competency.cells)
        sections.append(Section(heading, (), _blocks(names, cells)))
    whole = (
        tuple(_judged(judged, words, nobody=words.no_recommendation))
        for judged in comparison.recommendations
    )
    sections.append(Section(words.recommendation, (), _blocks(names, whole)))
    title = words.title.format(title=comparison.title)
    return Outline(comparison.language, title, tuple(_lead(comparison, words)), tuple(sections))


def _blocks(names: Sequence[str], cells: Iterable[tuple[Line, ...]]) -> tuple[Block, ...]:
    return tuple(Block(name, lines) for name, lines in zip(names, cells, strict=True))


def _lead(comparison: Comparison, words: CompareWords) -> Iterator[str]:
    yield words.about
    yield words.by_alias if comparison.order == "alias" else words.by_date
    # A guide in another language is another text, and has another hash, but is no other version.
    versions = {(column.language, column.guide.sha256) for column in comparison.columns}
    for is_told, groups, differ, each in (
        (
            len(versions) > len(comparison.languages),
            *(comparison.guides, words.guides_differ, words.guide_version),
        ),
        (
            len(comparison.languages) > 1,
            *(comparison.languages, words.languages_differ, words.language),
        ),
    ):
        if is_told:
            yield differ
            for group in groups:
                names = ", ".join(map(comparison.name_of, group.sessions))
                yield each.format(value=group.value[:12], names=names)
    for left in comparison.left_out:
        yield words.not_compared.format(session=left.session_id, why=left.why)
    if any(LEFT_OUT in quote for quote in _quotes(comparison)):
        yield words.finding.left_out.format(sign=LEFT_OUT)


def _quotes(comparison: Comparison) -> Iterator[str]:
    for cell in (cell for question in comparison.questions for cell in question.cells):
        for evidence in (item.evidence for item in cell.points):
            yield from (item.quote for item in evidence)
        for evidence in (item.evidence for item in cell.flags):
            yield from (item.quote for item in evidence)


def _columns(comparison: Comparison, words: CompareWords) -> Iterator[tuple[Line, ...]]:
    for column in comparison.columns:
        yield tuple(map(Line, _column(column, words)))


def _column(column: Column, words: CompareWords) -> Iterator[str]:
    day = column.started_at[:16].replace("T", " ")
    yield words.started.format(day=day, length=timecode(column.duration_s))
    yield column.session_id
    if column.ended in ("failed", "interrupted"):
        yield words.session.endings[column.ended]
    if column.consent is ConsentDecision.DECLINED:
        yield words.declined
    yield words.guide.format(version=column.guide.sha256[:12], language=column.language)
    yield words.spoke.format(
        candidate=timecode(column.candidate_s), interviewer=timecode(column.interviewer_s)
    )
    told = words.signs.semicolon.join(_heard(column.heard, words)) or words.sound_good
    yield f"{words.session.source}{words.signs.colon}{told}"


def _question_lead(
    comparison: Comparison, question: ComparedQuestion, words: CompareWords
) -> Iterator[str]:
    if question.not_asked:
        planned = {cell.session_id for cell in question.cells if cell.planned}
        names = (
            comparison.name_of(each)
            if each in planned
            else words.not_planned_name.format(name=comparison.name_of(each))
            for each in question.not_asked
        )
        yield words.not_asked_to.format(names=", ".join(names))
    if question.texts_differ:
        yield words.texts_differ
    if question.points_differ:
        yield words.points_differ
    for point in question.probed:
        names_asked = ", ".join(map(comparison.name_of, point.asked))
        told = words.probed.format(
            label=point.label, asked=names_asked if point.not_asked else words.probed_all
        )
        if point.not_asked:
            missed = ", ".join(map(comparison.name_of, point.not_asked))
            told += words.probed_not.format(names=missed)
        yield told


def _cell(cell: Cell, words: CompareWords) -> Iterator[Line]:
    if not cell.planned:
        yield Line(words.not_planned)
        return
    if cell.asked:
        spent, planned = timecode(cell.seconds), f"{cell.minutes_planned or 0:g}"
        yield Line(words.time.format(spent=spent, planned=planned))
    else:
        yield Line(words.session.not_asked.capitalize())
    if cell.asked or cell.judged.opinions or cell.judged.withheld:
        yield from _judged(cell.judged, words, nobody=words.no_rating)
    if cell.asked:
        troubles = list(_heard(cell.heard, words))
        if troubles:
            told = words.signs.semicolon.join([*troubles, words.may_be_missing])
            yield Line(f"{words.session.source}{words.signs.colon}{told}")
    if cell.hidden:
        yield Line(words.hidden)
    yield from _points(cell, words)
    yield from _flags(cell, words)
    if cell.asked:
        yield from _probes(cell, words)


def _judged(judged: Judged, words: CompareWords, *, nobody: str) -> Iterator[Line]:
    if not judged.opinions and not judged.withheld:
        yield Line(nobody)
    for opinion in judged.opinions:
        yield Line(opinion_text(opinion, words), is_heading=bool(opinion.reason))
        if opinion.reason:
            yield Line(opinion.reason, 1)
    if judged.withheld:
        one, many = words.withheld
        yield Line((one if judged.withheld == 1 else many).format(count=judged.withheld))
    if judged.after_findings and judged.opinions:
        yield Line(words.judging.first_after_findings, 1)


def opinion_text(opinion: Opinion, words: CompareWords) -> str:
    """Who judged what, without their reason."""
    by = opinion.by or words.hearing.sides[Channel.INTERVIEWER]
    if opinion.rating is not None:
        told = f"{by}{words.signs.colon}{words.judging.of_four.format(rating=opinion.rating)}"
    else:
        told = f"{by}{words.signs.colon}{judgement_words(opinion, words)}"
    return f"{told} ({words.judging.in_review})" if opinion.in_review else told


def judgement_words(opinion: Opinion, words: CompareWords) -> str:
    """What was judged where that is no number; empty where it is one."""
    if opinion.recommendation is not None:
        return words.judging.recommendations[opinion.recommendation]
    return "" if opinion.unrated is None else words.judging.unrated[opinion.unrated]


def _points(cell: Cell, words: CompareWords) -> Iterator[Line]:
    for state in POINT_STATES:
        heading = words.finding.states[state].capitalize() + words.state_remarks.get(state, "")
        points = [point for point in cell.points if point.state is state]
        if not points or (state is FindingState.NOT_HEARD and not cell.asked):
            continue
        yield Line(heading, is_heading=True)
        for point in points:
            yield from _point(point, words)


def _point(point: ComparedPoint, words: CompareWords) -> Iterator[Line]:
    remarks = [words.finding.by_human] if point.by_human else []
    remarks += [words.finding.corrected] if point.corrected else []
    yield Line(f"{point.label} ({', '.join(remarks)})" if remarks else point.label, 1)
    yield from _evidence(point.evidence, words)


def _evidence(evidence: Sequence[Evidence], words: CompareWords) -> Iterator[Line]:
    for item in evidence:
        yield Line(words.quote.format(text=item.quote, at=timecode(item.start_s)), 2)


def _flags(cell: Cell, words: CompareWords) -> Iterator[Line]:
    if cell.flags:
        yield Line(words.finding.flags, is_heading=True)
    for flag in cell.flags:
        yield Line(flag.label, 1)
        yield from _evidence(flag.evidence, words)
        if flag.benign_reading:
            yield Line(words.finding.benign.format(text=flag.benign_reading), 2)


def _probes(cell: Cell, words: CompareWords) -> Iterator[Line]:
    if not cell.probes:
        yield Line(words.no_probes)
        return
    yield Line(words.probes, is_heading=True)
    for probe in cell.probes:
        form = words.quote if probe.heard else words.probe_taken
        yield Line(form.format(text=probe.text, at=timecode(probe.at_s)), 1)


def _heard(heard: Heard, words: CompareWords) -> Iterator[str]:
    if heard.lost_s:
        causes = ", ".join(words.hearing.causes[cause] for cause in heard.causes)
        yield words.lost.format(seconds=f"{heard.lost_s:.0f}", causes=causes)
    if heard.alarm_s:
        alarms = ", ".join(words.hearing.alarms[kind] for kind in heard.alarms)
        yield words.alarm.format(seconds=f"{heard.alarm_s:.0f}", alarms=alarms)
    if heard.doubtful:
        yield words.doubtful.format(doubtful=heard.doubtful, all=heard.utterances)
    if heard.discarded_s:
        yield words.discarded.format(seconds=f"{heard.discarded_s:.0f}")
    if not heard.utterances:
        yield words.no_text


def _competency(
    cell: CompetencyCell, labels: dict[str, str], words: CompareWords
) -> Iterator[Line]:
    if not cell.known:
        yield Line(words.unknown_competency)
        return
    yield from _judged(cell.judged, words, nobody=words.no_rating)
    for form, questions in (
        (words.sheds_light, cell.asked),
        (words.sheds_no_light, cell.not_asked),
    ):
        if questions:
            yield Line(form.format(questions=", ".join(labels[each] for each in questions)))
