"""Setting sessions for one role side by side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from copilot.events import (
    Actor,
    Evidence,
    FindingState,
    PlannedQuestion,
    SuggestionFate,
    SuggestionKind,
)
from copilot.review.comparing.cells import AskedProbe, Cell, ComparedFlag, ComparedPoint, Judged
from copilot.review.comparing.columns import Source, columns_of, in_order, together
from copilot.review.comparing.hearing import heard_over, said_by_candidate
from copilot.review.comparing.model import (
    ComparedCompetency,
    ComparedQuestion,
    Comparison,
    CompetencyCell,
    LeftOut,
    Order,
    ProbedPoint,
)
from copilot.review.comparing.reader import Reader
from copilot.review.summary_parts import FlagSummary, PointSummary, QuestionSummary

_T = TypeVar("_T")
_PUT = {SuggestionFate.TAKEN, SuggestionFate.ASKED}


def compare(
    sources: Iterable[Source],
    *,
    role: str,
    language: str,
    reader: Reader,
    order: Order = "date",
    left_out: Sequence[LeftOut] = (),
) -> Comparison:
    """Sessions for one role side by side.

    Args:
        sources: At least one.
        role: The guide's id.
        language: The comparison's language, ``en`` or ``fr``.
        reader: For whom it is.
        order: By date or by alias; there is no other on purpose.
        left_out: What could not be compared, to be told.
    """
    ordered = in_order(sources, order)
    best = next((s for s in ordered if s.summary.language == language), ordered[0])
    first = [best, *(source for source in ordered if source is not best)]
    return Comparison(
        language=language,
        role=role,
        title=best.summary.guide.title,
        order=order,
        columns=columns_of(ordered),
        guides=together(ordered, (source.summary.guide.sha256 for source in ordered)),
        languages=together(ordered, (source.summary.language for source in ordered)),
        questions=tuple(
            _question(planned, ordered, reader)
            for planned in _each_once(
                first, lambda source: source.state.interview.plan, lambda each: each.id
            )
        ),
        competencies=tuple(
            ComparedCompetency(
                id=known.id,
                label=known.label,
                cells=tuple(_competency(known.id, source, reader) for source in ordered),
            )
            for known in _each_once(
                first, lambda source: source.state.interview.competencies, lambda each: each.id
            )
        ),
        recommendations=tuple(
            reader.sees(source, source.opinions.on_the_whole()) for source in ordered
        ),
        left_out=tuple(left_out),
    )


def _each_once(
    sources: Sequence[Source],
    things: Callable[[Source], Iterable[_T]],
    id_of: Callable[[_T], str],
) -> list[_T]:
    """Everything that any session has, in the words of the first that has it."""
    found: dict[str, _T] = {}
    for source in sources:
        for thing in things(source):
            found.setdefault(id_of(thing), thing)
    return list(found.values())


def _question(
    planned: PlannedQuestion, sources: Sequence[Source], reader: Reader
) -> ComparedQuestion:
    cells = tuple(_cell(planned.id, source, reader) for source in sources)
    plans = _planned(sources, planned.id)
    wordings = {
        (source.summary.language, each.text)
        for source in sources
        for each in source.summary.questions
        if each.id == planned.id
    }
    return ComparedQuestion(
        id=planned.id,
        label=planned.label,
        text=planned.text,
        texts_differ=len(wordings) > len({language for language, _text in wordings}),
        points_differ=len({tuple(p.id for p in each.points) for each in plans}) > 1,
        not_asked=tuple(cell.session_id for cell in cells if not cell.asked),
        probed=_probed(cells, _labels(sources, planned.id)),
        cells=cells,
    )


def _cell(question: str, source: Source, reader: Reader) -> Cell:
    state, summary = source.state, source.summary
    asked = next((each for each in summary.questions if each.id == question), None)
    if asked is None:
        return Cell(
            session_id=source.id,
            planned=False,
            asked=False,
            minutes_planned=None,
            seconds=0.0,
            judged=Judged(opinions=(), withheld=0, after_findings=False),
            hidden=False,
            points=(),
            flags=(),
            probes=(),
            heard=heard_over(state, [], []),
        )
    judged = reader.sees(
        source,
        source.opinions.of_question(question),
        after_findings=asked.rated_after_findings,
    )
    # Also where others have rated it: what was found would lead whoever has not.
    hidden = not state.may_see(question) or judged.withheld > 0
    return Cell(
        session_id=source.id,
        planned=True,
        asked=asked.asked,
        minutes_planned=asked.minutes_planned,
        seconds=asked.seconds,
        judged=judged,
        hidden=hidden and _has_findings(asked, summary.flags),
        points=() if hidden else tuple(map(_point, asked.points)),
        flags=()
        if hidden
        else tuple(_flag(flag) for flag in summary.flags if flag.question == question),
        probes=_probes(source, question, hidden=hidden),
        heard=heard_over(
            state,
            [(span.start_s, span.end_s) for span in asked.spans],
            said_by_candidate(state, question),
        ),
    )


def _has_findings(question: QuestionSummary, flags: Sequence[FlagSummary]) -> bool:
    """Whether there is anything to hide: an answer, or a word on it under another question."""
    found = any(point.state is not FindingState.NOT_HEARD for point in question.points)
    return question.asked or found or any(flag.question == question.id for flag in flags)


def _point(point: PointSummary) -> ComparedPoint:
    return ComparedPoint(
        id=point.id,
        label=point.label,
        state=point.state,
        by_human=point.by is Actor.HUMAN,
        evidence=_timed(point.evidence),
        corrected=bool(point.corrected),
    )


def _flag(flag: FlagSummary) -> ComparedFlag:
    return ComparedFlag(
        id=flag.id,
        label=flag.label,
        benign_reading=flag.benign_reading,
        evidence=_timed(flag.evidence),
    )


def _timed(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda item: item.start_s))


def _probes(source: Source, question: str, *, hidden: bool) -> tuple[AskedProbe, ...]:
    return tuple(
        AskedProbe(
            text=each.text,
            target=each.target,
            at_s=each.offered_at_s if each.closed_at_s is None else each.closed_at_s,
            heard=each.fate is SuggestionFate.ASKED,
        )
        for each in source.summary.suggestions
        if each.question == question
        and each.kind is not SuggestionKind.NEXT_QUESTION
        and each.fate in _PUT
        # What asks about a red flag tells that one was found.
        and not (hidden and each.kind is SuggestionKind.CLARIFY)
    )


def _probed(cells: Sequence[Cell], labels: Mapping[str, str]) -> tuple[ProbedPoint, ...]:
    """Only what somebody was asked further about, and only among those who had the question."""
    asked = [cell for cell in cells if cell.asked]
    targets = dict.fromkeys(
        probe.target for cell in asked for probe in cell.probes if probe.target in labels
    )
    return tuple(
        ProbedPoint(
            id=target,
            label=labels[target],
            asked=tuple(c.session_id for c in asked if _is_after(c, target)),
            not_asked=tuple(c.session_id for c in asked if not _is_after(c, target)),
        )
        for target in targets
        if target is not None
    )


def _is_after(cell: Cell, target: str) -> bool:
    return any(probe.target == target for probe in cell.probes)


def _labels(sources: Sequence[Source], question: str) -> dict[str, str]:
    """What the points of a question are called; flags are left to whoever may see them."""
    found: dict[str, str] = {}
    for planned in _planned(sources, question):
        found |= {p.id: p.label for p in planned.points if p.id not in found}
    return found


def _planned(sources: Sequence[Source], question: str) -> list[PlannedQuestion]:
    plans = (source.state.interview.plan for source in sources)
    return [planned for plan in plans for planned in plan if planned.id == question]


def _competency(competency: str, source: Source, reader: Reader) -> CompetencyCell:
    summary = source.summary
    known = next((each for each in summary.competencies if each.id == competency), None)
    asked = {each.id: each.asked for each in summary.questions}
    questions = () if known is None else known.questions
    return CompetencyCell(
        session_id=source.id,
        known=known is not None,
        judged=reader.sees(
            source,
            source.opinions.of_competency(competency),
            after_findings=known is not None and known.rated_after_findings,
        ),
        asked=tuple(each for each in questions if asked[each]),
        not_asked=tuple(each for each in questions if not asked[each]),
    )
